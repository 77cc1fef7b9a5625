"""The media application."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Django's configuration of `cms.media`."""

    name = "cms.media"
    label = "media"

    def ready(self) -> None:
        """Listen to deletions and to what makes collections private."""
        from cms.media import privacy

        privacy.connect()

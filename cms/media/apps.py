"""The media application."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Django's configuration of `cms.media`."""

    name = "cms.media"
    label = "media"

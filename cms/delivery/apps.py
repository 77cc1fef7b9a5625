"""The delivery application."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Django's configuration of `cms.delivery`."""

    name = "cms.delivery"
    label = "delivery"

    def ready(self) -> None:
        """Connect the publisher to everything that changes content."""
        from cms.delivery import receivers

        receivers.connect()

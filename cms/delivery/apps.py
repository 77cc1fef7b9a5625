"""The delivery application."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Django's configuration of `cms.delivery`."""

    name = "cms.delivery"
    label = "delivery"

    def ready(self) -> None:
        """Connect the publisher to everything that changes content, and let pictures be ready before publishing."""
        from cms.delivery import receivers
        from cms.delivery.pictures import refuse_pending_pictures
        from pages.signals import publish_requested

        receivers.connect()
        publish_requested.connect(refuse_pending_pictures, dispatch_uid="delivery-pictures")

"""The delivery application."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Django's configuration of `cms.delivery`."""

    name = "cms.delivery"
    label = "delivery"

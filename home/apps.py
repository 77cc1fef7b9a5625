"""The home application."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Django's configuration of `home`."""

    name = "home"

"""The setup application."""

from django.apps import AppConfig


class SetupConfig(AppConfig):
    """Django's configuration of `cms.setup`."""

    name = "cms.setup"
    label = "setup"

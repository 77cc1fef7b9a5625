"""The guidance application."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    """Django's configuration of `guidance`."""

    name = "guidance"

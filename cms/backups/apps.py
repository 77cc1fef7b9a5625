"""The backups application."""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    """Django's configuration of `cms.backups`."""

    name = "cms.backups"
    label = "backups"

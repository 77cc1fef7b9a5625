"""The edge of the system: commands, health and system checks."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Django's configuration of the edge."""

    name = "cms"

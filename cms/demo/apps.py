"""The demo application."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Django's configuration of `cms.demo`."""

    name = "cms.demo"
    label = "demo"

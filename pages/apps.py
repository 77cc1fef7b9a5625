"""The pages application."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Django's configuration of `pages`."""

    name = "pages"

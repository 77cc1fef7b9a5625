"""The reader application."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    """Django's configuration of `cms.reader`."""

    name = "cms.reader"
    label = "reader"

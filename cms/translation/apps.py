"""The translation application."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """Django's configuration of `cms.translation`."""

    name = "cms.translation"
    label = "translation"

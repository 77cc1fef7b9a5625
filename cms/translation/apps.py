"""The translation application."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """Django's configuration of `cms.translation`."""

    name = "cms.translation"
    label = "translation"

    def ready(self) -> None:
        """Keep sentences whole, stand at the gate, offer statuses to delivery and what waits to the start page."""
        from cms.delivery.status import register_status_provider
        from cms.translation import waiting
        from cms.translation.gate import install_gate_in_localize, refuse_incomplete_translation
        from cms.translation.inline_tags import install_inline_tags
        from cms.translation.status import translation_statuses
        from pages.signals import publish_requested

        install_inline_tags()
        install_gate_in_localize()
        publish_requested.connect(refuse_incomplete_translation, dispatch_uid="translation-gate")
        register_status_provider(translation_statuses)
        waiting.register()

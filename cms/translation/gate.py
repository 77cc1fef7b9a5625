"""The gate: what must be true before a translation goes live. A receiver of `publish_requested`."""

import functools
from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from cms.translation import store
from pages.signals import Refusal, content_transaction, demand_publishable


def refuse_incomplete_translation(sender: type[Model], instance: Any, **kwargs: Any) -> Refusal | None:
    """Refuse a translation with a string that is missing or machine-made. Originals and aliases pass.

    At most two statements.
    """
    if not getattr(instance, "is_translation", False) or getattr(instance, "alias_of_id", None):
        return None
    state = store.readiness(instance)
    language = get_language_info(instance.locale.language_code)["name_translated"]
    if state is None:
        return Refusal(
            _(
                "This %(language)s version has not been submitted for translation, so nothing says that it is translated."
            )
            % {"language": language},
            "translation_unknown",
        )
    if state.missing:
        return Refusal(
            ngettext(
                "%(count)d of %(total)d strings is not translated into %(language)s yet.",
                "%(count)d of %(total)d strings are not translated into %(language)s yet.",
                state.missing,
            )
            % {"count": state.missing, "total": state.segments, "language": language},
            "translation_missing",
        )
    if state.machine:
        return Refusal(
            ngettext(
                "%(count)d of %(total)d strings comes from a machine and has not been checked by a person.",
                "%(count)d of %(total)d strings come from a machine and have not been checked by a person.",
                state.machine,
            )
            % {"count": state.machine, "total": state.segments},
            "translation_machine",
        )
    return None


def install_gate_in_localize() -> None:
    """Make wagtail-localize ask before it writes a translation that it will publish; doing it twice changes nothing.

    It publishes once the transaction has committed. A refusal there would come too late: its draft would be written, and
    whatever else waits for that commit would be forgotten.
    """
    original = TranslationSource.create_or_update_translation
    if not hasattr(original, "__wrapped__"):
        TranslationSource.create_or_update_translation = _asking_first(original)


def _asking_first(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def create_or_update_translation(
        self: TranslationSource, locale: Locale, user: Any = None, publish: bool = True, **options: Any
    ) -> Any:
        with content_transaction():
            if publish:
                future = self.as_instance()
                future.locale = locale
                demand_publishable(future, user)
            return original(self, locale, user=user, publish=publish, **options)

    return create_or_update_translation

"""The gate: what must be true before a translation goes live. A receiver of `publish_requested`."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.translation import store
from pages.signals import Refusal


def refuse_incomplete_translation(sender: type[Model], instance: Any, **kwargs: Any) -> Refusal | None:
    """Refuse a translation with a string that is missing or machine-made. Originals and aliases pass.

    At most two statements.
    """
    if not getattr(instance, "is_translation", False) or getattr(instance, "alias_of_id", None):
        return None
    state = store.readiness(instance)
    language = instance.locale.get_display_name()
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

"""Which texts wait for translation: the part of the door (`store`) that counts over all of wagtail-localize's rows."""

from typing import Any

from django.db.models import Count, Exists, OuterRef
from wagtail_localize.models import StringSegment, StringTranslation, Translation


def waiting_by_locale() -> dict[str, int]:
    """Return, by language code, how many submitted texts have a string without a translation. One statement."""
    return dict(
        _waiting()
        .order_by("target_locale__language_code")
        .values_list("target_locale__language_code")
        .annotate(total=Count("pk"))
    )


def waiting_keys(language: str) -> Any:
    """Return the translation keys of the texts that wait for translation into a language, for use in another query."""
    return _waiting().filter(target_locale__language_code=language).values("source__object_id")


def _waiting() -> Any:
    """What wagtail-localize's own report calls waiting, so that its list has as many rows as we count."""
    done = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=OuterRef("language"),
        has_error=False,
    )
    missing = (
        StringSegment.objects.filter(source_id=OuterRef("source_id"))
        .annotate(language=OuterRef("target_locale_id"))
        .exclude(Exists(done))
    )
    return Translation.objects.filter(Exists(missing))

"""The one door to wagtail-localize's tables: sources, segments, translated strings, and the making of targets.

A *source* is an object in the language it was written in; a *target* the same object (same translation key) in another
language; a *segment* one string of the source at its place.
"""

import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.shortcuts import get_object_or_404
from wagtail.models import Locale
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
    cleanup_translation_on_delete,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.translation.store_bulk import submit_many as submit_many
from cms.translation.store_waiting import waiting_by_locale as waiting_by_locale
from cms.translation.store_waiting import waiting_keys as waiting_keys
from pages.signals import content_transaction

Place = tuple[str, int]


@dataclass(frozen=True)
class Segment:
    """One string of a source: its place (`path` of the field or block, from 0 its turn in it) and its HTML fragment."""

    place: Place
    text: str
    string_id: int
    context_id: int


@dataclass(frozen=True)
class Fragment:
    """A string taken out of an object: HTML with ids, and the attributes that each id stands for."""

    text: str
    attributes: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Readiness:
    """How far a target is: number of strings, and those that are missing or machine-made."""

    segments: int
    missing: int
    machine: int

    @property
    def is_complete(self) -> bool:
        """Tell whether every string has been translated by a person."""
        return not self.missing and not self.machine


def submit(source: Any, locales: Iterable[Locale]) -> list[Translation]:
    """Register an object for translation, or bring its segments up to date, and return a translation per locale."""
    registered, _ = TranslationSource.update_or_create_from_instance(source)
    return [
        Translation.objects.get_or_create(source=registered, target_locale=locale, defaults={"enabled": True})[0]
        for locale in locales
    ]


def submit_all(instances: Sequence[Any], locales: Sequence[Locale]) -> dict[tuple[Any, str], Translation]:
    """Register many pages for translation and return their translations by translation key and language code.

    Those that were never submitted are registered in bulk, the others one by one.
    """
    keys = [instance.translation_key for instance in instances]
    known = set(TranslationSource.objects.filter(object_id__in=keys).values_list("object_id", flat=True))
    made = submit_many([instance for instance in instances if instance.translation_key not in known], locales)
    for instance in instances:
        if instance.translation_key in known:
            made += submit(instance, locales)
    return {(made_one.source.object_id, made_one.target_locale.language_code): made_one for made_one in made}


def segments_of(translation: Translation) -> list[Segment]:
    """Return the segments of a translation's source in reading order. One statement."""
    rows = StringSegment.objects.filter(source_id=translation.source_id).order_by("order", "pk")
    turns: Counter[str] = Counter()
    found = []
    for path, text, string_id, context_id in rows.values_list(
        "context__path", "string__data", "string_id", "context_id"
    ):
        found.append(Segment((path, turns[path]), text, string_id, context_id))
        turns[path] += 1
    return found


def strings_in(instance: Any) -> dict[Place, Fragment]:
    """Take an object, saved or not, apart into its strings, in reading order. No statement of our own."""
    turns: Counter[str] = Counter()
    found: dict[Place, Fragment] = {}
    for value in extract_segments(instance):
        if isinstance(value, StringSegmentValue):
            found[(value.path, turns[value.path])] = Fragment(value.string.data, value.attrs or {})
            turns[value.path] += 1
    return found


def save_strings(translation: Translation, texts: Mapping[Place, str], user: Any = None) -> int:
    """Store the translated text of segments as the work of a person and return how many there are. Three statements.

    Raises:
        KeyError: naming a place that the source does not have; nothing is written then.
    """
    return save_strings_of({translation: texts}, user)


def save_strings_of(texts: Mapping[Translation, Mapping[Place, str]], user: Any = None) -> int:
    """Store the translated text of segments of many translations and return how many there are.

    One statement for each source and for every 400 strings.

    Raises:
        KeyError: naming a place that a source does not have; nothing is written then.
    """
    sources = {translation.source_id: translation for translation in texts}
    known = {
        source: {segment.place: segment for segment in segments_of(translation)}
        for source, translation in sources.items()
    }
    rows = {}
    for translation, places in texts.items():
        segments = known[translation.source_id]
        unknown = [place for place in places if place not in segments]
        if unknown:
            raise KeyError(f"The source has no segment at {unknown[0]!r}.")
        for place, text in places.items():
            segment, locale = segments[place], translation.target_locale_id
            rows[(segment.string_id, segment.context_id, locale)] = StringTranslation(
                translation_of_id=segment.string_id,
                context_id=segment.context_id,
                locale_id=locale,
                data=text,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                last_translated_by=user,
            )
    StringTranslation.objects.bulk_create(
        rows.values(),
        batch_size=400,
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data", "translation_type", "last_translated_by", "has_error", "field_error", "updated_at"],
    )
    return sum(map(len, texts.values()))


def replace_for_locale(translation: Translation, replacement: Callable[[Any], Any], user: Any = None) -> int:
    """Replace values that are no text (pictures, files, addresses) for one locale and return how many were replaced.

    Args:
        translation: source and locale.
        replacement: gets the source's value, returns the value for this locale, or None to keep the source's.
        user: who does it.
    """
    rows = []
    for segment in OverridableSegment.objects.filter(source_id=translation.source_id):
        value = replacement(segment.data)
        if value is not None:
            rows.append((segment.context_id, value))
    for context_id, value in rows:
        SegmentOverride.objects.update_or_create(
            context_id=context_id,
            locale_id=translation.target_locale_id,
            defaults={"data_json": json.dumps(value), "last_translated_by": user, "has_error": False},
        )
    return len(rows)


def make_target(translation: Translation, user: Any = None, kept: Mapping[str, Any] | None = None) -> Any:
    """Write the translated strings into a draft of the target and return the target; a live version stays as it is.

    Args:
        translation: source and locale.
        user: whose draft it is.
        kept: values of fields that each language has for itself (slug, a brochure's file).

    Strings that are missing stand in the draft in the source language; the gate keeps such a draft from going live.
    """
    source, locale = translation.source, translation.target_locale
    with content_transaction():
        if not source.object.has_translation(locale):
            source.create_or_update_translation(locale, user=user, publish=False, fallback=True)
        draft = source.get_ephemeral_translated_instance(locale, fallback=True)
        for name, value in (kept or {}).items():
            setattr(draft, name, value)
        draft.save_revision(user=user)
        return type(draft)._default_manager.get(pk=draft.pk)


def publish_target(target: Any, user: Any = None) -> None:
    """Publish the newest draft of a target.

    Raises:
        pages.signals.PublishRefused: when the gate refuses.
    """
    target.get_latest_revision().publish(user=user)


def _translated_by() -> Any:
    return StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"), context_id=OuterRef("context_id"), has_error=False
    )


def readiness(target: Any) -> Readiness | None:
    """Return how far the strings of a target are, None when its source was never submitted. Two statements."""
    source = TranslationSource.objects.filter(
        object_id=target.translation_key, locale__language_code=target.source_locale
    ).first()
    if source is None:
        return None
    human = _translated_by().filter(
        locale_id=target.locale_id, translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL
    )
    machine = (
        _translated_by()
        .filter(locale_id=target.locale_id)
        .exclude(translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL)
    )
    counts = (
        StringSegment.objects.filter(source=source)
        .annotate(by_human=Exists(human), by_machine=Exists(machine))
        .aggregate(
            segments=Count("pk"),
            missing=Count("pk", filter=Q(by_human=False, by_machine=False)),
            machine=Count("pk", filter=Q(by_human=False, by_machine=True)),
        )
    )
    return Readiness(**counts)


def counts_by_entry(entry_ids: Sequence[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return segments and human translations per entry and target locale: `{(entry id, locale): {…}}`. Two statements."""
    sources = TranslationSource.objects.filter(object_id__in=entry_ids).select_related("locale")
    by_pk = {source.pk: source for source in sources}
    totals = dict(
        StringSegment.objects.filter(source__in=by_pk).values_list("source_id").annotate(total=Count("pk")).order_by()
    )
    translated = (
        StringSegment.objects.filter(source__in=by_pk)
        .filter(
            string__translations__context_id=F("context_id"),
            string__translations__has_error=False,
            string__translations__translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        .values_list("source_id", "string__translations__locale__language_code")
        .annotate(total=Count("pk", distinct=True))
        .order_by()
    )
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for source in by_pk.values():
        key = (str(source.object_id), source.locale.language_code)
        found[key] = {"segments": totals.get(source.pk, 0), "reviewed_segments": totals.get(source.pk, 0)}
    for source_pk, locale, total in translated:
        source = by_pk[source_pk]
        found[(str(source.object_id), locale)] = {
            "segments": totals.get(source_pk, 0),
            "reviewed_segments": total,
        }
    return found


def source_of(source_id: int) -> Any:
    """Return the live object from which a stored source was taken.

    Raises:
        Http404: when there is no such source.
    """
    return get_object_or_404(TranslationSource, pk=source_id).get_source_instance()


def forget(gone: Iterable[Any]) -> None:
    """Remove what is stored about objects that have been deleted; the last language version takes its strings along.

    About ten statements for each object.
    """
    for instance in gone:
        cleanup_translation_on_delete(instance)


def strings_of_people() -> list[tuple[uuid.UUID, int, datetime]]:
    """Return entry id, user and time of every string that somebody translated under a name. One statement."""
    named = StringTranslation.objects.exclude(last_translated_by=None).exclude(context=None)
    return list(named.values_list("context__object_id", "last_translated_by", "updated_at"))

"""Many objects submitted for translation at once: the part of the door (`store`) that writes wagtail-localize's rows in bulk.

wagtail-localize asks for each string, context and segment on its own, about eight statements a segment. Here the rows are
the same, but a few statements write those of all objects.
"""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from pages.signals import content_transaction

BATCH = 400


@dataclass(frozen=True)
class _Extracted:
    """One segment of one source, before it is written."""

    source: TranslationSource
    instance: Any
    value: Any


def submit_many(instances: Sequence[Any], locales: Iterable[Locale]) -> list[Translation]:
    """Register new pages for translation and return a translation for each of them and each locale.

    For pages as they stand in the database that were never submitted before; `store.submit` brings others up to date.
    About 20 statements for fifty pages, more only where a batch is full.

    Args:
        instances: specific pages, fresh from their saving.
        locales: into which they are translated.

    Raises:
        ValueError: when one of them has been submitted before; nothing is written then.
    """
    targets = list(locales)
    with content_transaction():
        sources = _register(instances)
        _write_segments(
            [
                _Extracted(source, instance, value)
                for source, instance in zip(sources, instances, strict=True)
                for value in extract_segments(instance)
            ]
        )
        translations = [Translation(source=source, target_locale=locale) for source in sources for locale in targets]
        return Translation.objects.bulk_create(translations, batch_size=BATCH)


def _register(instances: Sequence[Any]) -> list[TranslationSource]:
    keys = [instance.translation_key for instance in instances]
    known = TranslationSource.objects.filter(object_id__in=keys).values_list("object_repr", flat=True).first()
    if known is not None:
        raise ValueError(f"{known!r} has been submitted before.")
    types = {type(instance): ContentType.objects.get_for_model(instance) for instance in instances}
    bases = {kind: ContentType.objects.get_for_model(kind.get_translation_model()) for kind in types}
    TranslatableObject.objects.bulk_create(
        [
            TranslatableObject(translation_key=item.translation_key, content_type=bases[type(item)])
            for item in instances
        ],
        ignore_conflicts=True,
    )
    versions = {kind: get_schema_version(kind._meta.app_label) for kind in types}
    sources = [
        TranslationSource(
            object_id=instance.translation_key,
            specific_content_type=types[type(instance)],
            locale_id=instance.locale_id,
            object_repr=str(instance)[:200],
            content_json=instance.to_json(),
            schema_version=versions[type(instance)],
            last_updated_at=timezone.now(),
        )
        for instance in instances
    ]
    return TranslationSource.objects.bulk_create(sources, batch_size=BATCH)


def _write_segments(extracted: Sequence[_Extracted]) -> None:
    contexts = _contexts(extracted)
    strings, templates = _strings(extracted), _templates(extracted)
    rows: dict[Any, list[Any]] = {
        StringSegment: [], TemplateSegment: [], RelatedObjectSegment: [], OverridableSegment: []
    }  # fmt: skip
    for item in extracted:
        value = item.value
        place = {
            "source": item.source,
            "context_id": contexts[(item.source.object_id, value.path)],
            "order": value.order,
        }
        if isinstance(value, StringSegmentValue):
            string = strings[(item.source.locale_id, String._get_data_hash(value.string.data))]
            attributes = json.dumps(value.attrs, cls=DjangoJSONEncoder)
            rows[StringSegment].append(StringSegment(**place, string_id=string, attrs=attributes))
        elif isinstance(value, TemplateSegmentValue):
            template = templates[_template_key(value)]
            rows[TemplateSegment].append(TemplateSegment(**place, template_id=template))
        elif isinstance(value, RelatedObjectSegmentValue):
            rows[RelatedObjectSegment].append(RelatedObjectSegment(**place, object_id=value.translation_key))
        elif isinstance(value, OverridableSegmentValue):
            data = json.dumps(value.data, cls=DjangoJSONEncoder)
            rows[OverridableSegment].append(OverridableSegment(**place, data_json=data))
    _write_related(item.value for item in extracted)
    for model, items in rows.items():
        model.objects.bulk_create(items, batch_size=BATCH)


def _contexts(extracted: Sequence[_Extracted]) -> dict[tuple[Any, str], int]:
    """Write the places of all segments and return their primary keys."""
    made: dict[tuple[Any, str], TranslationContext] = {}
    for item in extracted:
        key = (item.source.object_id, item.value.path)
        if key not in made:
            made[key] = TranslationContext(
                object_id=key[0],
                path=key[1],
                path_id=TranslationContext._get_path_id(key[1]),
                field_path=_field_path(item.instance, key[1]),
            )
    TranslationContext.objects.bulk_create(made.values(), batch_size=BATCH, ignore_conflicts=True)
    rows = TranslationContext.objects.filter(object_id__in={key for key, _ in made})
    return {(object_id, path): pk for object_id, path, pk in rows.values_list("object_id", "path", "pk")}


def _field_path(instance: Any, path: str) -> str:
    """Return wagtail-localize's name of the field at a place; it would write each one at once."""
    context = TranslationContext(path=path)
    vars(context)["save"] = lambda **kwargs: None
    context.get_field_path(instance)
    return context.field_path


def _strings(extracted: Sequence[_Extracted]) -> dict[tuple[int, uuid.UUID], int]:
    """Write the strings that nobody has written yet and return the primary keys of all, by locale and hash."""
    made: dict[tuple[int, uuid.UUID], String] = {}
    for item in extracted:
        if isinstance(item.value, StringSegmentValue):
            text = item.value.string.data
            key = (item.source.locale_id, String._get_data_hash(text))
            made.setdefault(key, String(locale_id=key[0], data_hash=key[1], data=text))
    String.objects.bulk_create(made.values(), batch_size=BATCH, ignore_conflicts=True)
    found: dict[tuple[int, uuid.UUID], int] = {}
    hashes = sorted({digest for _, digest in made})
    for start in range(0, len(hashes), BATCH):
        rows = String.objects.filter(data_hash__in=hashes[start : start + BATCH])
        found.update({(locale, digest): pk for locale, digest, pk in rows.values_list("locale_id", "data_hash", "pk")})
    return found


def _template_key(value: TemplateSegmentValue) -> uuid.UUID:
    return uuid.uuid5(uuid.uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def _templates(extracted: Sequence[_Extracted]) -> dict[uuid.UUID, int]:
    """Write the templates of rich text that nobody has written yet and return the primary keys of all."""
    made = {
        _template_key(item.value): Template(
            uuid=_template_key(item.value),
            template=item.value.template,
            template_format=item.value.format,
            string_count=item.value.string_count,
        )
        for item in extracted
        if isinstance(item.value, TemplateSegmentValue)
    }
    Template.objects.bulk_create(made.values(), batch_size=BATCH, ignore_conflicts=True)
    return {key: row.pk for key, row in Template.objects.in_bulk(made, field_name="uuid").items()}


def _write_related(values: Iterable[Any]) -> None:
    """Write the objects that segments name, where nobody has written them yet."""
    related = {
        value.translation_key: TranslatableObject(
            translation_key=value.translation_key, content_type=value.content_type
        )
        for value in values
        if isinstance(value, RelatedObjectSegmentValue)
    }
    TranslatableObject.objects.bulk_create(related.values(), ignore_conflicts=True)

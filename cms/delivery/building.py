"""Loads live objects and turns each into what its entry holds."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page

from cms.delivery.pending import PAGE_MODEL, ObjectKey
from pages.entries import EntrySource, Reference, build_payload


@dataclass(frozen=True)
class Built:
    """A live object turned into what an entry holds of it."""

    key: ObjectKey
    entry_id: uuid.UUID
    entry_type: str
    source_locale: str
    sort_name: str
    sort_date: Any
    payload: dict[str, Any]
    references: frozenset[Reference]
    locale: str
    first_published_at: datetime


def live_objects(keys: Iterable[ObjectKey]) -> dict[ObjectKey, Any]:
    """Load the live objects among `keys`, pages as their own type. One statement per model and a few for pages."""
    by_model: dict[str, list[int]] = {}
    for model, pk in keys:
        by_model.setdefault(model, []).append(pk)
    found: dict[ObjectKey, Any] = {}
    for model, pks in by_model.items():
        objects: Iterable[Model]
        if model == PAGE_MODEL:
            objects = Page.objects.filter(pk__in=pks, live=True).specific()
        else:
            objects = apps.get_model(model)._default_manager.filter(pk__in=pks)
        found.update(
            {
                (model, item.pk): item
                for item in objects
                if isinstance(item, EntrySource) and getattr(item, "live", True)
            }
        )
    return found


def build_entry(key: ObjectKey, source: Any) -> Built:
    """Build what an entry holds of a live object."""
    payload, references = build_payload(source)
    return Built(
        key=key,
        entry_id=source.translation_key,
        entry_type=source.entry_type,
        source_locale=source.source_locale or source.locale.language_code,
        sort_name=source.entry_sort_name()[:400],
        sort_date=source.entry_date(),
        payload=_plain_json(payload),
        references=references,
        locale=source.locale.language_code,
        first_published_at=getattr(source, "first_published_at", None) or timezone.now(),
    )


def _plain_json(payload: dict[str, Any]) -> dict[str, Any]:
    """Return the payload as it will come back from the database: lazy texts made plain, tuples lists."""
    plain: dict[str, Any] = json.loads(json.dumps(payload, cls=DjangoJSONEncoder))
    return plain

"""The translation status of published text, as delivery stores it with each entry."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from wagtail.models import Page

from cms.delivery.models import Entry
from cms.delivery.pending import PAGE_MODEL
from cms.translation import store


def translation_statuses(entry_ids: Iterable[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the status of every locale of some entries. A handful of statements, whatever their number.

    A translation is stale when its source was published after it.
    """
    ids = list(entry_ids)
    counts = store.counts_by_entry(ids)
    published = _published(ids)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for (entry_id, locale), (source_locale, moment) in published.items():
        source_moment = published.get((entry_id, source_locale), (source_locale, None))[1]
        known = counts.get((entry_id, locale), {"segments": 0, "reviewed_segments": 0})
        found[(entry_id, locale)] = {
            **known,
            "is_stale": bool(moment and source_moment and locale != source_locale and source_moment > moment),
            "source_updated_at": source_moment.isoformat() if source_moment else None,
        }
    return found


def _published(ids: list[str]) -> dict[tuple[str, str], tuple[str, datetime | None]]:
    """Return source locale and time of publication of every locale: of entries that exist and of pages about to."""
    models: dict[str, set[str]] = {}
    for model, entry_id in Entry.objects.filter(entry_id__in=ids).values_list("model", "entry_id"):
        models.setdefault(model, set()).add(str(entry_id))
    unknown = set(ids) - {key for keys in models.values() for key in keys}
    if unknown:
        models.setdefault(PAGE_MODEL, set()).update(unknown)
    found: dict[tuple[str, str], tuple[str, datetime | None]] = {}
    for label, keys in models.items():
        for item in _live(label, keys):
            source_locale = item.source_locale or item.locale.language_code
            moment = getattr(item, "last_published_at", None)
            found[(str(item.translation_key), item.locale.language_code)] = (source_locale, moment)
    return found


def _live(label: str, keys: set[str]) -> Iterable[Any]:
    if label == PAGE_MODEL:
        pages = Page.objects.filter(translation_key__in=keys, live=True).select_related("locale").specific()
        return [page for page in pages if hasattr(page, "source_locale")]
    model = apps.get_model(label)
    if not hasattr(model, "last_published_at"):
        return []
    return model._default_manager.filter(translation_key__in=keys, live=True).select_related("locale")

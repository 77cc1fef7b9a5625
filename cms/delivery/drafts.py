"""Drafts as unsaved entries: what would be delivered if a page or snippet were published as it is now."""

import uuid
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from cms.delivery.building import build_entry
from cms.delivery.models import Entry
from cms.delivery.pending import PAGE_MODEL
from pages.entries import PAYLOAD_VERSION, FormulaError

HOME_PATH = "/"
HOME_DEPTH = 2


class DraftUnreadable(ValueError):
    """A draft that nothing can be made of yet; the message says what is wrong and where, for people."""


def draft_entry(source: Any) -> Entry:
    """Return an unsaved entry built from a page or snippet as it is in memory, saved in the database or not.

    Nothing is written. Statements: those of the payload, and at most four for the place in the tree.

    Raises:
        DraftUnreadable: when a formula cannot be read; it names the place.
    """
    is_page = isinstance(source, Page)
    model = PAGE_MODEL if is_page else source._meta.label_lower
    try:
        built = build_entry((model, source.pk or 0), source)
    except FormulaError as error:
        raise DraftUnreadable(error.message) from error
    now = timezone.now()
    entry = Entry(
        entry_id=built.entry_id,
        locale=built.locale,
        content_locale=built.locale,
        source_locale=built.source_locale,
        entry_type=built.entry_type,
        model=model,
        object_id=source.pk or 0,
        sort_key=built.sort_name,
        sort_date=built.sort_date,
        payload=built.payload,
        payload_version=PAYLOAD_VERSION,
        version=0,
        first_published_at=built.first_published_at,
        updated_at=now,
    )
    if is_page:
        _place(entry, source)
    return entry


def _place(entry: Entry, page: Any) -> None:
    """Give a draft the place that its page has, or would have, in the tree."""
    entry.slug = page.slug or ""
    parent = _parent_entry(page, entry.locale)
    if parent is None:
        entry.path = HOME_PATH if page.depth == HOME_DEPTH else f"/{entry.slug}/"
    else:
        entry.path = f"{parent.path}{entry.slug}/"
        entry.parent_id = parent.entry_id
        entry.ancestors = [*parent.ancestors, str(parent.entry_id)]
    published = (
        Entry.objects.filter(entry_id=entry.entry_id).only("position", "sort_key", "first_published_at").first()
    )
    if published is not None:
        entry.position, entry.sort_key = published.position, published.sort_key
    elif parent is not None:
        entry.position = _next_position(parent.entry_id, entry.locale, page.path)
        entry.sort_key = f"{parent.sort_key}.{entry.position:05d}"


def _parent_entry(page: Any, locale: str) -> Entry | None:
    parent = page.get_parent() if page.path else None
    if parent is None:
        return None
    return Entry.objects.filter(entry_id=parent.translation_key, locale=locale, model=PAGE_MODEL).first()


def _next_position(parent_id: uuid.UUID, locale: str, tree_path: str) -> int:
    before = Entry.objects.filter(parent_id=parent_id, locale=locale, tree_path__lt=tree_path)
    last = before.order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1

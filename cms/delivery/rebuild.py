"""Compares entries with what is live, and builds them again: after a deploy, or after raw writes that no signal told of."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from wagtail.models import Page

from cms.delivery.building import build_entry, live_objects
from cms.delivery.models import Entry, EntryReference
from cms.delivery.pending import PAGE_MODEL, ObjectKey
from cms.delivery.publisher import publish_objects
from cms.delivery.structure import Structure
from pages.entries import PAYLOAD_VERSION, Reference, entry_models
from pages.signals import content_transaction

CHUNK = 50


@dataclass(frozen=True)
class Difference:
    """One place where an entry is not what is live; `columns` are the names that differ, empty for missing or surplus."""

    key: ObjectKey
    what: str
    columns: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = f" ({', '.join(self.columns)})" if self.columns else ""
        return f"{self.key[0]} {self.key[1]}: {self.what}{names}"


def live_keys() -> list[ObjectKey]:
    """Return the keys of every object that should have an entry if it stands on a site. One statement per model."""
    keys: list[ObjectKey] = []
    pages = [model for model in entry_models() if issubclass(model, Page)]
    for model in pages:
        keys += [(PAGE_MODEL, pk) for pk in model._default_manager.filter(live=True).values_list("pk", flat=True)]
    for model in entry_models():
        if not issubclass(model, Page):
            rows = model._default_manager.all()
            if any(field.name == "live" for field in model._meta.get_fields()):
                rows = rows.filter(live=True)
            keys += [(model._meta.label_lower, pk) for pk in rows.values_list("pk", flat=True)]
    return sorted(keys)


def chunks(keys: list[ObjectKey]) -> Iterator[list[ObjectKey]]:
    """Cut keys into pieces that one transaction can hold."""
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def rebuild_chunk(keys: list[ObjectKey]) -> None:
    """Build the entries of some objects again, live or gone; delivered content that is equal writes no change."""
    with content_transaction():
        publish_objects(keys)


def all_keys() -> list[ObjectKey]:
    """Return the keys of everything that is live or has an entry."""
    stored = set(Entry.objects.values_list("model", "object_id"))
    return sorted(stored.union(live_keys()))


def differences(keys: list[ObjectKey], structure: Structure) -> Iterator[Difference]:
    """Compare the entries of some objects with what is live, without writing."""
    stored = _stored(keys)
    references = _references(stored)
    live = live_objects(keys)
    for key in keys:
        source, entry = live.get(key), stored.get(key)
        placement = structure.placement(key[1]) if key[0] == PAGE_MODEL and source is not None else None
        is_wanted = source is not None and (key[0] != PAGE_MODEL or placement is not None)
        if not is_wanted or entry is None:
            if is_wanted != (entry is not None):
                yield Difference(key, "has no entry" if is_wanted else "has an entry but is not live")
            continue
        built = build_entry(key, source)
        wanted: dict[str, Any] = {
            "entry_id": built.entry_id,
            "locale": built.locale,
            "entry_type": built.entry_type,
            "source_locale": built.source_locale,
            "sort_date": built.sort_date,
            "payload": built.payload,
            **(asdict(placement) if placement else {"sort_key": built.sort_name, "content_locale": built.locale}),
        }
        wrong = tuple(name for name, value in wanted.items() if getattr(entry, name) != value)
        if references[key] != built.references:
            wrong += ("references",)
        if wrong:
            yield Difference(key, "differs", wrong)


def _stored(keys: list[ObjectKey]) -> dict[ObjectKey, Entry]:
    wanted = set(keys)
    numbers = [pk for _, pk in keys]
    rows = Entry.objects.filter(object_id__in=numbers)
    return {(row.model, row.object_id): row for row in rows if (row.model, row.object_id) in wanted}


def _references(stored: dict[ObjectKey, Entry]) -> dict[ObjectKey, frozenset[Reference]]:
    by_pk = {entry.pk: key for key, entry in stored.items()}
    found: dict[ObjectKey, set[Reference]] = {key: set() for key in stored}
    for row in EntryReference.objects.filter(entry__in=by_pk):
        found[by_pk[row.entry_id]].add(Reference(row.kind, row.key, row.role))
    return {key: frozenset(references) for key, references in found.items()}


def check_entries() -> list[Difference]:
    """Compare all entries with what is live and return where they differ, empty when they are equal."""
    structure = Structure()
    return [difference for keys in chunks(all_keys()) for difference in differences(keys, structure)]


def outdated_keys() -> list[ObjectKey]:
    """Return the keys of entries whose payload was built by an older version of the code. One statement."""
    rows = Entry.objects.filter(payload_version__lt=PAYLOAD_VERSION).order_by("pk")
    return list(rows.values_list("model", "object_id"))


def progress() -> tuple[int, int] | None:
    """Return how many entries are up to date and how many there are, or None when all are. Two statements."""
    outdated = Entry.objects.filter(payload_version__lt=PAYLOAD_VERSION).count()
    if not outdated:
        return None
    total = Entry.objects.count()
    return total - outdated, total

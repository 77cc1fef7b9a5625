"""What an entry is about, for whom, and where: what lists of mixed types are narrowed by."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from cms.delivery.models import Entry, EntryReference
from cms.delivery.queries import Reading, deliverable, entries

# Names under which payloads refer to their topics and to their audience.
TOPIC_ROLES = ("topics", "issue")
AUDIENCE_ROLES = ("audience",)
# A brochure is about what its tool is about, and for the same people.
INHERITING_TYPES = ("Brochure",)


@dataclass
class Classification:
    """Type and country code ("" for none) of an entry, with the entry ids of its topics and audiences."""

    entry_type: str
    country: str = ""
    topics: set[str] = field(default_factory=set)
    audiences: set[str] = field(default_factory=set)


def related_to(rows: QuerySet[Entry], roles: Collection[str], entry_id: str) -> QuerySet[Entry]:
    """Narrow entries to those that refer to another one in some roles, or inherit that from the page above."""
    naming = EntryReference.objects.filter(kind="entry", role__in=roles, key=entry_id)
    above = deliverable().filter(pk__in=naming.values("entry")).values("entry_id")
    return rows.filter(Q(pk__in=naming.values("entry")) | Q(entry_type__in=INHERITING_TYPES, parent_id__in=above))


def in_country(rows: QuerySet[Entry], code: str) -> QuerySet[Entry]:
    """Narrow entries to events and organisations of a country (ISO 3166-1 alpha-2)."""
    return rows.filter(payload__country=code)


def classify(reading: Reading, entry_ids: Iterable[UUID]) -> dict[UUID, Classification]:
    """Return what is known of the deliverable ones among some entries. Two statements, however many there are."""
    rows = (
        entries(reading)
        .filter(entry_id__in=list(entry_ids))
        .annotate(country=KeyTextTransform("country", "payload"))
        .values_list("pk", "entry_id", "entry_type", "country", "parent_id")
    )
    found: dict[UUID, Classification] = {}
    by_pk: dict[int, Classification] = {}
    by_parent: dict[UUID, list[Classification]] = {}
    for pk, entry_id, entry_type, country, parent_id in rows:
        found[entry_id] = by_pk[pk] = Classification(entry_type, country or "")
        if entry_type in INHERITING_TYPES and parent_id:
            by_parent.setdefault(parent_id, []).append(found[entry_id])
    _add_references(reading, by_pk, by_parent)
    return found


def _add_references(
    reading: Reading, by_pk: dict[int, Classification], by_parent: dict[UUID, list[Classification]]
) -> None:
    own = Q(entry_id__in=list(by_pk))
    above = Q(entry__in=entries(reading).filter(entry_id__in=list(by_parent)).values("pk"))
    lines = EntryReference.objects.filter(own | above, kind="entry", role__in=(*TOPIC_ROLES, *AUDIENCE_ROLES))
    for pk, parent, role, key in lines.values_list("entry_id", "entry__entry_id", "role", "key"):
        direct = [by_pk[pk]] if pk in by_pk else []
        for one in (*direct, *by_parent.get(parent, [])):
            (one.topics if role in TOPIC_ROLES else one.audiences).add(key)

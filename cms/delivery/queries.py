"""Reads of entries: the one gate of visibility, the choice of locale and fallback, paths and slugs.

Every read of delivered content starts at `deliverable`; nothing else in the house filters by visibility.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from cms.delivery.models import Entry, Visibility
from cms.delivery.pending import PAGE_MODEL

OLDEST_READABLE_PAYLOAD = 1


class Fallback(StrEnum):
    """What stands in where an entry does not exist in the requested locale."""

    NONE = "NONE"
    SOURCE = "SOURCE"
    CONFIGURED = "CONFIGURED"


@dataclass(frozen=True)
class Reading:
    """How one request reads: the locale it asks for and what may stand in."""

    locale: str
    fallback: Fallback = Fallback.NONE

    @property
    def chain(self) -> list[str]:
        """Return the locales that may stand in, in order (CONFIGURED only)."""
        if self.fallback is not Fallback.CONFIGURED:
            return []
        chain: Sequence[str] = settings.CONTENT_FALLBACK_CHAINS.get(self.locale, [])
        return [code for code in chain if code != self.locale]


def content_locales() -> list[str]:
    """Return the codes of all content languages, the default first."""
    return [code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES]


def deliverable() -> QuerySet[Entry]:
    """Return every entry that may be served: public, and in a payload version that is understood."""
    return Entry.objects.filter(visibility=Visibility.PUBLIC, payload_version__gte=OLDEST_READABLE_PAYLOAD)


def _candidates(reading: Reading) -> QuerySet[Any]:
    """Return the deliverable rows that `reading` accepts, with `rank`: 0 is best.

    An alias page stands in its locale with the content of another, so it counts as a fallback, just behind the
    real thing.
    """
    own = Q(locale=reading.locale)
    translated = own & Q(content_locale=F("locale"))
    whens = [When(translated, then=Value(0))]
    accepted = translated
    if reading.fallback is not Fallback.NONE:
        whens.append(When(own, then=Value(1)))
        accepted = own
    if reading.fallback is Fallback.SOURCE:
        source = Q(locale=F("source_locale"))
        whens.append(When(source, then=Value(2)))
        accepted |= source
    for place, code in enumerate(reading.chain, start=2):
        step = Q(locale=code, content_locale=code)
        whens.append(When(step, then=Value(place)))
        accepted |= step
    return deliverable().filter(accepted).annotate(rank=Case(*whens, output_field=IntegerField()))


def entries(reading: Reading, types: Iterable[str] | None = None) -> QuerySet[Entry]:
    """Return one row per entry that `reading` can deliver, the best that exists. One statement when evaluated.

    Args:
        reading: the requested locale and its fallback.
        types: names of entry types (`"Chapter"`), all by default.
    """
    found = _best(reading, tuple(reading.chain)).all()
    return found if types is None else found.filter(entry_type__in=list(types))


@lru_cache(maxsize=128)
def _best(reading: Reading, chain: tuple[str, ...]) -> QuerySet[Entry]:
    """Return the rows of `entries` of all types; never evaluate it, only what is made from it.

    Writing it takes longer than asking it, and every page asks several times. `chain` tells settings apart.
    """
    found = _candidates(reading)
    if reading.fallback is Fallback.NONE:
        return found
    better = _candidates(reading).filter(entry_id=OuterRef("entry_id"), rank__lt=OuterRef("rank"))
    return found.filter(~Exists(better))


def entry_by_path(reading: Reading, path: str) -> Entry | None:
    """Return the page that a path means in the requested locale, then along the fallback; None when there is none.

    The path is matched in the requested locale first, then in the locales that may stand in; the entry found is then
    delivered in the best locale. At most two statements.
    """
    wanted = "/" + path.strip("/") + "/" if path.strip("/") else "/"
    rows = list(_candidates(reading).filter(path=wanted).exclude(model="").order_by("rank").values_list("entry_id"))
    for (entry_id,) in rows[:1]:
        return entries(reading).filter(entry_id=entry_id).first()
    return None


def entry_by_id(reading: Reading, entry_id: uuid.UUID | str) -> Entry | None:
    """Return one entry by its id, None when it cannot be delivered. One statement."""
    return entries(reading).filter(entry_id=entry_id).first()


def entry_by_slug(reading: Reading, entry_type: str, slug: str, parent_slug: str = "") -> Entry | None:
    """Return a page of a type by its slug (and its parent's), matched like a path. At most three statements."""
    candidates = _candidates(reading).filter(entry_type=entry_type, slug=slug)
    if parent_slug:
        parents = deliverable().filter(slug=parent_slug).values("entry_id")
        candidates = candidates.filter(parent_id__in=parents)
    row = candidates.order_by("rank", "sort_key").values_list("entry_id", flat=True).first()
    return None if row is None else entry_by_id(reading, row)


def site_facts() -> dict[str, Any]:
    """Return the facts of the site that have no language, empty when none are set. One statement."""
    payload = deliverable().filter(entry_type="SiteFacts").values_list("payload", flat=True).first()
    return payload or {}


def site_name(facts: Mapping[str, Any]) -> str:
    """Return the name that the site's facts give, else the operator's. No statement."""
    return str(facts.get("name") or settings.SITE_NAME)


def page_positions(page_pks: Collection[int]) -> dict[int, int]:
    """Return the number under which readers see each page among its siblings, from 1; pages not delivered are left out.

    One statement.
    """
    rows = deliverable().filter(model=PAGE_MODEL, object_id__in=page_pks).exclude(position=0)
    return dict(rows.values_list("object_id", "position"))

"""Finds what a reader asked for, through the gate, and says what each result is and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from cms.delivery.classification import classify
from cms.delivery.loading import Delivered, Loader
from cms.delivery.models import Entry
from cms.delivery.queries import Reading, content_locales, entries
from cms.reader.contents import Country
from cms.reader.facets import Narrowing
from cms.reader.frame import local_address
from cms.reader.kinds import kind_label
from search.queries import Found, find, suggest

PER_PAGE = 10
MOST_SUGGESTIONS = 8


@dataclass(frozen=True)
class Result:
    """One line of the results.

    Attributes:
        kind: what it is, in the active language.
        title, excerpt: safe HTML with the found words marked.
        address: on this host; empty when there is no page to show it on.
        above: the pages above it, from the one below the home page down.
    """

    kind: str
    title: SafeString
    excerpt: SafeString
    address: str
    above: list[Delivered]
    item: Delivered


def find_results(
    query: str, loader: Loader, narrowing: Narrowing, *, page: int, may_correct: bool
) -> tuple[Found, list[Result]]:
    """Return what was found and the results of one page (from 1), and fill the narrowing's counts.

    Only what exists in the reader's language is found. About twelve statements, however many results there are.
    """
    own = _own(loader.reading.locale)

    def keep(ids: list[UUID]) -> list[UUID]:
        return narrowing.keep(ids, classify(own, ids))

    found = find(
        query,
        own.locale,
        among=_among(own),
        keep=keep,
        first=PER_PAGE,
        after=(page - 1) * PER_PAGE,
        may_correct=may_correct,
    )
    return found, _results(found, loader)


def found_elsewhere(query: str, locale: str) -> dict[str, int]:
    """Return how many entries fit a query in each other language that has some, as it was typed. Five statements a language."""
    others = [code for code in content_locales() if code != locale]
    totals = {code: find(query, code, among=_among(_own(code)), first=0, may_correct=False).total for code in others}
    return {code: total for code, total in totals.items() if total}


def suggestions(beginning: str, loader: Loader) -> list[Result]:
    """Return the entries whose title fits what is being typed, at most eight. At most five statements."""
    own = _own(loader.reading.locale)
    found = suggest(beginning, own.locale, among=_among(own), first=MOST_SUGGESTIONS)
    return _shown({one.entry_id: (one.title, "") for one in found}, loader)


def _results(found: Found, loader: Loader) -> list[Result]:
    return _shown({hit.entry_id: (hit.title, hit.excerpt) for hit in found.hits}, loader)


def _shown(texts: Mapping[UUID, tuple[str, str]], loader: Loader) -> list[Result]:
    """Return the lines for some entries, in their order; what has gone in the meantime is left out."""
    items = loader.entries([str(entry_id) for entry_id in texts], "results")
    partners = _partners_page(loader, items)
    lines = []
    for item in items:
        title, excerpt = texts[item.row.entry_id]
        lines.append(
            Result(
                kind=kind_label(item.row.entry_type),
                title=mark_safe(title),  # noqa: S308 - escaped by the search, which adds <mark> only
                excerpt=mark_safe(excerpt),  # noqa: S308
                address=_address(item, loader, partners),
                above=loader.ancestors(item)[1:],
                item=item,
            )
        )
    return lines


def _partners_page(loader: Loader, items: list[Delivered]) -> Delivered | None:
    """Return the page on which organisations and contacts are shown, None without one or without need."""
    if all(item.is_page for item in items):
        return None
    return loader.deliver_one(entries(loader.reading, ["PartnersPage"]).order_by("sort_key").first())


def _address(item: Delivered, loader: Loader, partners: Delivered | None) -> str:
    """Return the address of a page; of an organisation or a contact, the place on the page of partners."""
    locale = loader.reading.locale
    if item.is_page:
        return local_address(locale, item.row.path)
    if partners is None:
        return ""
    holders = [item] if item.row.entry_type == "Organisation" else loader.related(item, "organisation")
    code = holders[0].payload["country"] if holders else ""
    return f"{local_address(locale, partners.row.path)}#{Country(code).anchor}"


def _own(locale: str) -> Reading:
    """Return the reading of what exists in a language itself: a result must hold the words that were typed."""
    return Reading(locale)


def _among(reading: Reading) -> QuerySet[Entry, Any]:
    return entries(reading).values("entry_id")

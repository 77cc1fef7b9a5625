"""The search of the website: the page with results and filters, and the suggestions for those who type."""

import math
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.delivery.loading import Loader
from cms.reader.facets import Narrowing, chosen_values, facets_of, search_query
from cms.reader.frame import local_address, own_page_frame
from cms.reader.rendering import render_message, with_validator
from cms.reader.results import PER_PAGE, find_results, found_elsewhere, suggestions
from cms.reader.views import website_reading

LONGEST_QUERY = 200
MOST_PAGES = 100
PAGES_AROUND = 2


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what fits the words in `q`, ten to a page, narrowed by `type`, `topic`, `audience` and `country`.

    `exact` searches for the words as they are typed. Search engines are asked to leave these pages alone.
    """
    loader = Loader(website_reading())
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY]
    narrowing = Narrowing(chosen_values(request.GET))
    page = _page_number(request.GET.get("page", ""))
    words: dict[str, Any] = {"query": query, "total": 0}
    if query:
        words |= _found(loader, query, narrowing, page, may_correct=not request.GET.get("exact"))
    frame = own_page_frame(loader, reverse("search") + (search_query(query, {}) if query else ""))
    title = _("“%(query)s” – Search") % {"query": query} if query else _("Search")
    response = render_message(
        loader,
        "reader/search.html",
        200,
        frame=frame,
        title=title,
        stylesheet="reader/search.css",
        script="reader/search.js",
        **words,
    )
    return with_validator(request, response)


@require_safe
def search_suggestions(request: HttpRequest) -> HttpResponse:
    """Return titles that fit what is being typed in `q`, as JSON: `[{"kind", "title" (HTML), "address"}, …]`."""
    found = suggestions(request.GET.get("q", "").replace("\0", " "), Loader(website_reading()))
    lines = [{"kind": one.kind, "title": one.title, "address": one.address} for one in found if one.address]
    response = JsonResponse({"suggestions": lines})
    response["X-Robots-Tag"] = "noindex"
    return with_validator(request, response)


def _found(loader: Loader, query: str, narrowing: Narrowing, page: int, *, may_correct: bool) -> dict[str, Any]:
    """Return the words of the template about what was found; a page behind the last one becomes the last one."""
    found, results = find_results(query, loader, narrowing, page=page, may_correct=may_correct)
    last = max(1, min(MOST_PAGES, math.ceil(found.total / PER_PAGE)))
    if page > last:
        page = last
        found, results = find_results(query, loader, narrowing, page=page, may_correct=may_correct)
    more = {} if may_correct else {"exact": "1"}
    facets = facets_of(narrowing, loader, query)
    return {
        "results": results,
        "total": found.total,
        "first_number": (page - 1) * PER_PAGE + 1,
        "corrected": found.corrected,
        "exact_address": search_query(query, narrowing.chosen, exact="1"),
        "facets": facets,
        "is_narrowed": bool(narrowing.chosen),
        "chosen": [facet.chosen for facet in facets if facet.chosen],
        "all_address": search_query(query, {}, **more),
        # Whoever has more to read than fits on a page is not sent elsewhere.
        "elsewhere": _elsewhere(query, loader.reading.locale) if last == 1 and not narrowing.chosen else [],
        "pages": _pages(query, narrowing, page, last, more),
    }


def _elsewhere(query: str, locale: str) -> list[dict[str, Any]]:
    """Return the languages in which the words are found too, each with its name, address and count."""
    return [
        {
            "code": code,
            "name": str(get_language_info(code)["name_local"]).capitalize(),
            "address": local_address(code, reverse("search").removeprefix(f"/{locale}")) + search_query(query, {}),
            "count": count,
        }
        for code, count in found_elsewhere(query, locale).items()
    ]


def _pages(query: str, narrowing: Narrowing, page: int, last: int, more: dict[str, str]) -> dict[str, Any]:
    """Return the links between pages: previous, next, and the numbers around the present one (None for a gap)."""

    def address(number: int) -> str:
        return search_query(query, narrowing.chosen, **more, **({"page": str(number)} if number > 1 else {}))

    around = range(page - PAGES_AROUND, page + PAGES_AROUND + 1)
    numbers = sorted({1, last, *(number for number in around if 1 <= number <= last)})
    links: list[tuple[int, str] | None] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before > 1:
            links.append(None)
        links.append((number, address(number)))
    return {
        "current": page,
        "last": last,
        "links": links,
        "previous": address(page - 1) if page > 1 else "",
        "next": address(page + 1) if page < last else "",
    }


def _page_number(text: str) -> int:
    return min(MOST_PAGES, max(1, int(text))) if text.isascii() and text.isdigit() and len(text) < 6 else 1

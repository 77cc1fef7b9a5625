"""What search engines are told: every page of every language with its translations, and where not to look."""

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.delivery.loading import page_url
from cms.delivery.models import Entry
from cms.delivery.queries import deliverable
from cms.reader.rendering import with_validator

PAGES_PER_SITEMAP = 5000


@dataclass(frozen=True)
class SitemapPage:
    """One page: address, day of its last change (ISO 8601) and its versions as (language, address), itself included."""

    address: str
    changed: str
    versions: list[tuple[str, str]]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Return the sitemap (sitemaps.org 0.9), or an index of its parts when there are more than 5,000 pages."""
    parts = math.ceil(_pages().count() / PAGES_PER_SITEMAP)
    if parts <= 1:
        return _urlset(request, 1)
    addresses = [settings.BASE_URL + reverse("sitemap_part", args=(number,)) for number in range(1, parts + 1)]
    return _xml(request, "reader/sitemap_index.xml", {"addresses": addresses})


@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """Return one part of a large sitemap, counted from 1."""
    if not 1 <= number <= max(1, math.ceil(_pages().count() / PAGES_PER_SITEMAP)):
        raise Http404
    return _urlset(request, number)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Return robots.txt (RFC 9309): everything but the admin may be read."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        "",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _pages() -> QuerySet[Entry]:
    """Return every page in a language of its own, translations of a page side by side."""
    return deliverable().exclude(path="").filter(content_locale=F("locale"))


def _urlset(request: HttpRequest, number: int) -> HttpResponse:
    start = (number - 1) * PAGES_PER_SITEMAP
    rows = list(
        _pages()
        .order_by("sort_key", "entry_id", "locale")
        .values_list("entry_id", "locale", "path", "updated_at")[start : start + PAGES_PER_SITEMAP]
    )
    versions = _versions([row[0] for row in rows[:1] + rows[-1:]], rows)
    pages = [
        SitemapPage(page_url(locale, path), updated.date().isoformat(), versions[entry_id])
        for entry_id, locale, path, updated in rows
    ]
    return _xml(request, "reader/sitemap.xml", {"pages": pages})


def _versions(edges: list[Any], rows: list[Any]) -> dict[Any, list[tuple[str, str]]]:
    """Return the versions of every page; those at the edges of a part may continue in the next one."""
    found: dict[Any, dict[str, str]] = defaultdict(dict)
    for entry_id, locale, path, _updated in rows:
        found[entry_id][locale] = page_url(locale, path)
    for entry_id, locale, path in _pages().filter(entry_id__in=edges).values_list("entry_id", "locale", "path"):
        found[entry_id][locale] = page_url(locale, path)
    return {entry_id: sorted(versions.items()) for entry_id, versions in found.items()}


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(render_to_string(template, context), content_type="application/xml; charset=utf-8")
    return with_validator(request, response)

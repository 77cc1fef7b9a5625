"""Finds every page of the served website, so that whatever is added to it is proved too."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag, urlencode, urlsplit

from lxml import etree, html

NAMESPACES = {"site": "http://www.sitemaps.org/schemas/sitemap/0.9"}
MOST_PAGES = 400
NONSENSE = "qwxzqwxz"


@dataclass(frozen=True, order=True)
class Place:
    """One page of the website.

    Attributes:
        kind: the class of its body without `page-`; a page that stands in for a translation has `fallback-` before it.
        locale: the language that it is read in.
        address: path and query on this server.
        status: what the server answers.
    """

    kind: str
    locale: str
    address: str
    status: int = 200


def find_places(url: str, locales: Sequence[str]) -> list[Place]:
    """Return every page that the sitemap names, those that they and their forms lead to, and the message that nothing is there.

    Of pages that depend on questions (`/en/search/?q=…`) there is one for each set of names that are asked with, up to two names.

    Args:
        url: of the running server.
        locales: codes of all its languages.

    Raises:
        AssertionError: when a link leads nowhere, or there are too many pages to be a small demonstration.
    """
    nowhere = {f"/{locale}/nothing-is-here/" for locale in locales}
    unlinked = [f"/{locale}/{path}" for locale in locales for path in ("search/", "contact/thanks/")]
    waiting = [*_sitemap(url), *sorted(nowhere), *unlinked]
    found: dict[str, Place] = {}
    asked: set[str] = set()
    broken = []
    while waiting:
        address = waiting.pop(0)
        if _question(address) in asked:
            continue
        asked.add(_question(address))
        assert len(found) < MOST_PAGES, f"more than {MOST_PAGES} pages"
        status, is_page, text = _read(url + address)
        if not is_page:
            continue
        found[address] = _place(address, status, text)
        if status != (404 if address in nowhere else 200):
            broken.append((address, status))
        waiting += _links(address, text, locales)
    assert broken == []
    return sorted(found.values())


def one_of_each_kind(places: Iterable[Place], *locales: str) -> list[Place]:
    """Return the first page of every kind in each of these languages."""
    chosen: dict[tuple[str, str], Place] = {}
    for place in places:
        if place.locale in locales:
            chosen.setdefault((place.kind, place.locale), place)
    return list(chosen.values())


def _sitemap(url: str) -> list[str]:
    with urllib.request.urlopen(f"{url}/sitemap.xml", timeout=30) as answer:
        tree = etree.fromstring(answer.read())
    addresses = tree.xpath("//site:url/site:loc/text()", namespaces=NAMESPACES)
    assert isinstance(addresses, list)
    return [urlsplit(str(address)).path for address in addresses]


def _read(address: str) -> tuple[int, bool, str]:
    """Return status, whether it is a page of HTML, and its text."""
    try:
        answer = urllib.request.urlopen(address, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        is_page = answer.headers.get_content_type() == "text/html"
        return answer.status, is_page, answer.read().decode() if is_page else ""


def _question(address: str) -> str:
    """Return what makes an address different from others: its path, and the names that it asks with."""
    parts = urlsplit(address)
    names = sorted({name + ("-nothing" if value == NONSENSE else "") for name, value in parse_qsl(parts.query)})
    return "?".join([parts.path, *names])


def _place(address: str, status: int, text: str) -> Place:
    kind = re.search(r'<body class="page-([\w-]+)', text)
    locale = re.search(r'<html lang="([\w-]+)"', text)
    assert kind, address
    assert locale, address
    name = kind.group(1)
    if name == "message" and status == 200:  # a page of its own: a form, what was searched for
        name = "-".join(re.findall(r"[\w-]+", _question(address))[1:])
    original = re.search(r'<link rel="canonical" href="([^"]+)"', text)
    stands_in = original is not None and urlsplit(original.group(1)).path.split("/")[1] != locale.group(1)
    return Place(("fallback-" if stands_in else "") + name, locale.group(1), address, status)


def _links(address: str, text: str, locales: Sequence[str]) -> list[str]:
    """Return the pages of this website that a page leads to, without the place in them."""
    page = html.fromstring(text)
    page.make_links_absolute(address)
    targets = {urldefrag(str(target)).url for target in page.xpath("//a/@href")}
    for form in page.xpath("//form[@method='get']"):
        words = sorted(str(page.xpath("string(//h1)")).split(), key=len)
        for name in form.xpath(".//input[@type='search' or @type='text']/@name"):
            targets |= {f"{form.get('action')}?{urlencode({name: word})}" for word in (words[-1], NONSENSE)}
    own = re.compile(rf"/({'|'.join(locales)})/")
    return sorted(target for target in targets if own.match(target) and len(parse_qsl(urlsplit(target).query)) < 3)

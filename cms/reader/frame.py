"""What stands around every page: menu, languages, breadcrumbs, footer, and what search engines are told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language_info

from cms.delivery.html import entry_address
from cms.delivery.loading import Delivered, Loader, page_url, social_rendition
from cms.delivery.queries import content_locales, entries, site_facts, site_name
from cms.reader.locales import open_graph_locale

FRAME_TYPES = ("MainMenu", "Footer", "HomePage")
FUNDERS = Q(entry_type="Organisation", payload__role="FUNDER", payload__logo__isnull=False)


def local_address(locale: str, path: str) -> str:
    """Return the address of a page on this host: the locale, then the path below its home page."""
    return f"/{locale}{path or '/'}"


@dataclass(frozen=True)
class MenuLink:
    """One line of a menu; `current` as in `aria-current`: "page" for the page itself, "true" for the section it stands in."""

    text: str
    address: str
    current: str = ""


@dataclass(frozen=True)
class LanguageLink:
    """The same page in one language; without address when there is nothing to show in it."""

    code: str
    name: str
    address: str
    is_current: bool
    is_translated: bool


@dataclass(frozen=True)
class Frame:
    """Everything around the content of one page."""

    locale: str
    site_name: str
    facts: dict[str, Any]
    menu: Delivered | None
    menu_links: list[MenuLink]
    footer: Delivered | None
    funders: list[Delivered]
    footer_links: list[MenuLink]
    languages: list[LanguageLink]
    breadcrumbs: list[Delivered]


@dataclass(frozen=True)
class SharedPicture:
    """The picture that other sites show beside a link: absolute address, size in pixels, media type and description."""

    url: str
    width: int
    height: int
    type: str
    alt: str


@dataclass(frozen=True)
class Head:
    """What search engines and other sites are told about one page.

    Attributes:
        title: of the page, without the site's name.
        description: in a sentence or two; empty when there is none.
        canonical: absolute address of the page in the language that it is shown in.
        alternates: (language, address) of every version with `x-default`; empty where the page only stands in for a
            translation, because its canonical address is another page that lists them.
        locale: of the text, in the form of the Open Graph protocol.
        other_locales: of its translations, in the same form.
        image: for sharing; None when there is none.
    """

    title: str
    description: str
    canonical: str
    alternates: list[tuple[str, str]]
    locale: str
    other_locales: list[str]
    image: SharedPicture | None


def build_frame(loader: Loader, item: Delivered | None) -> Frame:
    """Return the frame of a page, or of a message when `item` is None. About five statements, however long the menus."""
    rows = entries(loader.reading).filter(Q(entry_type__in=FRAME_TYPES) | FUNDERS)
    found = loader.deliver(rows.order_by("entry_type", "sort_key", "object_id"))
    around = {one.row.entry_type: one for one in found}
    if item is not None:
        around[item.row.entry_type] = item
    menu, footer, facts = around.get("MainMenu"), around.get("Footer"), site_facts()
    is_page = item is not None and item.is_page
    return Frame(
        locale=loader.reading.locale,
        site_name=site_name(facts),
        facts=facts,
        menu=menu,
        menu_links=_links(menu.payload["items"] if menu else [], loader, item),
        footer=footer,
        funders=[one for one in found if one.row.entry_type == "Organisation" and one.payload["logo"]],
        footer_links=_links(footer.payload["links"] if footer else [], loader, item),
        languages=_languages(loader, item if is_page else None),
        breadcrumbs=loader.ancestors(item) if item is not None and is_page else [],
    )


def own_page_frame(loader: Loader, address: str) -> Frame:
    """Return the frame of a page of ours that is no entry, such as a form; its languages lead to the same page.

    Args:
        loader: of this request.
        address: of the page on this host, in the language of the reading.
    """
    frame = build_frame(loader, None)
    path = address.removeprefix(f"/{frame.locale}")
    languages = [replace(one, address=local_address(one.code, path)) for one in frame.languages]
    return replace(frame, languages=languages)


def _links(lines: Sequence[dict[str, Any]], loader: Loader, item: Delivered | None) -> list[MenuLink]:
    here = dict.fromkeys(item.row.ancestors[1:], "true") | {item.entry_id: "page"} if item is not None else {}
    found = []
    for line in lines:
        target = entry_address(line["entry"], loader) if line["entry"] else line["url"]
        if target:
            address = target.removeprefix(settings.BASE_URL)
            found.append(MenuLink(line["text"], address, here.get(line["entry"], "")))
    return found


def _languages(loader: Loader, item: Delivered | None) -> list[LanguageLink]:
    paths = {one.locale: one.path for one in loader.translations(item)} if item is not None else {}
    stand_in = paths.get(item.row.source_locale, "") if item is not None else "/"
    links = []
    for code in content_locales():
        path = paths.get(code, stand_in)
        links.append(
            LanguageLink(
                code=code,
                name=str(get_language_info(code)["name_local"]).capitalize(),
                address=local_address(code, path) if path else "",
                is_current=code == loader.reading.locale,
                is_translated=item is None or code in paths,
            )
        )
    return links


def build_head(loader: Loader, item: Delivered, facts: dict[str, Any]) -> Head:
    """Return what search engines are told about a page. No statement of its own once the frame is built."""
    versions = {one.locale: one.url for one in loader.translations(item)} if item.is_page else {}
    own = page_url(item.row.locale, item.row.path)
    seo = item.payload.get("seo", {"title": item.payload.get("name", ""), "description": "", "image": None})
    default = versions.get(settings.LANGUAGE_CODE) or versions.get(item.row.source_locale)
    alternates = [*versions.items(), *([("x-default", default)] if default else [])]
    return Head(
        title=seo["title"],
        description=seo["description"],
        canonical=versions.get(item.row.content_locale, own),
        alternates=[] if item.is_fallback else alternates,
        locale=open_graph_locale(item.row.content_locale),
        other_locales=[open_graph_locale(code) for code in versions if code != item.row.content_locale],
        image=_shared_picture(loader, item, seo["image"] or facts.get("social_image")),
    )


def _shared_picture(loader: Loader, item: Delivered, place: dict[str, Any] | None) -> SharedPicture | None:
    record = loader.image(place["id"], loader.language_of(item.entry_id)) if place else None
    rendition = social_rendition(record) if record else None
    if record is None or place is None or rendition is None:
        return None
    return SharedPicture(rendition.url, rendition.width, rendition.height, rendition.type, place["alt"] or record.alt)

"""The start page of the admin: who is there, and what waits for them. Apps above contribute what they know.

An app registers in its `apps.py` either a list of pages (the start page counts them, names the first ones and shows the
whole list on a screen of its own), or a function for anything else:

    register_page_list(PageList("drafts", …))
    register_waiting("enquiries", new_enquiries, order=40)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from wagtail.models import Page

from cms.roles.groups import AUTHOR, COMMUNICATIONS, COORDINATOR, EDITOR, REVIEWER, TRANSLATOR

ADMINISTRATOR = "Administrators"
ROLE_NAMES: dict[str, str | Promise] = {
    AUTHOR.name: pgettext_lazy("role of a person", "author"),
    REVIEWER.name: pgettext_lazy("role of a person", "reviewer"),
    EDITOR.name: pgettext_lazy("role of a person", "editor"),
    TRANSLATOR.name: pgettext_lazy("role of a person", "translator"),
    COORDINATOR.name: pgettext_lazy("role of a person", "coordinator"),
    COMMUNICATIONS.name: pgettext_lazy("role of a person", "communications"),
    ADMINISTRATOR: pgettext_lazy("role of a person", "administrator"),
}
LINKS_SHOWN = 3


@dataclass(frozen=True)
class Visitor:
    """The person at the start page.

    Attributes:
        user: who it is.
        roles: names of their roles, in the order of `ROLE_NAMES`; those who may do everything are administrators.
        language: code of the language in which they read the admin.
    """

    user: Any
    roles: tuple[str, ...]
    language: str

    def has_role(self, *names: str) -> bool:
        """Tell whether the person has one of these roles."""
        return any(name in self.roles for name in names)

    @property
    def name(self) -> str:
        """Return how to address them."""
        return str(self.user.first_name or self.user.get_username())

    @property
    def role_names(self) -> list[str]:
        """Return the names of their roles in the active language, each with a capital letter."""
        return [capfirst(str(ROLE_NAMES[role])) for role in self.roles]


@dataclass(frozen=True)
class Link:
    """A link with a short note behind it, such as a language; the note may be empty."""

    text: str
    url: str
    note: str = ""
    language: str = ""


@dataclass(frozen=True)
class Waiting:
    """One line of what waits: how many, a sentence that goes with the number, where all of them are, and the first ones."""

    count: int
    text: str
    url: str
    icon: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class PageList:
    """Pages that wait for somebody.

    Attributes:
        name: part of the address of the list, and of its icon's meaning; no other list has it.
        heading: title of the list.
        icon: name of an icon of the admin.
        sentence: returns the sentence for a number of pages.
        advice: what to do with these pages, shown above the list.
        pages: returns the pages that wait for a visitor, None when such pages are not the visitor's work. No statement,
            or a fixed number of them.
    """

    name: str
    heading: str | Promise
    icon: str
    sentence: Callable[[int], str]
    advice: str | Promise
    pages: Callable[[Visitor], Any]


Provider = Callable[[Visitor], Iterable[Waiting]]
_providers: dict[str, tuple[int, Provider]] = {}
_page_lists: dict[str, PageList] = {}


def register_waiting(name: str, provider: Provider, order: int) -> None:
    """Add what waits: `provider` yields lines for a visitor, lower orders come first; a second one of a name replaces it."""
    _providers[name] = (order, provider)


def register_page_list(page_list: PageList, order: int) -> None:
    """Add a list of pages and its line on the start page."""
    _page_lists[page_list.name] = page_list
    register_waiting(page_list.name, lambda visitor: _line(page_list, visitor), order)


def page_list(name: str) -> PageList | None:
    """Return a registered list of pages."""
    return _page_lists.get(name)


def visitor_of(user: Any) -> Visitor:
    """Return a person with their roles. One statement."""
    held = set(user.groups.values_list("name", flat=True))
    if user.is_superuser:
        held.add(ADMINISTRATOR)
    return Visitor(user, tuple(name for name in ROLE_NAMES if name in held), get_language() or "en")


def waiting_for(visitor: Visitor) -> list[Waiting]:
    """Return what waits for a visitor, lines with nothing left out. The number of statements depends on the roles only."""
    in_order = sorted(_providers.values(), key=lambda known: known[0])
    return [line for _order, provider in in_order for line in provider(visitor) if line.count]


def page_links(pages: Any) -> tuple[Link, ...]:
    """Return links to the editors of the first pages of a queryset, each with its language. One statement."""
    first = pages.order_by("-latest_revision_created_at", "pk").select_related("locale")[:LINKS_SHOWN]
    return tuple(
        Link(
            page.draft_title or page.title,
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            page.locale.language_code.upper(),
            page.locale.language_code,
        )
        for page in first
    )


def page_type() -> ContentType:
    """Return the content type under which Wagtail files workflows of pages. No statement once it is cached."""
    return ContentType.objects.get_for_model(Page)


def _line(known: PageList, visitor: Visitor) -> Iterable[Waiting]:
    pages = known.pages(visitor)
    if pages is not None:
        count = pages.count()
        links = page_links(pages) if count else ()
        yield Waiting(count, known.sentence(count), reverse("start_page_list", args=[known.name]), known.icon, links)

"""What the page of each entry type shows beside its own payload."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.text import slugify
from django.utils.timezone import localdate
from django_countries import countries

from cms.delivery.body import render_body
from cms.delivery.loading import Delivered, Loader
from cms.delivery.queries import entries
from cms.reader import dates

MOST_CHILDREN = 1000
ROLES_IN_ORDER = ("COORDINATOR", "PARTNER", "NETWORK", "FUNDER")


def content_of(loader: Loader, item: Delivered) -> dict[str, Any]:
    """Return the context of an entry's template: `item`, `payload`, its `body` as HTML and what its type adds.

    The number of statements depends on the type only, not on how many things are shown.
    """
    payload = item.payload
    own = CONTENTS.get(item.row.entry_type, _nothing)(loader, item)  # first: whatever it delivers is loaded together
    body = render_body(payload.get("body", []), loader, language=item.row.content_locale)
    return {
        "item": item,
        "payload": payload,
        "language": loader.language_of(item.entry_id),
        "body": body,
        "toc": _sections(payload.get("body", [])),
        "footnotes": _footnotes(payload.get("footnotes", []), body),
        **own,
    }


def _sections(blocks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the headings of the second level; a single one is no help to find one's way."""
    found = [block["value"] for block in blocks if block["type"] == "heading" and block["value"]["level"] == 2]
    return found if len(found) > 1 else []


def _footnotes(notes: Iterable[Mapping[str, Any]], body: str) -> list[dict[str, Any]]:
    """Return the footnotes with the anchors of the places that refer to them."""
    return [{**note, "places": re.findall(rf'id="(fnref-{note["number"]}(?:-\d+)?)"', body)} for note in notes]


def _nothing(loader: Loader, item: Delivered) -> dict[str, Any]:
    return {}


def _study(loader: Loader, item: Delivered) -> dict[str, Any]:
    return {"chapters": loader.children(item, ["Chapter"], MOST_CHILDREN)[0]}


def _home(loader: Loader, item: Delivered) -> dict[str, Any]:
    """Show what there is to read: the tools of every issue, and every study with its chapters."""
    rows = entries(loader.reading, ["Study", "GuidanceToolIndex", "GuidanceTool"]).order_by("sort_key", "entry_id")
    found = loader.deliver(rows)
    tools = [one for one in found if one.row.entry_type == "GuidanceTool"]
    studies = [one for one in found if one.row.entry_type == "Study"]
    return {
        "tools_page": next((one for one in found if one.row.entry_type == "GuidanceToolIndex"), None),
        "tools": [(tool, _first(loader.related(tool, "issue"))) for tool in tools],
        "studies": [(study, loader.children(study, ["Chapter"], MOST_CHILDREN)[0]) for study in studies],
    }


def _chapter(loader: Loader, item: Delivered) -> dict[str, Any]:
    previous, following = loader.neighbours(item)
    return {
        "study": loader.parent(item),
        "siblings": _siblings(loader, item),
        "previous": previous,
        "next": following,
        "topics": loader.related(item, "topics"),
    }


def _tools(loader: Loader, item: Delivered) -> dict[str, Any]:
    tools = loader.children(item, ["GuidanceTool"], MOST_CHILDREN)[0]
    return {"tools": [(tool, _first(loader.related(tool, "issue"))) for tool in tools]}


def _tool(loader: Loader, item: Delivered) -> dict[str, Any]:
    previous, following = loader.neighbours(item)
    return {
        "issue": _first(loader.related(item, "issue")),
        "audience": loader.related(item, "audience"),
        "brochure": _first(loader.children(item, ["Brochure"], 1)[0]),
        "chapters": loader.related(item, "related_chapters"),
        "siblings": _siblings(loader, item),
        "previous": previous,
        "next": following,
    }


def _brochure(loader: Loader, item: Delivered) -> dict[str, Any]:
    tool = loader.parent(item)
    return {"tool": tool, "issue": _first(loader.related(tool, "issue")) if tool else None}


def _siblings(loader: Loader, item: Delivered) -> list[Delivered]:
    """Return the pages of the same type below the same page, itself among them; empty when it is alone."""
    parent = loader.parent(item)
    found = list(loader.children(parent, [item.row.entry_type], MOST_CHILDREN)[0]) if parent else []
    if found and item not in found:  # a draft that was never published
        found.insert(max(item.row.position - 1, 0), item)
    return found if len(found) > 1 else []


def _events(loader: Loader, item: Delivered) -> dict[str, Any]:
    """Part the events in those to come, undated ones last, and those that are over, the latest first."""
    events = loader.children(item, ["Event"], MOST_CHILDREN)[0]
    days = {one.entry_id: dates.days_of(one.payload["period"]) for one in events}
    today = localdate()
    past = [one for one in events if (days[one.entry_id][1] or date.max) < today]
    upcoming = [one for one in events if one not in past]
    return {
        "upcoming": sorted(upcoming, key=lambda one: days[one.entry_id][0] or date.max),
        "past": sorted(past, key=lambda one: days[one.entry_id][0] or date.min, reverse=True),
    }


def _event(loader: Loader, item: Delivered) -> dict[str, Any]:
    previous, following = loader.neighbours(item)
    return {"organisers": loader.related(item, "organisers"), "previous": previous, "next": following}


def _information(loader: Loader, item: Delivered) -> dict[str, Any]:
    return {"below": loader.children(item, ["InformationPage"], MOST_CHILDREN)[0]}


@dataclass
class Member:
    """An organisation with what is told beside it."""

    organisation: Delivered
    networks: list[Delivered]
    contacts: list[Delivered]


@dataclass
class Country:
    """A country of the network: its note and its organisations; `code` is empty for those without a country."""

    code: str
    note: Mapping[str, Any] | None = None
    members: list[Member] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The country's name in the active language."""
        return str(countries.name(self.code)) if self.code else ""

    @property
    def anchor(self) -> str:
        """The name by which the country is linked to."""
        return slugify(self.code) or "others"


def _partners(loader: Loader, item: Delivered) -> dict[str, Any]:
    """Group the directory by country: first the countries of the page's notes in their order, then the others."""
    by_code = {note["country"]: Country(note["country"], note["text"]) for note in item.payload["country_notes"]}
    organisations = loader.deliver(entries(loader.reading, ["Organisation"]).order_by("sort_key", "entry_id"))
    for organisation in sorted(organisations, key=lambda one: ROLES_IN_ORDER.index(one.payload["role"])):
        code = organisation.payload["country"]
        by_code.setdefault(code, Country(code)).members.append(_member(loader, organisation))
    placed = [country for code, country in by_code.items() if code]
    return {"countries": placed, "others": by_code.get("")}


def _member(loader: Loader, organisation: Delivered) -> Member:
    contacts = loader.users(organisation, "organisation", "Contact")
    return Member(organisation, loader.related(organisation, "networks"), contacts)


def _organisation(loader: Loader, item: Delivered) -> dict[str, Any]:
    return {"member": _member(loader, item), "country": Country(item.payload["country"])}


def _contact(loader: Loader, item: Delivered) -> dict[str, Any]:
    return {"contact": item, "organisation": _first(loader.related(item, "organisation"))}


def _first(found: list[Delivered]) -> Delivered | None:
    return found[0] if found else None


CONTENTS: dict[str, Callable[[Loader, Delivered], dict[str, Any]]] = {
    "HomePage": _home,
    "Study": _study,
    "Chapter": _chapter,
    "GuidanceToolIndex": _tools,
    "GuidanceTool": _tool,
    "Brochure": _brochure,
    "EventIndex": _events,
    "Event": _event,
    "InformationPage": _information,
    "PartnersPage": _partners,
    "Organisation": _organisation,
    "Contact": _contact,
}

"""What a page says about itself to search engines, in the words of schema.org, as JSON-LD (json-ld.org, W3C 2020)."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from cms.delivery.loading import Delivered, Loader, page_url
from cms.reader.frame import Frame, Head

# HTML ends a script at "</script", whatever the JSON around it; these signs are written as JSON escapes instead.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
TYPES = {
    "HomePage": "WebSite",
    "Study": "ScholarlyArticle",
    "Chapter": "Chapter",
    "GuidanceTool": "LearningResource",
    "Brochure": "LearningResource",
    "Event": "Event",
    "GuidanceToolIndex": "CollectionPage",
    "EventIndex": "CollectionPage",
    "PartnersPage": "AboutPage",
}
Thing = dict[str, Any]


def structured_data(
    loader: Loader, item: Delivered, frame: Frame, head: Head, content: Mapping[str, Any]
) -> SafeString:
    """Return the JSON of a page: the page itself and its breadcrumbs; empty for snippets. No statement of its own.

    Args:
        loader: of this request.
        item: the page.
        frame: what stands around it.
        head: what else search engines are told.
        content: context of the page's template.
    """
    if not item.is_page:
        return mark_safe("")
    things = [_page(loader, item, frame, head), *_breadcrumbs(item, frame, head)]
    things[0].update(DETAILS.get(item.row.entry_type, _no_details)(loader, item, content))
    graph = {"@context": "https://schema.org", "@graph": [_filled(thing) for thing in things]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308 - escaped above


def _page(loader: Loader, item: Delivered, frame: Frame, head: Head) -> Thing:
    written = item.row.entry_type in ("Study", "Chapter", "GuidanceTool", "Brochure")
    licence = item.payload.get("license")
    thing = {
        "@type": TYPES.get(item.row.entry_type, "WebPage"),
        "@id": head.canonical,
        "url": head.canonical,
        "name": item.payload["title"],
        "description": head.description,
        "image": head.image.url if head.image else "",
    }
    if item.row.entry_type == "Event":
        return thing
    thing |= {"inLanguage": item.row.content_locale, "publisher": _publisher(frame)}
    if written:
        thing |= {
            "headline": item.payload["title"],
            "datePublished": item.row.first_published_at.isoformat(),
            "dateModified": item.row.updated_at.isoformat(),
            "author": [_author(loader, author) for author in item.payload.get("authors", [])],
            "license": licence["url"] if licence else "",
            "isAccessibleForFree": True,
        }
    return thing


def _publisher(frame: Frame) -> Thing:
    return _filled(
        {
            "@type": "Organization",
            "name": frame.site_name,
            "url": f"{settings.BASE_URL}/",
            "email": frame.facts.get("email"),
            "address": frame.facts.get("postal_address"),
        }
    )


def _author(loader: Loader, author: Mapping[str, Any]) -> Thing:
    organisation = loader.entry(author["organisation"], "link") if author["organisation"] else None
    belongs = {"@type": "Organization", "name": organisation.payload["name"]} if organisation else None
    return _filled({"@type": "Person", "name": author["name"], "affiliation": belongs})


def _breadcrumbs(item: Delivered, frame: Frame, head: Head) -> list[Thing]:
    """Return the way from the home page to the page, itself included; nothing for the home page."""
    steps = [(one.payload["title"], one.url) for one in frame.breadcrumbs] + [(item.payload["title"], head.canonical)]
    if len(steps) < 2:
        return []
    places = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(steps, start=1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": places}]


def _no_details(loader: Loader, item: Delivered, content: Mapping[str, Any]) -> Thing:
    return {}


def _home(loader: Loader, item: Delivered, content: Mapping[str, Any]) -> Thing:
    return {"url": page_url(item.row.content_locale, "/")}


def _study(loader: Loader, item: Delivered, content: Mapping[str, Any]) -> Thing:
    chapters = content["chapters"]
    parts = [{"@type": "Chapter", "name": one.payload["title"], "url": one.url} for one in chapters]
    return {"alternativeHeadline": item.payload["subtitle"], "hasPart": parts}


def _chapter(loader: Loader, item: Delivered, content: Mapping[str, Any]) -> Thing:
    study = content["study"]
    whole = {"@type": "ScholarlyArticle", "name": study.payload["title"], "url": study.url} if study else None
    return {
        "position": item.row.position,
        "isPartOf": whole,
        "about": [topic.payload["name"] for topic in content["topics"]],
        "citation": item.payload["sources"],
        "timeRequired": f"PT{item.payload['reading_minutes']}M",
    }


def _tool(loader: Loader, item: Delivered, content: Mapping[str, Any]) -> Thing:
    return {
        "about": [content["issue"].payload["name"]] if content["issue"] else [],
        "audience": [{"@type": "Audience", "audienceType": one.payload["name"]} for one in content["audience"]],
        "timeRequired": f"PT{item.payload['reading_minutes']}M",
    }


def _event(loader: Loader, item: Delivered, content: Mapping[str, Any]) -> Thing:
    """Return when and where; a provisional event has no date here either."""
    payload, period = item.payload, item.payload["period"]
    address = {"@type": "PostalAddress", "addressLocality": payload["city"], "addressCountry": payload["country"]}
    is_placed = payload["venue"] or payload["city"] or payload["country"]
    place = {"@type": "Place", "name": payload["venue"], "address": _filled(address)}
    return {
        "startDate": period["starts_at"],
        "endDate": period["ends_at"],
        "eventStatus": "" if payload["is_provisional"] else "https://schema.org/EventScheduled",
        "location": _filled(place) if is_placed else None,
        "organizer": [{"@type": "Organization", "name": one.payload["name"]} for one in content["organisers"]],
    }


def _partners(loader: Loader, item: Delivered, content: Mapping[str, Any]) -> Thing:
    groups = [*content["countries"], *([content["others"]] if content["others"] else [])]
    members = [(group.code, member.organisation.payload) for group in groups for member in group.members]
    return {
        "mentions": [
            _filled(
                {
                    "@type": "Organization",
                    "name": payload["name"],
                    "alternateName": payload["acronym"],
                    "url": payload["website"],
                    "address": {"@type": "PostalAddress", "addressCountry": code} if code else None,
                }
            )
            for code, payload in members
        ]
    }


def _filled(thing: Thing) -> Thing:
    """Return a thing without what is not known."""
    return {name: value for name, value in thing.items() if value not in ("", None, [])}


DETAILS = {
    "HomePage": _home,
    "Study": _study,
    "Chapter": _chapter,
    "GuidanceTool": _tool,
    "Event": _event,
    "PartnersPage": _partners,
}

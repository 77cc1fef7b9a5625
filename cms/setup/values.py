"""Which field of which model gets which part of a text; values are the same as an author would have typed."""

from collections.abc import Callable
from typing import Any

from cms.setup.raw import Text, Writer

Values = dict[str, Any]
# Fields whose value is a list of one-key maps or a list of values of one block type.
ONE_KIND = {
    "authors": "author",
    "outputs": "output",
    "country_notes": "country_note",
    "calls_to_action": "call_to_action",
    "why_questions": "question",
}


def page_values(model: str, text: Text, writer: Writer) -> Values:
    """Return the values of the fields of a page, without slug."""
    values: Values = {"title": text["title"]}
    for name in ("subtitle", "why_title", "figures_caption", "planned_availability", "word_target", "period_note"):
        if name in text:
            values[name] = text[name]
    for name in ("intro", "lead", "purpose", "abstract", "why_intro"):
        if name in text:
            values[name] = writer.rich(text[name])
    if "summary" in text:
        values["summary"] = writer.inline(text["summary"])
    for name, kind in ONE_KIND.items():
        if name in text:
            values[name] = writer.stream(name, [{kind: value} for value in text[name]])
    body = text.get("panels") or text.get("body")
    if isinstance(body, list):
        values["body"] = writer.stream("body", body)
    for name in ("hero", "cover"):
        if text.get(name):
            values[f"{name}_id"] = writer.names.pictures[text[name]]
    values.update(OWN.get(model, _nothing)(text, writer))
    return values


def _nothing(text: Text, writer: Writer) -> Values:
    return {}


def _home(text: Text, writer: Writer) -> Values:
    figures = text.get("figures", {})
    return {
        "partner_count": figures.get("partners"),
        "country_count": figures.get("countries"),
        "provider_count": figures.get("local_providers"),
    }


def _chapter(text: Text, writer: Writer) -> Values:
    return {"sources": "\n".join(text["sources"])}


def _event(text: Text, writer: Writer) -> Values:
    values: Values = {"is_provisional": text["is_provisional"]}
    if isinstance(text.get("body"), str):
        values["body"] = writer.stream("body", [{"paragraph": text["body"]}])
    return values


OWN: dict[str, Callable[[Text, Writer], Values]] = {
    "home.HomePage": _home,
    "pages.ChapterPage": _chapter,
    "pages.EventPage": _event,
}


def menu_values(text: Text, writer: Writer) -> Values:
    """Return the values of a main menu."""
    return {"items": writer.stream("items", [{"item": item} for item in text["items"]])}


def footer_values(text: Text, writer: Writer) -> Values:
    """Return the values of a footer."""
    sentences = {name: text[name] for name in ("coordination", "funding", "support", "disclaimer")}
    return {**sentences, "links": writer.stream("links", [{"item": item} for item in text["links"]])}

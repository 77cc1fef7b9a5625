"""Turns texts of YAML files into what Wagtail stores: rich text of the database and raw StreamField data.

Every id is made from the place of the text, the same in all languages, so that a translated text has the same segments.
"""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Text = dict[str, Any]

NAMESPACE = uuid.UUID("8f2f2a60-3f0e-4f1a-9a0e-5d6a7b1c9e42")
_LINK = re.compile(r'<a href="entry:([^"]+)">')
_FORMULA = re.compile(r"<formula>(.*?)</formula>", re.DOTALL)
_PHRASE = re.compile(r'<span lang="([a-z]+)">(.*?)</span>', re.DOTALL)
_FOOTNOTE = re.compile(r"<footnote>(.*?)</footnote>")
_PARAGRAPH_BREAK = re.compile(r">\s*\n\s*<")


def made_id(*parts: object) -> str:
    """Return the id that belongs to a place."""
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts)))


@dataclass
class Names:
    """What the texts name by key: primary keys of source pages, organisations, pictures and files of one language."""

    pages: Mapping[str, int] = field(default_factory=dict)
    organisations: Mapping[str, int] = field(default_factory=dict)
    pictures: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, int] = field(default_factory=dict)

    def page(self, key: str) -> int | None:
        """Return the primary key of a page; a key without a folder may name an event or page of the frame."""
        return self.pages.get(key)


def formula_anchor(match: re.Match[str]) -> str:
    """Return an inline formula as the database holds it, around a spoken form made from its code."""
    latex = match.group(1).replace("&amp;", "&")
    spoken = re.sub(r"[\\{}_^$]|\\[a-z]+", " ", latex).strip()
    quoted = latex.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return f'<a linktype="formula" latex="{quoted}">{" ".join(spoken.split())}</a>'


class Writer:
    """Writes the texts of one entry in one language."""

    def __init__(self, key: str, names: Names) -> None:
        self.key = key
        self.names = names

    def rich(self, text: str | None) -> str:
        """Return rich text as the database holds it."""
        html = _PARAGRAPH_BREAK.sub("><", (text or "").strip())
        html = _LINK.sub(self.page_anchor, html)
        html = _FORMULA.sub(formula_anchor, html)
        html = _PHRASE.sub(r'<a linktype="lang" lang="\1">\2</a>', html)
        return _FOOTNOTE.sub(self.footnote_anchor, html)

    def inline(self, text: str | None) -> str:
        """Return rich text of one paragraph."""
        html = self.rich(text)
        return html if not html or html.startswith("<p>") else f"<p>{html}</p>"

    def page_anchor(self, match: re.Match[str]) -> str:
        """Return the opening tag of a link to a page as the database holds it."""
        number = self.names.page(match.group(1))
        if number is None:
            raise KeyError(f"{self.key}: no page is called {match.group(1)!r}")
        return f'<a linktype="page" id="{number}">'

    def footnote_anchor(self, match: re.Match[str]) -> str:
        """Return the mark of a footnote as the database holds it."""
        number = self.footnote_id(match.group(1))
        return f'<footnote id="{number}">[{number[:6]}]</footnote>'

    def footnote_id(self, name: str) -> str:
        """Return the id of one of the entry's footnotes."""
        return made_id(self.key, "footnote", name)

    def stream(self, name: str, blocks: list[Text]) -> list[Text]:
        """Return raw StreamField data of a list of one-key maps."""
        raw = []
        for place, block in enumerate(blocks):
            ((kind, value),) = block.items()
            identity = made_id(self.key, name, place)
            raw.append({"type": kind, "id": identity, "value": self.block(kind, value, identity)})
        return raw

    def block(self, kind: str, value: Any, identity: str) -> Any:
        """Return the raw value of one block."""
        writer: Callable[[Any, str], Any] | None = getattr(self, f"_{kind}", None)
        return writer(value, identity) if writer else value

    def items(self, values: list[Any], identity: str, write: Callable[[Any], Any] = lambda value: value) -> list[Text]:
        """Return the raw value of a list block."""
        return [
            {"type": "item", "id": made_id(identity, place), "value": write(value)}
            for place, value in enumerate(values)
        ]

    def image(self, key: str, alt: str = "") -> Text | None:
        """Return the raw value of an image block."""
        if not key:
            return {"image": None, "alt_text": "", "decorative": False}
        return {"image": self.names.pictures[key], "alt_text": alt, "decorative": not alt}

    def _heading(self, value: Text, identity: str) -> Text:
        return {"level": str(value["level"]), "text": value["text"], "anchor": ""}

    def _paragraph(self, value: str, identity: str) -> str:
        return self.rich(value)

    def _figure(self, value: Text, identity: str) -> Text:
        return {
            "image": self.image(value["image"], value["alt"]),
            "caption": self.inline(value["caption"]),
            "credit": value["credit"],
            "long_description": value.get("long_description", ""),
        }

    def _table(self, value: Text, identity: str) -> Text:
        columns = [{"type": "text", "heading": heading} for heading in value["columns"]]
        rows = [{"values": [str(cell) for cell in row]} for row in value["rows"]]
        return {
            "table": {"columns": columns, "rows": rows, "caption": value["caption"]},
            "has_row_header": value["has_row_header"],
        }

    def _callout(self, value: Text, identity: str) -> Text:
        return {**value, "content": self.rich(value["content"])}

    def _key_points(self, value: Text, identity: str) -> Text:
        return {"title": value["title"], "points": self.items(value["points"], identity)}

    def _case_study(self, value: Text, identity: str) -> Text:
        organisation = value.get("organisation") or ""
        return {
            "title": value["title"],
            "context": self.rich(value["context"]),
            "action": self.rich(value["action"]),
            "evidence": self.rich(value.get("evidence")),
            "organisation": self.names.organisations[organisation] if organisation else None,
        }

    def link(self, value: Text) -> Text:
        """Return the raw value of a line of a menu or list of links."""
        return {
            "text": value["text"],
            "page": self.names.pages[value["page"]] if value.get("page") else None,
            "url": value.get("url", ""),
        }

    def _link_list(self, value: Text, identity: str) -> Text:
        return {"title": value["title"], "links": self.items(value["links"], identity, self.link)}

    def _steps(self, value: Text, identity: str) -> Text:
        steps = self.items(
            value["steps"], identity, lambda step: {"title": step["title"], "content": self.rich(step["content"])}
        )
        return {"title": value["title"], "steps": steps}

    def _checklist(self, value: Text, identity: str) -> Text:
        return {"title": value["title"], "items": self.items(value["items"], identity)}

    def _reflection(self, value: Text, identity: str) -> Text:
        return {"title": value["title"], "questions": self.items(value["questions"], identity)}

    def _download(self, value: Text, identity: str) -> Text:
        return {"title": value["title"], "file": self.names.files[value["file"]]}

    def _panel(self, value: Text, identity: str) -> Text:
        return {
            "title": value["title"],
            "content": self.rich(value["content"]),
            "image": self.image(value.get("image", ""), ""),
        }

    def _author(self, value: Text, identity: str) -> Text:
        organisation = value.get("organisation") or ""
        return {
            "name": value["name"],
            "role": value.get("role", ""),
            "organisation": self.names.organisations[organisation] if organisation else None,
        }

    def _output(self, value: Text, identity: str) -> Text:
        return {
            "kind": value["kind"],
            "title": value["title"],
            "description": self.rich(value["description"]),
            "planned_availability": value["planned_availability"],
            "languages": value["languages"],
            "page": self.names.pages[value["page"]] if value.get("page") else None,
        }

    def _country_note(self, value: Text, identity: str) -> Text:
        return {"country": value["country"], "text": self.inline(value["text"])}

    def _item(self, value: Text, identity: str) -> Text:
        return self.link(value)

    def _call_to_action(self, value: Text, identity: str) -> Text:
        return {"text": value["text"], "page": self.names.pages[value["page"]]}

    def _question(self, value: str, identity: str) -> Text:
        return {"question": value}

"""What an entry says: the title and the pieces of text in its payload, each with the place that it stands in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pages.entries import EntryRecord, words_of

# Menus, footers, facts and names of topics are no results; everything else that has a title or a name is one.
NEVER_RESULTS = frozenset("MainMenu Footer SiteFacts Topic Audience".split())
SUMMARIES = frozenset("summary abstract lead intro subtitle purpose acronym role".split())
# Plain texts for people inside payloads; rich texts are known by their form, everything else is codes, ids and addresses.
TEXTS = frozenset(
    """text question name caption quote attribution description long_description alt venue city note address items points
    questions columns rows why_title role""".split()
)
HEADINGS = frozenset({"title", "why_title"})
CODED_ROLES = frozenset({"Organisation"})


class Field(StrEnum):
    """Where a piece of text stands, which is how much it weighs."""

    TITLE = "title"
    HEADING = "heading"
    SUMMARY = "summary"
    BODY = "body"


@dataclass(frozen=True)
class Piece:
    """One piece of text without markup, and where it stands."""

    field: Field
    text: str


def is_result(record: EntryRecord) -> bool:
    """Tell whether readers may look for a record: it has a title, and stands in its own language (an alias does not)."""
    named = record.payload.get("title") or record.payload.get("name")
    return bool(named) and record.entry_type not in NEVER_RESULTS and record.content_locale == record.locale


def pieces_of(record: EntryRecord) -> list[Piece]:
    """Return an entry's texts in reading order, its title first; each text of some length only once."""
    payload = record.payload
    title = " ".join(str(payload.get("title") or payload.get("name") or "").split())
    found = [Piece(Field.TITLE, title)]
    seen = {title}
    for piece in _pieces(record):
        if piece.text and piece.text not in seen:
            seen.add(piece.text)
            found.append(piece)
    return found


def _pieces(record: EntryRecord) -> Iterator[Piece]:
    for name, value in record.payload.items():
        if name in ("title", "name", "refs") or (name == "role" and record.entry_type in CODED_ROLES):
            continue
        if name == "seo":
            yield Piece(Field.SUMMARY, " ".join(str(value.get("description") or "").split()))
        elif name in SUMMARIES:
            yield from (Piece(Field.SUMMARY, piece.text) for piece in _inside(name, value, is_text=True))
        else:
            yield from _inside(name, value)


def _inside(name: str, value: Any, *, is_text: bool = False) -> Iterator[Piece]:
    """Yield the texts in a part of a payload: rich text by its form, plain text by its name."""
    if isinstance(value, str):
        if is_text or name in TEXTS or name in HEADINGS:
            yield Piece(Field.HEADING if name in HEADINGS else Field.BODY, " ".join(value.split()))
    elif isinstance(value, list):
        for item in value:
            yield from _inside(name, item, is_text=is_text)
    elif isinstance(value, Mapping):
        if isinstance(value.get("html"), str):
            yield Piece(Field.BODY, words_of(value["html"]))
        elif value.get("type") == "heading" and isinstance(value.get("value"), Mapping):
            yield Piece(Field.HEADING, " ".join(str(value["value"].get("text") or "").split()))
        else:
            for key, item in value.items():
                yield from _inside(key, item)

"""Short passages of an entry's own text with the found words marked; safe HTML with `<mark>` only."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

import orjson

from search.languages import WORD
from search.texts import Field

LENGTH = 220
BEFORE = 60
MOST_MARKED = 5
REPEATED = 0.05
IN_SUMMARY = 0.02


@dataclass(frozen=True)
class Spot:
    """A marked word: where it stands in its text, and the number of the sought word."""

    start: int
    end: int
    number: int


@dataclass(frozen=True)
class _Passage:
    """A candidate for an excerpt: how much it tells, and where its first marked word stands."""

    value: float = 0.0
    text: str = ""
    start: int = 0
    spots: Sequence[Spot] = ()


def spots(text: str, surfaces: Sequence[Collection[str]]) -> list[Spot]:
    """Return where the words of a text are that stand for a sought word, in order."""
    found = []
    for hit in WORD.finditer(text):
        word = hit.group().lower()
        for number, known in enumerate(surfaces):
            if word in known:
                found.append(Spot(hit.start(), hit.end(), number))
                break
    return found


def marked(text: str, surfaces: Sequence[Collection[str]]) -> str:
    """Return a whole text as HTML, with its found words marked."""
    text = unicodedata.normalize("NFC", text)
    return _html(text, 0, len(text), spots(text, surfaces))


def excerpt(pieces: str, surfaces: Sequence[Collection[str]]) -> str:
    """Return the passage that tells most about why an entry was found, about 220 characters, as HTML.

    It is cut from one piece of text behind the title; without a found word there it is the beginning of the first.

    Args:
        pieces: as `IndexRow.pieces` stores them.
        surfaces: for each sought word the words to be marked.
    """
    texts = [(field, text) for field, text in orjson.loads(pieces) if field not in (Field.TITLE, Field.HEADING)]
    best = _Passage()
    for field, text in texts:
        passage = _best_passage(
            unicodedata.normalize("NFC", text), surfaces, IN_SUMMARY if field == Field.SUMMARY else 0.0
        )
        best = max(best, passage, key=lambda one: one.value)
        if best.value >= len(surfaces):
            break
    if best.text:
        return _cut(best.text, best.start, best.spots)
    return _cut(texts[0][1], 0, []) if texts else ""


def _best_passage(text: str, surfaces: Sequence[Collection[str]], bonus: float) -> _Passage:
    """Return the passage of a text with the most different words in it, then the most words."""
    found, best = spots(text, surfaces), _Passage()
    for place, spot in enumerate(found):
        inside = [one.number for one in found[place : place + MOST_MARKED] if one.start < spot.start + LENGTH - BEFORE]
        value = len(set(inside)) + REPEATED * len(inside) + bonus
        if value > best.value:
            best = _Passage(value, text, spot.start, found)
    return best


def _cut(text: str, at: int, found: Sequence[Spot]) -> str:
    """Cut a passage around a place at word boundaries; signs of omission tell where text was left out."""
    start = max(0, at - BEFORE)
    sentence = max(text.rfind(sign, 0, at) for sign in (". ", "? ", "! ")) + 2
    if sentence > 1 and at - sentence < LENGTH / 2:
        start = sentence
    elif start:
        start = text.find(" ", start, at) + 1 or at
    end = min(len(text), start + LENGTH)
    if end < len(text):
        space = text.rfind(" ", start + LENGTH // 2, end + 1)
        end = space if space > 0 else end
    body = _html(text, start, end, found)
    return f"{'… ' if start and sentence != start else ''}{body}{' …' if end < len(text) else ''}"


def _html(text: str, start: int, end: int, found: Sequence[Spot]) -> str:
    parts, place = [], start
    for spot in found:
        if spot.start >= place and spot.end <= end:
            parts += [escape(text[place : spot.start]), f"<mark>{escape(text[spot.start : spot.end])}</mark>"]
            place = spot.end
    parts.append(escape(text[place:end]))
    return "".join(parts)

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


@dataclass(frozen=True)
class Spot:
    """A marked word: where it stands in its text, and the number of the sought word."""

    start: int
    end: int
    number: int


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
    texts = [(field, unicodedata.normalize("NFC", text)) for field, text in orjson.loads(pieces)]
    best: tuple[float, str, int, list[Spot]] = (0.0, "", 0, [])
    for field, text in texts:
        if field in (Field.TITLE, Field.HEADING):
            continue
        found = spots(text, surfaces)
        for spot in found:
            inside = [one for one in found if spot.start <= one.start < spot.start + LENGTH - BEFORE]
            value = len({one.number for one in inside}) + 0.05 * min(len(inside), 5) + 0.02 * (field == Field.SUMMARY)
            if value > best[0]:
                best = (value, text, spot.start, found)
    if best[1]:
        return _cut(best[1], best[2], best[3])
    plain = [text for field, text in texts if field not in (Field.TITLE, Field.HEADING)]
    return _cut(plain[0], 0, []) if plain else ""


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

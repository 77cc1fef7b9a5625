"""Lettering: fonts, and text that is wrapped and sized until it fits its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

FONTS_DIR = Path(__file__).resolve().parent.parent / "fonts"
FONT_FILES = {"regular": "Lato-Regular.ttf", "bold": "Lato-Bold.ttf", "serif": "NotoSerif-Bold.ttf"}
LEAST_SIZE = 30
SOFT_HYPHEN = "\u00ad"
LEADING = 1.26
PLAIN_GLYPHS = {0x202F: "\u00a0", 0x2011: "-", 0xAD: None}  # what the fonts have no drawing for
_ONSETS = "sch|ch|qu|[bcdfgkptv]r|[bcfgkp]l|[b-df-hj-np-tv-xzß]"
_SYLLABLE = re.compile(
    rf"(?<=\w\w)(?=(?:{_ONSETS})[aeiouyäöüåéèêà]\w)(?<![cs](?=h))(?<!s(?=ch))(?<!sc(?=h))(?<![bcdfgkptv](?=r))",
    re.IGNORECASE,
)


@cache
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in pixels.

    Args:
        face: ``regular``, ``bold`` or ``serif``.
        size: Height of the em in pixels of the enlarged drawing.

    Returns:
        The font, shared between calls.
    """
    return ImageFont.truetype(str(FONTS_DIR / FONT_FILES[face]), size, layout_engine=ImageFont.Layout.BASIC)


def width_of(text: str, face: str, size: int) -> float:
    """How wide `text` runs in picture pixels when set in `face` at `size`."""
    return font(face, size * 2).getlength(text) / 2


@dataclass(frozen=True)
class Setting:
    """Text ready to be drawn: its lines, and the face and size they were measured in."""

    lines: tuple[str, ...]
    face: str
    size: int

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last, in picture pixels."""
        return len(self.lines) * self.size * LEADING

    @property
    def width(self) -> float:
        """The longest line, in picture pixels."""
        return max((width_of(line, self.face, self.size) for line in self.lines), default=0.0)


def fit(text: str, face: str, box: tuple[float, float], largest: int, least: int = LEAST_SIZE) -> Setting:
    """Choose the largest size at which `text` stays inside a box.

    Words are kept whole if any size allows it; only at the least size are they broken, at soft hyphens first.

    Args:
        text: The words, on one line.
        face: ``regular``, ``bold`` or ``serif``.
        box: Width and height in picture pixels.
        largest: Size to begin with.
        least: Size to end with.

    Returns:
        The setting; at the least size it may be higher than the box, never wider.
    """
    width, height = box
    plain = text.translate(PLAIN_GLYPHS)
    for size in range(largest, least - 1, -1):
        setting = Setting(_wrap(plain.split(" "), face, size, width), face, size)
        if setting.width <= width and setting.height <= height:
            return setting
    pieces = [piece for word in text.split(" ") for piece in _broken(word, face, least, width)]
    return Setting(_wrap(pieces, face, least, width), face, least)


def fit_alike(
    texts: Sequence[str], face: str, box: tuple[float, float], largest: int, least: int = LEAST_SIZE
) -> list[Setting]:
    """Fit several texts into boxes of one size, all in the size that the longest of them needs.

    Args:
        texts: Labels of equal rank.
        face: ``regular``, ``bold`` or ``serif``.
        box: Width and height in picture pixels.
        largest: Size to begin with.
        least: Size to end with.

    Returns:
        One setting for each text, in order.
    """
    size = min((fit(text, face, box, largest, least).size for text in texts), default=largest)
    return [fit(text, face, box, size, min(size, least)) for text in texts]


def _wrap(words: Sequence[str], face: str, size: int, width: float) -> tuple[str, ...]:
    """Lines of at most `width`, as few as possible and then as even as possible."""
    lines = _greedy(words, face, size, width)
    narrow = width
    while len(lines) > 1 and narrow > width * 0.4:
        tighter = _greedy(words, face, size, narrow * 0.95)
        if len(tighter) > len(lines) or any(width_of(line, face, size) > narrow for line in tighter):
            break
        lines, narrow = tighter, narrow * 0.95
    return tuple(lines)


def _greedy(words: Sequence[str], face: str, size: int, width: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(joined, face, size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _broken(word: str, face: str, size: int, width: float) -> list[str]:
    """The word in pieces that fit, each but the last with a hyphen; one piece if it fits whole."""
    plain = word.translate(PLAIN_GLYPHS)
    if width_of(plain, face, size) <= width:
        return [plain]
    parts = word.split(SOFT_HYPHEN) if SOFT_HYPHEN in word else _SYLLABLE.split(plain)
    halves = [("".join(parts[:cut]) + "-", "".join(parts[cut:])) for cut in range(1, len(parts))]
    if fitting := [pair for pair in halves if all(width_of(half, face, size) <= width for half in pair)]:
        evenest = min(fitting, key=lambda pair: abs(len(pair[0]) - 1 - len(pair[1])))
        return list(evenest)
    pieces = [""]
    for part in parts:
        if pieces[-1] and width_of(f"{pieces[-1]}{part}-", face, size) > width:
            pieces[-1] = pieces[-1].rstrip("-") + "-"
            pieces.append("")
        pieces[-1] += part
    return pieces

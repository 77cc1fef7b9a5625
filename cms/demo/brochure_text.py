"""The small rich text of brochures, read into runs and broken into lines of a given width."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

_LATEX = re.compile(r"([_^])(?:\{([^{}]*)\}|(\S))")
_COMMANDS = {
    r"\rightarrow": "→",
    r"\to": "→",
    r"\times": "\u00d7",
    r"\cdot": "·",
    r"\leq": "≤",
    r"\geq": "≥",
    r"\approx": "≈",
    r"\Delta": "Δ",
    r"\,": " ",
    r"\%": "%",
}


@dataclass(frozen=True)
class Run:
    """Words in one style; `rise` is 1 for superscript and -1 for subscript."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    rise: int = 0


@dataclass
class Paragraph:
    """Runs that are set together, after a bullet or number if `mark` is not empty."""

    mark: str = ""
    runs: list[Run] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects paragraphs; footnotes are left out and formulas become plain runs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self._style = Run("")
        self._numbers: list[int] = []
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        if tag in {"ul", "ol"}:
            self._numbers.append(0 if tag == "ol" else -1)
        elif tag == "p":
            self.paragraphs.append(Paragraph())
        elif tag == "li":
            self.paragraphs.append(Paragraph(self._next_mark()))
        else:
            self._restyle(tag, True)

    def handle_endtag(self, tag: str) -> None:
        self._tag = ""
        if tag in {"ul", "ol"}:
            self._numbers.pop()
        else:
            self._restyle(tag, False)

    def handle_data(self, data: str) -> None:
        if self._tag == "footnote" or (not data.strip() and not (self.paragraphs and self.paragraphs[-1].runs)):
            return
        if not self.paragraphs:
            self.paragraphs.append(Paragraph())
        text = re.sub(r"[ \n\t]+", " ", data)
        runs = _formula_runs(text, self._style) if self._tag == "formula" else [replace(self._style, text=text)]
        self.paragraphs[-1].runs.extend(runs)

    def _next_mark(self) -> str:
        if not self._numbers or self._numbers[-1] < 0:
            return "•"
        self._numbers[-1] += 1
        return f"{self._numbers[-1]}."

    def _restyle(self, tag: str, is_on: bool) -> None:
        if tag == "b":
            self._style = replace(self._style, is_bold=is_on)
        elif tag == "i" or tag == "span":
            self._style = replace(self._style, is_italic=is_on)
        elif tag in {"sub", "sup"}:
            self._style = replace(self._style, rise=(1 if tag == "sup" else -1) if is_on else 0)


def read_paragraphs(rich_text: str) -> list[Paragraph]:
    """Read rich text of the demonstration's subset.

    Args:
        rich_text: Paragraphs and lists, or inline text without either.

    Returns:
        One paragraph for each ``<p>`` and ``<li>``, in order; none for empty text.
    """
    reader = _Reader()
    reader.feed(rich_text)
    reader.close()
    return [paragraph for paragraph in reader.paragraphs if paragraph.runs]


def break_lines(runs: Sequence[Run], width: float, measure: Callable[[Run], float]) -> list[list[Run]]:
    """Break runs into lines; a line breaks only at an ordinary space.

    Args:
        runs: In reading order.
        width: Longest line, in the unit of `measure`.
        measure: Width of a run as it will be set.

    Returns:
        Lines of runs without space at their ends; a word wider than `width` stands alone.
    """
    lines: list[list[Run]] = [[]]
    used = 0.0
    for word in _words(runs):
        length = sum(measure(run) for run in word)
        space = measure(Run(" ")) if lines[-1] else 0.0
        if lines[-1] and used + space + length > width:
            lines.append([])
            used = space = 0.0
        if lines[-1]:
            last = lines[-1][-1]
            lines[-1][-1] = replace(last, text=last.text + " ")
        lines[-1].extend(word)
        used += space + length
    return [_joined(line) for line in lines]


def _words(runs: Sequence[Run]) -> list[list[Run]]:
    """Pieces between spaces; a word may consist of runs in several styles."""
    words: list[list[Run]] = [[]]
    for run in runs:
        for index, piece in enumerate(run.text.split(" ")):
            if index:
                words.append([])
            if piece:
                words[-1].append(replace(run, text=piece))
    return [word for word in words if word]


def _joined(line: Sequence[Run]) -> list[Run]:
    """Neighbours of one style as one run."""
    joined: list[Run] = []
    for run in line:
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined


def _formula_runs(latex: str, style: Run) -> list[Run]:
    """A short formula as runs: subscripts, superscripts and the most usual commands."""
    for command, sign in _COMMANDS.items():
        latex = latex.replace(command, sign)
    latex = re.sub(r"\\(?:text|mathrm|mathit)\{([^{}]*)\}", r"\1", latex).replace("\\", "")
    runs, place = [], 0
    for match in _LATEX.finditer(latex):
        runs.append(replace(style, text=latex[place : match.start()]))
        runs.append(replace(style, text=match[2] or match[3], rise=1 if match[1] == "^" else -1))
        place = match.end()
    runs.append(replace(style, text=latex[place:]))
    return [run for run in runs if run.text]

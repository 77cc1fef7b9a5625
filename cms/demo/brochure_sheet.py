"""The sheet that brochures are set on: three columns, three fonts, and text placed in millimetres."""

import io
import logging
from collections.abc import Sequence

from fpdf import FPDF

from cms.demo.brochure_text import Paragraph, Run, break_lines, read_paragraphs
from cms.demo.pictures.lettering import FONTS_DIR, PLAIN_GLYPHS
from cms.demo.pictures.palette import INK, PAPER, Colour, mix

COLUMN = 99.0
PAGE_HEIGHT = 210.0
MARGIN = 11.0
BLEED = 1.0
LEADING = 1.42
MM_PER_POINT = 0.352778
TITLE_SIZE = 14.0
TITLE_INDENT = 9.0
PARAGRAPH_GAP = 2.2
Point = tuple[float, float]

logging.getLogger("fontTools").setLevel(logging.ERROR)  # it doubts the date inside Lato on each subset


class Sheet:
    """An A4 landscape document with what its panels need to be measured and set."""

    def __init__(self, colour: Colour) -> None:
        """Begin an empty document.

        Args:
            colour: The brochure's own colour.
        """
        self.colour = colour
        self.body_size = 11.0
        self.pdf = FPDF("landscape", "mm", "A4")
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.add_font("Lato", "", FONTS_DIR / "Lato-Regular.ttf")
        self.pdf.add_font("Lato", "B", FONTS_DIR / "Lato-Bold.ttf")
        self.pdf.add_font("Noto Serif", "B", FONTS_DIR / "NotoSerif-Bold.ttf")

    def tint(self, share: float) -> Colour:
        """The brochure's colour thinned with paper."""
        return mix(self.colour, PAPER, share)

    def field(self, place: Point, size: Point, colour: Colour) -> None:
        """A filled rectangle."""
        self.pdf.set_fill_color(*colour)
        self.pdf.rect(*place, *size, style="F")

    def ground(self, column: int, count: int, colour: Colour) -> None:
        """Colour whole columns."""
        self.field((column * COLUMN, 0), (count * COLUMN + BLEED, PAGE_HEIGHT + BLEED), colour)

    def rule(self, place: Point, length: float, colour: Colour, weight: float = 0.9) -> None:
        """A horizontal line as a thin field."""
        self.field(place, (length, weight), colour)

    def frame(self, place: Point, size: Point) -> None:
        """A hairline around a picture."""
        self.pdf.set_draw_color(*self.tint(0.45))
        self.pdf.set_line_width(0.25)
        self.pdf.rect(*place, *size, style="D")

    def picture(self, png: bytes, place: Point, size: Point, alt: str) -> None:
        """A picture with its alternative text; without one it is decoration."""
        self.pdf.image(io.BytesIO(png), *place, *size, alt_text=alt or None)

    def words(self, text: str, place: Point, font: tuple[str, str, float], colour: Colour) -> None:
        """Text on one line, its top at `place`."""
        self.pdf.set_font(font[0], font[1], font[2])
        self.pdf.set_text_color(*colour)
        self.pdf.text(place[0], place[1] + font[2] * MM_PER_POINT * 0.78, text.translate(PLAIN_GLYPHS))

    def heading(
        self, text: str, place: Point, width: float, sizes: tuple[int, int], colour: Colour, height: float
    ) -> float:
        """A serif heading in the largest size that fits.

        Args:
            text: The words.
            place: Left top corner.
            width: Longest line.
            sizes: Largest and least size in points.
            colour: Of the letters.
            height: Room there is.

        Returns:
            Where it ends, from the top of the page.
        """
        for size in range(sizes[0], sizes[1] - 1, -1):
            lines = self._serif_lines(text, size, width)
            step = size * MM_PER_POINT * 1.24
            widest = max(self._serif_width(line, size) for line in lines)
            if len(lines) * step <= height and widest <= width:
                break
        for index, line in enumerate(lines):
            self.words(line, (place[0], place[1] + index * step), ("Noto Serif", "B", size), colour)
        return place[1] + len(lines) * step

    def title_height(self, title: str) -> float:
        """What `numbered_title` will take, in millimetres."""
        lines = self._serif_lines(title, TITLE_SIZE, COLUMN - 2 * MARGIN - TITLE_INDENT)
        return len(lines) * TITLE_SIZE * MM_PER_POINT * 1.24 + 3

    def numbered_title(self, title: str, number: int, place: Point) -> float:
        """A panel's title with its number hanging at the left.

        Args:
            title: The words.
            number: Of the panel in reading order; 0 leaves it out.
            place: Left top corner.

        Returns:
            Where the text may begin, from the top of the page.
        """
        indent = TITLE_INDENT if number else 0.0
        if number:
            self.words(str(number), place, ("Noto Serif", "B", TITLE_SIZE), self.colour)
        lines = self._serif_lines(title, TITLE_SIZE, COLUMN - 2 * MARGIN - TITLE_INDENT)
        for index, line in enumerate(lines):
            top = place[1] + index * TITLE_SIZE * MM_PER_POINT * 1.24
            self.words(line, (place[0] + indent, top), ("Noto Serif", "B", TITLE_SIZE), INK)
        return place[1] + self.title_height(title)

    def rich_height(self, rich_text: str, size: float) -> float:
        """How high rich text runs in a column at `size` points, in millimetres."""
        paragraphs = read_paragraphs(rich_text)
        lines = sum(len(self._lines(paragraph, size)) for paragraph in paragraphs)
        return lines * size * MM_PER_POINT * LEADING + PARAGRAPH_GAP * max(0, len(paragraphs) - 1)

    def rich(self, paragraphs: Sequence[Paragraph], place: Point, size: float, colour: Colour) -> float:
        """Set paragraphs in a column, ragged right.

        Args:
            paragraphs: Read rich text.
            place: Left top corner.
            size: In points.
            colour: Of the letters.

        Returns:
            Where they end, from the top of the page.
        """
        top = place[1]
        for index, paragraph in enumerate(paragraphs):
            top += PARAGRAPH_GAP if index else 0
            if paragraph.mark:
                self.words(paragraph.mark, (place[0], top + self._lead(size)), ("Lato", "B", size), self.colour)
            for line in self._lines(paragraph, size):
                self._set_line(line, (place[0] + _indent(paragraph), top + self._lead(size)), size, colour)
                top += size * MM_PER_POINT * LEADING
        return top

    def _set_line(self, line: Sequence[Run], place: Point, size: float, colour: Colour) -> None:
        x = place[0]
        for run in line:
            points = size * (0.68 if run.rise else 1)
            shift = {1: 0.0, 0: 0.0, -1: size * MM_PER_POINT * 0.38}[run.rise]
            font = ("Lato", "B" if run.is_bold else "", points)
            if run.is_italic:
                with self.pdf.skew(12, 0, x, place[1] + size * MM_PER_POINT * 0.78):
                    self.words(run.text, (x, place[1] + shift), font, colour)
            else:
                self.words(run.text, (x, place[1] + shift), font, colour)
            x += self._measure(run, size)

    def _lines(self, paragraph: Paragraph, size: float) -> list[list[Run]]:
        width = COLUMN - 2 * MARGIN - _indent(paragraph)
        return break_lines(paragraph.runs, width, lambda run: self._measure(run, size))

    def _measure(self, run: Run, size: float) -> float:
        self.pdf.set_font("Lato", "B" if run.is_bold else "", size * (0.68 if run.rise else 1))
        return float(self.pdf.get_string_width(run.text))

    def _serif_lines(self, text: str, size: float, width: float) -> list[str]:
        """Lines of a heading, as few as possible and then as even as possible."""
        plain = text.translate(PLAIN_GLYPHS)
        lines = self._serif_break(plain, size, width)
        for percent in range(95, 40, -5):
            tighter = self._serif_break(plain, size, width * percent / 100)
            if len(tighter) > len(lines) or max(self._serif_width(line, size) for line in tighter) > width:
                break
            lines = tighter
        return lines

    def _serif_break(self, text: str, size: float, width: float) -> list[str]:
        broken = break_lines([Run(text)], width, lambda run: self._serif_width(run.text, size))
        return ["".join(run.text for run in line) for line in broken]

    def _serif_width(self, text: str, size: float) -> float:
        self.pdf.set_font("Noto Serif", "B", size)
        return float(self.pdf.get_string_width(text))

    @staticmethod
    def _lead(size: float) -> float:
        """Half of the white between two lines."""
        return size * MM_PER_POINT * (LEADING - 1.1) / 2


def _indent(paragraph: Paragraph) -> float:
    return 4.6 if paragraph.mark else 0.0

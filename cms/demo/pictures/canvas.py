"""The drawing surface that every picture shares: paper, lines, shapes, arrows and set text."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from cms.demo.pictures.lettering import LEADING, Setting, fit, font
from cms.demo.pictures.palette import INK, PAPER, QUIET, RULE, SURFACE, Colour, mix

WIDTH, HEIGHT, MARGIN = 1600, 900, 90
SCALE = 2
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle in picture pixels, by its left top corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, point: Point, pad: float = 0) -> bool:
        """Whether `point` lies inside, the box being `pad` larger on each side."""
        return (
            self.x - pad <= point[0] <= self.x + self.width + pad
            and self.y - pad <= point[1] <= self.y + self.height + pad
        )

    def inset(self, across: float, down: float) -> "Box":
        """The box, smaller by `across` at left and right and by `down` at top and bottom."""
        return Box(self.x + across, self.y + down, self.width - 2 * across, self.height - 2 * down)


def box_around(centre: Point, width: float, height: float) -> Box:
    """The box of that size whose middle is `centre`."""
    return Box(centre[0] - width / 2, centre[1] - height / 2, width, height)


class Canvas:
    """A picture of 1600 by 900 pixels, drawn at twice its size and reduced at the end so that edges are smooth."""

    def __init__(self, colour: Colour, ground: Colour = PAPER) -> None:
        """Begin with empty paper.

        Args:
            colour: The picture's own colour, for emphasis.
            ground: What the paper is coloured with.
        """
        self.colour = colour
        self._image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground)
        self._draw = ImageDraw.Draw(self._image, "RGBA")

    def finish(self, columns: tuple[int, int] = (0, WIDTH)) -> bytes:
        """The picture as PNG, or only some columns of its pixels; the same drawing gives the same bytes."""
        reduced = self._image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        reduced = reduced.crop((columns[0], 0, columns[1], HEIGHT))
        buffer = io.BytesIO()
        reduced.save(buffer, "PNG", optimize=True)
        return buffer.getvalue()

    def line(self, points: Sequence[Point], colour: Colour, width: float = 3, alpha: int = 255) -> None:
        """A line through `points` with round ends."""
        self._draw.line(_scaled(points), (*colour, alpha), round(width * SCALE), joint="curve")
        if alpha == 255:
            for point in (points[0], points[-1]):
                self.disc(point, width / 2 - 0.4, colour)

    def shape(self, points: Sequence[Point], fill: Colour, alpha: int = 255) -> None:
        """A filled polygon."""
        self._draw.polygon(_scaled(points), (*fill, alpha))

    def disc(self, centre: Point, radius: float, fill: Colour, alpha: int = 255) -> None:
        """A filled circle."""
        self._draw.ellipse(_corners(centre, radius), (*fill, alpha))

    def ring(self, centre: Point, radius: float, colour: Colour, width: float = 3) -> None:
        """A circle's outline."""
        self._draw.ellipse(_corners(centre, radius), None, colour, round(width * SCALE))

    def card(self, box: Box, fill: Colour = SURFACE, outline: Colour | None = RULE, radius: float = 14) -> None:
        """A rectangle with rounded corners."""
        corners = (box.x * SCALE, box.y * SCALE, (box.x + box.width) * SCALE, (box.y + box.height) * SCALE)
        self._draw.rounded_rectangle(corners, radius * SCALE, fill, outline, 2 * SCALE if outline else 0)

    def arrow(self, points: Sequence[Point], colour: Colour, width: float = 4, head: float = 22) -> None:
        """A line through `points` that ends in a filled head."""
        tip = points[-1]
        behind = next((p for p in reversed(points[:-1]) if math.dist(p, tip) >= head * 0.8), points[0])
        angle = math.atan2(tip[1] - behind[1], tip[0] - behind[0])
        neck = (tip[0] - head * 0.8 * math.cos(angle), tip[1] - head * 0.8 * math.sin(angle))
        shaft = [p for p in points[:-1] if math.dist(p, tip) > head * 0.8] or [points[0]]
        self.line([*shaft, neck], colour, width)
        wings = [
            (tip[0] - head * math.cos(angle + turn), tip[1] - head * math.sin(angle + turn)) for turn in (0.46, -0.46)
        ]
        self.shape([tip, *wings], colour)

    def text(self, setting: Setting, box: Box, colour: Colour = INK, align: str = "mm") -> None:
        """Set text in a box.

        Args:
            setting: The wrapped lines.
            box: Where they stand.
            colour: Of the letters.
            align: Two letters, horizontal ``l m r`` and vertical ``t m b``.
        """
        x = {"l": box.x, "m": box.x + box.width / 2, "r": box.x + box.width}[align[0]]
        spare = box.height - setting.height
        top = box.y + {"t": 0.0, "m": spare / 2, "b": spare}[align[1]]
        face = font(setting.face, setting.size * SCALE)
        for index, line in enumerate(setting.lines):
            baseline = top + (index + 0.5) * setting.size * LEADING + setting.size * 0.345
            self._draw.text((x * SCALE, baseline * SCALE), line, (*colour, 255), face, anchor=f"{align[0]}s")

    def rotated_text(self, setting: Setting, centre: Point, colour: Colour = QUIET) -> None:
        """Text on one line that reads upwards, its middle at `centre`."""
        face = font(setting.face, setting.size * SCALE)
        words = " ".join(setting.lines)
        size = (round(face.getlength(words)) + 8, round(setting.size * LEADING * SCALE))
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).text((size[0] / 2, size[1] / 2), words, 255, face, anchor="mm")
        mask = mask.transpose(Image.Transpose.ROTATE_90)
        corner = (round(centre[0] * SCALE - mask.width / 2), round(centre[1] * SCALE - mask.height / 2))
        self._image.paste(Image.new("RGB", mask.size, colour), corner, mask)

    def frame(self, title: str, note: str) -> Box:
        """Draw what every explaining picture has: the title with a short rule, and the note at the foot.

        Args:
            title: Heading of the picture, at most two lines.
            note: One line for the foot, or empty.

        Returns:
            The box that is left for the drawing.
        """
        heading = fit(title, "serif", (WIDTH - 2 * MARGIN, 130), 52, 38)
        self.line([(MARGIN + 2, 62), (MARGIN + 74, 62)], self.colour, 6)
        self.text(heading, Box(MARGIN, 80, WIDTH - 2 * MARGIN, heading.height), INK, "lt")
        top = 80 + heading.height + 34
        bottom = HEIGHT - 56.0
        if note:
            setting = fit(note, "regular", (WIDTH - 2 * MARGIN, 80), 30)
            self.text(setting, Box(MARGIN, HEIGHT - 38 - setting.height, 1, setting.height), QUIET, "lt")
            bottom -= setting.height + 14
        return Box(MARGIN, top, WIDTH - 2 * MARGIN, bottom - top)

    def tint(self, share: float) -> Colour:
        """The picture's colour thinned with paper; `share` is how much of it remains, 0 to 1."""
        return mix(self.colour, PAPER, share)


def _scaled(points: Sequence[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def _corners(centre: Point, radius: float) -> tuple[float, float, float, float]:
    x, y = centre
    return (x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE

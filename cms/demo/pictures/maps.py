"""The map of the five partner countries in their continent, as simple shapes."""

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

from cms.demo.pictures.canvas import HEIGHT, MARGIN, WIDTH, Box, Canvas, Point
from cms.demo.pictures.lettering import fit
from cms.demo.pictures.palette import INK, PAPER, RULE, SURFACE, TOPICS, mix

COUNTRIES = ("AT", "FI", "FR", "IT", "GB")
NAME_PLACES: dict[str, tuple[Point, str]] = {
    "AT": ((1250, 520), "l"),
    "FI": ((1290, 250), "l"),
    "FR": ((742, 640), "r"),
    "IT": ((1226, 752), "l"),
    "GB": ((742, 420), "r"),
}
ANCHORS: dict[str, Point] = {
    "AT": (14.6, 47.5),
    "FI": (26.0, 63.2),
    "FR": (2.0, 46.9),
    "IT": (14.2, 41.6),
    "GB": (-1.6, 52.8),
}
Outline = list[Point]


@cache
def _outlines() -> dict[str, list[Outline]]:
    path = Path(__file__).with_name("europe.yaml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {key: [[(x, y) for x, y in ring] for ring in rings] for key, rings in raw.items()}


def draw_map(canvas: Canvas, title: str, note: str, names: Sequence[str]) -> None:
    """Fill the picture: title and note at the left, the continent at the right, a name at each partner country.

    Args:
        canvas: Fresh paper.
        title: Heading, set in a narrow column.
        note: Text under the title, or empty.
        names: Of Austria, Finland, France, Italy and the United Kingdom, in this order.
    """
    sea = mix(TOPICS["knowledge-and-skills"], PAPER, 0.07)
    canvas.card(Box(560, 0, WIDTH - 560, HEIGHT), sea, None, 0)
    shapes = _outlines()
    land = mix(RULE, PAPER, 0.62)
    for ring in shapes["rest"]:
        outline = [_place(point) for point in ring]
        canvas.shape(outline, land)
        canvas.line([*outline, outline[0]], sea, 2.5)
    colours = dict(zip(COUNTRIES, (canvas.colour,) * len(COUNTRIES), strict=True))
    for country in COUNTRIES:
        for ring in shapes[country]:
            outline = [_place(point) for point in ring]
            canvas.shape(outline, colours[country])
            canvas.line([*outline, outline[0]], PAPER, 3)
    canvas.card(Box(0, 0, 560, HEIGHT), PAPER, None, 0)
    canvas.line([(560, 0), (560, HEIGHT)], RULE, 2)
    for country, name in zip(COUNTRIES, names, strict=True):
        _name(canvas, country, name)
    _heading(canvas, title, note)


def _name(canvas: Canvas, country: str, name: str) -> None:
    """A name on a small card beside the land, tied to the country by a line and a dot."""
    place, side = NAME_PLACES[country]
    setting = fit(name, "bold", (300, 90), 34)
    width = setting.width + 36
    left = place[0] if side == "l" else place[0] - width
    left = max(578.0, min(left, WIDTH - width - 16))
    card = Box(left, place[1] - setting.height / 2 - 8, width, setting.height + 16)
    anchor = _place(ANCHORS[country])
    near = (card.x if side == "l" else card.x + card.width, card.centre[1])
    canvas.line([anchor, near], INK, 3)
    canvas.disc(anchor, 8, INK)
    canvas.disc(anchor, 4, PAPER)
    canvas.card(card, SURFACE, INK, 8)
    canvas.text(setting, card)


def _heading(canvas: Canvas, title: str, note: str) -> None:
    width = 560.0 - MARGIN - 40
    canvas.line([(MARGIN + 2, 130), (MARGIN + 74, 130)], canvas.colour, 6)
    heading = fit(title, "serif", (width, 420), 54, 36)
    canvas.text(heading, Box(MARGIN, 156, width, heading.height), INK, "lt")
    if note:
        setting = fit(note, "regular", (width, 260), 32)
        canvas.text(setting, Box(MARGIN, HEIGHT - MARGIN - setting.height, width, setting.height), INK, "lt")


def _place(point: Point) -> Point:
    """Longitude and latitude to picture pixels: a conic projection with its middle in central Europe."""
    longitude, latitude = math.radians(point[0] - 11), math.radians(point[1])
    cone = 0.766
    radius = 1 / math.tan(math.radians(50)) + math.radians(50) - latitude
    turn = cone * longitude
    scale = 1290.0
    base = 1 / math.tan(math.radians(50)) + math.radians(50) - math.radians(53.9)
    return 1075 + scale * radius * math.sin(turn), 450 - scale * (base - radius * math.cos(turn))

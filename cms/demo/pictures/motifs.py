"""The abstract motifs of cover plates, drawn in light lines on a deep ground."""

import math
from collections.abc import Callable

from cms.demo.pictures.canvas import Box, Canvas, Point
from cms.demo.pictures.palette import PAPER, mix

CENTRE: Point = (1130.0, 450.0)


def draw_leaf(canvas: Canvas) -> None:
    """A leaf of nested outlines, with veins that curve towards its tip."""
    foot, tip = (870.0, 780.0), (1480.0, 96.0)
    for step in range(9):
        share = 1 - step / 9
        canvas.shape(_leaf(foot, tip, 0.34 * share), PAPER, 14 + 3 * step)
    canvas.line(_leaf(foot, tip, 0.34), mix(PAPER, canvas.colour, 0.9), 4)
    for step in range(1, 16):
        along = step / 16
        for side in (-1, 1):
            canvas.line(_vein(foot, tip, along, side * 0.34), mix(PAPER, canvas.colour, 0.62), 3)
    stem = [(foot[0] - 90 * (1 - t), foot[1] + 70 * (1 - t) ** 2) for t in (0, 0.25, 0.5, 0.75, 1)]
    canvas.line([*stem, tip], mix(PAPER, canvas.colour, 0.95), 6)


def draw_lens(canvas: Canvas) -> None:
    """Parallel rays that a lens brings together in one point and lets go again."""
    lens_x, focus = 1010.0, (1360.0, 450.0)
    half = 350.0
    for index in range(25):
        offset = (index - 12) / 12 * half * 0.9
        bright = 0.34 + 0.5 * (1 - abs(index - 12) / 12)
        colour = mix(PAPER, canvas.colour, bright)
        beyond = 1640.0
        slope = (focus[1] - (450 + offset)) / (focus[0] - lens_x)
        canvas.line([(730 - abs(offset) * 0.1, 450 + offset), (lens_x, 450 + offset)], colour, 3)
        canvas.line([(lens_x, 450 + offset), (beyond, 450 + offset + slope * (beyond - lens_x))], colour, 3)
    bulge = [_lens_point(lens_x, half, turn / 60, 1) for turn in range(61)]
    hollow = [_lens_point(lens_x, half, turn / 60, -1) for turn in range(60, -1, -1)]
    canvas.shape([*bulge, *hollow], PAPER, 46)
    canvas.line([*bulge, *hollow, bulge[0]], mix(PAPER, canvas.colour, 0.9), 5)
    for radius, alpha in ((74, 26), (46, 44), (22, 255)):
        canvas.disc(focus, radius, PAPER, alpha)


def draw_gears(canvas: Canvas) -> None:
    """Three gears of different size whose teeth meet."""
    module = 30.0
    first, second, third = 20, 12, 9
    centre = (1010.0, 540.0)
    angle, other = -0.72, 0.16
    reach = module * (first + second) / 2
    upper = (centre[0] + reach * math.cos(angle), centre[1] + reach * math.sin(angle))
    reach = module * (first + third) / 2
    lower = (centre[0] + reach * math.cos(other), centre[1] + reach * math.sin(other))
    _gear(canvas, centre, first, module, 0.0, 60)
    _gear(canvas, upper, second, module, _meshed(angle, first, second), 96)
    _gear(canvas, lower, third, module, _meshed(other, first, third), 130)


def draw_bridge(canvas: Canvas) -> None:
    """A suspension bridge of fine cables above still water."""
    deck, left, right, top = 600.0, 960.0, 1420.0, 130.0
    light, soft = mix(PAPER, canvas.colour, 0.92), mix(PAPER, canvas.colour, 0.5)
    for index in range(36):
        x = 742 + index * 26.0
        canvas.line([(x, _cable(x, left, right, top, deck - 24)), (x, deck)], soft, 2.4)
    canvas.line([(x, _cable(x, left, right, top, deck - 24)) for x in range(736, 1641, 8)], light, 6)
    canvas.line([(712, deck), (1640, deck)], light, 9)
    for tower in (left, right):
        for shift in (-15, 15):
            canvas.line([(tower + shift, top - 16), (tower + shift * 1.7, 706)], light, 8)
        for height in (top + 10, 240, 370, 500):
            canvas.line([(tower - 16, height), (tower + 16, height)], light, 6)
    for index in range(10):
        y = 720 + index * 19
        length = 500 - index * 26
        for tower in (left, right):
            wobble = 22 * math.sin(index * 1.9 + tower)
            canvas.line([(tower - length * 0.36 + wobble, y), (tower + length * 0.36 + wobble, y)], soft, 3)


def draw_chart(canvas: Canvas) -> None:
    """Slender columns that rise, and the points and curve that follow them."""
    points: list[Point] = []
    for index in range(25):
        x = 800 + index * 31.0
        height = 90 + 520 / (1 + math.exp(-(index - 12) / 3.6)) + 26 * math.sin(index * 1.7)
        canvas.card(Box(x, 800 - height, 17, height), mix(PAPER, canvas.colour, 0.2 + 0.026 * index), None, 3)
        points.append((x + 8.5, 800 - height - 56 - 14 * math.sin(index * 2.3)))
    canvas.line([(780, 800), (1580, 800)], mix(PAPER, canvas.colour, 0.9), 5)
    canvas.line(points, mix(PAPER, canvas.colour, 0.55), 3)
    for point in points:
        canvas.disc(point, 7.5, PAPER)


def draw_atom(canvas: Canvas) -> None:
    """Orbits turned about one nucleus, each with its electron."""
    for index in range(9):
        turn = math.pi * index / 9
        orbit = [_orbit(CENTRE, 390, 150, turn, 2 * math.pi * step / 120) for step in range(121)]
        canvas.line(orbit, mix(PAPER, canvas.colour, 0.32 + 0.045 * index), 3.5)
    for index in range(9):
        place = _orbit(CENTRE, 390, 150, math.pi * index / 9, 0.4 + index * 2.0)
        canvas.disc(place, 12, PAPER)
    for radius, alpha in ((110, 20), (74, 36), (40, 255)):
        canvas.disc(CENTRE, radius, PAPER, alpha)


def draw_waves(canvas: Canvas) -> None:
    """A field of waves that swells towards its middle."""
    for row in range(23):
        base = 130 + row * 30.0
        swell = 66 * math.exp(-(((row - 11) / 6.5) ** 2))
        points = []
        for step in range(131):
            x = 730 + step * 6.8
            envelope = math.exp(-(((x - 1180) / 270) ** 2))
            points.append((x, base - swell * envelope * math.sin((x - 730) / 56 + row * 0.42)))
        canvas.line(points, mix(PAPER, canvas.colour, 0.3 + 0.55 * math.exp(-(((row - 11) / 7) ** 2))), 3.4)


MOTIFS: dict[str, Callable[[Canvas], None]] = {
    "leaf": draw_leaf,
    "lens": draw_lens,
    "gears": draw_gears,
    "bridge": draw_bridge,
    "chart": draw_chart,
    "atom": draw_atom,
    "waves": draw_waves,
}


def _leaf(foot: Point, tip: Point, breadth: float) -> list[Point]:
    there = [_beside(foot, tip, step / 60, breadth) for step in range(61)]
    return [*there, *[_beside(foot, tip, step / 60, -breadth) for step in range(60, -1, -1)]]


def _beside(foot: Point, tip: Point, along: float, breadth: float) -> Point:
    """A point on a leaf's edge: `along` from foot to tip, and out to one side."""
    swell = breadth * math.sin(math.pi * along**0.8) * (1 - 0.25 * along)
    across, up = tip[0] - foot[0], tip[1] - foot[1]
    return foot[0] + across * along - up * swell, foot[1] + up * along + across * swell


def _vein(foot: Point, tip: Point, along: float, breadth: float) -> list[Point]:
    """From the midrib outwards, sweeping towards the tip."""
    points = []
    for step in range(13):
        share = step / 12
        forward = min(1.0, along + 0.13 * share**0.8 * (1 - along * 0.4))
        edge = _beside(foot, tip, forward, breadth * share * 0.97)
        points.append(edge)
    return points


def _lens_point(middle: float, half: float, share: float, side: int) -> Point:
    y = (share * 2 - 1) * half
    return middle + side * 74 * (1 - (y / half) ** 2), 450 + y


def _gear(canvas: Canvas, centre: Point, teeth: int, module: float, turn: float, alpha: int) -> None:
    radius = module * teeth / 2
    outline: list[Point] = []
    for tooth in range(teeth):
        for shift, reach in ((-0.29, -1.05), (-0.16, 0.85), (0.16, 0.85), (0.29, -1.05)):
            angle = turn + 2 * math.pi * (tooth + shift) / teeth
            length = radius + reach * module * 0.55
            outline.append((centre[0] + length * math.cos(angle), centre[1] + length * math.sin(angle)))
    canvas.shape(outline, PAPER, alpha)
    canvas.line([*outline, outline[0], outline[1]], mix(PAPER, canvas.colour, 0.85), 4)
    light = mix(PAPER, canvas.colour, 0.85)
    canvas.ring(centre, radius * 0.72, light, 3)
    canvas.ring(centre, radius * 0.2 + 8, light, 5)
    for spoke in range(6):
        angle = turn + math.pi * spoke / 3
        ends = [
            (centre[0] + r * math.cos(angle), centre[1] + r * math.sin(angle)) for r in (radius * 0.27, radius * 0.7)
        ]
        canvas.line(ends, light, 3)


def _meshed(angle: float, teeth: int, other: int) -> float:
    """The turn of a gear whose gap meets a tooth of its neighbour in direction `angle`."""
    phase = (angle * teeth / (2 * math.pi)) % 1.0
    return angle + math.pi + 2 * math.pi * (phase + 0.5) / other


def _cable(x: float, left: float, right: float, top: float, low: float) -> float:
    span = (right - left) / 2
    middle = (left + right) / 2
    if left <= x <= right:
        return low + (top - low) * ((x - middle) / span) ** 2
    away = (left - x if x < left else x - right) / 230
    return top + (low - top) * (2 * away - away**2 if away < 1 else 1)


def _orbit(centre: Point, long: float, short: float, turn: float, phase: float) -> Point:
    x, y = long * math.cos(phase), short * math.sin(phase)
    return centre[0] + x * math.cos(turn) - y * math.sin(turn), centre[1] + x * math.sin(turn) + y * math.cos(turn)

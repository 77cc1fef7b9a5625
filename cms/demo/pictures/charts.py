"""Charts with labelled axes: bars, lines and a timeline."""

import math
from collections.abc import Sequence

from cms.demo.pictures.canvas import Box, Canvas, Point
from cms.demo.pictures.lettering import fit, fit_alike
from cms.demo.pictures.palette import ACCENT, INK, PAPER, QUIET, RULE, TOPICS, Colour, mix

DECIMAL_COMMA = {"fr", "fi", "it", "de"}


def draw_bars(
    canvas: Canvas, area: Box, labels: Sequence[str], values: Sequence[float], unit: str, locale: str
) -> None:
    """Horizontal bars, so that long labels have room; each carries its value.

    Args:
        canvas: Drawn upon.
        area: What is left under the title.
        labels: One for each bar, from the top.
        values: One for each bar, not negative.
        unit: What the axis measures.
        locale: For the decimal mark.
    """
    left, foot = 500.0, 96.0
    plot = Box(area.x + left, area.y, area.width - left - 90, area.height - foot)
    ticks = _ticks(max(values))
    for tick in ticks:
        x = plot.x + plot.width * tick / ticks[-1]
        canvas.line([(x, plot.y), (x, plot.y + plot.height)], RULE, 2)
        mark = fit(_number(tick, locale), "regular", (120, 44), 30)
        canvas.text(mark, Box(x - 60, plot.y + plot.height + 6, 120, 40), QUIET)
    pitch = plot.height / len(values)
    thick = min(72.0, pitch * 0.62)
    settings = fit_alike(labels, "regular", (left - 30, pitch - 4), 38)
    for index, (setting, value) in enumerate(zip(settings, values, strict=True)):
        middle = plot.y + pitch * (index + 0.5)
        length = plot.width * value / ticks[-1]
        canvas.card(Box(plot.x, middle - thick / 2, length, thick), canvas.colour, None, 4)
        canvas.text(setting, Box(area.x, middle - pitch / 2, left - 24, pitch), INK, "rm")
        figure = fit(_number(value, locale), "bold", (120, 50), 36)
        room = Box(plot.x + length + 8, middle - 25, figure.width + 12, 50)
        canvas.card(room, PAPER, None, 4)
        canvas.text(figure, Box(room.x + 6, room.y, figure.width, 50), INK, "lm")
    canvas.line([(plot.x, plot.y), (plot.x, plot.y + plot.height)], INK, 4)
    below = Box(plot.x, plot.y + plot.height + 50, plot.width, 44)
    canvas.text(fit(unit, "regular", (area.width - 200, 44), 32), below, QUIET)


def draw_lines(
    canvas: Canvas,
    area: Box,
    labels: Sequence[str],
    series: Sequence[tuple[str, tuple[float, ...]]],
    unit: str,
    locale: str,
) -> None:
    """One to four lines over a common axis; each has its own colour, marker and name at its end.

    Args:
        canvas: Drawn upon.
        area: What is left under the title.
        labels: Of the points on the horizontal axis.
        series: Name and values of each line; a name may be empty.
        unit: What the vertical axis measures.
        locale: For the decimal mark.
    """
    named = 350.0 if any(name for name, _ in series) else 60.0
    plot = Box(area.x + 90, area.y + 54, area.width - 90 - named, area.height - 54 - 84)
    ticks = _ticks(max(max(values) for _, values in series))
    canvas.text(fit(unit, "regular", (area.width, 44), 32), Box(area.x, area.y - 8, area.width, 44), QUIET, "lm")
    for tick in ticks:
        y = plot.y + plot.height * (1 - tick / ticks[-1])
        canvas.line([(plot.x, y), (plot.x + plot.width, y)], INK if tick == 0 else RULE, 4 if tick == 0 else 2)
        canvas.text(fit(_number(tick, locale), "regular", (80, 44), 30), Box(area.x, y - 20, 74, 40), QUIET, "rm")
    pitch = plot.width / max(1, len(labels) - 1)
    for index, setting in enumerate(fit_alike(labels, "regular", (pitch - 16, 80), 34)):
        room = Box(plot.x + pitch * (index - 0.5) + 8, plot.y + plot.height + 14, pitch - 16, 80)
        canvas.text(setting, room, INK, "mt")
    ends: list[tuple[float, str, Colour]] = []
    for index, (name, values) in enumerate(series):
        colour = _series_colours(canvas.colour)[index % 4]
        points = [
            (plot.x + pitch * step, plot.y + plot.height * (1 - value / ticks[-1]))
            for step, value in enumerate(values)
        ]
        canvas.line(points, colour, 7)
        for point in points:
            _marker(canvas, point, index, colour)
        ends.append((points[-1][1], name, colour))
    _name_lines(canvas, Box(plot.x + plot.width + 34, plot.y, named - 34, plot.height), ends)


def draw_timeline(canvas: Canvas, area: Box, labels: Sequence[str], moments: Sequence[str]) -> None:
    """Points on a line in equal steps, with text above and below by turns.

    Args:
        canvas: Drawn upon.
        area: What is left under the title.
        labels: What happens, in order.
        moments: When, as short labels in the same order.
    """
    count = len(labels)
    axis = area.centre[1]
    pitch = area.width / count
    width = min(520.0, 2 * (area.x + pitch * 0.46 - 40), pitch * 2 - 40)
    settings = fit_alike(labels, "regular", (width, area.height / 2 - 150), 40)
    canvas.arrow([(area.x, axis), (area.x + area.width, axis)], canvas.colour, 6, 32)
    for index, words in enumerate(settings):
        x = area.x + pitch * (index + 0.46)
        above = index % 2 == 0
        left = x - width / 2
        stem = axis - 84 if above else axis + 84
        canvas.line([(x, axis), (x, stem)], canvas.tint(0.65), 4)
        canvas.disc((x, axis), 20, PAPER)
        canvas.disc((x, axis), 16, canvas.colour)
        moment = fit(moments[index] if index < len(moments) else "", "bold", (width, 84), 42)
        height = moment.height + words.height
        top = stem - 12 - height if above else stem + 10
        canvas.text(moment, Box(left, top, width, moment.height), canvas.colour)
        canvas.text(words, Box(left, top + moment.height, width, words.height))


def _name_lines(canvas: Canvas, room: Box, ends: Sequence[tuple[float, str, Colour]]) -> None:
    """Names beside the ends of their lines, pushed apart where they would touch."""
    floor = room.y - 40
    for height, name, colour in sorted(ends):
        setting = fit(name, "bold", (room.width, 130), 34)
        top = max(height - setting.height / 2, floor)
        canvas.text(setting, Box(room.x, top, room.width, setting.height), colour, "lt")
        floor = top + setting.height + 10


def _marker(canvas: Canvas, point: Point, kind: int, colour: Colour) -> None:
    """Disc, square, triangle or diamond: the line is known without its colour."""
    corners = (0, 4, 3, 4)[kind % 4]
    if corners == 0:
        canvas.disc(point, 13, colour)
        canvas.disc(point, 6, PAPER)
        return
    first = {1: math.pi / 4, 2: -math.pi / 2, 3: 0.0}[kind % 4]
    for radius, fill in ((18, colour), (8, PAPER)):
        turns = [first + 2 * math.pi * corner / corners for corner in range(corners)]
        canvas.shape([(point[0] + radius * math.cos(t), point[1] + radius * math.sin(t)) for t in turns], fill)


def _series_colours(own: Colour) -> list[Colour]:
    """The picture's colour first, then others of the palette that are far from it."""
    others = [colour for colour in (ACCENT, *TOPICS.values()) if colour != own]
    far = sorted(others, key=lambda colour: -math.dist(colour, own))
    return [own, far[0], mix(INK, PAPER, 0.72), far[1]]


def _ticks(most: float) -> list[float]:
    """Four to six round marks from zero to at least `most`."""
    rough = max(most, 1e-9) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    count = math.ceil(most / step - 1e-9)
    return [step * index for index in range(max(count, 1) + 1)]


def _number(value: float, locale: str) -> str:
    """The number as readers of `locale` write it, without needless decimals."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return written.replace(".", ",") if locale in DECIMAL_COMMA else written

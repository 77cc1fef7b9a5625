"""Diagrams that explain how things hang together: cycle, flow, layers, network and matrix."""

import math
from collections.abc import Sequence
from itertools import pairwise

from cms.demo.pictures.canvas import Box, Canvas, Point, box_around
from cms.demo.pictures.lettering import fit, fit_alike
from cms.demo.pictures.palette import INK, QUIET, RULE, SURFACE, mix


def draw_cycle(canvas: Canvas, area: Box, labels: Sequence[str]) -> None:
    """Three to six numbered cards on a ring, clockwise from the top, with an arrow from each to the next.

    Args:
        canvas: Drawn upon.
        area: What is left under the title.
        labels: In the order of the cycle.
    """
    count = len(labels)
    width, height = (440.0, 150.0) if count < 5 else (396.0, 126.0)
    centre = area.centre
    reach = ((area.width - width) / 2 - 20, (area.height - height) / 2)
    turns = [-math.pi / 2 + 2 * math.pi * index / count for index in range(count)]
    if count == 3:
        deep = (area.height - height / 2 - 8) / 2
        centre, reach = (centre[0], area.y + height / 2 + deep), (reach[0] * 0.9, deep)
    cards = [box_around(_on_ellipse(centre, reach, turn), width, height) for turn in turns]
    for index, turn in enumerate(turns):
        ends = (cards[index], cards[(index + 1) % count])
        arc = [_on_ellipse(centre, reach, turn + 2 * math.pi / count * step / 160) for step in range(161)]
        canvas.arrow([point for point in arc if not any(card.holds(point, 14) for card in ends)], canvas.colour, 5, 28)
    _numbered_cards(canvas, cards, labels)


def draw_flow(canvas: Canvas, area: Box, labels: Sequence[str]) -> None:
    """Three to five steps from left to right: side by side if there are three, else as stairs that lead down.

    Args:
        canvas: Drawn upon.
        area: What is left under the title.
        labels: In the order of the steps.
    """
    count = len(labels)
    if count <= 3:
        _row(canvas, area, labels)
        return
    width = 470.0 if count == 4 else 420.0
    gap = 46.0 if count == 4 else 28.0
    height = min(134.0, (area.height - (count - 1) * gap) / count)
    right, down = (area.width - width) / (count - 1), (area.height - height) / (count - 1)
    cards = [Box(area.x + index * right, area.y + index * down, width, height) for index in range(count)]
    for card, following in pairwise(cards):
        middle = card.centre[1]
        corner = min(card.x + width + 90, following.x + width - 70)
        canvas.arrow(
            [(card.x + width + 12, middle), (corner, middle), (corner, following.y - 10)], canvas.colour, 5, 26
        )
    _numbered_cards(canvas, cards, labels)


def draw_layers(canvas: Canvas, area: Box, labels: Sequence[str]) -> None:
    """Three to five nested arches on one ground line, the first label innermost.

    Args:
        canvas: Drawn upon.
        area: What is left under the title.
        labels: From the inside to the outside.
    """
    count = len(labels)
    band = min(140.0, area.height / (count + 0.45))
    inner = area.height - band * (count - 1)
    foot = area.y + area.height
    core, step = 460.0, min(230.0, (area.width - 460.0) / (count - 1))
    settings = fit_alike(labels, "bold", (core - 90, min(inner, band) - 18), 42)
    for index in reversed(range(count)):
        height, width = inner + band * index, core + step * index
        share = 1.0 if index == 0 else 0.42 - 0.3 * (index - 1) / max(1, count - 2)
        _arch(canvas, (area.centre[0], foot), width, height, share)
        room = inner if index == 0 else band
        place = Box(area.centre[0] - width / 2 + 60, foot - height + 12, width - 120, room - 18)
        canvas.text(settings[index], place, SURFACE if index == 0 else INK)
    canvas.line([(area.x, foot), (area.x + area.width, foot)], INK, 4)


def draw_network(canvas: Canvas, area: Box, labels: Sequence[str]) -> None:
    """A hub with four to eight cards around it, each tied to the hub by a line.

    Args:
        canvas: Drawn upon.
        area: What is left under the title.
        labels: The hub first.
    """
    hub, around = labels[0], labels[1:]
    count = len(around)
    width, height = (410.0, 136.0) if count <= 6 else (340.0, 114.0)
    reach = ((area.width - width) / 2, (area.height - height) / 2)
    first = {4: -3 * math.pi / 4, 6: -2 * math.pi / 3}.get(count, -math.pi / 2)
    if count == 4:
        reach = (reach[0] / math.cos(math.pi / 4), reach[1] / math.cos(math.pi / 4))
    if count == 6:
        reach = (reach[0], reach[1] / math.sin(math.pi / 3))
    radius = 150.0 if count <= 6 else 128.0
    settings = fit_alike(around, "regular", (width - 36, height - 20), 40)
    for index, setting in enumerate(settings):
        place = _on_ellipse(area.centre, reach, first + 2 * math.pi * index / count)
        canvas.line([area.centre, place], canvas.tint(0.65), 5)
        card = box_around(place, width, height)
        canvas.card(card, SURFACE, canvas.tint(0.65))
        canvas.text(setting, card)
    canvas.disc(area.centre, radius + 14, canvas.tint(0.18))
    canvas.disc(area.centre, radius, canvas.colour)
    room = box_around(area.centre, radius * 1.78, radius * 1.1)
    canvas.text(fit(hub, "bold", (room.width, room.height), 40), room, SURFACE)


def draw_matrix(canvas: Canvas, area: Box, labels: Sequence[str], axes: Sequence[str]) -> None:
    """Four fields in two rows, read like text: top left, top right, bottom left, bottom right.

    Args:
        canvas: Drawn upon.
        area: What is left under the title.
        labels: Of the four fields.
        axes: Horizontal axis, growing to the right, and vertical axis, growing upwards.
    """
    left, foot, gap = 90.0, 74.0, 18.0
    grid = Box(area.x + left, area.y, area.width - left, area.height - foot)
    width, height = (grid.width - gap) / 2, (grid.height - gap) / 2
    for index, setting in enumerate(fit_alike(labels, "bold", (width - 90, height - 40), 46)):
        row, column = divmod(index, 2)
        field = Box(grid.x + column * (width + gap), grid.y + row * (height + gap), width, height)
        canvas.card(field, canvas.tint((0.1, 0.3, 0.04, 0.1)[index]), canvas.tint(0.5))
        canvas.text(setting, field)
    corner = (grid.x - 24, grid.y + grid.height + 24)
    canvas.arrow([corner, (grid.x + grid.width, corner[1])], INK, 4, 24)
    canvas.arrow([corner, (corner[0], grid.y)], INK, 4, 24)
    across, upwards = (*axes, "", "")[:2]
    below = Box(grid.x, corner[1] + 10, grid.width, 50)
    canvas.text(fit(across, "regular", (grid.width, 50), 34), below, QUIET)
    canvas.rotated_text(fit(upwards, "regular", (grid.height, 50), 34), (corner[0] - 40, grid.centre[1]))


def _numbered_cards(canvas: Canvas, cards: Sequence[Box], labels: Sequence[str]) -> None:
    """Cards of one size, each with a serif numeral at its left and its label beside it."""
    room = (cards[0].width - 106, cards[0].height - 16)
    for index, (card, setting) in enumerate(zip(cards, fit_alike(labels, "regular", room, 42), strict=True)):
        canvas.card(card, SURFACE, canvas.tint(0.55))
        numeral = fit(str(index + 1), "serif", (60, 100), 66)
        canvas.text(numeral, Box(card.x + 18, card.y, 54, card.height), canvas.colour)
        canvas.text(setting, Box(card.x + 86, card.y + 8, *room), INK, "lm")


def _row(canvas: Canvas, area: Box, labels: Sequence[str]) -> None:
    gap = 100.0
    width = (area.width - gap * (len(labels) - 1)) / len(labels)
    row = box_around((area.centre[0], area.centre[1] - 10), area.width, min(area.height, 400.0))
    settings = fit_alike(labels, "regular", (width - 64, row.height - 220), 48)
    for index, setting in enumerate(settings):
        card = Box(row.x + index * (width + gap), row.y, width, row.height)
        canvas.card(card, SURFACE, canvas.tint(0.55))
        numeral = fit(str(index + 1), "serif", (120, 150), 110)
        canvas.text(numeral, Box(card.x + 36, card.y + 26, 100, numeral.height), canvas.colour, "lt")
        words = Box(card.x + 36, card.y + 190, width - 64, row.height - 220)
        canvas.text(setting, words, INK, "lt")
        if index:
            canvas.arrow([(card.x - gap + 14, row.centre[1]), (card.x - 14, row.centre[1])], canvas.colour, 5, 28)


def _arch(canvas: Canvas, foot: Point, width: float, height: float, share: float) -> None:
    """A superellipse standing on `foot`, with a paper-coloured edge so that neighbours stay apart."""
    outline = []
    for step in range(121):
        turn = math.pi * step / 120
        x = math.copysign(abs(math.cos(turn)) ** 0.5, math.cos(turn)) * width / 2
        outline.append((foot[0] - x, foot[1] - math.sin(turn) ** 0.5 * height))
    canvas.shape(outline, canvas.tint(share))
    canvas.line(outline, mix(SURFACE, RULE, 0.9), 4)


def _on_ellipse(centre: Point, reach: tuple[float, float], turn: float) -> Point:
    return centre[0] + reach[0] * math.cos(turn), centre[1] + reach[1] * math.sin(turn)

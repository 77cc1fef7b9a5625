"""Pictures of the demonstration, drawn by code from short specifications in each language."""

from collections.abc import Callable, Mapping

from cms.demo.pictures.canvas import HEIGHT, WIDTH, Box, Canvas
from cms.demo.pictures.charts import draw_bars, draw_lines, draw_timeline
from cms.demo.pictures.diagrams import draw_cycle, draw_flow, draw_layers, draw_matrix, draw_network
from cms.demo.pictures.maps import draw_map
from cms.demo.pictures.palette import TOPICS, Colour, colour_of
from cms.demo.pictures.plates import draw_plate, ground_of
from cms.demo.pictures.spec import PictureSpec, Value, load_spec

__all__ = ["PictureSpec", "cover_colour", "draw_emblem", "draw_picture", "load_spec"]

_BY_ITEMS: dict[str, Callable[[Canvas, Box, list[str]], None]] = {
    "cycle": draw_cycle,
    "flow": draw_flow,
    "layers": draw_layers,
    "network": draw_network,
}
_ITEM_COUNTS = {"cycle": (3, 6), "flow": (3, 5), "layers": (3, 5), "network": (5, 9), "matrix": (4, 4), "map": (5, 5)}
_MOTIF_COLOURS = {
    "leaf": TOPICS["evidence-of-impact"],
    "lens": TOPICS["knowledge-and-skills"],
    "gears": TOPICS["employers-and-scientists"],
    "bridge": TOPICS["decision-makers"],
    "chart": TOPICS["evidence-of-impact"],
    "atom": TOPICS["digital-innovation"],
    "waves": TOPICS["knowledge-and-skills"],
}


def draw_picture(spec: PictureSpec, locale: str) -> bytes:
    """Draw a picture in one language.

    Args:
        spec: What to draw.
        locale: BCP 47 code; a label that is missing in it is taken from the source language.

    Returns:
        A PNG of 1600 by 900 pixels, the same bytes for the same specification and language.

    Raises:
        ValueError: The kind is unknown, or has too few or too many items or values.
    """
    _check(spec)
    title = spec.say(spec.title, locale)
    note = spec.say(spec.note, locale)
    if spec.kind == "plate":
        colour = cover_colour(spec)
        canvas = Canvas(ground_of(colour), ground_of(colour))
        draw_plate(canvas, title, spec.motif or "waves")
        return canvas.finish()
    canvas = Canvas(colour_of(spec.topic, spec.key))
    items = [spec.say(item, locale) for item in spec.items]
    if spec.kind == "map":
        draw_map(canvas, title, note, items)
        return canvas.finish()
    area = canvas.frame(title, note)
    if spec.kind in _BY_ITEMS:
        _BY_ITEMS[spec.kind](canvas, area, items)
    else:
        _draw_with_values(canvas, area, spec, items, locale)
    return canvas.finish()


def cover_colour(spec: PictureSpec) -> Colour:
    """The colour a cover stands in: that of its cross-cutting issue, else of its motif, else the accent."""
    own = colour_of(spec.topic, spec.key)
    named = spec.topic in TOPICS or any(name in spec.key for name in TOPICS)
    return own if named else _MOTIF_COLOURS.get(spec.motif, own)


def draw_emblem(spec: PictureSpec) -> bytes:
    """Draw the motif of a plate alone, without words, as a square for covers.

    Args:
        spec: A plate, or another picture, which then takes the waves in its own colour.

    Returns:
        A PNG of 900 by 900 pixels on the plate's deep ground.
    """
    ground = ground_of(cover_colour(spec))
    canvas = Canvas(ground, ground)
    draw_plate(canvas, "", spec.motif or "waves")
    return canvas.finish((WIDTH - HEIGHT, WIDTH))


def _draw_with_values(canvas: Canvas, area: Box, spec: PictureSpec, items: list[str], locale: str) -> None:
    unit = spec.say(spec.unit, locale)
    if spec.kind == "matrix":
        draw_matrix(canvas, area, items, [spec.say(axis, locale) for axis in spec.axes])
    elif spec.kind == "timeline":
        draw_timeline(canvas, area, items, [_moment(spec, value, locale) for value in spec.values])
    elif spec.kind == "bars":
        draw_bars(canvas, area, items, [_number(spec, value) for value in spec.values], unit, locale)
    else:
        rows = [value for value in spec.values if isinstance(value, tuple)]
        rows = rows or [tuple(_number(spec, value) for value in spec.values)]
        names = [spec.say(name, locale) for name in spec.series] or [""] * len(rows)
        draw_lines(canvas, area, items, list(zip(names, rows, strict=True)), unit, locale)


def _check(spec: PictureSpec) -> None:
    """Refuse what cannot be drawn, with the key of the picture."""
    known = {*_BY_ITEMS, "matrix", "bars", "lines", "timeline", "map", "plate"}
    if spec.kind not in known:
        raise ValueError(
            f"picture {spec.key}: kind {spec.kind!r} is unknown; choose one of {', '.join(sorted(known))}"
        )
    least, most = _ITEM_COUNTS.get(spec.kind, (0 if spec.kind == "plate" else 2, 9))
    if not least <= len(spec.items) <= most:
        raise ValueError(f"picture {spec.key}: {len(spec.items)} items; {spec.kind} takes {least} to {most}")
    if spec.kind in {"bars", "timeline"} and len(spec.values) != len(spec.items):
        raise ValueError(f"picture {spec.key}: {len(spec.values)} values for {len(spec.items)} items")


def _moment(spec: PictureSpec, value: Value, locale: str) -> str:
    if isinstance(value, Mapping):
        return spec.say(value, locale)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _number(spec: PictureSpec, value: Value) -> float:
    if isinstance(value, int | float):
        return float(value)
    raise ValueError(f"picture {spec.key}: {value!r} is no number")

"""The emblem of the European Union, which stands beside the sentence that names who funds."""

import io
import math

from PIL import Image, ImageDraw

BLUE, YELLOW = (0, 51, 153), (255, 204, 0)
HEIGHT, SCALE = 540, 4
STARS = 12


def draw_flag() -> bytes:
    """Draw the emblem as its graphical specification says: twelve upright stars on a circle, three wide to two high.

    The circle's radius is a third of the height, that of the circle around each star an eighteenth.

    Returns:
        A PNG of 810 by 540 pixels.
    """
    size = (HEIGHT * 3 // 2 * SCALE, HEIGHT * SCALE)
    image = Image.new("RGB", size, BLUE)
    draw = ImageDraw.Draw(image)
    for star in range(STARS):
        turn = 2 * math.pi * star / STARS
        x, y = size[0] / 2 + size[1] / 3 * math.sin(turn), size[1] / 2 - size[1] / 3 * math.cos(turn)
        draw.polygon(_star(x, y, size[1] / 18), fill=YELLOW)
    out = io.BytesIO()
    image.resize((size[0] // SCALE, HEIGHT), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """Return the ten corners of a star with one point upwards."""
    inner = radius * math.sin(math.pi / 10) / math.sin(7 * math.pi / 10)
    corners = []
    for corner in range(10):
        length, turn = (inner if corner % 2 else radius), math.pi * corner / 5
        corners.append((x + length * math.sin(turn), y - length * math.cos(turn)))
    return corners

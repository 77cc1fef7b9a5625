"""The emblem beside the sentence that names who funds."""

import io

from PIL import Image

from cms.demo.content import LOCALES, read
from cms.demo.pictures.emblem import BLUE, YELLOW, draw_flag


def test_emblem_has_twelve_stars_on_a_circle_of_a_third_of_its_height() -> None:
    flag = Image.open(io.BytesIO(draw_flag())).convert("RGB")

    assert flag.size == (810, 540)
    assert flag.getpixel((405, 270)) == BLUE
    stars = [(405, 90), (495, 114), (561, 180), (585, 270), (561, 360), (495, 426)]
    mirrored = [(810 - x, 540 - y) for x, y in stars]
    assert [flag.getpixel(place) for place in stars + mirrored] == [YELLOW] * 12
    assert flag.getpixel((405, 90 - 36)) == BLUE
    assert draw_flag() == draw_flag()


def test_emblem_is_described_in_every_language() -> None:
    assert len({read("frame/footer", code)["emblem"] for code in LOCALES}) == len(LOCALES)

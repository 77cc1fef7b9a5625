"""The demonstration's pictures: every shipped specification can be drawn, legibly and the same each time."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from cms.demo.pictures import PictureSpec, draw_emblem, draw_picture, load_spec
from cms.demo.pictures.lettering import LEAST_SIZE, fit, fit_alike
from cms.demo.pictures.palette import ACCENT, INK, PAPER, QUIET, SURFACE, TOPICS, Colour
from cms.demo.pictures.plates import ground_of

LOCALES = ("en", "fr", "fi", "it", "de")
SPECS = sorted((Path(__file__).parents[2] / "cms/demo/content/pictures").glob("*.yaml"))
CYCLE = PictureSpec(
    key="knowledge-and-skills-cycle",
    kind="cycle",
    source="en",
    title={"en": "Three steps"},
    description={"en": "A ring of three steps"},
    items=({"en": "Ask", "de": "Fragen"}, {"en": "Try"}, {"en": "Tell"}),
)


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of WCAG 2.2, 1.4.3."""

    def luminance(colour: Colour) -> float:
        parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_shipped_specification_is_drawn_at_full_size(path: Path) -> None:
    spec = load_spec(path)
    languages = LOCALES if set(LOCALES) <= set(spec.title) else (spec.source,)

    pictures = [draw_picture(spec, locale) for locale in languages]

    assert spec.key == path.stem
    assert [Image.open(io.BytesIO(png)).size for png in pictures] == [(1600, 900)] * len(languages)


def test_same_specification_gives_same_bytes() -> None:
    assert draw_picture(CYCLE, "en") == draw_picture(CYCLE, "en")


def test_missing_label_is_taken_from_source_language() -> None:
    assert CYCLE.say(CYCLE.items[0], "de") == "Fragen"
    assert CYCLE.say(CYCLE.items[1], "de") == "Try"
    assert draw_picture(CYCLE, "fi") == draw_picture(CYCLE, "en")
    assert draw_picture(CYCLE, "de") != draw_picture(CYCLE, "en")


def test_unknown_kind_is_refused_with_its_name() -> None:
    with pytest.raises(ValueError, match="picture knowledge-and-skills-cycle: kind 'pie' is unknown"):
        draw_picture(replace(CYCLE, kind="pie"), "en")


def test_wrong_number_of_items_is_refused() -> None:
    with pytest.raises(ValueError, match="3 items; matrix takes 4 to 4"):
        draw_picture(replace(CYCLE, kind="matrix"), "en")


def test_missing_values_are_refused() -> None:
    with pytest.raises(ValueError, match="0 values for 3 items"):
        draw_picture(replace(CYCLE, kind="bars"), "en")


def test_specification_without_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text("key: empty\ntitle: {en: Nothing}\n", encoding="utf-8")

    with pytest.raises(ValueError, match="has no kind; every picture needs them"):
        load_spec(path)


def test_german_only_specification_has_german_as_source(tmp_path: Path) -> None:
    path = tmp_path / "baum.yaml"
    path.write_text("key: baum\nkind: plate\nmotif: leaf\ntitle: {de: Draußen lernen}\n", encoding="utf-8")

    spec = load_spec(path)

    assert spec.source == "de"
    assert spec.say(spec.title, "fi") == "Draußen lernen"


def test_emblem_is_square() -> None:
    assert Image.open(io.BytesIO(draw_emblem(CYCLE))).size == (900, 900)


@pytest.mark.parametrize("colour", [ACCENT, *TOPICS.values()])
def test_colours_are_legible(colour: Colour) -> None:
    assert contrast(colour, PAPER) >= 4.5
    assert contrast(SURFACE, colour) >= 4.5
    assert contrast(PAPER, ground_of(colour)) >= 6
    assert contrast(INK, PAPER) >= 7
    assert contrast(QUIET, PAPER) >= 4.5


def test_long_word_is_broken_evenly_with_a_hyphen() -> None:
    assert fit("Fortbildungsprogramm", "bold", (260, 120), 40).lines == ("Fortbildungs-", "programm")
    assert fit("Täydennyskoulutus", "bold", (190, 120), 40).lines == ("Täydennys-", "koulutus")


def test_soft_hyphen_decides_where_a_word_breaks() -> None:
    assert fit("Unterrichts\u00adentwicklung", "regular", (200, 120), 40).lines == ("Unterrichts-", "entwicklung")
    assert fit("Unterrichts\u00adentwicklung", "regular", (900, 120), 40).lines == ("Unterrichtsentwicklung",)


def test_labels_of_equal_rank_share_the_size_of_the_longest() -> None:
    settings = fit_alike(["Frage", "Schlussfolgerungen formulieren"], "regular", (290, 100), 60)

    assert {setting.size for setting in settings} == {settings[1].size}
    assert LEAST_SIZE <= settings[0].size < 60
    assert all(setting.width <= 290 for setting in settings)

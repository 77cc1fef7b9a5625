"""What authors see and what is refused: previews, limits, targets, formulas, tables."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from django.utils.translation import override
from wagtail.blocks import StructBlock
from wagtail.models import Page

from pages import blocks as pages_blocks
from pages.blocks import BrochureBody, ChapterBody, GuidanceToolBody, image_value, table_value
from pages.blocks.formula import FormulaBlock
from pages.blocks.links import LinkBlock
from pages.blocks.media import VideoBlock
from pages.blocks.parts import OutputBlock
from pages.blocks.practice import PanelBlock
from pages.blocks.tables import TableBlock
from pages.blocks.text import HeadingBlock, ParagraphBlock
from tests.pages.block_samples import body_data, make_file, make_image, make_organisation

SMALL_BLOCKS = [
    "AuthorBlock",
    "CallToActionBlock",
    "CountryNoteBlock",
    "MenuItemBlock",
    "OutputBlock",
    "QuestionBlock",
]


def all_blocks() -> list[Any]:
    bodies = [*GuidanceToolBody().child_blocks.values(), *BrochureBody().child_blocks.values()]
    return [*bodies, *(getattr(pages_blocks, name)() for name in SMALL_BLOCKS)]


def errors_of(block: Any, value: Any) -> dict[str, list[str]]:
    """Return field name to messages of what a block refuses, or nothing when it accepts."""
    try:
        block.clean(block.to_python(value))
    except ValidationError as error:
        return {name: child.messages for name, child in error.block_errors.items()}  # type: ignore[attr-defined]
    return {}


@pytest.mark.parametrize("block", all_blocks(), ids=lambda block: type(block).__name__)
def test_block_shows_an_example_in_the_picker(block: Any, db: None) -> None:
    assert block.meta.icon not in ("placeholder", "")
    assert str(block.get_description())
    assert block.is_previewable
    assert block.meta.template.startswith("pages/blocks/")

    make_image()
    html = block.render(block.get_preview_value())
    get_template(block.get_preview_template(block.get_preview_value()))

    assert html.strip()
    assert "None" not in html


def test_names_of_blocks_and_fields_can_be_translated() -> None:
    def untranslated(block: Any) -> list[str]:
        children = block.child_blocks.items() if isinstance(block, StructBlock) else []
        return [name for name, child in children if isinstance(child.meta.label, str)]

    ours = [block for block in all_blocks() if isinstance(block, StructBlock)]

    assert {type(block).__name__: untranslated(block) for block in ours if untranslated(block)} == {}
    assert [type(block).__name__ for block in all_blocks() if isinstance(block.meta.label, str)] == []


def test_body_is_rendered_by_its_templates(db: None) -> None:
    root = Page.objects.get(depth=1)
    value = GuidanceToolBody().to_python(body_data(make_image(), make_file(), root, make_organisation()))

    with override("en"):
        html = value.render_as_block()

    assert '<h2 id="why-inquiry">Why inquiry?</h2>' in html
    assert '<th scope="row">Plan</th><td>What changes?</td>' in "".join(line.strip() for line in html.splitlines())
    assert '<li><a href="https://resources.example/">Resources</a>' in html
    assert "<li>Material is ready.</li>" in html


def test_panel_tells_its_limits() -> None:
    panel = PanelBlock()

    assert panel.child_blocks["title"].field.widget.attrs == {"data-controller": "pages-counted", "maxlength": 60}
    assert "pages/js/counted-text.js" in str(panel.child_blocks["title"].field.widget.media)
    assert panel.child_blocks["content"].max_length == 480


def test_panel_that_does_not_fit_is_refused(db: None) -> None:
    fits = {"title": "t" * 60, "content": f"<p>{'x' * 480}</p>", "image": image_value(None)}
    too_long = {"title": "t" * 61, "content": f"<p>{'x' * 481}</p>", "image": image_value(None)}

    assert errors_of(PanelBlock(), fits) == {}
    assert errors_of(PanelBlock(), too_long) == {
        "title": ["Ensure this value has at most 60 characters (it has 61)."],
        "content": ["Ensure this value has at most 480 characters (it has 481)."],
    }


def test_formula_that_cannot_be_read_is_refused_at_its_field() -> None:
    assert errors_of(FormulaBlock(), {"latex": "E = m c^2", "alt": "E equals m c squared"}) == {}
    assert errors_of(FormulaBlock(), {"latex": r"E = \foo", "alt": "x"}) == {
        "latex": [r"The command \foo at character 5 is not known."]
    }


def test_formula_field_asks_for_its_preview() -> None:
    widget = FormulaBlock().child_blocks["latex"].field.widget
    html = widget.render("latex", "x", {"id": "latex"})

    assert 'data-controller="w-autosize pages-formula"' in html
    assert 'data-pages-formula-url-value="/admin/formula/preview/"' in html
    assert "pages/js/formula-preview.js" in str(widget.media)


def test_formula_in_a_paragraph_that_cannot_be_read_is_refused() -> None:
    block = ParagraphBlock()

    with pytest.raises(ValidationError) as caught:
        block.clean(block.to_python(r'<p><a linktype="formula" latex="x^">x</a></p>'))

    assert caught.value.messages == ["“x^”: Nothing follows the sign _ or ^."]


def test_link_has_exactly_one_target(db: None) -> None:
    page = Page.objects.get(depth=1).pk

    assert errors_of(LinkBlock(), {"text": "a", "page": page, "url": ""}) == {}
    assert errors_of(LinkBlock(), {"text": "a", "page": None, "url": "https://a.example/"}) == {}
    assert errors_of(LinkBlock(), {"text": "a"}) == {"page": ["Choose a page or give an outside address."]}
    assert errors_of(LinkBlock(), {"text": "a", "page": page, "url": "https://a.example/"}) == {
        "url": ["Choose a page or give an outside address, not both."]
    }


def test_half_written_link_can_be_saved_as_draft(db: None) -> None:
    block = LinkBlock()

    block.clean_deferred(block.to_python({"text": "a"}))


def test_film_needs_file_with_captions_or_address(db: None) -> None:
    film, captions, sheet = make_file("film.mp4").pk, make_file("film.vtt").pk, make_file("sheet.pdf").pk
    base = {"transcript": "<p>a</p>", "poster": image_value(None)}

    assert errors_of(VideoBlock(), {**base, "file": film, "captions": captions}) == {}
    assert errors_of(VideoBlock(), {**base, "external_url": "https://a.example/"}) == {}
    assert errors_of(VideoBlock(), base) == {"file": ["Give a file or an outside address."]}
    assert errors_of(VideoBlock(), {**base, "file": film}) == {"captions": ["An uploaded film needs captions."]}
    assert errors_of(VideoBlock(), {**base, "file": film, "captions": sheet}) == {
        "captions": ["Captions are a WebVTT file; its name ends in .vtt."]
    }
    assert errors_of(
        VideoBlock(), {**base, "file": film, "captions": captions, "external_url": "https://a.example/"}
    ) == {"external_url": ["Give a file or an outside address, not both."]}
    assert list(errors_of(VideoBlock(), {**base, "transcript": "", "external_url": "https://a.example/"})) == [
        "transcript"
    ]


def test_table_needs_caption_columns_and_headings() -> None:
    block = TableBlock()

    assert errors_of(block, table_value("Phases", ["Phase"], [["Plan"]])) == {}
    with pytest.raises(ValidationError) as caught:
        block.clean(block.to_python(table_value(" ", [""], [["Plan"]])))
    assert caught.value.block_errors["table"].non_block_errors == [  # type: ignore[attr-defined]
        "Give the table a caption that says what it shows.",
        "Give every column a heading.",
    ]


@pytest.mark.parametrize(
    ("month", "accepted"), [("2018-01", True), ("2018-13", False), ("2018", False), ("01-2018", False)]
)
def test_month_is_written_as_year_and_month(month: str, accepted: bool) -> None:
    value = {"kind": "OTHER", "title": "a", "planned_availability": month, "languages": ["en"]}
    expected = {} if accepted else {"planned_availability": ["Write year and month, for example 2018-01."]}

    assert errors_of(OutputBlock(), value) == expected


def test_anchor_is_written_in_small_letters() -> None:
    assert errors_of(HeadingBlock(), {"level": 2, "text": "a", "anchor": "my-part-2"}) == {}
    assert errors_of(HeadingBlock(), {"level": 2, "text": "a", "anchor": "My part"}) == {
        "anchor": ["Use small letters, digits and hyphens, and begin with a letter."]
    }


def test_level_of_a_heading_is_two_to_four() -> None:
    for level in (2, 3, 4, "3"):
        assert errors_of(HeadingBlock(), {"level": level, "text": "a"}) == {}
    for level in (1, 5, ""):
        assert list(errors_of(HeadingBlock(), {"level": level, "text": "a"})) == ["level"]


def test_no_block_takes_raw_html() -> None:
    from wagtail.blocks import RawHTMLBlock

    assert not [block for block in all_blocks() if isinstance(block, RawHTMLBlock)]
    assert "raw_html" not in ChapterBody().child_blocks

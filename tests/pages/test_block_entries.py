"""The payload of every block, with exact values."""

from typing import Any

import pytest
from wagtail.models import Page

from pages.blocks import (
    AuthorBlock,
    BrochureBody,
    CallToActionBlock,
    ChapterBody,
    CountryNoteBlock,
    GuidanceToolBody,
    InformationBody,
    MenuItemBlock,
    OutputBlock,
    QuestionBlock,
)
from pages.entries import EntryBuilder, Reference
from pages.formulas import FormulaError
from tests.pages.block_samples import NOTE, body_data, make_file, make_image, make_organisation

SHORT_BODY = ["heading", "paragraph", "figure", "quote", "table", "callout", "key_points", "case_study", "formula"]
CHAPTER_BLOCKS = [*SHORT_BODY, "video", "download", "link_list"]


@pytest.fixture
def builder() -> EntryBuilder:
    return EntryBuilder(locale="en", footnotes={NOTE: "<p>Seen in 2015.</p>"})


@pytest.fixture
def root(db: None) -> Page:
    return Page.objects.get(depth=1)


def rich(html: str, words: int) -> dict[str, Any]:
    return {"html": html, "words": words}


def test_bodies_hold_the_blocks_of_the_schema() -> None:
    assert list(ChapterBody().child_blocks) == CHAPTER_BLOCKS
    assert list(InformationBody().child_blocks) == CHAPTER_BLOCKS
    assert list(GuidanceToolBody().child_blocks) == [*CHAPTER_BLOCKS, "steps", "checklist", "reflection"]
    assert list(BrochureBody().child_blocks) == ["panel"]


def test_every_block_has_its_payload(builder: EntryBuilder, root: Page) -> None:
    image, file, organisation = make_image(), make_file(), make_organisation()
    value = GuidanceToolBody().to_python(body_data(image, file, root, organisation))

    payloads = builder.stream(value)

    picture = {"id": image.pk, "alt": "A leaf seen from above", "decorative": False}
    assert [payload["id"] for payload in payloads] == [f"10000000-0000-0000-0000-0000000000{n:02d}" for n in range(15)]
    assert {payload["type"]: payload["value"] for payload in payloads} == {
        "heading": {"level": 2, "text": "Why inquiry?", "anchor": "why-inquiry"},
        "paragraph": {
            "content": rich(
                '<p>Plants take in CO<sub>2</sub> and <math display="inline" '
                'xmlns="http://www.w3.org/1998/Math/MathML" alttext="water"><mrow>'
                "<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi></mrow></math>"
                '<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup>, says '
                f'<span lang="fr">La main à la pâte</span>. See <a data-entry="{root.translation_key}">home</a>.</p>',
                14,
            )
        },
        "figure": {
            "image": picture,
            "caption": rich("A leaf takes in CO<sub>2</sub>", 5),
            "credit": "Drawing made for the demonstration",
            "long_description": "Arrows lead into the leaf.",
        },
        "quote": {"quote": "Ask first.", "attribution": "A primary teacher"},
        "table": {
            "caption": rich("Phases", 1),
            "columns": ["Phase", "Question"],
            "rows": [["Plan", "What changes?"], ["Do", ""]],
            "has_row_header": True,
        },
        "callout": {"kind": "tip", "title": "Try it", "content": rich("<p>Do it yourself.</p>", 3)},
        "key_points": {"title": "In short", "points": ["Begin with a question.", "Plan a test."]},
        "case_study": {
            "title": "A garden",
            "context": rich("<p>No laboratory.</p>", 2),
            "action": rich("<p>They planted beans.</p>", 3),
            "evidence": rich("<p>More questions.</p>", 2),
            "organisation": str(organisation.translation_key),
        },
        "formula": {
            "latex": "v = s",
            "mathml": (
                '<math display="block" xmlns="http://www.w3.org/1998/Math/MathML" alttext="v equals s">'
                "<mrow><mi>v</mi><mo>=</mo><mi>s</mi></mrow></math>"
            ),
            "alt": "v equals s",
        },
        "video": {
            "title": "A lesson",
            "poster": {"id": image.pk, "alt": None, "decorative": True},
            "file": None,
            "external_url": "https://video.example/lesson",
            "transcript": rich("<p>Pupils measure a tree.</p>", 4),
            "captions": None,
        },
        "download": {"title": "Worksheet", "file": file.pk},
        "link_list": {
            "title": "Read on",
            "links": [
                {"text": "Start page", "entry": str(root.translation_key), "url": None},
                {"text": "Resources", "entry": None, "url": "https://resources.example/"},
            ],
        },
        "steps": {"title": "Two steps", "steps": [{"title": "Choose", "content": rich("<p>Choose one.</p>", 2)}]},
        "checklist": {"title": "Before", "items": ["Material is ready."]},
        "reflection": {"title": "Think", "questions": ["What surprised you?"]},
    }
    assert builder.references == {
        Reference("entry", str(root.translation_key), "link"),
        Reference("entry", str(organisation.translation_key), "organisation"),
        Reference("image", str(image.pk), "body"),
        Reference("file", str(file.pk), "body"),
    }


def test_empty_optional_fields_are_absent(builder: EntryBuilder, db: None) -> None:
    body = GuidanceToolBody()
    value = body.normalize(
        [
            ("figure", {"image": None}),
            ("quote", {"quote": "Ask."}),
            ("table", {}),
            ("callout", {"content": "<p>a</p>", "title": "  "}),
            ("case_study", {"context": "<p>a</p>", "action": "<p>b</p>", "evidence": "<p></p>"}),
            ("download", {}),
        ]
    )

    assert [payload["value"] for payload in builder.stream(value)] == [
        {"image": None, "caption": None, "credit": None, "long_description": None},
        {"quote": "Ask.", "attribution": None},
        {"caption": None, "columns": [], "rows": [], "has_row_header": False},
        {"kind": "note", "title": None, "content": rich("<p>a</p>", 1)},
        {
            "title": None,
            "context": rich("<p>a</p>", 1),
            "action": rich("<p>b</p>", 1),
            "evidence": None,
            "organisation": None,
        },
        {"title": None, "file": None},
    ]


def test_uploaded_film_has_its_file_and_captions(builder: EntryBuilder, db: None) -> None:
    film, captions = make_file("film.mp4"), make_file("film.vtt")
    value = ChapterBody().to_python(
        [{"type": "video", "id": "v", "value": {"file": film.pk, "captions": captions.pk, "transcript": "<p>a</p>"}}]
    )

    content = builder.stream(value)[0]["value"]

    assert (content["file"], content["captions"], content["external_url"]) == (film.pk, captions.pk, None)
    assert builder.references == {Reference("file", str(film.pk), "body"), Reference("file", str(captions.pk), "body")}


def test_numbers_and_markup_of_cells_become_text(builder: EntryBuilder, db: None) -> None:
    table = {
        "caption": "Height < 2 m",
        "columns": [{"type": "text", "heading": "Tree"}, {"type": "number", "heading": "Metres"}],
        "rows": [{"values": ["<b>Oak</b>", "12.50"]}, {"values": ["Elm", None]}],
    }
    value = ChapterBody().to_python([{"type": "table", "id": "t", "value": {"table": table}}])

    assert builder.stream(value)[0]["value"] == {
        "caption": rich("Height &lt; 2 m", 4),
        "columns": ["Tree", "Metres"],
        "rows": [["<b>Oak</b>", "12.50"], ["Elm", ""]],
        "has_row_header": False,
    }


def test_panel_has_title_content_and_image(builder: EntryBuilder, db: None) -> None:
    image = make_image()
    panel = {
        "title": "Why?",
        "content": "<p>Pupils ask.</p>",
        "image": {"image": image.pk, "alt_text": "", "decorative": False},
    }
    value = BrochureBody().to_python([{"type": "panel", "id": "p", "value": panel}])

    assert builder.stream(value) == [
        {
            "id": "p",
            "type": "panel",
            "value": {
                "title": "Why?",
                "content": rich("<p>Pupils ask.</p>", 2),
                "image": {"id": image.pk, "alt": None, "decorative": False},
            },
        }
    ]


def test_unreadable_formula_names_its_block(builder: EntryBuilder, db: None) -> None:
    value = ChapterBody().to_python(
        [
            {"type": "heading", "id": "a", "value": {"level": 2, "text": "One"}},
            {"type": "formula", "id": "b", "value": {"latex": r"\foo", "alt": "x"}},
        ]
    )

    with pytest.raises(FormulaError, match=r"^2 \(Formula\): The command \\foo at character 1 is not known\.$"):
        builder.stream(value)


def headings(builder: EntryBuilder, *texts: tuple[str, str]) -> list[str]:
    value = ChapterBody().to_python(
        [{"type": "heading", "id": key, "value": {"level": 2, "text": text}} for key, text in texts]
    )
    return [payload["value"]["anchor"] for payload in builder.stream(value)]


def test_anchors_are_slugs_and_unique(builder: EntryBuilder, db: None) -> None:
    texts = [
        ("aaaaaaaa-1", "Evidence"),
        ("bbbbbbbb-2", "Evidence"),
        ("cccccccc-3", "Tehtävä 1"),
        ("dddddddd-4", "科学"),
    ]

    assert headings(builder, *texts) == ["evidence", "evidence-bbbbbbbb", "tehtava-1", "section"]


def test_anchor_stays_when_another_heading_is_edited_or_moved(builder: EntryBuilder, db: None) -> None:
    before = headings(builder, ("a", "Evidence"), ("b", "Methods"))
    after = headings(builder, ("c", "New"), ("b", "Methods"), ("a", "Evidence, revised"))

    assert (before[1], after[1]) == ("methods", "methods")


def test_chosen_anchor_is_kept(builder: EntryBuilder, db: None) -> None:
    value = ChapterBody().to_python(
        [{"type": "heading", "id": "a", "value": {"level": 3, "text": "New words", "anchor": "old-words"}}]
    )

    assert builder.stream(value)[0]["value"] == {"level": 3, "text": "New words", "anchor": "old-words"}


def test_small_blocks_have_their_payloads(builder: EntryBuilder, root: Page) -> None:
    organisation = make_organisation()
    key, page = str(root.translation_key), root.pk

    def payload(block: Any, data: dict[str, Any]) -> Any:
        return block.entry_value(block.to_python(data), builder)

    assert payload(
        OutputBlock(),
        {
            "kind": "STUDY",
            "title": "Study",
            "description": "<p>A study.</p>",
            "planned_availability": "2018-01",
            "languages": ["en", "fi"],
            "page": page,
        },
    ) == {
        "kind": "STUDY",
        "title": "Study",
        "description": rich("<p>A study.</p>", 2),
        "planned_availability": "2018-01",
        "languages": ["en", "fi"],
        "page": key,
    }
    assert payload(OutputBlock(), {"title": "Other"}) == {
        "kind": "OTHER",
        "title": "Other",
        "description": None,
        "planned_availability": None,
        "languages": [],
        "page": None,
    }
    assert payload(AuthorBlock(), {"name": "Team", "role": "Text", "organisation": organisation.pk}) == {
        "name": "Team",
        "role": "Text",
        "organisation": str(organisation.translation_key),
    }
    assert payload(CallToActionBlock(), {"text": "Read", "page": page}) == {"text": "Read", "entry": key}
    assert payload(MenuItemBlock(), {"text": "Out", "url": "https://a.example/"}) == {
        "text": "Out",
        "entry": None,
        "url": "https://a.example/",
    }
    assert payload(CountryNoteBlock(), {"country": "FI", "text": "<p>Later.</p>"}) == {
        "country": "FI",
        "text": rich("<p>Later.</p>", 1),
    }
    assert payload(QuestionBlock(), {"question": "Why?"}) == {"question": "Why?"}

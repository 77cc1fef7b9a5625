"""Formulas and phrases of other languages go into the editor and come back as they were stored."""

import json

import pytest
from django.test import Client
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.models import Page
from wagtail.rich_text import expand_db_html, extract_references_from_rich_text

from pages.richtext import FEATURES
from tests.pages.block_samples import NOTE

STORED = (
    '<p data-block-key="a1b2c">Plants take in CO<sub>2</sub> and <a linktype="formula" latex="\\frac{1}{2} H_2O">water</a>, '
    f'<a linktype="lang" lang="fr">la main à la pâte</a><footnote id="{NOTE}">[6f2b3c]</footnote>.</p>'
)


def test_entities_survive_the_editor() -> None:
    converter = ContentstateConverter(FEATURES)

    state = converter.from_database_format(STORED)

    entities = [(entity["type"], entity["data"]) for entity in json.loads(state)["entityMap"].values()]
    assert entities == [
        ("FORMULA", {"latex": "\\frac{1}{2} H_2O"}),
        ("LANGUAGE", {"lang": "fr"}),
        ("FOOTNOTES", {"footnote": NOTE}),
    ]
    assert converter.to_database_format(state) == STORED


def test_editor_has_our_features_and_scripts() -> None:
    area = DraftailRichTextArea(features=FEATURES)
    options = {entity["type"]: entity for entity in area.options["entityTypes"]}

    assert sorted(options) == ["DOCUMENT", "FOOTNOTES", "FORMULA", "LANGUAGE", "LINK"]
    assert str(options["FORMULA"]["previewUrl"]) == "/admin/formula/preview/"
    assert [language["code"] for language in options["LANGUAGE"]["languages"]] == ["en", "fr", "fi", "it", "de"]
    assert "pages/js/rich-text-entities.js" in str(area.media)
    assert "footnotes/js/footnotes.js" in str(area.media)


def test_wagtail_reads_references_beside_our_links(db: None) -> None:
    stored = STORED + '<p><a linktype="page" id="1">x</a></p>'

    assert [(model, key) for model, key, _, _ in extract_references_from_rich_text(stored)] == [(Page, "1")]
    assert "water" in expand_db_html(stored)


def test_window_of_footnotes_is_there(client: Client, db: None) -> None:
    assert client.get("/footnotes/footnotes_modal/").status_code == 200


def test_preview_is_for_people_of_the_admin(client: Client, db: None) -> None:
    answer = client.get("/admin/formula/preview/", {"latex": "x"})

    assert (answer.status_code, answer["Location"]) == (302, "/admin/login/?next=/admin/formula/preview/%3Flatex%3Dx")


@pytest.mark.parametrize(
    ("latex", "answer"),
    [
        (
            "x",
            {
                "mathml": '<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mi>x</mi></mrow></math>',
                "error": "",
                "position": None,
            },
        ),
        (r"a \foo", {"mathml": "", "error": r"The command \foo at character 3 is not known.", "position": 3}),
        ("", {"mathml": "", "error": "The formula is empty.", "position": 1}),
    ],
)
def test_preview_answers_mathml_or_what_is_wrong(admin_client: Client, latex: str, answer: dict[str, object]) -> None:
    response = admin_client.get("/admin/formula/preview/", {"latex": latex, "display": "block"})

    assert response.json() == answer
    assert "no-store" in response["Cache-Control"]


def test_preview_only_reads(admin_client: Client) -> None:
    assert admin_client.post("/admin/formula/preview/", {"latex": "x"}).status_code == 405

"""The first texts: the same structure in every language, complete, and about no site in particular."""

import re
from typing import Any

import pytest
import yaml
from django.conf import settings
from pytest_django import Settings

from cms.setup.texts import CONTENT, PAGES, TextsMissing, texts, written_languages

LANGUAGES = [code for code, _ in settings.LANGUAGES]
SAME_EVERYWHERE = {"kind", "page", "level", "planned_availability"}


def shape(value: Any, name: str = "") -> Any:
    """Return what a translation must have in common with its source: everything but the words."""
    if isinstance(value, dict):
        return {key: shape(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [shape(part) for part in value]
    if name in SAME_EVERYWHERE or not isinstance(value, str):
        return value
    return re.findall(r"</?\w+", value), bool(value)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_the_same_structure(code: str) -> None:
    assert shape(texts(code, "Site")) == shape(texts("en", "Site"))


def test_every_page_has_its_text_and_nothing_else_stands_there() -> None:
    assert list(texts("en", "Site")) == [*(page.key for page in PAGES), "menu", "footer"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_slugs_of_one_language_differ(code: str) -> None:
    slugs = [texts(code, "Site")[page.key]["slug"] for page in PAGES]

    assert len(set(slugs)) == len(slugs) == 11


def test_no_project_is_named() -> None:
    assert [path.name for path in CONTENT.iterdir() if "LINKS" in path.read_text()] == []


def test_what_the_law_asks_for_is_no_statement_yet() -> None:
    drafts = [page.key for page in PAGES if not page.is_published]

    assert drafts == ["accessibility", "privacy", "legal"]
    for key in drafts:
        assert texts("en", "Site")[key]["body"][0]["callout"]["title"] == "Not published yet"


def test_name_may_hold_what_yaml_would_read() -> None:
    name = 'A "quoted" \\ name: with # marks'

    assert texts("fi", name)["home"]["title"] == name
    assert yaml.safe_load((CONTENT / "fi.yaml").read_text())["home"]["title"] == "{name}"


def test_site_language_comes_first(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "it"

    assert written_languages() == ["it", "en", "fr", "fi", "de"]


def test_languages_without_texts_are_left_out_and_none_at_all_is_told(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "es"
    settings.WAGTAIL_CONTENT_LANGUAGES = [("es", "Español"), ("fi", "Suomi")]
    assert written_languages() == ["fi"]

    settings.WAGTAIL_CONTENT_LANGUAGES = [("es", "Español")]
    with pytest.raises(TextsMissing, match="No first texts in es: add .+/LANGUAGE.yaml"):
        written_languages()

"""The texts of the demonstration: the same structure in every language, and as long as the site promises."""

import re
import uuid
from collections import defaultdict
from typing import Any

import pytest
from django.apps import apps
from wagtail.models import Locale

from cms.demo.content import CHAPTERS, LOCALES, TOOLS, PageText, pages, picture_paths, read
from cms.demo.pictures import load_spec
from cms.setup.raw import Names, Writer
from cms.setup.translating import matched_texts
from cms.setup.values import page_values
from cms.setup.writing import add_footnotes, apply_values

TRANSLATED = [(text, code) for text in pages() for code in text.locales if code != text.source]


class Anything(dict[str, int]):
    """Gives every name the same number, so that texts can be written without a database of targets."""

    def __missing__(self, key: str) -> int:
        return 1

    def get(self, key: str, default: Any = None) -> int:
        return 1


def written(text: PageText, code: str) -> Any:
    names = Names(Anything(), Anything(), Anything(), Anything())
    writer, own = Writer(text.key, names), text.text(code)
    values = page_values(text.model, own, writer)
    values = {name: None if name.endswith("_id") else value for name, value in values.items()}
    locale = Locale.objects.get_or_create(language_code=code)[0]
    page = apps.get_model(text.model)(locale=locale, slug=own["slug"], translation_key=uuid.uuid4())
    apply_values(page, values)
    add_footnotes(page, own, writer)
    return page


def words(value: Any) -> int:
    if isinstance(value, str):
        return len(re.sub(r"<[^>]+>", " ", value).split())
    if isinstance(value, dict):
        return sum(words(item) for key, item in value.items() if key not in {"image", "page", "url", "latex", "kind"})
    return sum(words(item) for item in value) if isinstance(value, list) else 0


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "code"), TRANSLATED, ids=lambda part: getattr(part, "key", part))
def test_a_translation_has_the_segments_of_its_source(text: PageText, code: str) -> None:
    texts = matched_texts(written(text, text.source), written(text, code))

    assert texts
    assert all(value.strip() for value in texts.values())


@pytest.mark.parametrize("code", LOCALES)
@pytest.mark.parametrize("name", TOOLS)
def test_a_tool_is_long_enough_and_has_its_parts(name: str, code: str) -> None:
    text = read(f"tools/{name}", code)
    kinds = [kind for block in text["body"] for kind in block]
    parts = {kind: value for block in text["body"] for kind, value in block.items()}

    assert words(text["body"]) + words(text["purpose"]) >= 500
    assert len(parts["steps"]["steps"]) == 5
    assert len(parts["reflection"]["questions"]) == 4
    assert {"checklist", "link_list", "figure"} <= set(kinds)


@pytest.mark.parametrize("code", LOCALES)
@pytest.mark.parametrize("name", TOOLS)
def test_a_brochure_has_six_filled_panels(name: str, code: str) -> None:
    panels = [block["panel"] for block in read(f"brochures/{name}", code)["panels"]]

    assert len(panels) == 6
    assert min(words(panel["content"]) for panel in panels) >= 25


@pytest.mark.parametrize("name", CHAPTERS)
def test_an_english_chapter_reads_like_one(name: str) -> None:
    text = read(f"chapters/{name}", "en")
    kinds = {kind for block in text["body"] for kind in block}

    assert 600 <= words(text["body"]) <= 1500
    assert {"heading", "paragraph", "figure", "table", "quote", "key_points", "formula"} <= kinds
    assert text["footnotes"]
    assert text["sources"]


def test_every_text_says_that_it_is_for_demonstration() -> None:
    notes = defaultdict(list)
    for text in pages():
        if text.model in ("pages.ChapterPage", "guidance.GuidanceToolPage"):
            for code in text.locales:
                kinds = [block["callout"]["kind"] for block in text.text(code)["body"] if "callout" in block]
                notes[text.key].append("note" in kinds)

    assert all(all(found) for found in notes.values())


def test_every_picture_that_is_named_has_a_specification() -> None:
    known = {path.stem for path in picture_paths()}
    named: set[str] = set()
    for text in pages():
        for code in text.locales:
            content = text.text(code)
            named.update(content[name] for name in ("hero", "cover") if content.get(name))
            for block in content.get("panels") or content.get("body") or []:
                if isinstance(block, dict):
                    named.update(
                        value["image"] for value in block.values() if isinstance(value, dict) and value.get("image")
                    )

    assert named - known == set()


def test_every_picture_has_alt_text_in_each_of_its_languages() -> None:
    for path in picture_paths():
        spec = load_spec(path)
        assert set(spec.title) == set(spec.description), path.stem


def test_nobody_is_reached_but_the_coordination() -> None:
    addresses = set()
    for code in LOCALES:
        for item in read("directory/contacts", code):
            addresses.add(item["email"])

    assert addresses == {"coordination@links.example", ""}

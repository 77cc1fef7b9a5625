"""Locale and fallback: single fields, lists, relations, aliases, translations."""

from typing import Any

import pytest
from pytest_django import Settings
from wagtail.models import Locale

from cms.media.models import FileText, ImageText
from home.models import HomePage
from pages.models import ChapterPage, StudyPage, Topic
from tests import factories
from tests.graphql.conftest import Ask

FIELDS = "title path url requestedLocale contentLocale sourceLocale isFallback"


@pytest.fixture
def french_home(home: HomePage) -> Any:
    """Return the French home page."""
    return factories.translate(home, "fr", kept={"slug": "accueil"})


@pytest.fixture
def study(french_home: Any, home: HomePage) -> StudyPage:
    """Return a study in English and French with three chapters, of which the second is French too."""
    study = factories.make_study(home)
    factories.translate(study, "fr", kept={"slug": "etude"})
    for name in ("One", "Two", "Three"):
        factories.make_chapter(study, name)
    factories.translate(ChapterPage.objects.get(slug="two"), "fr", kept={"slug": "deux"})
    return study


def _titles(data: dict[str, Any], name: str = "chapters") -> list[str]:
    return [node["title"] for node in data[name]["nodes"]]


def test_single_field_without_fallback_knows_its_locale_only(ask: Ask, study: StudyPage) -> None:
    data = ask(
        f"""{{ deux: chapter(slug: "deux", locale: FR) {{ {FIELDS} }} one: chapter(slug: "one", locale: FR) {{ title }}
        page(path: "/etude/deux/", locale: FR) {{ {FIELDS} }} }}"""
    )

    assert (
        data["deux"]
        == data["page"]
        == {
            "title": "fr Two",
            "path": "/etude/deux/",
            "url": "https://site.example/fr/etude/deux/",
            "requestedLocale": "FR",
            "contentLocale": "FR",
            "sourceLocale": "EN",
            "isFallback": False,
        }
    )
    assert data["one"] is None


@pytest.mark.parametrize("fallback", ["SOURCE", "CONFIGURED"])
def test_single_field_with_fallback_says_that_it_is_one(ask: Ask, study: StudyPage, fallback: str) -> None:
    data = ask(
        f"""{{ chapter(slug: "one", locale: FR, fallback: {fallback}) {{ {FIELDS}
        seo {{ canonicalUrl }} translations {{ locale path }} }}
        translated: chapter(slug: "two", locale: FR, fallback: {fallback}) {{ title isFallback }} }}"""
    )

    assert data["chapter"] == {
        "title": "One",
        "path": "/study/one/",
        "url": "https://site.example/fr/study/one/",
        "requestedLocale": "FR",
        "contentLocale": "EN",
        "sourceLocale": "EN",
        "isFallback": True,
        "seo": {"canonicalUrl": "https://site.example/en/study/one/"},
        "translations": [{"locale": "EN", "path": "/study/one/"}],
    }
    assert data["translated"] == {"title": "fr Two", "isFallback": False}


def test_lists_interleave_in_the_order_of_the_source(ask: Ask, study: StudyPage) -> None:
    query = "query($f: Fallback) { chapters(locale: FR, fallback: $f) { nodes { title number } totalCount } }"

    alone = ask(query, f="NONE")["chapters"]
    mixed = ask(query, f="SOURCE")["chapters"]

    assert alone == {"nodes": [{"title": "fr Two", "number": 2}], "totalCount": 1}
    assert mixed == {
        "nodes": [{"title": "One", "number": 1}, {"title": "fr Two", "number": 2}, {"title": "Three", "number": 3}],
        "totalCount": 3,
    }


def test_relations_follow_the_reading_of_the_field_above(ask: Ask, study: StudyPage) -> None:
    query = """query($f: Fallback) { study(slug: "etude", locale: FR, fallback: $f) { title chapters { nodes { title
        previous { title } next { title } study { title } breadcrumbs { title } parent { title } } totalCount }
        children { nodes { title } } } }"""

    alone = ask(query, f="NONE")["study"]
    mixed = ask(query, f="SOURCE")["study"]

    above = {
        "study": {"title": "fr Study"},
        "breadcrumbs": [{"title": "fr Home"}, {"title": "fr Study"}],
        "parent": {"title": "fr Study"},
    }
    assert alone["chapters"] == {
        "nodes": [{"title": "fr Two", "previous": None, "next": None, **above}],
        "totalCount": 1,
    }
    assert [(node["previous"], node["next"]) for node in mixed["chapters"]["nodes"]] == [
        (None, {"title": "fr Two"}),
        ({"title": "One"}, {"title": "Three"}),
        ({"title": "fr Two"}, None),
    ]
    assert _titles(mixed, "children") == ["One", "fr Two", "Three"]


def test_links_in_a_text_lead_to_the_requested_locale(ask: Ask, study: StudyPage, home: HomePage) -> None:
    two = ChapterPage.objects.get(slug="two")
    body = [factories.paragraph(f"<p>{factories.page_anchor(two, 'two')}</p>")]
    factories.make_chapter(study, "Four", body=body)
    query = """query($f: Fallback) { chapter(slug: "four", locale: %s, fallback: $f) { body { ... on ParagraphBlock {
        content { html } } } } }"""

    english = ask(query % "EN", f="NONE")
    french = ask(query % "FR", f="SOURCE")

    assert english["chapter"]["body"][0]["content"]["html"] == (
        '<p><a href="https://site.example/en/study/two/">two</a></p>'
    )
    assert french["chapter"]["body"][0]["content"]["html"] == (
        '<p><a href="https://site.example/fr/etude/deux/">two</a></p>'
    )


def test_source_and_configured_differ_for_an_entry_written_in_german(ask: Ask, home: HomePage) -> None:
    german = Topic.objects.create(name="Wald", locale=Locale.objects.get(language_code="de"), live=True)
    query = 'query($f: Fallback) { topic(entryId: "%s", locale: FR, fallback: $f) { name sourceLocale } }'

    found = {one: ask(query % german.translation_key, f=one)["topic"] for one in ("NONE", "SOURCE", "CONFIGURED")}

    assert found == {"NONE": None, "SOURCE": {"name": "Wald", "sourceLocale": "DE"}, "CONFIGURED": None}


def test_configured_follows_the_chain_of_the_locale(ask: Ask, home: HomePage, settings: Settings) -> None:
    settings.CONTENT_FALLBACK_CHAINS = {"fr": ["it", "en"]}
    topic = factories.make_topic("Forest")
    factories.translate(topic, "it")
    query = '{ topic(entryId: "%s", locale: FR, fallback: CONFIGURED) { name contentLocale isFallback } }'

    data = ask(query % topic.translation_key)

    assert data["topic"] == {"name": "it Forest", "contentLocale": "IT", "isFallback": True}


def test_alias_counts_as_a_fallback(ask: Ask, french_home: Any, home: HomePage) -> None:
    study = factories.make_study(home)
    study.copy_for_translation(Locale.objects.get(language_code="fr"), alias=True)
    query = f'query($f: Fallback) {{ page(path: "/study/", locale: FR, fallback: $f) {{ {FIELDS} translations {{ locale }} }} }}'

    assert ask(query, f="NONE") == {"page": None}
    assert ask(query, f="SOURCE")["page"] == {
        "title": "Study",
        "path": "/study/",
        "url": "https://site.example/fr/study/",
        "requestedLocale": "FR",
        "contentLocale": "EN",
        "sourceLocale": "EN",
        "isFallback": True,
        "translations": [{"locale": "EN"}],
    }


def test_translations_and_their_status(ask: Ask, study: StudyPage) -> None:
    data = ask(
        """{ chapter(slug: "deux", locale: FR) { translations { locale url path } translationStatus { segments
        reviewedSegments isStale sourceUpdatedAt } } }"""
    )["chapter"]

    assert data["translations"] == [
        {"locale": "EN", "url": "https://site.example/en/study/two/", "path": "/study/two/"},
        {"locale": "FR", "url": "https://site.example/fr/etude/deux/", "path": "/etude/deux/"},
    ]
    status = data["translationStatus"]
    assert status["segments"] == status["reviewedSegments"] > 0
    assert status["isStale"] is False


def test_id_carries_locale_and_fallback(ask: Ask, study: StudyPage) -> None:
    data = ask(
        """{ en: chapter(slug: "one") { id } fr: chapter(slug: "one", locale: FR, fallback: SOURCE) { id }
        chain: chapter(slug: "one", locale: FR, fallback: CONFIGURED) { id } }"""
    )
    ids = [data[name]["id"] for name in ("en", "fr", "chain")]

    found = ask(
        """query($ids: [ID!]!, $one: ID!) { nodes(ids: $ids) { id ... on Chapter { requestedLocale isFallback } }
        node(id: $one) { __typename ... on Chapter { study { title } } } }""",
        ids=ids,
        one=ids[1],
    )

    assert len(set(ids)) == 3
    assert found["nodes"] == [
        {"id": ids[0], "requestedLocale": "EN", "isFallback": False},
        {"id": ids[1], "requestedLocale": "FR", "isFallback": True},
        {"id": ids[2], "requestedLocale": "FR", "isFallback": True},
    ]
    assert found["node"] == {"__typename": "Chapter", "study": {"title": "fr Study"}}


@pytest.mark.parametrize("text", ["", "x", "é", "ZXxmcnxOT05FfDc", "e|fr|NONE|7"])
def test_id_that_is_none_of_ours_means_nothing(ask: Ask, home: HomePage, text: str) -> None:
    assert ask("query($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }", id=text) == {
        "node": None,
        "nodes": [None],
    }


def test_block_ids_differ_between_locales(ask: Ask, study: StudyPage) -> None:
    factories.make_chapter(study, "Four", body=[factories.paragraph("<p>Text</p>")])
    query = (
        'query($l: Locale) { chapter(slug: "four", locale: $l, fallback: SOURCE) { body { ... on Block { id } } } }'
    )

    english, again, french = (ask(query, l=one)["chapter"]["body"][0]["id"] for one in ("EN", "EN", "FR"))

    assert english == again
    assert english != french


def test_picture_and_file_of_a_fallback_are_described_in_its_language(ask: Ask, study: StudyPage) -> None:
    image, file = factories.make_image(), factories.make_file("Form")
    for language, alt, title in (("en", "A field", "A form"), ("fr", "Un champ", "Un formulaire")):
        ImageText.objects.create(image=image, locale=language, alt=alt)
        FileText.objects.create(file=file, locale=language, title=title)
    download = factories.block("download", {"file": file.pk, "title": ""})
    factories.make_chapter(study, "Five", hero=image, body=[download])
    fields = "hero { id alt } body { ... on DownloadBlock { file { id title } } }"

    query = "{ chapter(slug: %s, locale: FR, fallback: SOURCE) { %s } }"
    stand_in = ask(query % ('"five"', fields))["chapter"]
    ids = [stand_in["hero"]["id"], stand_in["body"][0]["file"]["id"]]
    found = ask("query($ids: [ID!]!) { nodes(ids: $ids) { ... on Image { alt } ... on File { title } } }", ids=ids)
    factories.translate(ChapterPage.objects.get(slug="five"), "fr", kept={"slug": "cinq"})
    translated = ask(query % ('"cinq"', fields))["chapter"]

    assert (stand_in["hero"]["alt"], stand_in["body"][0]["file"]["title"]) == ("A field", "A form")
    assert found["nodes"] == [{"alt": "A field"}, {"title": "A form"}]
    assert (translated["hero"]["alt"], translated["body"][0]["file"]["title"]) == ("Un champ", "Un formulaire")

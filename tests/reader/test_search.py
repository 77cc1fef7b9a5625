"""The search page: results, filters with counts, corrections, advice, pages, other languages, suggestions."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext

from home.models import HomePage
from pages.models import ChapterPage, PartnersPage
from tests import factories
from tests.reader.conftest import LOCALES, Visit

Search = Callable[..., Any]
LAVA = factories.paragraph("<p>Hot lava &amp; ash come out of a volcano.</p>")


@pytest.fixture
def search(visit: Visit) -> Search:
    """Return a function that searches on the English page and returns it parsed."""

    def ask(query: str, locale: str = "en", **more: str) -> Any:
        from urllib.parse import urlencode

        return lxml.html.fromstring(visit(f"/{locale}/search/?{urlencode({'q': query, **more})}").content.decode())

    return ask


def titles(page: Any) -> list[str]:
    """Return the titles of the results, in order."""
    return [line.text_content() for line in page.xpath("//li[@class='result']//h3")]


def heading(page: Any) -> str:
    """Return the sentence above the results."""
    return str(page.xpath("string(//h2[@id='hits-title'])"))


def counts(page: Any, name: str) -> dict[str, int]:
    """Return the choices of a filter with their counts."""
    lines = page.xpath(f"//section[@aria-labelledby='filter-{name}']//li")
    return {
        line.xpath("string(.//span[@class='text'])"): int(line.xpath("string(.//span[@class='count']/text()[1])"))
        for line in lines
    }


def link(page: Any, text: str) -> dict[str, str]:
    """Return what the link of a choice asks for."""
    (address,) = page.xpath(f"//nav[@class='filters']//a[.//span[@class='text' and text()='{text}']]/@href")
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}


@pytest.fixture
def world(home: HomePage) -> dict[str, Any]:
    """Return a site in which entries of every kind speak of lava."""
    topic, audience = factories.make_topic("Water"), factories.make_audience("Teachers")
    study, tools = factories.make_study(home), factories.make_tools(home)
    chapter = factories.make_chapter(study, "Lava chapter", [topic], body=[LAVA])
    tool = factories.make_tool(tools, "Lava tool", issue=topic, audience=[audience])
    factories.make_brochure(tool, "Lava brochure")
    factories.make_event(factories.make_events(home), "Lava day", country="FI")
    institute = factories.make_organisation("Lava institute", country="FI")
    factories.make_contact(institute, "Lava office")
    partners = factories.add_page(home, PartnersPage, "Partners", slug="partners")
    return {"topic": topic, "audience": audience, "chapter": chapter, "partners": partners, "study": study}


def test_result_tells_what_it_is_where_it_stands_and_why(world: dict[str, Any], search: Search) -> None:
    page = search("volcano")

    assert heading(page) == "1 result for “volcano”"
    (line,) = page.xpath("//li[@class='result']")
    assert line.xpath("string(p[@class='kind'])") == "Chapter"
    assert line.xpath("h3/a/@href") == ["/en/study/lava-chapter/"]
    assert line.xpath("p[@class='excerpt']//mark/text()") == ["volcano"]
    assert line.xpath("string(p[@class='excerpt'])") == "Hot lava & ash come out of a volcano."
    assert line.xpath("p[@class='place']/span[not(@class)]/text()") == ["Study"]
    assert page.xpath("//title/text()") == ["“volcano” – Search – Studies"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_organisations_and_contacts_lead_to_their_country_on_the_page_of_partners(
    world: dict[str, Any], search: Search
) -> None:
    page = search("lava", type="partner")

    found = {line.text_content(): line.get("href") for line in page.xpath("//li[@class='result']//h3/a")}
    assert found == {"Lava institute": "/en/partners/#fi", "Lava office": "/en/partners/#fi"}


def test_without_a_page_of_partners_they_lead_nowhere(world: dict[str, Any], search: Search) -> None:
    world["partners"].unpublish()

    page = search("lava", type="partner")

    assert sorted(titles(page)) == ["Lava institute", "Lava office"]
    assert page.xpath("//li[@class='result']//h3/a") == []


def test_every_count_is_what_its_link_shows(world: dict[str, Any], search: Search) -> None:
    whole = search("lava")
    assert heading(whole) == "6 results for “lava”"
    assert counts(whole, "type") == {
        "Study and chapters": 1,
        "Guidance tools": 1,
        "Brochures": 1,
        "Events": 1,
        "Partners and contacts": 2,
    }
    assert counts(whole, "topic") == {"Water": 3}
    assert counts(whole, "audience") == {"Teachers": 2}
    assert counts(whole, "country") == {"Finland": 2}

    for name in ("type", "topic", "audience", "country"):
        for text, count in counts(whole, name).items():
            narrowed = search(link(whole, text).pop("q"), **{k: v for k, v in link(whole, text).items() if k != "q"})
            assert len(titles(narrowed)) == count, text


def test_counts_beside_a_choice_say_what_another_would_leave(world: dict[str, Any], search: Search) -> None:
    page = search("lava", topic=str(world["topic"].translation_key))

    assert sorted(titles(page)) == ["Lava brochure", "Lava chapter", "Lava tool"]
    assert counts(page, "type") == {"Study and chapters": 1, "Guidance tools": 1, "Brochures": 1}
    assert counts(page, "audience") == {"Teachers": 2}
    assert counts(page, "topic") == {"Water": 3}
    assert counts(page, "country") == {}
    assert page.xpath("//nav[@class='filters']//a[@aria-current='true']//span[@class='text']/text()") == ["Water"]
    assert link(page, "Water") == {"q": "lava"}
    assert page.xpath("//ul[@class='chosen']//a/@href") == ["?q=lava", "?q=lava"]


@pytest.mark.parametrize("value", ["nothing", "00000000-0000-0000-0000-000000000000", "'\"<x>"])
@pytest.mark.parametrize("name", ["type", "topic", "audience", "country"])
def test_unknown_choice_finds_nothing_and_offers_to_go_without(
    world: dict[str, Any], search: Search, name: str, value: str
) -> None:
    page = search("lava", **{name: value})

    assert heading(page) == "Nothing found for “lava”"
    assert page.xpath("//div[@class='advice']//a/@href") == ["?q=lava", "/en/contact/"]


def test_misspelt_words_are_corrected_and_can_be_searched_all_the_same(world: dict[str, Any], search: Search) -> None:
    page = search("vulcano")

    assert (heading(page), titles(page)) == ("1 result for “volcano”", ["Lava chapter"])
    (sentence,) = page.xpath("//p[@class='corrected']")
    assert sentence.xpath("string(strong)") == "volcano"
    assert sentence.xpath("a/@href") == ["?q=vulcano&exact=1"]

    exact = search("vulcano", exact="1")
    assert (heading(exact), titles(exact)) == ("Nothing found for “vulcano”", [])
    assert exact.xpath("//p[@class='corrected']") == []


def test_what_was_typed_is_shown_as_text(world: dict[str, Any], search: Search) -> None:
    page = search('<script>alert("x")</script>')

    assert page.xpath("//input[@id='q']/@value") == ['<script>alert("x")</script>']
    assert [one.text for one in page.xpath("//script")] == [None]


def test_page_without_words_says_how_to_search(world: dict[str, Any], search: Search) -> None:
    page = search("  ")

    assert page.xpath("//h2") == []
    assert len(page.xpath("//div[@class='advice']//li")) == 3
    assert page.xpath("//title/text()") == ["Search – Studies"]


@pytest.mark.parametrize("query", ["\0", '"', "-", "(((", "🌋", "a" * 5000, "%", "lava*"])
def test_nothing_typed_breaks_the_page(world: dict[str, Any], search: Search, query: str) -> None:
    assert search(query).xpath("//h1/text()") == ["Search"]


def test_results_come_ten_to_a_page(home: HomePage, search: Search) -> None:
    study = factories.make_study(home)
    for number in range(23):
        factories.make_chapter(study, f"Lava {number:02}")
    first, last = search("lava"), search("lava", page="3")

    assert (heading(first), len(titles(first)), len(titles(last))) == ("23 results for “lava”", 10, 3)
    assert first.xpath("//nav[@class='pages']//a/@href") == ["?q=lava&page=2", "?q=lava&page=3", "?q=lava&page=2"]
    assert last.xpath("//nav[@class='pages']//a/@href") == ["?q=lava&page=2", "?q=lava", "?q=lava&page=2"]
    assert last.xpath("//ol[@class='results']/@start") == ["21"]
    everything = [*titles(first), *titles(search("lava", page="2")), *titles(last)]
    assert sorted(everything) == [f"Lava {number:02}" for number in range(23)]


@pytest.mark.parametrize(("page", "number"), [("99", 3), ("0", 1), ("x", 1), ("-1", 1), ("٣", 1), ("9" * 30, 1)])
def test_page_that_does_not_exist_becomes_one_that_does(
    home: HomePage, search: Search, page: str, number: int
) -> None:
    study = factories.make_study(home)
    for place in range(21):
        factories.make_chapter(study, f"Lava {place}")

    found = search("lava", page=page)

    assert found.xpath("//nav[@class='pages']//span[@aria-current]/text()") == [str(number)]
    assert len(titles(found)) == (1 if number == 3 else 10)


def test_other_languages_are_offered_with_their_counts(world: dict[str, Any], home: HomePage, search: Search) -> None:
    for page in (home, world["study"], world["chapter"]):
        factories.translate(type(page).objects.get(pk=page.pk), "fi")

    found = search("chapter")

    assert [" ".join(one.text_content().split()) for one in found.xpath("//nav[@class='elsewhere']//a")] == [
        "Suomi: 1 result"
    ]
    assert found.xpath("//nav[@class='elsewhere']//a/@href") == ["/fi/search/?q=chapter"]
    assert titles(search("chapter", "fi")) == ["fi Lava chapter"]


@pytest.mark.parametrize("hide", ["unpublish", "restrict", "draft"])
def test_hidden_page_is_neither_found_nor_counted_nor_suggested(
    world: dict[str, Any], search: Search, visit: Visit, hide: str
) -> None:
    chapter = ChapterPage.objects.get(pk=world["chapter"].pk)
    if hide == "unpublish":
        chapter.unpublish()
    elif hide == "restrict":
        factories.restrict(chapter)
    else:
        factories.make_chapter(world["study"], "Lava draft", live=False)

    page = search("lava")

    assert heading(page) == ("6 results for “lava”" if hide == "draft" else "5 results for “lava”")
    assert counts(page, "topic") == {"Water": 3 if hide == "draft" else 2}
    found = [one["title"] for one in visit("/en/search/suggestions?q=lava").json()["suggestions"]]
    assert "<mark>Lava</mark> draft" not in found
    assert ("<mark>Lava</mark> chapter" in found) is (hide == "draft")


def test_hidden_topic_is_no_choice(world: dict[str, Any], search: Search) -> None:
    world["topic"].unpublish()

    assert counts(search("lava"), "topic") == {}


def test_suggestions_name_titles_with_address_and_kind(world: dict[str, Any], visit: Visit) -> None:
    answer = visit("/en/search/suggestions?q=lava+ch")

    assert answer.json() == {
        "suggestions": [
            {
                "kind": "Chapter",
                "title": "<mark>Lava</mark> <mark>chapter</mark>",
                "address": "/en/study/lava-chapter/",
            }
        ]
    }
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    assert visit("/en/search/suggestions?q=l").json() == {"suggestions": []}


def test_only_the_search_page_may_run_a_script(world: dict[str, Any], visit: Visit) -> None:
    page = visit("/en/search/?q=lava")

    scripts = lxml.html.fromstring(page.content).xpath("//script")
    assert [(one.get("src"), one.get("type"), one.text) for one in scripts] == [
        ("/static/reader/search.js", "module", None)
    ]
    assert "script-src 'self'; connect-src 'self'; form-action 'self'" in page["Content-Security-Policy"]
    assert not page.cookies
    assert "script-src 'self'" not in visit("/en/")["Content-Security-Policy"]


@pytest.mark.parametrize("locale", LOCALES)
def test_search_speaks_every_language_and_leads_to_itself_in_the_others(
    world: dict[str, Any], search: Search, locale: str
) -> None:
    page = search("lava", locale)

    with translation.override(locale):
        assert page.xpath("//h1/text()") == [gettext("Search")]
    others = [code for code in LOCALES if code != locale]
    assert page.xpath("//nav[@class='languages']//a/@href") == [f"/{code}/search/?q=lava" for code in others]


def test_every_page_has_the_search_in_its_header(world: dict[str, Any], visit: Visit) -> None:
    for path, status in (("/en/", 200), ("/fi/study/lava-chapter/", 200), ("/de/nowhere/", 404)):
        (form,) = lxml.html.fromstring(visit(path, status).content).xpath("//header//form[@role='search']")
        assert form.get("action") == f"/{path[1:3]}/search/"
        assert form.xpath(".//input/@name") == ["q"]
    own = lxml.html.fromstring(visit("/en/search/").content)
    assert len(own.xpath("//form[@role='search']")) == 1


def test_statements_do_not_grow_with_results(home: HomePage, visit: Visit) -> None:
    study, tools = factories.make_study(home), factories.make_tools(home)
    counted, made = [], 0
    for size in (4, 12):  # more than a page of results each
        for number in range(made, size):
            topic, audience = factories.make_topic(f"Topic {number}"), factories.make_audience(f"People {number}")
            factories.make_chapter(study, f"Lava {number}", [topic])
            tool = factories.make_tool(tools, f"Lava tool {number}", issue=topic, audience=[audience])
            factories.make_brochure(tool, f"Lava sheet {number}")
        made = size
        with CaptureQueriesContext(connection) as captured:
            visit("/en/search/?q=lava")
        counted.append(len(captured))

    assert counted[0] == counted[1]

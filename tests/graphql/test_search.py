"""GraphQL `search`: what is found, in which order, by what, and that nothing hidden ever is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import HomePage
from pages.models import ChapterPage, StudyPage
from tests import factories
from tests.graphql.conftest import Ask

FIND = """query($q: String!, $locale: Locale!, $types: [EntryType!], $filter: SearchFilter, $first: Int, $after: String) {
    search(query: $q, locale: $locale, types: $types, filter: $filter, first: $first, after: $after) {
        totalCount corrected pageInfo { hasNextPage hasPreviousPage endCursor }
        edges { cursor score title excerpt node { __typename entryId ... on Page { path } } } } }"""


@pytest.fixture
def study(home: HomePage) -> StudyPage:
    """Return a study with two chapters about volcanoes, one of them in its title."""
    study = factories.make_study(home)
    lava = factories.paragraph("<p>Hot lava &amp; ash come out of a volcano.</p>")
    factories.make_chapter(study, "Volcano watching", body=[lava])
    factories.make_chapter(study, "Mountains", body=[lava])
    return study


def find(ask: Ask, q: str, locale: str = "EN", **more: Any) -> dict[str, Any]:
    """Search, and return the connection."""
    found: dict[str, Any] = ask(FIND, q=q, locale=locale, **more)["search"]
    return found


def paths(found: dict[str, Any]) -> list[str]:
    """Return the paths of what was found, in order."""
    return [edge["node"].get("path", "") for edge in found["edges"]]


def test_entries_are_found_by_their_words_titles_first(ask: Ask, study: StudyPage) -> None:
    found = find(ask, "volcanoes lava")

    assert paths(found) == ["/study/volcano-watching/", "/study/mountains/"]
    assert (found["totalCount"], found["corrected"]) == (2, None)
    first, second = found["edges"]
    assert first["score"] > second["score"] > 0
    assert first["node"]["__typename"] == "Chapter"
    assert first["title"] == "<mark>Volcano</mark> watching"
    assert second["excerpt"] == "Hot <mark>lava</mark> &amp; ash come out of a <mark>volcano</mark>."


def test_misspelt_words_are_corrected_and_told(ask: Ask, study: StudyPage) -> None:
    found = find(ask, "vulcano lava")

    assert found["corrected"] == "volcano lava"
    assert paths(found) == ["/study/volcano-watching/", "/study/mountains/"]


def test_query_without_words_finds_nothing_without_a_statement(ask: Ask, study: StudyPage) -> None:
    found = find(ask, ' "" - * ')

    assert (found["edges"], found["totalCount"]) == ([], 0)
    assert found["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": False, "endCursor": None}


@pytest.mark.parametrize(
    "query", ["\0", "'; DROP TABLE x;--", "a" * 5000, "(((", "NEAR/2 AND OR", "🌋", '"', "lava:*"]
)
def test_no_words_break_the_search(ask: Ask, study: StudyPage, query: str) -> None:
    assert find(ask, query)["totalCount"] >= 0


def _draft(page: Any) -> None:
    page.unpublish()


def _restrict(page: Any) -> None:
    factories.restrict(page)


def _delete(page: Any) -> None:
    page.delete()


def _new_words_in_a_draft(page: Any) -> None:
    page.live = True
    page.title = "Rivers"
    page.summary, page.body = "", []
    page.save()
    page.title = "Volcano again"
    page.save_revision()


@pytest.mark.parametrize("hide", [_draft, _restrict, _delete, _new_words_in_a_draft])
def test_hidden_chapter_is_neither_found_nor_counted(ask: Ask, study: StudyPage, hide: Callable[[Any], None]) -> None:
    hide(ChapterPage.objects.get(slug="volcano-watching"))

    found = find(ask, "volcano")

    assert paths(found) == ["/study/mountains/"]
    assert found["totalCount"] == 1


def test_restriction_hides_even_from_an_index_that_still_knows(ask: Ask, study: StudyPage) -> None:
    from cms.delivery.models import Entry, Visibility
    from search.models import IndexRow

    Entry.objects.filter(slug="mountains").update(visibility=Visibility.RESTRICTED)

    assert IndexRow.objects.filter(title="Mountains").exists()
    assert paths(find(ask, "lava")) == ["/study/volcano-watching/"]


def test_only_the_language_asked_for_is_searched(ask: Ask, home: HomePage, study: StudyPage) -> None:
    factories.translate(HomePage.objects.get(pk=home.pk), "fr")
    factories.translate(study, "fr")
    factories.translate(ChapterPage.objects.get(slug="mountains"), "fr", text=lambda text: f"{text} montagne")

    assert paths(find(ask, "montagne", "FR")) == ["/study/mountains/"]
    assert find(ask, "montagne")["totalCount"] == 0
    assert find(ask, "watching", "FR")["totalCount"] == 0


def test_types_topics_audiences_and_countries_narrow(ask: Ask, home: HomePage) -> None:
    topic, other = factories.make_topic("Water"), factories.make_topic("Fire")
    teachers = factories.make_audience()
    study, tools = factories.make_study(home), factories.make_tools(home)
    factories.make_chapter(study, "Lava chapter", [topic])
    tool = factories.make_tool(tools, "Lava tool", issue=topic, audience=[teachers])
    factories.make_brochure(tool, "Lava brochure")
    factories.make_tool(tools, "Lava fire", issue=other)
    factories.make_event(factories.make_events(home), "Lava day", country="FI")
    factories.make_organisation("Lava institute", country="FI")

    def titles(**more: Any) -> list[str]:
        return sorted(edge["title"].replace("<mark>Lava</mark> ", "") for edge in find(ask, "lava", **more)["edges"])

    assert titles() == ["brochure", "chapter", "day", "fire", "institute", "tool"]
    assert titles(types=["GUIDANCE_TOOL", "EVENT"]) == ["day", "fire", "tool"]
    assert titles(types=[]) == []
    assert titles(filter={"topicId": str(topic.translation_key)}) == ["brochure", "chapter", "tool"]
    assert titles(filter={"audienceId": str(teachers.translation_key)}) == ["brochure", "tool"]
    assert titles(filter={"country": "FI"}) == ["day", "institute"]
    assert titles(filter={"country": "FI"}, types=["EVENT"]) == ["day"]
    assert titles(filter={"topicId": str(topic.translation_key), "country": "FI"}) == []


def test_list_goes_on_behind_its_cursor_to_the_end(ask: Ask, home: HomePage) -> None:
    study = factories.make_study(home)
    for number in range(5):
        factories.make_chapter(study, f"Lava {number}")
    whole = paths(find(ask, "lava"))

    walked, after = [], None
    for _ in range(3):
        stretch = find(ask, "lava", first=2, after=after)
        assert (stretch["totalCount"], stretch["pageInfo"]["hasPreviousPage"]) == (5, after is not None)
        walked.append(paths(stretch))
        after = stretch["pageInfo"]["endCursor"]

    assert walked == [whole[:2], whole[2:4], whole[4:]]
    assert stretch["pageInfo"]["hasNextPage"] is False


def test_list_goes_on_without_a_gap_when_something_before_it_has_gone(ask: Ask, home: HomePage) -> None:
    study = factories.make_study(home)
    for number in range(4):
        factories.make_chapter(study, f"Lava {number}")
    whole = paths(find(ask, "lava"))
    after = find(ask, "lava", first=2)["pageInfo"]["endCursor"]

    ChapterPage.objects.get(slug=whole[0].split("/")[-2]).unpublish()
    assert paths(find(ask, "lava", after=after)) == whole[2:]

    ChapterPage.objects.get(slug=whole[1].split("/")[-2]).unpublish()
    assert whole[3] in paths(find(ask, "lava", after=after))


@pytest.mark.parametrize(
    "change", [{"q": "ash"}, {"locale": "FR"}, {"types": ["CHAPTER"]}, {"filter": {"country": "FI"}}, {"after": "x"}]
)
def test_cursor_of_another_search_is_refused(ask: Ask, answer: Ask, study: StudyPage, change: dict[str, Any]) -> None:
    after = find(ask, "lava", first=1)["pageInfo"]["endCursor"]

    result = answer(FIND, **{"q": "lava", "locale": "EN", "after": after, **change})

    assert result["errors"][0]["extensions"]["code"] == "CURSOR_INVALID"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"first": 0}, "`first` is 0; it must be between 1 and 100."),
        (
            {"filter": {"country": "Finland"}},
            "`country` is 'Finland'; give two capital letters (ISO 3166-1 alpha-2), such as FI.",
        ),
        ({"filter": {"topicId": "x"}}, "`topicId` is 'x'; give an `entryId`, such as one that a list returns."),
    ],
)
def test_wrong_arguments_are_refused_with_what_to_do(
    answer: Ask, study: StudyPage, arguments: dict[str, Any], message: str
) -> None:
    error = answer(FIND, q="lava", locale="EN", **arguments)["errors"][0]

    assert (error["message"], error["extensions"]["code"]) == (message, "BAD_REQUEST")


def test_statements_do_not_grow_with_what_is_found(ask: Ask, home: HomePage) -> None:
    study, topic = factories.make_study(home), factories.make_topic()
    arguments: dict[str, Any] = {"first": 100, "filter": {"topicId": str(topic.translation_key)}}
    counts, made = [], 0
    for size in (1, 10, 50):
        for number in range(made, size):
            factories.make_chapter(study, f"Lava {number}", [topic])
        made = size
        with CaptureQueriesContext(connection) as captured:
            assert find(ask, "lava", **arguments)["totalCount"] == size
        counts.append(len(captured))

    assert len(set(counts)) == 1
    assert counts[0] <= 9

"""Lists: cursors, orders, filters, limits."""

from datetime import UTC, datetime
from typing import Any

import pytest

from home.models import HomePage
from pages.models import ChapterPage, StudyPage
from pages.signals import content_transaction
from tests import factories
from tests.graphql.conftest import Ask

PAGE = "nodes { title } edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount"


@pytest.fixture
def study(home: HomePage) -> StudyPage:
    """Return a study of five chapters."""
    study = factories.make_study(home)
    with content_transaction():
        for number in range(1, 6):
            factories.make_chapter(study, f"C{number}")
    return study


def _titles(connection: dict[str, Any]) -> list[str]:
    return [node["title"] for node in connection["nodes"]]


@pytest.mark.parametrize("nested", [False, True])
def test_walking_with_cursors_sees_everything_once(ask: Ask, study: StudyPage, nested: bool) -> None:
    plain = f"query($after: String) {{ chapters(first: 2, after: $after) {{ {PAGE} }} }}"
    below = f'query($after: String) {{ study(slug: "study") {{ chapters(first: 2, after: $after) {{ {PAGE} }} }} }}'
    stretches, after = [], None
    while not stretches or stretches[-1]["pageInfo"]["hasNextPage"]:
        data = ask(below if nested else plain, after=after)
        stretches.append((data["study"] if nested else data)["chapters"])
        after = stretches[-1]["pageInfo"]["endCursor"]

    assert [_titles(one) for one in stretches] == [["C1", "C2"], ["C3", "C4"], ["C5"]]
    assert [one["pageInfo"]["hasPreviousPage"] for one in stretches] == [False, True, True]
    assert {one["totalCount"] for one in stretches} == {5}
    first = stretches[0]
    assert [edge["node"]["title"] for edge in first["edges"]] == ["C1", "C2"]
    assert [edge["cursor"] for edge in first["edges"]] == [
        first["pageInfo"]["startCursor"],
        first["pageInfo"]["endCursor"],
    ]


def test_cursor_survives_a_new_chapter_and_a_gone_one(ask: Ask, study: StudyPage) -> None:
    after = ask("{ chapters(first: 3) { pageInfo { endCursor } } }")["chapters"]["pageInfo"]["endCursor"]
    ChapterPage.objects.get(slug="c3").delete()
    factories.make_chapter(study, "C6")

    rest = ask("query($a: String) { chapters(after: $a) { nodes { title } } }", a=after)["chapters"]

    assert _titles(rest) == ["C4", "C5", "C6"]


@pytest.mark.parametrize(
    "other",
    [
        "chapters(locale: FR, after: $a)",
        "chapters(fallback: SOURCE, after: $a)",
        "chapters(filter: {number: 2}, after: $a)",
        "chapters(orderBy: UPDATED_NEWEST, after: $a)",
        "studies(after: $a)",
    ],
)
def test_cursor_of_another_list_is_refused(answer: Ask, study: StudyPage, other: str) -> None:
    first = answer("{ chapters(first: 2) { pageInfo { endCursor } } }")["data"]["chapters"]
    after = first["pageInfo"]["endCursor"]

    result = answer(f"query($a: String) {{ {other} {{ totalCount }} }}", a=after)

    assert [error["extensions"]["code"] for error in result["errors"]] == ["CURSOR_INVALID"]


@pytest.mark.parametrize(
    "change", [lambda text: text[:-2], lambda text: "x" + text, lambda text: "", lambda text: "7"]
)
def test_forged_cursor_is_refused(answer: Ask, study: StudyPage, change: Any) -> None:
    after = answer("{ chapters(first: 2) { pageInfo { endCursor } } }")["data"]["chapters"]["pageInfo"]["endCursor"]

    result = answer("query($a: String) { chapters(after: $a) { totalCount } }", a=change(after))

    assert [error["extensions"]["code"] for error in result["errors"]] == ["CURSOR_INVALID"]


@pytest.mark.parametrize("first", [0, -1, 101])
@pytest.mark.parametrize("field", ["chapters(first: %d)", 'page(path: "/") { children(first: %d)'])
def test_first_out_of_range_is_refused(answer: Ask, study: StudyPage, field: str, first: int) -> None:
    closing = "}" if "page(" in field else ""

    result = answer(f"{{ {field % first} {{ nodes {{ title }} }} {closing} }}")

    assert result["errors"][0]["message"] == f"`first` is {first}; it must be between 1 and 100."
    assert result["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_orders(ask: Ask, study: StudyPage) -> None:
    chapter = ChapterPage.objects.get(slug="c2")
    chapter.summary = "<p>New</p>"
    chapter.save()

    data = ask(
        """{ position: chapters(orderBy: POSITION) { nodes { title } }
        updated: chapters(orderBy: UPDATED_NEWEST, first: 1) { nodes { title } } }"""
    )

    assert _titles(data["position"]) == ["C1", "C2", "C3", "C4", "C5"]
    assert _titles(data["updated"]) == ["C2"]


def test_chapter_filters(ask: Ask, home: HomePage, study: StudyPage) -> None:
    other = factories.make_study(home, "Other")
    topic = factories.make_topic()
    factories.make_chapter(other, "X1", [topic])
    factories.make_chapter(other, "X2")

    data = ask(
        """query($study: ID, $topic: ID) { study: chapters(filter: {studyId: $study}) { nodes { title } totalCount }
        topic: chapters(filter: {topicId: $topic}) { nodes { title } }
        second: chapters(filter: {number: 2}) { nodes { title } }
        both: chapters(filter: {studyId: $study, number: 2, topicId: null}) { nodes { title } } }""",
        study=str(other.translation_key),
        topic=str(topic.translation_key),
    )

    assert (_titles(data["study"]), data["study"]["totalCount"]) == (["X1", "X2"], 2)
    assert _titles(data["topic"]) == ["X1"]
    assert _titles(data["second"]) == ["C2", "X2"]
    assert _titles(data["both"]) == ["X2"]


@pytest.fixture
def events(home: HomePage) -> None:
    """Make events: two fixed days, two provisional."""
    index = factories.make_events(home)
    fixed = {"is_provisional": False, "time_zone": "Europe/Paris"}
    factories.make_event(index, "June", starts_at=datetime(2026, 6, 1, 9, tzinfo=UTC), country="FR", **fixed)
    factories.make_event(index, "Open", country="FI")
    factories.make_event(index, "May", starts_at=datetime(2026, 5, 1, 9, tzinfo=UTC), country="FI", **fixed)
    factories.make_event(index, "Later")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", ["May", "June", "Open", "Later"]),
        ("orderBy: DATE_LATEST", ["June", "May", "Open", "Later"]),
        ("orderBy: POSITION", ["June", "Open", "May", "Later"]),
        ("filter: {isProvisional: true}", ["Open", "Later"]),
        ('filter: {country: "FI"}', ["May", "Open"]),
        ('filter: {after: "2026-05-01", before: "2026-06-01"}', ["May"]),
        ('filter: {after: "2026-05-02"}', ["June"]),
    ],
)
@pytest.mark.usefixtures("events")
def test_events_by_date_and_filter(ask: Ask, arguments: str, expected: list[str]) -> None:
    found, after = [], ""
    while True:
        stretch = ask(
            f"{{ events(first: 1, {arguments} {after}) {{ nodes {{ title }} pageInfo {{ hasNextPage endCursor }} }} }}"
        )
        found += _titles(stretch["events"])
        if not stretch["events"]["pageInfo"]["hasNextPage"]:
            break
        after = f'after: "{stretch["events"]["pageInfo"]["endCursor"]}"'

    assert found == expected


def test_organisations_by_country_and_role(ask: Ask, answer: Ask, home: HomePage) -> None:
    for name, country, role in (("Zeta", "FI", "PARTNER"), ("Alpha", "FR", "PARTNER"), ("Beta", "FI", "NETWORK")):
        factories.make_organisation(name, country=country, role=role)
    factories.make_organisation("Nowhere")
    names = "nodes { name }"

    data = ask(
        f"""{{ all: organisations {{ {names} }} finnish: organisations(filter: {{country: "FI"}}) {{ {names} }}
        networks: organisations(filter: {{role: NETWORK}}) {{ {names} }} }}"""
    )
    wrong = answer('{ organisations(filter: {country: "Finland"}) { totalCount } }')

    assert {key: [node["name"] for node in found["nodes"]] for key, found in data.items()} == {
        "all": ["Beta", "Zeta", "Alpha", "Nowhere"],
        "finnish": ["Beta", "Zeta"],
        "networks": ["Beta"],
    }
    assert wrong["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_tools_brochures_topics_audiences_and_contacts_are_listed(ask: Ask, home: HomePage) -> None:
    water, air = factories.make_topic("Water", sort_order=2), factories.make_topic("Air", sort_order=1)
    audience = factories.make_audience()
    index = factories.make_tools(home)
    factories.make_brochure(factories.make_tool(index, "First", issue=water, audience=[audience]))
    factories.make_tool(index, "Second", issue=air)
    factories.make_contact(factories.make_organisation(), "Office")

    data = ask(
        """query($water: ID, $audience: ID) { guidanceTools { nodes { title } }
        about: guidanceTools(filter: {issueId: $water}) { nodes { title } }
        forThem: guidanceTools(filter: {audienceId: $audience}) { nodes { title } }
        brochures { nodes { title parent { title } } } topics { nodes { name } } audiences { nodes { name } }
        contacts { nodes { name } } studies { nodes { title } totalCount } }""",
        water=str(water.translation_key),
        audience=str(audience.translation_key),
    )

    assert data == {
        "guidanceTools": {"nodes": [{"title": "First"}, {"title": "Second"}]},
        "about": {"nodes": [{"title": "First"}]},
        "forThem": {"nodes": [{"title": "First"}]},
        "brochures": {"nodes": [{"title": "Brochure", "parent": {"title": "First"}}]},
        "topics": {"nodes": [{"name": "Air"}, {"name": "Water"}]},
        "audiences": {"nodes": [{"name": "Teachers"}]},
        "contacts": {"nodes": [{"name": "Office"}]},
        "studies": {"nodes": [], "totalCount": 0},
    }

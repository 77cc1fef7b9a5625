"""The ways from page to page: chapters of a study, tools beside a tool, what the home page leads to, events by date."""

import re
from collections.abc import Callable

from home.models import HomePage
from tests import factories
from tests.reader.conftest import Place

Read = Callable[..., str]


def side_list(html: str) -> str:
    """Return the list of the pages that stand beside the page."""
    return html.split('<nav class="siblings side"')[1].split("</nav>")[0]


def test_chapter_lists_all_chapters_and_marks_itself(place: Place, read: Read) -> None:
    factories.make_chapter(place.study, "Evidence")
    factories.translate(place.home, "fi")

    html = side_list(read("/en/study/evidence/"))
    finnish = side_list(read("/fi/study/evidence/"))

    assert '<a href="/en/study/inquiry/"><span class="number">1</span> <span class="title">Inquiry</span></a>' in html
    current = '<a href="/en/study/evidence/" aria-current="page"><span class="number">2</span>'
    assert current in html
    assert html.count("aria-current") == 1
    assert '<span class="count">2/2</span>' in html
    assert finnish.count('<li lang="en">') == 2


def test_only_chapter_of_a_study_has_no_list_beside_it(place: Place, read: Read) -> None:
    assert "siblings" not in read("/en/study/inquiry/")


def test_tool_lists_the_other_tools(home: HomePage, read: Read) -> None:
    index = factories.make_tools(home)
    factories.make_tool(index, "First")
    factories.make_tool(index, "Second")

    html = side_list(read("/en/tools/second/"))

    assert '<a href="/en/tools/first/"><span class="title">First</span></a>' in html
    assert '<a href="/en/tools/second/" aria-current="page"><span class="title">Second</span></a>' in html


def test_home_leads_to_tools_by_issue_and_to_the_chapters_of_the_study(place: Place, read: Read) -> None:
    index = factories.make_tools(place.home)
    factories.make_tool(index, "Sensors", issue=factories.make_topic("Digital", sort_order=2))

    html = read("/en/")

    assert '<h2 id="tools-title"><a href="/en/tools/">' in html
    assert '<li class="issue issue-3">' in html
    assert '<a href="/en/tools/sensors/">Sensors</a><span class="issue-name">Digital</span>' in html
    assert '<h2 id="study-1"><a href="/en/study/">Study</a></h2>' in html
    assert '<a href="/en/study/inquiry/"><span class="number">1</span> <span class="title">Inquiry</span></a>' in html


def test_events_are_parted_in_upcoming_and_past(home: HomePage, read: Read) -> None:
    index = factories.make_events(home)
    for name, start, end in (
        ("Undated", "", ""),
        ("Far", "2998-05", "2998-06"),
        ("Near", "2997-01", ""),
        ("Long", "2018-01", "2997-01"),
        ("Ancient", "2001-01", "2001-02"),
        ("Old", "2018-01", ""),
    ):
        factories.make_event(index, name, period_start=start, period_end=end)

    html = read("/en/events/")

    upcoming, past = html.split('<h2 id="past">Past</h2>')
    assert '<h2 id="upcoming">Upcoming</h2>' in upcoming
    titles = re.compile(r"<h3><a [^>]+>(\w+)</a></h3>")
    assert titles.findall(upcoming) == ["Long", "Near", "Far", "Undated"]
    assert titles.findall(past) == ["Old", "Ancient"]


def test_empty_events_are_announced(home: HomePage, read: Read) -> None:
    factories.make_events(home)

    html = read("/en/events/")

    assert "<p>Events are to be announced.</p>" in html
    assert "upcoming" not in html

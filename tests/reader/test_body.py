"""Bodies as HTML, for the website and for partners alike."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.delivery.body import render_body
from cms.delivery.html import LinkStyle
from cms.delivery.loading import Loader
from cms.delivery.queries import Reading, entry_by_path
from tests import factories
from tests.reader.conftest import Place


def text(html: str) -> dict[str, Any]:
    """Return rich text of a payload."""
    return {"html": html, "words": 1}


def block(kind: str, **value: Any) -> dict[str, Any]:
    """Return a block of a payload."""
    return {"id": "b1", "type": kind, "value": value}


def loader(locale: str = "en") -> Loader:
    """Return a loader that has delivered nothing."""
    return Loader(Reading(locale))


def test_levels_of_headings_follow_the_place_where_the_body_stands() -> None:
    body = [
        block("heading", level=2, text="A", anchor="a"),
        block("heading", level=4, text="B", anchor="b"),
        block("key_points", title="C", points=["one"]),
    ]

    html = render_body(body, loader(), heading_level=4)

    assert '<h4 id="a">A</h4>' in html
    assert '<h6 id="b">B</h6>' in html
    assert '<h6 class="block-title" id="points-b1">C</h6>' in html


def test_title_before_the_first_heading_takes_the_first_level() -> None:
    assert '<h3 class="block-title"' in render_body(
        [block("checklist", title="", items=["x"])], loader(), heading_level=3
    )


def test_texts_of_authors_are_escaped() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    body = [
        block("heading", level=2, text=hostile, anchor="a"),
        block("quote", quote=hostile, attribution=hostile),
        block("table", caption=None, columns=[hostile], rows=[[hostile]], has_row_header=False),
        block("key_points", title=hostile, points=[hostile]),
        block("checklist", title=hostile, items=[hostile]),
        block("reflection", title=hostile, questions=[hostile]),
        block("figure", image=None, caption=None, credit=hostile, long_description=hostile),
    ]

    html = render_body(body, loader())

    assert "<img" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;") == 13


def test_links_are_addresses_or_paths(place: Place) -> None:
    factories.make_chapter(
        place.study, "Linked", body=[factories.paragraph(f"<p>{factories.page_anchor(place.study)}</p>")]
    )
    reading = Loader(Reading("en"))
    item = reading.deliver_one(entry_by_path(reading.reading, "/study/linked/"))
    assert item is not None

    assert '<a href="https://site.example/en/study/">more</a>' in render_body(item.payload["body"], reading)
    assert '<a href="/study/">more</a>' in render_body(item.payload["body"], reading, LinkStyle.PATH)


def test_link_to_what_cannot_be_delivered_is_its_text(place: Place) -> None:
    factories.make_chapter(
        place.study,
        "Linked",
        body=[
            factories.paragraph(f"<p>{factories.page_anchor(place.chapter)}</p>"),
            factories.block(
                "link_list", {"title": "", "links": [{"text": "In", "page": place.chapter.pk, "url": ""}]}
            ),
        ],
    )
    factories.restrict(place.chapter)
    reading = Loader(Reading("en"))
    item = reading.deliver_one(entry_by_path(reading.reading, "/study/linked/"))
    assert item is not None

    html = render_body(item.payload["body"], reading)

    assert "<p>more</p>" in html
    assert "<ul><li>In</li></ul>" in html
    assert "<a " not in html


@pytest.mark.parametrize("number", [1, 10])
def test_statements_do_not_grow_with_blocks(place: Place, number: int) -> None:
    images = [factories.make_image(f"Picture {n}") for n in range(number)]
    body = [factories.figure(image) for image in images]
    body += [factories.paragraph(f"<p>{factories.page_anchor(place.study)}</p>") for _ in range(number)]
    factories.make_chapter(place.study, "Long", body=body)
    reading = Loader(Reading("en"))
    item = reading.deliver_one(entry_by_path(reading.reading, "/study/long/"))
    assert item is not None

    with CaptureQueriesContext(connection) as captured:
        html = render_body(item.payload["body"], reading)

    assert html.count("<figure") == number
    assert len(captured) == 4

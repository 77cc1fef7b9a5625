"""What search engines and other sites are told."""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from cms.delivery.models import Entry
from cms.reader.locales import open_graph_locale
from home.models import HomePage
from pages.models import ChapterPage, PartnersPage
from tests import factories
from tests.reader.conftest import Place, Visit

Read = Callable[..., str]
START, END = '<script type="application/ld+json">', "</script>"


def data_text(html: str) -> str:
    """Return the text of the page's one data element."""
    assert html.count("<script") == 1
    return html.split(START)[1].split(END)[0]


def graph(html: str) -> list[dict[str, Any]]:
    """Return the things that a page describes."""
    found = json.loads(data_text(html))
    assert found["@context"] == "https://schema.org"
    things: list[dict[str, Any]] = found["@graph"]
    return things


def test_chapter_says_who_wrote_it_when_and_where_it_belongs(place: Place, read: Read) -> None:
    institute = factories.make_organisation("Institute")
    factories.make_chapter(
        place.study,
        "Evidence",
        topics=[factories.make_topic("Climate")],
        summary="<p>In short</p>",
        sources="Ana (2010). Trees.",
        authors=[factories.block("author", {"name": "Ana", "role": "Text", "organisation": institute.pk})],
    )

    chapter, crumbs = graph(read("/en/study/evidence/"))

    row = Entry.objects.get(path="/study/evidence/")
    assert chapter == {
        "@type": "Chapter",
        "@id": "https://site.example/en/study/evidence/",
        "url": "https://site.example/en/study/evidence/",
        "name": "Evidence",
        "headline": "Evidence",
        "description": "In short",
        "inLanguage": "en",
        "publisher": {"@type": "Organization", "name": "Studies", "url": "https://site.example/"},
        "datePublished": row.first_published_at.isoformat(),
        "dateModified": row.updated_at.isoformat(),
        "author": [{"@type": "Person", "name": "Ana", "affiliation": {"@type": "Organization", "name": "Institute"}}],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isAccessibleForFree": True,
        "position": 2,
        "isPartOf": {"@type": "ScholarlyArticle", "name": "Study", "url": "https://site.example/en/study/"},
        "about": ["Climate"],
        "citation": ["Ana (2010). Trees."],
        "timeRequired": "PT1M",
    }
    assert crumbs == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Home", "item": "https://site.example/en/"},
            {"@type": "ListItem", "position": 2, "name": "Study", "item": "https://site.example/en/study/"},
            {
                "@type": "ListItem",
                "position": 3,
                "name": "Evidence",
                "item": "https://site.example/en/study/evidence/",
            },
        ],
    }


def test_study_is_an_article_with_its_chapters_and_home_a_website(place: Place, read: Read) -> None:
    study = graph(read("/en/study/"))[0]
    home = graph(read("/en/"))

    assert (study["@type"], study["alternativeHeadline"]) == ("ScholarlyArticle", "What works")
    assert study["hasPart"] == [
        {"@type": "Chapter", "name": "Inquiry", "url": "https://site.example/en/study/inquiry/"}
    ]
    assert [thing["@type"] for thing in home] == ["WebSite"]


def test_event_has_a_date_and_place_only_when_it_is_fixed(home: HomePage, read: Read) -> None:
    index = factories.make_events(home)
    fixed = {
        "starts_at": datetime(2018, 3, 12, 8, tzinfo=UTC),
        "time_zone": "Europe/Paris",
        "venue": "Town hall",
        "city": "Graz",
        "country": "AT",
        "organisers": [factories.make_organisation("Institute")],
    }
    factories.make_event(index, "Fixed", is_provisional=False, **fixed)
    factories.make_event(index, "Open", is_provisional=True, starts_at=fixed["starts_at"], time_zone="Europe/Paris")

    event, provisional = graph(read("/en/events/fixed/"))[0], graph(read("/en/events/open/"))[0]

    assert event == {
        "@type": "Event",
        "@id": "https://site.example/en/events/fixed/",
        "url": "https://site.example/en/events/fixed/",
        "name": "Fixed",
        "startDate": "2018-03-12T09:00:00+01:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": {
            "@type": "Place",
            "name": "Town hall",
            "address": {"@type": "PostalAddress", "addressLocality": "Graz", "addressCountry": "AT"},
        },
        "organizer": [{"@type": "Organization", "name": "Institute"}],
    }
    assert set(provisional) == {"@type", "@id", "url", "name"}


def test_partners_are_organisations_with_their_country(home: HomePage, read: Read) -> None:
    factories.add_page(home, PartnersPage, "Partners", slug="partners")
    factories.make_organisation("Institute", country="AT", acronym="INST", website="https://inst.example/")
    factories.make_organisation("Fund", role="FUNDER")

    mentions = graph(read("/en/partners/"))[0]["mentions"]

    assert mentions == [
        {
            "@type": "Organization",
            "name": "Institute",
            "alternateName": "INST",
            "url": "https://inst.example/",
            "address": {"@type": "PostalAddress", "addressCountry": "AT"},
        },
        {"@type": "Organization", "name": "Fund"},
    ]


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!--<script>", "A & B", 'Quote " \\ \u2028'])
def test_hostile_titles_stay_inside_the_data(place: Place, read: Read, title: str) -> None:
    place.chapter.title = title
    place.chapter.save()

    html = read("/en/study/inquiry/")

    text = data_text(html)
    assert not {"<", ">", "&", "\u2028"} & set(text)
    assert graph(html)[0]["name"] == title


def test_data_is_allowed_by_its_hash_and_nothing_else_may_run(place: Place, visit: Visit) -> None:
    answer = visit("/en/study/inquiry/")

    digest = base64.b64encode(hashlib.sha256(data_text(answer.content.decode()).encode()).digest()).decode()
    assert f"; script-src 'sha256-{digest}'; " in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_open_graph_names_locales_times_and_the_picture(place: Place, read: Read) -> None:
    factories.translate(place.home, "fi")
    factories.translate(place.study, "fi")
    chapter = ChapterPage.objects.get(pk=place.chapter.pk)
    chapter.hero = factories.make_image("A field", description="A red field")
    chapter.save()
    factories.translate(chapter, "fi", kept={"slug": "tutkiva"})

    html = read("/fi/study/tutkiva/")

    row = Entry.objects.get(path="/study/tutkiva/")
    for name, value in (
        ("og:type", "article"),
        ("og:locale", "fi_FI"),
        ("og:locale:alternate", "en_GB"),
        ("og:image:alt", "A red field"),
        ("og:url", "https://site.example/fi/study/tutkiva/"),
        ("article:published_time", row.first_published_at.isoformat()),
        ("article:modified_time", row.updated_at.isoformat()),
    ):
        assert f'<meta property="{name}" content="{value}">' in html


@pytest.mark.parametrize(
    ("code", "written"), [("en", "en_GB"), ("de", "de_DE"), ("de-at", "de_AT"), ("sv", "sv_SE"), ("pt-br", "pt_BR")]
)
def test_locales_of_open_graph_have_a_territory(code: str, written: str) -> None:
    assert open_graph_locale(code) == written

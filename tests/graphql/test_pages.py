"""Single entries: pages and snippets of every type with everything that belongs to them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import Settings

from guidance.models import BrochurePage
from home.models import HomePage
from pages.models import InformationPage, OutputsPage, PartnersPage
from tests import factories
from tests.graphql.conftest import Ask


def test_page_by_path_with_what_all_pages_share(ask: Ask, home: HomePage) -> None:
    study = factories.make_study(home)

    data = ask(
        """{ page(path: "/study") { __typename title path url slug entryId requestedLocale contentLocale sourceLocale
        isFallback breadcrumbs { title path url } parent { __typename title }
        translations { locale path url } translationStatus { segments reviewedSegments isStale }
        seo { title description canonicalUrl image { alt } } children { nodes { title } } } }"""
    )

    assert data["page"] == {
        "__typename": "Study",
        "title": "Study",
        "path": "/study/",
        "url": "https://site.example/en/study/",
        "slug": "study",
        "entryId": str(study.translation_key),
        "requestedLocale": "EN",
        "contentLocale": "EN",
        "sourceLocale": "EN",
        "isFallback": False,
        "breadcrumbs": [{"title": "Home", "path": "/", "url": "https://site.example/en/"}],
        "parent": {"__typename": "HomePage", "title": "Home"},
        "translations": [{"locale": "EN", "path": "/study/", "url": "https://site.example/en/study/"}],
        "translationStatus": {"segments": 0, "reviewedSegments": 0, "isStale": False},
        "seo": {
            "title": "Study",
            "description": None,
            "canonicalUrl": "https://site.example/en/study/",
            "image": None,
        },
        "children": {"nodes": []},
    }


def test_home_page_is_the_root_of_paths(ask: Ask, home: HomePage) -> None:
    data = ask('{ page(path: "/") { title path parent { title } breadcrumbs { title } } }')

    assert data["page"] == {"title": "Home", "path": "/", "parent": None, "breadcrumbs": []}


def test_pages_are_found_by_entry_id_and_slug_alike(ask: Ask, home: HomePage) -> None:
    study = factories.make_study(home)
    factories.make_chapter(study, "Inquiry")

    data = ask(
        """query($id: ID!) { study(entryId: $id) { title } page(entryId: $id) { title }
        bySlug: study(slug: "study") { title }
        chapter(slug: "inquiry", studySlug: "study") { title }
        other: chapter(slug: "inquiry", studySlug: "another") { title }
        wrongType: chapter(entryId: $id) { title } }""",
        id=str(study.translation_key),
    )

    assert data == {
        "study": {"title": "Study"},
        "page": {"title": "Study"},
        "bySlug": {"title": "Study"},
        "chapter": {"title": "Inquiry"},
        "other": None,
        "wrongType": None,
    }


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{ page { title } }", "Give exactly one of `path` and `entryId`."),
        ('{ study(slug: "a", entryId: "b") { title } }', "Give exactly one of `slug` and `entryId`."),
        (
            '{ topic(entryId: "seven") { name } }',
            "`entryId` is 'seven'; give an `entryId`, such as one that a list returns.",
        ),
    ],
)
def test_unclear_question_is_refused(answer: Ask, home: HomePage, query: str, message: str) -> None:
    result = answer(query)

    assert [error["message"] for error in result["errors"]] == [message]
    assert result["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}


def test_chapter_with_its_family_and_topics(ask: Ask, home: HomePage) -> None:
    study = factories.make_study(home)
    topics = [factories.make_topic("Water", sort_order=2), factories.make_topic("Air", sort_order=1)]
    organisation = factories.make_organisation("Institute")
    authors = [factories.block("author", {"name": "Ana", "role": "Text", "organisation": organisation.pk})]
    factories.make_chapter(study, "One")
    factories.make_chapter(study, "Two", topics, authors=authors, sources="First\n\n Second ")
    factories.make_chapter(study, "Three")

    data = ask(
        """{ chapter(slug: "two") { number readingMinutes sources license { spdx url } summary { html wordCount }
        previous { title number } next { title } study { title } topics { name }
        authors { name role organisation { name } } attribution } }"""
    )

    assert data["chapter"] == {
        "number": 2,
        "readingMinutes": 1,
        "sources": ["First", "Second"],
        "license": {"spdx": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        "summary": {"html": "About Two", "wordCount": 2},
        "previous": {"title": "One", "number": 1},
        "next": {"title": "Three"},
        "study": {"title": "Study"},
        "topics": [{"name": "Air"}, {"name": "Water"}],
        "authors": [{"name": "Ana", "role": "Text", "organisation": {"name": "Institute"}}],
        "attribution": "Two — Ana — CC-BY-4.0 — https://site.example/en/study/two/",
    }


def test_guidance_tool_with_brochure_and_relations(ask: Ask, home: HomePage) -> None:
    chapter = factories.make_chapter(factories.make_study(home), "Inquiry")
    topic, audience = factories.make_topic(), factories.make_audience()
    tool = factories.make_tool(
        factories.make_tools(home),
        issue=topic,
        audience=[audience],
        related_chapters=[chapter],
        purpose="<p>Why</p>",
        body=factories.every_tool_block(),
    )
    panel = factories.block("panel", {"title": "Panel", "content": "<p>Fold</p>", "image": None})
    factories.make_brochure(tool, file=factories.make_file("Print", "print.pdf"), body=[panel])

    data = ask(
        """{ guidanceTool(slug: "tool") { issue { name } audience { name } relatedChapters { title }
        purpose { plainText } body { __typename
          ... on StepsBlock { title steps { title content { plainText } } }
          ... on ChecklistBlock { title items } ... on ReflectionBlock { title questions } }
        brochure { title availableIn file { title extension type } body { ... on PanelBlock { title content { html }
        image { alt } } } } } }"""
    )

    assert data["guidanceTool"] == {
        "issue": {"name": "Climate"},
        "audience": [{"name": "Teachers"}],
        "relatedChapters": [{"title": "Inquiry"}],
        "purpose": {"plainText": "Why"},
        "body": [
            {
                "__typename": "StepsBlock",
                "title": "Steps",
                "steps": [{"title": "First", "content": {"plainText": "Begin."}}],
            },
            {"__typename": "ChecklistBlock", "title": None, "items": ["Paper", "Pens"]},
            {"__typename": "ReflectionBlock", "title": "Think", "questions": ["What surprised you?"]},
        ],
        "brochure": {
            "title": "Brochure",
            "availableIn": ["EN"],
            "file": {"title": "Print", "extension": "pdf", "type": "application/pdf"},
            "body": [{"title": "Panel", "content": {"html": "<p>Fold</p>"}, "image": None}],
        },
    }


def test_provisional_event_shows_no_time_and_fixed_event_does(ask: Ask, home: HomePage) -> None:
    index = factories.make_events(home)
    moment = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
    factories.make_event(
        index,
        "Open",
        starts_at=moment,
        time_zone="Europe/Paris",
        period_start="2026-05",
        period_note="to be announced",
    )
    factories.make_event(
        index,
        "Fixed",
        is_provisional=False,
        starts_at=moment,
        time_zone="Europe/Helsinki",
        country="FI",
        city="Turku",
        organisers=[factories.make_organisation("Institute")],
        registration_url="https://register.example/",
    )
    fields = """isProvisional period { startMonth endMonth note startsAt endsAt timeZone }
        country countryName city venue organisers { name } registrationUrl"""

    data = ask(
        f'{{ open: event(slug: "open") {{ {fields} }} fixed: event(slug: "fixed", locale: FR, fallback: SOURCE) {{ {fields} }} }}'
    )

    assert data["open"] == {
        "isProvisional": True,
        "period": {
            "startMonth": "2026-05",
            "endMonth": None,
            "note": "to be announced",
            "startsAt": None,
            "endsAt": None,
            "timeZone": None,
        },
        "country": None,
        "countryName": None,
        "city": None,
        "venue": None,
        "organisers": [],
        "registrationUrl": None,
    }
    assert data["fixed"] == {
        "isProvisional": False,
        "period": {
            "startMonth": None,
            "endMonth": None,
            "note": None,
            "startsAt": "2026-05-04T10:30:00+03:00",
            "endsAt": None,
            "timeZone": "Europe/Helsinki",
        },
        "country": "FI",
        "countryName": "Finlande",
        "city": "Turku",
        "venue": None,
        "organisers": [{"name": "Institute"}],
        "registrationUrl": "https://register.example/",
    }


def test_organisation_with_networks_and_contacts(ask: Ask, home: HomePage) -> None:
    network = factories.make_organisation("Network", role="NETWORK")
    image = factories.make_image("Logo", description="The logo")
    organisation = factories.make_organisation(
        "Institute", acronym="INS", country="IT", website="https://ins.example/", logo=image
    )
    organisation.networks.add(network)
    organisation.save()
    factories.make_contact(organisation, "Office", role="Coordination", email="office@ins.example")
    factories.make_contact(organisation, "Archive")

    data = ask(
        """query($id: ID!) { organisation(entryId: $id) { name acronym country countryName role website logo { alt }
        networks { name role } contacts { name jobTitle email phone address organisation { name } } } }""",
        id=str(organisation.translation_key),
    )

    empty = {"jobTitle": None, "email": None, "phone": None, "address": None, "organisation": {"name": "Institute"}}
    assert data["organisation"] == {
        "name": "Institute",
        "acronym": "INS",
        "country": "IT",
        "countryName": "Italy",
        "role": "PARTNER",
        "website": "https://ins.example/",
        "logo": {"alt": "The logo"},
        "networks": [{"name": "Network", "role": "NETWORK"}],
        "contacts": [
            {**empty, "name": "Archive"},
            {**empty, "name": "Office", "jobTitle": "Coordination", "email": "office@ins.example"},
        ],
    }


def test_home_outputs_partners_and_information_pages(ask: Ask, home: HomePage) -> None:
    study = factories.make_study(home)
    home = HomePage.objects.get(pk=home.pk)
    home.lead = "<p>Welcome</p>"
    home.why_questions = [("question", {"question": "Why?"})]
    home.partner_count = 9
    home.calls_to_action = [("call_to_action", {"text": "Read", "page": study})]
    home.save()
    output = {
        "kind": "STUDY",
        "title": "A study",
        "description": "",
        "planned_availability": "2018-01",
        "languages": ["en", "fr"],
        "page": study.pk,
    }
    factories.add_page(home, OutputsPage, "Outputs", slug="outputs", outputs=[factories.block("output", output)])
    note = factories.block("country_note", {"country": "FI", "text": "<p>Details follow.</p>"})
    factories.add_page(home, PartnersPage, "Partners", slug="partners", country_notes=[note])
    factories.add_page(home, InformationPage, "About", slug="about", summary="<p>Us</p>")

    data = ask(
        """{ home: page(path: "/") { ... on HomePage { lead { html } whyQuestions figures { partners countries caption }
        callsToAction { text kind url path entryId } } }
        outputs: page(path: "/outputs/") { ... on OutputsPage { outputs { kind title description { html }
        plannedAvailability languages page { title } } } }
        partners: page(path: "/partners/") { ... on PartnersPage { countryNotes { country countryName text { plainText } } } }
        about: page(path: "/about/") { ... on InformationPage { summary { html } body { __typename } } } }"""
    )

    assert data == {
        "home": {
            "lead": {"html": "<p>Welcome</p>"},
            "whyQuestions": ["Why?"],
            "figures": {"partners": 9, "countries": None, "caption": None},
            "callsToAction": [
                {
                    "text": "Read",
                    "kind": "PAGE",
                    "url": "https://site.example/en/study/",
                    "path": "/study/",
                    "entryId": str(study.translation_key),
                }
            ],
        },
        "outputs": {
            "outputs": [
                {
                    "kind": "STUDY",
                    "title": "A study",
                    "description": None,
                    "plannedAvailability": "2018-01",
                    "languages": ["EN", "FR"],
                    "page": {"title": "Study"},
                }
            ]
        },
        "partners": {
            "countryNotes": [{"country": "FI", "countryName": "Finland", "text": {"plainText": "Details follow."}}]
        },
        "about": {"summary": {"html": "Us"}, "body": []},
    }


def test_site_frame(ask: Ask, home: HomePage, settings: Settings) -> None:
    study = factories.make_study(home)
    factories.make_frame(study, factories.make_image("Logo", description="The logo"))

    data: dict[str, Any] = ask(
        """{ site { name url menu { items { text kind url } } menus { __typename } footer { coordination funding
        links { text path } } facts { logo { id alt } socialImage { alt } email postalAddress }
        locales { locale code name isDefault isRightToLeft url fallbackChain } contentVersion } }"""
    )["site"]
    logo = ask("query($id: ID!) { node(id: $id) { ... on Image { alt } } }", id=data["facts"]["logo"]["id"])

    assert data["menu"] == {
        "items": [
            {"text": "Inside", "kind": "PAGE", "url": "https://site.example/en/study/"},
            {"text": "Outside", "kind": "EXTERNAL", "url": "https://out.example/"},
        ]
    }
    assert data["menus"] == [{"__typename": "MainMenu"}]
    assert data["footer"] == {
        "coordination": "We coordinate",
        "funding": None,
        "links": [{"text": "Inside", "path": "/study/"}],
    }
    assert data["facts"]["logo"]["alt"] == "The logo"
    assert (data["facts"]["socialImage"], data["facts"]["email"]) == (None, "post@site.example")
    assert [locale["code"] for locale in data["locales"]] == ["en", "fr", "fi", "it", "de"]
    assert data["locales"][1] == {
        "locale": "FR",
        "code": "fr",
        "name": "Français",
        "isDefault": False,
        "isRightToLeft": False,
        "url": "https://site.example/fr/",
        "fallbackChain": ["EN"],
    }
    assert (data["name"], data["url"]) == (settings.SITE_NAME, "https://site.example/en/")
    assert int(data["contentVersion"]) > 0
    assert logo == {"node": {"alt": "The logo"}}


def test_brochure_is_its_own_page(ask: Ask, home: HomePage) -> None:
    brochure: BrochurePage = factories.make_brochure(factories.make_tool(factories.make_tools(home)))

    data = ask('{ brochure(slug: "brochure") { path cover { alt } file { url } license { spdx } } }')

    assert brochure.live
    assert data["brochure"] == {
        "path": "/tools/tool/brochure/",
        "cover": None,
        "file": None,
        "license": {"spdx": "CC-BY-4.0"},
    }

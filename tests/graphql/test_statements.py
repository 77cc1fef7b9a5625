"""The number of SQL statements of a request does not depend on how many items there are, at any level."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import HomePage, MainMenu
from pages.models import ChapterPage, Organisation
from pages.signals import content_transaction
from tests import factories
from tests.graphql.conftest import Ask

SIZES = (1, 10, 50)
ENTRY = "id version translations { locale url } translationStatus { segments }"
PAGE = f"""{ENTRY} title path url breadcrumbs {{ title url }} parent {{ title children(first: 2) {{ nodes {{ title }} }} }}
    children(first: 3) {{ nodes {{ id title }} totalCount pageInfo {{ endCursor }} }} seo {{ title canonicalUrl image {{ alt }} }}"""
RICH = "html markdown links { url entryId }"
IMAGE = "alt rendition(preset: CARD) { url } sources(preset: HERO) { srcset }"
ORGANISATION = f"""{ENTRY} name logo {{ {IMAGE} }} networks {{ name contacts {{ name }} }}
    contacts {{ name email organisation {{ name }} }}"""
BLOCKS = f"""__typename ... on ParagraphBlock {{ content {{ {RICH} }} }}
    ... on FigureBlock {{ image {{ {IMAGE} }} caption {{ {RICH} }} }}
    ... on CaseStudyBlock {{ context {{ {RICH} }} organisation {{ name contacts {{ name }} }} }}
    ... on DownloadBlock {{ file {{ url }} }} ... on VideoBlock {{ file {{ url }} captionsUrl }}
    ... on LinkListBlock {{ links {{ url text }} }}"""
CHAPTER = f"""{PAGE} number topics {{ name translations {{ locale }} }} study {{ title chapters(first: 2) {{ nodes {{ title }} }} }}
    previous {{ title previous {{ title }} }} next {{ title next {{ title }} }} hero {{ {IMAGE} }}
    authors {{ organisation {{ {ORGANISATION} }} }} summary {{ {RICH} }} footnotes {{ content {{ html }} }}
    body {{ {BLOCKS} }} bodyHtml bodyMarkdown attribution"""
BROCHURE = f"""{PAGE} availableIn cover {{ {IMAGE} }} file {{ url }}
    body {{ ... on PanelBlock {{ content {{ html }} }} }}"""
TOOL = f"""{PAGE} issue {{ name }} audience {{ name }} hero {{ {IMAGE} }} body {{ {BLOCKS} }} bodyHtml
    brochure {{ {BROCHURE} }} relatedChapters {{ title topics {{ name }} study {{ title }} next {{ title }} }}"""
EVENT = f"{PAGE} period {{ startsAt }} organisers {{ {ORGANISATION} }} hero {{ alt }} body {{ {BLOCKS} }}"


class Corpus:
    """Adds items of every kind; each of them has relations of its own, so that nothing is shared by chance."""

    def __init__(self, home: HomePage) -> None:
        self.home = home
        self.study = factories.make_study(home)
        self.tools = factories.make_tools(home)
        self.events = factories.make_events(home)
        factories.make_study(home, "Fourth child")  # so that the first children of the home page are never those below
        self.image, self.file = factories.make_image(), factories.make_file()
        self.count = 0

    def grow_to(self, size: int) -> None:
        """Add items until there are this many of each kind."""
        with content_transaction():
            while self.count < size:
                self.count += 1
                self._add(self.count)

    def _add(self, number: int) -> None:
        image, topic = self._picture(), factories.make_topic(f"Topic {number}")
        network = factories.make_organisation(f"Network {number}", country="FI", role="NETWORK")
        organisation = factories.make_organisation(f"Institute {number}", country="FI", logo=image)
        organisation.networks.add(network)
        organisation.save()
        for one in (network, organisation):
            factories.make_contact(one, f"Office {one.name}")
        study = factories.make_study(self.home, f"Study {number}", hero=image)
        body = [
            *factories.every_block(image, self.file, self.file, study, organisation),
            factories.paragraph(f"<p>{factories.page_anchor(study)}</p>"),
        ]
        authors = [factories.block("author", {"name": "Ana", "role": "", "organisation": organisation.pk})]
        chapter = factories.make_chapter(study, "First", [topic], hero=image, body=body, authors=authors)
        for name in ("Second", "Third"):
            factories.make_chapter(study, name, [topic], body=body)
        tool = factories.make_tool(
            self.tools,
            f"Tool {number}",
            issue=topic,
            hero=image,
            audience=[factories.make_audience(f"Audience {number}")],
            related_chapters=[chapter],
            body=[*body, *factories.every_tool_block()],
        )
        panel = factories.block(
            "panel", {"title": "P", "content": f"<p>{factories.page_anchor(study)}</p>", "image": None}
        )
        factories.make_brochure(tool, cover=image, file=self.file, body=[panel])
        day = datetime(2026, 1, 1, 9, tzinfo=UTC)
        factories.make_event(
            self.events,
            f"Event {number}",
            is_provisional=False,
            starts_at=day,
            time_zone="Europe/Paris",
            organisers=[organisation],
            body=body,
        )

    def _picture(self) -> Any:
        """Return another row of the one picture that has its renditions, without working on pixels again."""
        image = type(self.image).objects.get(pk=self.image.pk)
        renditions = list(image.renditions.all())
        image.pk, image._state.adding = None, True
        image.save()
        for one in renditions:
            one.pk, one.image_id, one._state.adding = None, image.pk, True
        type(renditions[0]).objects.bulk_create(renditions)
        return image


LISTS = {
    "chapters": CHAPTER,
    "studies": f"{PAGE} hero {{ {IMAGE} }} authors {{ name }} chapters(first: 3) {{ nodes {{ {CHAPTER} }} totalCount }}",
    "guidanceTools": TOOL,
    "brochures": BROCHURE,
    "events": EVENT,
    "organisations": ORGANISATION,
    "topics": f"{ENTRY} name",
    "audiences": f"{ENTRY} name",
    "contacts": f"{ENTRY} name organisation {{ {ORGANISATION} }}",
}


def _operations() -> dict[str, str]:
    found = {
        f"{name} {fallback}": f"""{{ {name}(first: 100, locale: {locale}, fallback: {fallback}) {{
            edges {{ cursor }} nodes {{ {fields} }} totalCount pageInfo {{ endCursor }} }} }}"""
        for name, fields in LISTS.items()
        for locale, fallback in (("EN", "NONE"), ("FR", "SOURCE"), ("FR", "CONFIGURED"))
    }
    found["children"] = (
        f'{{ page(path: "/tools/") {{ children(first: 100) {{ nodes {{ ... on GuidanceTool {{ {TOOL} }} }} }} }} }}'
    )
    return found


def _count(ask: Ask, operation: str, **variables: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ask(operation, **variables)
    return len(captured)


def test_every_list_takes_as_many_statements_for_one_as_for_fifty(ask: Ask, home: HomePage) -> None:
    corpus = Corpus(home)
    counts: dict[str, list[int]] = {name: [] for name in _operations()}

    for size in SIZES:
        corpus.grow_to(size)
        for name, operation in _operations().items():
            counts[name].append(_count(ask, operation))

    assert Organisation.objects.count() == 2 * SIZES[-1]
    assert {name: found for name, found in counts.items() if len(set(found)) > 1} == {}


def test_nodes_and_menus_take_as_many_statements_for_one_as_for_fifty(ask: Ask, home: HomePage) -> None:
    corpus = Corpus(home)
    corpus.grow_to(10)
    ids = [node["id"] for node in ask("{ chapters(first: 30) { nodes { id } } }")["chapters"]["nodes"]]
    nodes = f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Chapter {{ {CHAPTER} }} }} }}"

    assert len({_count(ask, nodes, ids=ids[:size]) for size in (3, 9, 30)}) == 1

    menu, _, _ = factories.make_frame(corpus.study, corpus.image)
    frame = "{ site { menu { items { url } } footer { links { url } } facts { logo { alt } } contentVersion } }"
    before = _count(ask, frame)
    pages = ChapterPage.objects.all()
    menu = MainMenu.objects.get(pk=menu.pk)
    menu.items = [("item", {"text": page.title, "page": page, "url": ""}) for page in pages]
    menu.save()
    assert _count(ask, frame) == before


def test_list_of_chapter_cards_takes_at_most_six_statements(ask: Ask, home: HomePage) -> None:
    Corpus(home).grow_to(5)
    card = "{ chapters { nodes { title slug number summary { html } hero { alt rendition(preset: CARD) { url } } } } }"

    assert _count(ask, card) <= 6


@pytest.mark.parametrize(
    ("selected", "expected"), [("nodes { title }", 2), ("totalCount", 2), ("nodes { title } totalCount", 3)]
)
def test_total_is_counted_only_when_it_is_asked_for(ask: Ask, home: HomePage, selected: str, expected: int) -> None:
    factories.make_study(home)

    assert _count(ask, f"{{ studies {{ {selected} }} }}") == expected

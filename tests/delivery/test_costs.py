"""How many SQL statements things cost, and that the number does not grow with the content."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.delivery.loading import Loader
from cms.delivery.models import Change, Entry
from cms.delivery.queries import Fallback, Reading, entries
from cms.media.models import ImageText
from pages.models import InformationPage, Topic
from pages.signals import content_transaction
from tests.delivery.world import World, add, add_chapter, add_image, add_snippet, body, edit, fresh, make_world

pytestmark = pytest.mark.django_db
OURS = ("delivery_", "pg_advisory")


def statements(function: Callable[[], Any]) -> list[str]:
    """Run something and return its SQL statements."""
    with CaptureQueriesContext(connection) as captured:
        function()
    return [query["sql"] for query in captured.captured_queries]


def with_chapters(number: int) -> World:
    """Make a study of live chapters in one transaction."""
    world = make_world()
    add_chapters(world, number)
    return world


def add_chapters(world: World, number: int) -> None:
    """Fill the study up to a number of live chapters."""
    with content_transaction():
        for place in range(fresh(world.study).numchild, number):
            add_chapter(world.study, f"Chapter {place}")


def publish_statements(world: World) -> list[str]:
    """Publish a new text of the fourth chapter."""
    chapter = Entry.objects.filter(entry_type="Chapter").order_by("sort_key")[3]
    page = fresh(world.study).get_children().get(pk=chapter.object_id).specific
    page.title = f"{page.title} again"
    revision = page.save_revision()
    return statements(revision.publish)


def test_publishing_costs_the_same_with_few_and_many_siblings(capsys: pytest.CaptureFixture[str]) -> None:
    world = with_chapters(10)
    publish_statements(world)  # fills caches such as that of content types
    few = publish_statements(world)
    add_chapters(world, 60)
    many = publish_statements(world)

    ours = [sql for sql in many if any(name in sql for name in OURS)]
    with capsys.disabled():
        print(f"\npublishing a chapter: {len(many)} statements, {len(ours)} of them on entries")
    assert len(few) == len(many)
    assert len(many) <= 75
    assert len(ours) <= 12


def test_reordering_writes_all_places_in_a_bounded_number_of_statements() -> None:
    world = with_chapters(30)
    chapters = list(fresh(world.study).get_children())

    found = statements(lambda: chapters[0].specific.move(chapters[-1], pos="right"))

    changed = Change.objects.order_by("-id")[:30]
    assert {change.number for change in changed} == {changed[0].number}
    assert len([sql for sql in found if any(name in sql for name in OURS)]) <= 16


def test_changed_image_gives_every_entry_that_shows_it_a_new_version_at_once() -> None:
    world, image = make_world(), add_image()
    with content_transaction():
        for number in range(20):
            add(world.homes["en"], InformationPage(title=f"Page {number}", body=body("<p>x</p>", image=image)))
    lines = Change.objects.count()

    image = fresh(image)
    image.description = "Seen from above"
    found = statements(image.save)

    changes = list(Change.objects.order_by("id")[lines:])
    assert len(changes) == 20
    assert {change.number for change in changes} == {changes[0].number}
    assert set(Entry.objects.filter(references__key=str(image.pk)).values_list("version", flat=True)) == {
        changes[0].number
    }
    assert len([sql for sql in found if sql.startswith('UPDATE "delivery_entry"')]) == 1
    assert len([sql for sql in found if sql.startswith('INSERT INTO "delivery_change"')]) == 1
    assert len(found) <= 25


def test_image_text_of_a_language_counts_as_a_change_of_the_image() -> None:
    world, image = make_world(), add_image()
    page = add(world.homes["en"], InformationPage(title="Page", body=body("<p>x</p>", image=image)))
    lines = Change.objects.count()

    ImageText.objects.create(image=image, locale="fr", alt="Vu d’en haut")

    assert list(Change.objects.order_by("id")[lines:].values_list("entry_id", flat=True)) == [page.translation_key]


@pytest.fixture
def linked() -> World:
    """Some more than fifty chapters, each with topics, a hero and a link to its neighbour."""
    world, image = make_world(), add_image()
    topics = [add_snippet(Topic, world.locales["en"], name=f"Topic {number}") for number in range(5)]
    with content_transaction():
        last = world.study
        for number in range(52):
            text = f'<p><a linktype="page" id="{last.pk}">before</a></p>'
            fields = {"body": body(text, image=image), "hero": image, "topics": topics[: number % 5 + 1]}
            last = add_chapter(world.study, f"Chapter {number}", **fields)
    return world


def read(number: int, fallback: Fallback) -> list[str]:
    """Read chapters and everything around them, and return the statements."""
    reading = Reading("en", fallback)

    def work() -> None:
        loader = Loader(reading)
        for item in loader.deliver(entries(reading, ["Chapter"]).order_by("sort_key")[:number]):
            assert loader.related(item, "topics")
            assert [one.row.entry_type for one in loader.ancestors(item)] == ["HomePage", "Study"]
            loader.neighbours(item)
            assert [one.locale for one in loader.translations(item)] == ["en"]
            hero = loader.image(item.payload["hero"]["id"])
            assert hero is not None
            target = re.search(r'data-entry=\\"([^"\\]+)', json.dumps(item.payload["body"]))
            assert target is not None
            assert loader.entry(target[1], "link") is not None
            loader.users(item, "related_chapters", "GuidanceTool")
            loader.children(item, None, first=3, count=True)

    return statements(work)


def test_reading_costs_the_same_for_one_ten_and_fifty(linked: World) -> None:
    counts = {fallback: [len(read(number, fallback)) for number in (1, 10, 50)] for fallback in Fallback}

    assert counts == {fallback: [12, 12, 12] for fallback in Fallback}


def test_related_terms_stand_in_the_order_of_their_list() -> None:
    world = make_world()
    first = add_snippet(Topic, world.locales["en"], name="Water", sort_order=2)
    second = add_snippet(Topic, world.locales["en"], name="Air", sort_order=1)
    chapter = add_chapter(world.study, "Chapter", topics=[first, second])
    reading = Reading("en")

    def names() -> list[str]:
        loader = Loader(reading)
        item = loader.deliver(entries(reading).filter(entry_id=chapter.translation_key))[0]
        return [topic.payload["name"] for topic in loader.related(item, "topics")]

    before = names()
    edit(first, sort_order=0)

    assert (before, names()) == (["Air", "Water"], ["Water", "Air"])

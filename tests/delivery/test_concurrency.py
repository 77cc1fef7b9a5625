"""Two connections that publish at once, on both databases."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cms.delivery.feed import content_version
from cms.delivery.models import Change, Entry
from cms.delivery.rebuild import check_entries
from pages.models import ChapterPage, InformationPage
from pages.signals import content_committing
from tests.delivery.world import World, add, add_image, body, edit, fresh, make_world

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 60.0


class Person(threading.Thread):
    """Does something on a connection of its own; what it raises comes out of `join`."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.work = work
        self.error: BaseException | None = None

    def run(self) -> None:
        """Work, and close the connection."""
        try:
            self.work()
        except BaseException as error:
            self.error = error
        finally:
            connection.close()

    def finish(self) -> None:
        """Wait for the end and raise what was raised."""
        self.join(PATIENCE_SECONDS)
        assert not self.is_alive(), "somebody waits for ever"
        if self.error is not None:
            raise self.error


@pytest.fixture
def world() -> World:
    return make_world(chapters=4)


class Gate:
    """Stops the first person who has drawn a number after `number`, in the last step of the transaction."""

    def __init__(self) -> None:
        self.number: int | None = None
        self.reached, self.opened, self.first = threading.Event(), threading.Event(), threading.Lock()

    def hold(self, **kwargs: Any) -> None:
        """Wait when it is the first one's turn."""
        if self.number is None or not isinstance(threading.current_thread(), Person):
            return
        if content_version() > self.number and self.first.acquire(blocking=False):
            self.reached.set()
            assert self.opened.wait(PATIENCE_SECONDS)

    def run(self, first: Person, second: Person, meanwhile: Callable[[], Any] = lambda: None) -> Any:
        """Let `first` draw a number, let `second` come to the lock, look around, and let both finish."""
        self.number = content_version()
        first.start()
        assert self.reached.wait(PATIENCE_SECONDS)
        second.start()
        wait_until_somebody_waits(second)
        seen = meanwhile()
        self.opened.set()
        first.finish()
        second.finish()
        return seen


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    content_committing.connect(gate.hold, dispatch_uid="test-hold")
    yield gate
    gate.opened.set()
    content_committing.disconnect(dispatch_uid="test-hold")


def wait_until_somebody_waits(person: Person) -> None:
    """Return once somebody stands before a lock; SQLite's writers stand there before they do anything."""
    if connection.vendor != "postgresql":
        return
    deadline = timezone.now() + timedelta(seconds=PATIENCE_SECONDS)
    while timezone.now() < deadline and person.is_alive():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits for a lock")


def test_numbers_become_visible_in_order(world: World, gate: Gate) -> None:
    number = content_version()
    first = Person(lambda: edit(world.chapters[0], title="First"))
    second = Person(lambda: edit(world.chapters[1], title="Second"))

    seen = gate.run(first, second, lambda: (content_version(), Change.objects.filter(number__gt=number).count()))

    assert seen == (number, 0)
    changes = Change.objects.filter(number__gt=number).order_by("id").values_list("number", "entry_id")
    keys = [world.chapters[0].translation_key, world.chapters[1].translation_key]
    assert list(changes) == [(number + 1, keys[0]), (number + 2, keys[1])]
    assert check_entries() == []


def test_no_reader_sees_a_number_without_the_one_before(world: World) -> None:
    number, rounds = content_version(), 6
    done = threading.Event()
    seen: list[list[int]] = []

    def publish_often(chapter: ChapterPage) -> None:
        for turn in range(rounds):
            edit(chapter, title=f"{chapter.pk} {turn}")

    def read_often() -> None:
        while not done.is_set():
            seen.append(list(Change.objects.filter(number__gt=number).order_by("id").values_list("number", flat=True)))

    writers = [Person(lambda chapter=chapter: publish_often(chapter)) for chapter in world.chapters[:3]]
    reader = Person(read_often)
    for person in [reader, *writers]:
        person.start()
    for writer in writers:
        writer.finish()
    done.set()
    reader.finish()

    everything = list(range(number + 1, number + 1 + 3 * rounds))
    assert list(Change.objects.filter(number__gt=number).order_by("id").values_list("number", flat=True)) == everything
    assert seen
    for numbers in seen:
        assert numbers == everything[: len(numbers)]
    assert check_entries() == []


def test_page_published_twice_at_once_is_consistent(world: World, gate: Gate) -> None:
    number = content_version()
    revisions = []
    for title in ("One", "Two"):
        draft = fresh(world.chapters[0])
        draft.title = title
        revisions.append(draft.save_revision())
    first, second = Person(revisions[0].publish), Person(revisions[1].publish)

    gate.run(first, second)

    entry = Entry.objects.get(entry_id=world.chapters[0].translation_key, locale="en")
    assert entry.payload["title"] == fresh(world.chapters[0]).title == "Two"
    assert entry.version == content_version() == number + 2
    assert check_entries() == []


def test_places_come_out_right_when_two_reorder_at_once(world: World, gate: Gate) -> None:
    first = Person(lambda: edit(world.chapters[3], title="Renamed"))
    second = Person(lambda: fresh(world.chapters[0]).unpublish())

    gate.run(first, second)

    rows = Entry.objects.filter(entry_type="Chapter").order_by("sort_key")
    assert [(row.payload["title"], row.position) for row in rows] == [
        ("Chapter 2", 1),
        ("Chapter 3", 2),
        ("Renamed", 3),
    ]
    assert check_entries() == []


def test_entry_that_two_rebuild_at_once_keeps_the_newest_text(world: World, gate: Gate) -> None:
    image = add_image()
    page = add(world.homes["en"], InformationPage(title="Old", body=body("<p>x</p>", image=image)))
    first = Person(lambda: edit(page, title="New"))
    second = Person(fresh(image).delete)

    gate.run(first, second)

    assert Entry.objects.get(entry_id=page.translation_key).payload["title"] == "New"
    assert check_entries() == []

"""Several connections that write the index at once, on both databases."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from cms.delivery.rebuild import check_entries
from search import rebuild
from search.models import IndexRow
from search.queries import find
from tests.delivery.world import World, edit, make_world

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 120.0


class Person(threading.Thread):
    """Does something on a connection of its own; what it raises comes out of `finish`."""

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


@pytest.fixture(autouse=True)
def media_root(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def world() -> World:
    return make_world(chapters=4)


def test_two_people_publish_the_same_words_at_once(world: World) -> None:
    people = [
        Person(lambda chapter=chapter, words=words: [edit(chapter, title=f"{words} {turn}") for turn in range(4)])
        for chapter, words in zip(world.chapters[:2], ("copper and tin", "tin and copper"), strict=True)
    ]
    for person in people:
        person.start()
    for person in people:
        person.finish()

    assert find("copper tin", "en").total == 2
    assert list(rebuild.differences()) == []
    assert check_entries() == []


def test_what_is_published_during_a_rebuild_is_not_overwritten(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    IndexRow.objects.all().delete()
    monkeypatch.setattr(rebuild, "CHUNK", 1)
    read, go_on = threading.Event(), threading.Event()
    records = rebuild.import_string("cms.delivery.feed.records_after")

    def read_and_wait(mark: Any, number: int) -> Any:
        found = records(mark, number)
        if found and found[0].entry_id == world.chapters[0].translation_key:
            read.set()
            assert go_on.wait(PATIENCE_SECONDS)
        return found

    monkeypatch.setattr(rebuild, "import_string", lambda name: read_and_wait)
    rebuilding = Person(lambda: list(rebuild.rebuild()))
    publishing = Person(lambda: edit(world.chapters[0], title="Gyroscopes"))
    rebuilding.start()
    assert read.wait(PATIENCE_SECONDS)
    publishing.start()
    threading.Timer(1.0, go_on.set).start()
    rebuilding.finish()
    publishing.finish()

    monkeypatch.undo()
    assert find("gyroscopes", "en").total == 1
    assert list(rebuild.differences()) == []

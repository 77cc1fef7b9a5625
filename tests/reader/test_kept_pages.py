"""Pages in memory: shown again only while nothing has been published, and never more than there is room for."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.db import connection, transaction
from django.http import HttpResponse
from pytest_django import DjangoAssertNumQueries, Settings

from cms.delivery.feed import draw_number
from cms.reader import views
from cms.reader.kept_pages import KeptPages
from tests.reader.conftest import Place, Visit

pytestmark = pytest.mark.django_db(transaction=True)

HERE = ("en", "here/")


@pytest.fixture(autouse=True)
def room(settings: Settings) -> None:
    """Give room for pages."""
    settings.KEPT_PAGES_BYTES = 1000


@pytest.fixture
def make() -> Callable[..., HttpResponse]:
    """Return a function that makes pages with growing numbers."""
    numbers = iter(range(1, 100))

    def answer(status: int = 200) -> HttpResponse:
        return HttpResponse(f"page {next(numbers)}".ljust(100), status=status, headers={"X-Made": "once"})

    return answer


def words(response: HttpResponse) -> str:
    """Return the words of a page without the spaces that fill it."""
    return response.content.decode().strip()


def test_page_is_made_once_until_something_is_published(
    make: Callable[..., HttpResponse], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pages = KeptPages()
    first = pages.page(HERE, make)
    first["X-Made"] = "changed by a caller"

    with django_assert_num_queries(1):
        again = pages.page(HERE, make)
    draw_number()
    after = pages.page(HERE, make)

    assert [words(one) for one in (first, again, after)] == ["page 1", "page 1", "page 2"]
    assert again["X-Made"] == "once"


def test_pages_of_two_places_are_two(make: Callable[..., HttpResponse]) -> None:
    pages = KeptPages()

    found = [words(pages.page(place, make)) for place in (HERE, ("fi", "here/"), HERE, ("fi", "here/"))]

    assert found == ["page 1", "page 2", "page 1", "page 2"]


def test_another_day_is_another_page(make: Callable[..., HttpResponse]) -> None:
    pages = KeptPages()
    with time_machine.travel(datetime(2026, 3, 1, 23, 59, tzinfo=UTC)):
        pages.page(HERE, make)

    with time_machine.travel(datetime(2026, 3, 2, 0, 1, tzinfo=UTC)):
        assert words(pages.page(HERE, make)) == "page 2"


def test_what_is_not_found_is_not_kept(make: Callable[..., HttpResponse]) -> None:
    pages = KeptPages()

    assert [words(pages.page(HERE, lambda: make(404))) for _ in range(2)] == ["page 1", "page 2"]


def test_nothing_is_kept_from_inside_a_transaction(make: Callable[..., HttpResponse]) -> None:
    pages = KeptPages()
    with transaction.atomic():
        draw_number()
        assert words(pages.page(HERE, make)) == "page 1"
        transaction.set_rollback(True)
    draw_number()

    assert words(pages.page(HERE, make)) == "page 2"


def test_what_was_asked_for_last_stays_when_room_ends(make: Callable[..., HttpResponse], settings: Settings) -> None:
    settings.KEPT_PAGES_BYTES = 250
    pages = KeptPages()
    for place in ("a/", "b/", "a/", "c/"):
        pages.page(("en", place), make)

    found = [words(pages.page(("en", place), make)) for place in ("a/", "c/", "b/")]

    assert found == ["page 1", "page 3", "page 4"]


def test_no_room_keeps_nothing(make: Callable[..., HttpResponse], settings: Settings) -> None:
    settings.KEPT_PAGES_BYTES = 0
    pages = KeptPages()

    assert [words(pages.page(HERE, make)) for _ in range(2)] == ["page 1", "page 2"]


def test_readers_who_come_together_are_given_the_same_page(make: Callable[..., HttpResponse]) -> None:
    pages, found = KeptPages(), []
    together = threading.Barrier(4)

    def read() -> None:
        together.wait()
        found.append(words(pages.page(HERE, make)))
        connection.close()

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert found == ["page 1"] * 4


def test_website_shows_what_was_published_at_once(
    place: Place,
    visit: Visit,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    settings.KEPT_PAGES_BYTES = 1_000_000
    monkeypatch.setattr(views, "kept_pages", KeptPages())
    addresses = ("/en/study/inquiry/", "/en/study/")
    before = [visit(address).content.decode() for address in addresses]
    with django_assert_num_queries(1):
        again = visit(addresses[0])

    place.chapter.title = "A new title"
    place.chapter.save_revision().publish()

    assert again.content.decode() == before[0]
    for address, old in zip(addresses, before, strict=True):
        answer = visit(address)
        assert "A new title" not in old
        assert "A new title" in answer.content.decode()
        visit(address, 304, **{"If-None-Match": answer["ETag"]})


def test_processes_of_one_server_make_a_page_once_for_each_state(
    make: Callable[..., HttpResponse], tmp_path: Path
) -> None:
    one, other, alone = KeptPages(), KeptPages(), KeptPages()
    one.share(tmp_path)
    other.share(tmp_path)

    first = [words(pages.page(HERE, make)) for pages in (one, other, alone)]
    draw_number()
    second = [words(pages.page(HERE, make)) for pages in (other, one)]

    assert (first, second) == (["page 1", "page 1", "page 2"], ["page 3", "page 3"])
    assert other.page(HERE, make)["X-Made"] == "once"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"no head", b"{}"])
def test_shared_page_that_cannot_be_read_is_made_anew(
    make: Callable[..., HttpResponse], tmp_path: Path, damage: bytes
) -> None:
    one, other = KeptPages(), KeptPages()
    one.share(tmp_path)
    other.share(tmp_path)
    one.page(HERE, make)
    next(tmp_path.iterdir()).write_bytes(damage)

    assert words(other.page(HERE, make)) == "page 2"


def test_pages_are_made_where_they_cannot_be_shared(make: Callable[..., HttpResponse], tmp_path: Path) -> None:
    pages = KeptPages()
    pages.share(tmp_path / "gone")

    assert [words(pages.page(HERE, make)) for _ in range(2)] == ["page 1", "page 1"]

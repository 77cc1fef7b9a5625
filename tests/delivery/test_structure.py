"""Places: one order and one number for all languages."""

import uuid

import pytest
from wagtail.models import Page, Site

from cms.delivery.models import Entry
from cms.delivery.rebuild import check_entries
from cms.delivery.structure import merge_orders
from pages.models import ChapterPage, InformationPage
from tests.delivery.world import World, add, add_chapter, fresh, make_world, publish, translate

A, B, C, D, E = (uuid.UUID(int=number) for number in range(5))


@pytest.mark.parametrize(
    ("orders", "merged"),
    [
        ([], []),
        ([[A, B, C]], [A, B, C]),
        ([[A, B, C], [C, B, A]], [A, B, C]),
        ([[A, B, C], [A, D, B]], [A, D, B, C]),
        ([[A, B], [D, A, B]], [D, A, B]),
        ([[A, B], [A, B, D]], [A, B, D]),
        ([[A, B, C], [C, D], [B, E]], [A, B, E, C, D]),
        ([[A], [A, D, E]], [A, D, E]),
        ([[], [B, A]], [B, A]),
    ],
)
def test_orders_are_merged(orders: list[list[uuid.UUID]], merged: list[uuid.UUID]) -> None:
    assert merge_orders(orders) == merged


def positions(locale: str) -> dict[str, int]:
    """Return title and position of the chapters of a language."""
    rows = Entry.objects.filter(locale=locale, entry_type="Chapter").order_by("sort_key")
    return {row.payload["title"]: row.position for row in rows}


@pytest.fixture
def world(db: None) -> World:
    world = make_world(chapters=3)
    translate(world.study, world.locales["de"])
    return world


def test_chapter_has_the_same_number_in_every_language(world: World) -> None:
    translate(world.chapters[2], world.locales["de"])
    translate(world.chapters[1], world.locales["de"])

    assert positions("en") == {"Chapter 1": 1, "Chapter 2": 2, "Chapter 3": 3}
    assert positions("de") == {"de: Chapter 2": 2, "de: Chapter 3": 3}


def test_chapter_that_exists_in_german_only_is_numbered_after_its_neighbour(world: World) -> None:
    second = translate(world.chapters[1], world.locales["de"])
    study = fresh(world.study).get_translation(world.locales["de"])

    own = add_chapter(study, "Nur hier")

    assert positions("de") == {"de: Chapter 2": 2, "Nur hier": 3}
    assert positions("en") == {"Chapter 1": 1, "Chapter 2": 2, "Chapter 3": 4}

    own.move(second, pos="left")

    assert positions("de") == {"Nur hier": 1, "de: Chapter 2": 3}
    assert positions("en") == {"Chapter 1": 2, "Chapter 2": 3, "Chapter 3": 4}
    assert check_entries() == []


def test_drafts_are_not_counted(world: World) -> None:
    fresh(world.chapters[0]).unpublish()

    assert positions("en") == {"Chapter 2": 1, "Chapter 3": 2}

    publish(world.chapters[0])

    assert positions("en") == {"Chapter 1": 1, "Chapter 2": 2, "Chapter 3": 3}


def test_reordering_the_source_renumbers_all_languages(world: World) -> None:
    translate(world.chapters[0], world.locales["de"])

    fresh(world.chapters[0]).move(fresh(world.study), pos="last-child")

    assert positions("en") == {"Chapter 2": 1, "Chapter 3": 2, "Chapter 1": 3}
    assert positions("de") == {"de: Chapter 1": 3}
    assert check_entries() == []


def test_pages_that_stand_below_each_other_in_two_languages_are_no_endless_loop(world: World) -> None:
    first = add(world.homes["en"], InformationPage(title="First", slug="first"))
    second = add(world.homes["en"], InformationPage(title="Second", slug="second"))
    other_first = translate(first, world.locales["fr"])
    other_second = translate(second, world.locales["fr"])

    fresh(first).move(fresh(other_second), pos="first-child")
    fresh(second).move(fresh(other_first), pos="first-child")

    paths = Entry.objects.filter(object_id__in=[first.pk, second.pk], model="wagtailcore.page")
    assert sorted(paths.values_list("path", flat=True)) == ["/first/second/", "/second/first/"]
    assert check_entries() == []


def test_changing_the_site_delivers_what_stands_below_its_new_home(world: World) -> None:
    site = Site.objects.get()
    home = world.homes["en"]

    site.root_page = Page.objects.get(pk=world.study.pk)
    site.save()

    assert not Entry.objects.filter(object_id=home.pk, model="wagtailcore.page").exists()
    assert Entry.objects.get(object_id=world.study.pk, model="wagtailcore.page").path == "/"
    assert check_entries() == []

    site.root_page = Page.objects.get(pk=home.pk)
    site.save()

    assert Entry.objects.get(object_id=world.study.pk, model="wagtailcore.page").path == "/study/"
    assert ChapterPage.objects.count() == Entry.objects.filter(entry_type="Chapter").count()
    assert check_entries() == []

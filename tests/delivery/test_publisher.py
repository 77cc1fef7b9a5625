"""Entries, references and changes of single actions."""

import pytest

from cms.delivery.models import Change, Entry
from cms.delivery.rebuild import check_entries
from tests.delivery.world import add_chapter, make_world, translate

pytestmark = pytest.mark.django_db


def test_publishing_makes_an_entry_and_a_change() -> None:
    world = make_world()

    chapter = add_chapter(world.study, "First")

    entry = Entry.objects.get(entry_id=chapter.translation_key)
    assert (entry.locale, entry.path, entry.position) == ("en", "/study/first/", 1)
    change = Change.objects.last()
    assert change is not None
    assert (change.entry_id, change.kind, change.number) == (chapter.translation_key, "upserted", entry.version)
    assert check_entries() == []


def test_translation_stands_at_the_same_place() -> None:
    world = make_world(chapters=2)
    translate(world.study, world.locales["fr"])

    target = translate(world.chapters[1], world.locales["fr"])

    entry = Entry.objects.get(entry_id=target.translation_key, locale="fr")
    assert (entry.position, entry.content_locale, entry.source_locale) == (2, "fr", "en")
    assert check_entries() == []

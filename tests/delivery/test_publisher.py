"""Entries, references and changes of single actions."""

import uuid

import pytest
from wagtail.actions.convert_alias import ConvertAliasPageAction

from cms.delivery.models import Change, Entry
from cms.delivery.rebuild import check_entries
from pages.models import Topic
from pages.signals import content_transaction
from tests.delivery.world import add_chapter, add_snippet, edit, fresh, make_world, say, start_translation, translate

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


def test_object_that_gets_another_identity_is_another_entry() -> None:
    world = make_world(chapters=1)
    chapter, last = world.chapters[0], Change.objects.count()
    old, new = chapter.translation_key, uuid.uuid4()

    chapter.translation_key = new
    chapter.save()

    changes = Change.objects.order_by("id")[last:].values_list("entry_id", "kind", "previous_path")
    assert list(changes) == [(old, "deleted", "/study/chapter-1/"), (new, "upserted", "")]
    assert check_entries() == []


def test_transaction_that_failed_leaves_no_work_to_the_next(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    world = make_world(chapters=1)

    def fail() -> None:
        with content_transaction():
            world.chapters[0].save()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    with django_assert_num_queries(2), content_transaction():  # the savepoint of the test, and its release
        pass


def test_converting_an_alias_changes_whose_content_it_is() -> None:
    world = make_world(chapters=1)
    translate(world.study, world.locales["fr"])
    translation = start_translation(world.chapters[0], world.locales["fr"])
    alias = fresh(world.chapters[0]).copy_for_translation(world.locales["fr"], alias=True)
    before = Entry.objects.get(object_id=alias.pk, model="wagtailcore.page").content_locale
    say(translation)

    ConvertAliasPageAction(fresh(alias)).execute()

    after = Entry.objects.get(object_id=alias.pk, model="wagtailcore.page").content_locale
    assert (before, after) == ("en", "fr")
    assert check_entries() == []


def test_deleting_the_source_takes_its_alias_away_for_another_reason() -> None:
    world = make_world(chapters=1)
    source = world.chapters[0]
    alias, last = fresh(source).create_alias(update_slug="again"), Change.objects.count()

    fresh(source).delete()

    changes = Change.objects.order_by("id")[last:].values_list("entry_id", "reason")
    assert set(changes) == {(source.translation_key, "DELETED"), (alias.translation_key, "UNPUBLISHED")}
    assert check_entries() == []


def test_order_of_terms_is_no_content_of_who_names_them() -> None:
    world = make_world()
    topics = [add_snippet(Topic, world.locales["en"], name=name) for name in ("Water", "Air")]
    chapter = add_chapter(world.study, "Chapter", topics=topics)
    version = Entry.objects.get(entry_id=chapter.translation_key).version

    edit(topics[0], sort_order=5)

    assert Entry.objects.get(entry_id=chapter.translation_key).version == version
    assert check_entries() == []

"""The change log: append-only in the database, pruned through one door, numbers in order."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cms.delivery.feed import content_version, open_prune_guard, prune_changes
from cms.delivery.models import Change, PruneGuard
from pages.signals import content_transaction
from tests.delivery.world import add_chapter, edit, make_world

pytestmark = pytest.mark.django_db


def test_database_refuses_to_change_a_line() -> None:
    make_world()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Change.objects.update(kind="deleted")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE delivery_change SET reason = 'x'")

    assert not Change.objects.filter(kind="deleted").exists()


def test_database_refuses_to_delete_a_line() -> None:
    make_world()
    number = Change.objects.count()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Change.objects.all().delete()

    assert Change.objects.count() == number > 0


def test_pruning_deletes_what_is_old_and_closes_the_guard() -> None:
    world = make_world()
    old, moment = Change.objects.count(), timezone.now()
    add_chapter(world.study, "Later")

    deleted = prune_changes(moment)

    assert deleted == old
    assert Change.objects.count() == 1
    assert not PruneGuard.objects.get().is_open
    with pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.all().delete()


def test_pruning_that_fails_closes_the_guard() -> None:
    with pytest.raises(RuntimeError), open_prune_guard():
        raise RuntimeError

    assert not PruneGuard.objects.filter(is_open=True).exists()


def test_pruning_loads_no_line(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    make_world(chapters=2)
    prune_changes(timezone.now() - timedelta(days=400))

    # savepoint, guard (read, savepoint, write, release), delete, guard, release
    with django_assert_num_queries(8):
        prune_changes(timezone.now() + timedelta(days=1))

    assert Change.objects.count() == 0


def test_transaction_that_changes_nothing_draws_no_number() -> None:
    world = make_world(chapters=1)
    number, lines = content_version(), Change.objects.count()

    world.chapters[0].save()

    assert (content_version(), Change.objects.count()) == (number, lines)


def test_one_transaction_draws_one_number() -> None:
    world = make_world(chapters=3)
    number, lines = content_version(), Change.objects.count()

    with content_transaction():
        for chapter in world.chapters:
            edit(chapter, title=f"{chapter.title} again")

    changes = Change.objects.order_by("id")[lines:]
    assert content_version() == number + 1
    assert [change.number for change in changes] == [number + 1] * 3

"""One consistent picture of the database for a whole answer."""

import threading

import pytest
from django.db import connection

from cms.delivery.feed import content_version, draw_number
from cms.delivery.models import ContentVersion
from cms.delivery.snapshot import read_snapshot


@pytest.mark.django_db
def test_inside_a_transaction_it_reads_as_part_of_that() -> None:
    before = content_version()
    drawn = draw_number()

    with read_snapshot() as version:
        assert version == drawn == before + 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_others_commit_meanwhile_is_not_seen() -> None:
    ContentVersion.objects.create(pk=1, number=7)

    with read_snapshot() as version:
        _in_another_connection()
        assert (version, content_version()) == (7, 7)
    with read_snapshot() as version:
        assert version == 8


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_transactions_behind_it_are_as_usual() -> None:
    usual = getattr(connection, "transaction_mode", None)

    with pytest.raises(RuntimeError), read_snapshot():
        raise RuntimeError

    assert getattr(connection, "transaction_mode", None) == usual
    assert not connection.in_atomic_block


def _in_another_connection() -> None:
    """Commit a new number from a thread with a connection of its own."""

    def write() -> None:
        draw_number()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    writer.join()

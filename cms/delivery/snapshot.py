"""One consistent picture of the database for a whole answer."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from cms.delivery.feed import content_version


@contextmanager
def read_snapshot() -> Iterator[int]:
    """Read everything inside the block from one snapshot, and give the content version that it shows.

    PostgreSQL: a read-only transaction of isolation REPEATABLE READ. SQLite: a plain deferred transaction, which never
    takes the write lock, although transactions of this database are IMMEDIATE otherwise. Inside an open transaction the
    block reads as part of that. Two statements: one that opens, one for the content version.
    """
    if connection.in_atomic_block:
        yield content_version()
        return
    with _begin():
        yield content_version()


@contextmanager
def _begin() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    usual = connection.transaction_mode  # type: ignore[attr-defined]
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            connection.transaction_mode = usual  # type: ignore[attr-defined]
            yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]

"""The change log: one lock, one number per publishing transaction, append only, pruned through one door.

And the records behind it: what is delivered of every entry, for whoever keeps something beside the entries.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Q

from cms.delivery.models import Change, ContentVersion, Entry, PruneGuard
from pages.entries import EntryRecord

# Any constant that no other part of the database uses; the lock is released when the transaction ends.
PUBLISH_LOCK = 7_261_001


def lock_publishing() -> None:
    """Let one publishing transaction at a time go on, until it commits. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISH_LOCK])


def draw_number() -> int:
    """Return the next content version; call it once per transaction, after `lock_publishing`. Two statements."""
    if not ContentVersion.objects.filter(pk=1).update(number=F("number") + 1):
        ContentVersion.objects.create(pk=1, number=1)
    return content_version()


def content_version() -> int:
    """Return the number of the last publishing transaction that is visible, 0 before the first. One statement."""
    number = ContentVersion.objects.filter(pk=1).values_list("number", flat=True).first()
    return number or 0


def append_changes(changes: Sequence[Change]) -> None:
    """Write lines at the end of the log."""
    Change.objects.bulk_create(changes, batch_size=500)


@contextmanager
def open_prune_guard() -> Iterator[None]:
    """Let changes be deleted inside one transaction; for pruning, and for emptying a test database."""
    with transaction.atomic():
        PruneGuard.objects.update_or_create(pk=1, defaults={"is_open": True})
        yield
        PruneGuard.objects.filter(pk=1).update(is_open=False)


def prune_changes(before: datetime) -> int:
    """Delete the changes older than `before` and return how many there were."""
    with open_prune_guard():
        old = Change.objects.filter(changed_at__lt=before).order_by()
        return old._raw_delete(old.db)  # nothing refers to a change, so none is loaded to look for it


def record_of(entry: Entry) -> EntryRecord:
    """Return what is delivered of an entry."""
    return EntryRecord(entry.entry_id, entry.locale, entry.content_locale, entry.entry_type, entry.payload)


def records_after(mark: tuple[uuid.UUID, str] | None, number: int) -> list[EntryRecord]:
    """Return the next records in the order of entry id and locale, at most `number`, empty at the end. One statement.

    Args:
        mark: entry id and locale of the last record that was got; None for the beginning.
        number: how many at most, 1 or more.
    """
    rows = Entry.objects.order_by("entry_id", "locale")
    if mark is not None:
        rows = rows.filter(Q(entry_id__gt=mark[0]) | Q(entry_id=mark[0], locale__gt=mark[1]))
    return [record_of(entry) for entry in rows.defer("translation_status", "ancestors")[:number]]

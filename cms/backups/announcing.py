"""After a restore: makes everybody who kept an answer ask again."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.utils import timezone

from cms.delivery.feed import append_changes, content_version
from cms.delivery.models import Change, ChangeKind, ContentVersion, DeleteReason, Entry, Visibility

STEP = 1_000_000
Delivered = dict[tuple[UUID, str], tuple[str, str]]


def delivered_entries() -> Delivered:
    """Return type and path of every public entry by id and locale; empty when there is no table. Two statements."""
    if Entry._meta.db_table not in connection.introspection.table_names():
        return {}
    rows = Entry.objects.filter(visibility=Visibility.PUBLIC)
    found = rows.values_list("entry_id", "locale", "entry_type", "path")
    return {(entry_id, locale): (entry_type, path) for entry_id, locale, entry_type, path in found}


def highest_version() -> int:
    """Return the content version of the database, 0 when it has no tables yet."""
    if ContentVersion._meta.db_table not in connection.introspection.table_names():
        return 0
    return content_version()


def announce_restored(before: Delivered, version_before: int) -> int:
    """Raise the content version beyond all that was ever answered, log every entry as changed, and return the version.

    What was published between the backup and now is unknown to the database, so the version jumps to the next million: no
    cached answer and no position in the feed that a partner kept can be met again. Entries that are gone are logged as
    deleted. Call it inside the restoring transaction.

    Args:
        before: `delivered_entries` of what is being replaced.
        version_before: its `highest_version`.
    """
    number = (max(version_before, content_version()) // STEP + 1) * STEP
    ContentVersion.objects.update_or_create(pk=1, defaults={"number": number})
    now = delivered_entries()
    gone = {key: place for key, place in before.items() if key not in now}
    append_changes([*_changes(now.items(), number, gone=False), *_changes(gone.items(), number, gone=True)])
    return number


def _changes(entries: Iterable[tuple[tuple[UUID, str], tuple[str, str]]], number: int, *, gone: bool) -> list[Change]:
    return [
        Change(
            number=number,
            entry_id=entry_id,
            locale=locale,
            entry_type=entry_type,
            kind=ChangeKind.DELETED if gone else ChangeKind.UPSERTED,
            reason=DeleteReason.DELETED if gone else "",
            previous_path=path if gone else "",
            changed_at=timezone.now(),
        )
        for (entry_id, locale), (entry_type, path) in entries
    ]

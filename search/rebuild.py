"""Makes the whole index again from what is delivered: after an upgrade, or on a database that had none."""

from collections.abc import Callable, Iterator
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from pages.entries import EntryRecord
from search.index import (
    INDEX_VERSION,
    correct_words,
    fingerprint,
    is_indexed,
    lock_index,
    write_records,
    wrong_words,
)
from search.models import IndexRow, IndexState, Word
from search.texts import pieces_of

CHUNK = 50

RowKey = tuple[UUID, str]
Records = Callable[[RowKey | None, int], list[EntryRecord]]


def wanted_version() -> str:
    """Return what a complete index is marked with: the version of the code, and the database that it was made for."""
    return f"{INDEX_VERSION} {connection.vendor}"


def is_outdated() -> bool:
    """Tell whether no rebuild by this version of the code was finished in this database. One statement."""
    return not IndexState.objects.filter(pk=1, version=wanted_version()).exists()


def rebuild() -> Iterator[int]:
    """Make every row equal to what is delivered; yield after each chunk how many entries it looked at.

    Each chunk is a transaction that reads behind the lock of the index: what is published meanwhile is neither lost nor
    overwritten. Rows that are right are not written again, so an interrupted rebuild goes on where it stopped. Rows of an
    older version go on being found until they are replaced.
    """
    records: Records = import_string(settings.SEARCH_RECORDS)
    mark: RowKey | None = None
    while True:
        with transaction.atomic():
            lock_index()
            chunk = records(mark, CHUNK)
            last = _last(chunk)
            write_records(chunk, _surplus(chunk, mark, last))
        if last is None:
            break
        mark = last
        yield len(chunk)
    for locale in _locales():
        with transaction.atomic():
            lock_index()
            correct_words(locale)
    IndexState.objects.update_or_create(pk=1, defaults={"version": wanted_version()})


def rebuild_outdated() -> None:
    """Make the index again when older code has made it, or nobody; a job of the timetable. One statement otherwise."""
    if is_outdated():
        for _ in rebuild():
            pass


def differences() -> Iterator[str]:
    """Compare the index with what is delivered and yield a line for each difference, without writing."""
    records: Records = import_string(settings.SEARCH_RECORDS)
    mark: RowKey | None = None
    while True:
        chunk = records(mark, CHUNK)
        last = _last(chunk)
        yield from _different_rows(chunk)
        for entry_id, locale in _surplus([record for record in chunk if is_indexed(record)], mark, last):
            yield f"{entry_id} ({locale}) is in the index and is not delivered"
        if last is None:
            break
        mark = last
    for locale in _locales():
        missing, surplus = wrong_words(locale)
        if missing or surplus:
            yield f"{len(missing)} words ({locale}) are counted wrongly, {len(surplus)} are not used"


def _different_rows(chunk: list[EntryRecord]) -> Iterator[str]:
    """Compare the rows of some entries. One statement."""
    rows = IndexRow.objects.filter(entry_id__in={record.entry_id for record in chunk})
    stored = {(row[0], row[1]): row[2] for row in rows.values_list("entry_id", "locale", "fingerprint")}
    for record in filter(is_indexed, chunk):
        found = stored.get((record.entry_id, record.locale))
        if found != fingerprint(record, pieces_of(record)):
            how = "is not in the index" if found is None else "differs"
            yield f"{record.entry_type} {record.entry_id} ({record.locale}) {how}"


def _last(chunk: list[EntryRecord]) -> RowKey | None:
    return (chunk[-1].entry_id, chunk[-1].locale) if chunk else None


def _locales() -> list[str]:
    """Return the languages that the index knows. Two statements."""
    found = set(IndexRow.objects.order_by().values_list("locale", flat=True).distinct())
    return sorted(found.union(Word.objects.order_by().values_list("locale", flat=True).distinct()))


def _surplus(chunk: list[EntryRecord], mark: RowKey | None, last: RowKey | None) -> list[RowKey]:
    """Return the keys of rows between two marks that no record of the chunk stands for. One statement."""
    rows = IndexRow.objects.all()
    if mark is not None:
        rows = rows.filter(entry_id__gte=mark[0])
    if last is not None:
        rows = rows.filter(entry_id__lte=last[0])
    kept = {(record.entry_id, record.locale) for record in chunk}
    return [
        place
        for place in rows.values_list("entry_id", "locale")
        if place not in kept and (mark is None or place > mark) and (last is None or place <= last)
    ]

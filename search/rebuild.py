"""Makes the whole index again from what is delivered: after an upgrade, or on a database that had none."""

from collections import Counter
from collections.abc import Callable, Iterator
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from pages.entries import EntryRecord
from search.index import INDEX_VERSION, fingerprint, is_indexed, lock_index, write_records
from search.models import IndexRow, IndexState, Word
from search.texts import pieces_of

CHUNK = 50

RowKey = tuple[UUID, str]
Records = Callable[[RowKey | None, int], list[EntryRecord]]


def wanted_version() -> str:
    """Return what a complete index is marked with: the version of the code, and the database whose notation it has."""
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
            last = (chunk[-1].entry_id, chunk[-1].locale) if chunk else None
            write_records(chunk, _surplus(chunk, mark, last))
            if last is None:
                IndexState.objects.update_or_create(pk=1, defaults={"version": wanted_version()})
                return
        mark = last
        yield len(chunk)


def differences() -> Iterator[str]:
    """Compare the index with what is delivered and yield a line for each difference, without writing."""
    records: Records = import_string(settings.SEARCH_RECORDS)
    mark: RowKey | None = None
    counted: Counter[RowWord] = Counter()
    while True:
        chunk = records(mark, CHUNK)
        last = (chunk[-1].entry_id, chunk[-1].locale) if chunk else None
        yield from _differences(chunk, mark, last, counted)
        if last is None:
            break
        mark = last
    stored = {(row[0], row[1]): row[2] for row in Word.objects.values_list("locale", "word", "entries").iterator()}
    wrong = {place for place in {*stored, *counted} if stored.get(place, 0) != counted[place]}
    if wrong:
        yield f"{len(wrong)} words are counted wrongly, first {min(wrong)}"


RowWord = tuple[str, str]


def _differences(
    chunk: list[EntryRecord], mark: RowKey | None, last: RowKey | None, counted: Counter[RowWord]
) -> Iterator[str]:
    ids = {record.entry_id for record in chunk}
    stored = {
        (row.entry_id, row.locale): row
        for row in IndexRow.objects.filter(entry_id__in=ids).only("entry_id", "locale", "fingerprint", "words")
    }
    for record in chunk:
        place = (record.entry_id, record.locale)
        row = stored.get(place)
        if row is not None:
            counted.update((row.locale, word) for word in row.words.split())
        if is_indexed(record) and row is None:
            yield f"{record.entry_type} {record.entry_id} ({record.locale}) is not in the index"
        elif is_indexed(record) and row is not None and row.fingerprint != fingerprint(record, pieces_of(record)):
            yield f"{record.entry_type} {record.entry_id} ({record.locale}) differs"
    for entry_id, locale in _surplus([record for record in chunk if is_indexed(record)], mark, last):
        yield f"{entry_id} ({locale}) is in the index and is not delivered"


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

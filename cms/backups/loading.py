"""Brings rows from an archive into the database: everything out, everything in, one transaction of the caller."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import islice
from typing import IO, Any

import orjson
from django.db import DatabaseError, connection, transaction

from cms.backups.archive import ArchiveReader
from cms.backups.errors import RestoreFailed
from cms.backups.tables import REBUILT, all_models
from cms.backups.values import readers
from cms.delivery.feed import lock_publishing

ROWS_AT_ONCE = 500


@contextmanager
def restoring_transaction() -> Iterator[None]:
    """Open the transaction in which everything is replaced: nobody publishes meanwhile, tables may be made and dropped.

    Foreign keys are checked at the end and not row by row, so tables may come in any order.
    """
    connection.ensure_connection()
    later = connection.constraint_checks_disabled() if connection.vendor == "sqlite" else nullcontext()
    with later, transaction.atomic():
        lock_publishing()
        yield
        connection.check_constraints()


def load_tables(archive: ArchiveReader) -> int:
    """Replace the rows of all tables by those of an archive and return how many were loaded.

    The tables must be those of the archive's migrations. Tables of this system that the archive has no rows of are
    emptied. Triggers of the loaded tables rest meanwhile; those of tables that are built again keep working.

    Raises:
        RestoreFailed: when the database does not take a row, or a table has not the rows that the manifest promises.
    """
    saved = {table["name"]: table for table in archive.manifest["tables"]}
    known = {model._meta.db_table: model._meta.app_label for model in all_models()}
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        emptied = sorted(present & (saved.keys() | known.keys()))
        with _resting_triggers(cursor, [name for name in emptied if known.get(name) not in REBUILT]):
            _empty(cursor, emptied)
            for name, table in saved.items():
                _load(cursor, archive, name, table["rows"])
            connection.check_constraints()
        for name, table in saved.items():
            _raise_sequence(cursor, name, table["last"])
    return sum(table["rows"] for table in saved.values())


def _load(cursor: Any, archive: ArchiveReader, name: str, promised: int) -> None:
    quote = connection.ops.quote_name
    count = 0
    with archive.open_table(name) as lines:
        columns = orjson.loads(lines.readline())["columns"]
        names = ", ".join(quote(column) for column, _ in columns)
        places = ", ".join(["%s"] * len(columns))
        statement = f"INSERT INTO {quote(name)} ({names}) VALUES ({places})"  # noqa: S608
        while rows := _next_rows(lines, [kind for _, kind in columns]):
            try:
                cursor.executemany(statement, rows)
            except DatabaseError as error:
                raise RestoreFailed(f"The database does not take the rows of {name}: {error}") from error
            count += len(rows)
    if count != promised:
        raise RestoreFailed(f"The archive has {count} rows of {name} and promises {promised}.")


def _next_rows(lines: IO[bytes], kinds: list[str]) -> list[list[Any]]:
    functions = [(place, read) for place, read in enumerate(readers(kinds, connection)) if read is not None]
    rows = [orjson.loads(line) for line in islice(lines, ROWS_AT_ONCE)]
    for row in rows:
        for place, read in functions:
            if row[place] is not None:
                row[place] = read(row[place])
    return rows


@contextmanager
def _resting_triggers(cursor: Any, tables: Sequence[str]) -> Iterator[None]:
    # What refuses changes of a log, or fills columns by itself, must not act on rows that are only brought back.
    quote = connection.ops.quote_name
    if connection.vendor == "postgresql":
        for name in tables:
            cursor.execute(f"ALTER TABLE {quote(name)} DISABLE TRIGGER USER")
        yield
        for name in tables:
            cursor.execute(f"ALTER TABLE {quote(name)} ENABLE TRIGGER USER")
        return
    cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    resting = [(name, sql) for name, table, sql in cursor.fetchall() if table in tables]
    for name, _ in resting:
        cursor.execute(f"DROP TRIGGER {quote(name)}")
    yield
    for _, sql in resting:
        cursor.execute(sql.replace("%", "%%"), ())


def _empty(cursor: Any, tables: Sequence[str]) -> None:
    quote = connection.ops.quote_name
    if connection.vendor == "postgresql":
        cursor.execute(f"TRUNCATE {', '.join(quote(name) for name in tables)}")
        return
    for name in tables:
        cursor.execute(f"DELETE FROM {quote(name)}")  # noqa: S608


def _raise_sequence(cursor: Any, table: str, last: int | None) -> None:
    # Numbers that were given once are not given again, neither those of the archive nor those of the site before.
    quote = connection.ops.quote_name
    if connection.vendor == "sqlite":
        if last is not None:
            cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [last, table])
            if not cursor.rowcount:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
        return
    for sequence in connection.introspection.get_sequences(cursor, table):
        name, column = quote(sequence["name"]), quote(sequence["column"])
        cursor.execute(
            f"SELECT setval(%s, nullif(greatest(%s, (SELECT last_value FROM {name} WHERE is_called),"  # noqa: S608
            f" (SELECT max({column}) FROM {quote(table)})), 0))",
            [sequence["name"], last],
        )

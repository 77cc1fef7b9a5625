"""Which tables a backup holds, and how their rows leave the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import orjson
from django.apps import apps
from django.db import connection
from django.db.models import Field, FileField, Model

from cms.backups.values import kind_of, plain

# Tables that are not saved: what they hold is built again (by the command named here), or means nothing elsewhere.
REBUILT = {"wagtailsearch": "update_index", "search": "rebuild_search"}
PASSING = {"sessions.Session", "wagtailadmin.EditingSession", "wagtailadmin.FormState", "cms.TimetableRun"}
ROWS_AT_ONCE = 1000


@dataclass(frozen=True)
class Table:
    """A table that is saved: its name, and its columns with their kinds, in order."""

    name: str
    columns: tuple[tuple[str, str], ...]


def all_models() -> list[type[Model]]:
    """Return every model with a table of its own, one per table, by table name."""
    found: dict[str, type[Model]] = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            found.setdefault(model._meta.db_table, model)
    return [found[name] for name in sorted(found)]


def saved_models() -> list[type[Model]]:
    """Return the models whose rows a backup holds, by table name."""
    return [
        model for model in all_models() if model._meta.app_label not in REBUILT and model._meta.label not in PASSING
    ]


def own_fields(model: type[Model]) -> "list[Field[Any, Any]]":
    """Return the fields that are columns of the model's own table and hold a value of their own, in order."""
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def table_of(model: type[Model]) -> Table:
    """Return the table of a model.

    Raises:
        BackupFailed: when one of its columns cannot be written.
    """
    return Table(model._meta.db_table, tuple((str(field.column), kind_of(field)) for field in own_fields(model)))


def write_table(model: type[Model], target: IO[bytes], names: set[str]) -> int:
    """Write all rows of a model's table, in the order of its key, and return how many there are. One statement.

    Call it inside the snapshot. The rows stream; none is kept.

    Args:
        model: one of `saved_models`.
        target: takes lines as the archive's format has them.
        names: receives the names of the stored files that the rows refer to.
    """
    fields, table = own_fields(model), table_of(model)
    target.write(orjson.dumps({"columns": table.columns}) + b"\n")
    files = [place for place, field in enumerate(fields) if isinstance(field, FileField)]
    count = 0
    for row in _rows(model, fields):
        names.update(row[place] for place in files if row[place])
        target.write(orjson.dumps(row, default=plain) + b"\n")
        count += 1
    return count


def last_number(table: str) -> int | None:
    """Return the highest number that the table's sequence gave, None when it has no sequence. At most two statements."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            found = cursor.fetchone()
            return found[0] if found else None
        for sequence in connection.introspection.get_sequences(cursor, table):
            cursor.execute(f"SELECT last_value, is_called FROM {connection.ops.quote_name(sequence['name'])}")  # noqa: S608
            value, is_called = cursor.fetchone()
            return value if is_called else None
    return None


def virtual_tables() -> list[str]:
    """Return the full-text tables of SQLite, empty elsewhere; each has helper tables named `<its name>_…`. One statement."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL %'")
        return [name for (name,) in cursor.fetchall()]


def unknown_tables() -> list[str]:
    """Return the tables of the database that no model of this version knows, by name. Two statements."""
    known = {model._meta.db_table for model in all_models()} | {"django_migrations"}
    virtual = virtual_tables()
    helpers = tuple(f"{name}_" for name in virtual)
    with connection.cursor() as cursor:
        present = connection.introspection.table_names(cursor)
    return sorted(name for name in {*present} - known - {*virtual} if not name.startswith(helpers))


def _rows(model: type[Model], fields: "list[Field[Any, Any]]") -> Iterator[list[Any]]:
    quote = connection.ops.quote_name
    places = [field.get_col(model._meta.db_table) for field in fields]
    converters = [connection.ops.get_db_converters(place) for place in places]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    key = quote(str(model._meta.pk.column))
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {quote(model._meta.db_table)} ORDER BY {key}")  # noqa: S608
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            for row in rows:
                values = list(row)
                for index, functions in enumerate(converters):
                    for convert in functions:
                        values[index] = convert(values[index], places[index], connection)
                yield values

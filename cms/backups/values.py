"""How the value of a column is written in an archive, the same from every database, and read into each of them.

| kind | written as |
| --- | --- |
| text, json | text; JSON stays the text that the database holds |
| int, float, bool | the same in JSON |
| decimal | text, all digits |
| datetime | text with its offset, ISO 8601 |
| date, time | text, ISO 8601 |
| duration | microseconds |
| uuid | text, 36 characters |
| bytes | text, Base64 |
"""

import base64
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field

from cms.backups.errors import BackupFailed

KINDS = {
    "text": "CharField TextField SlugField FileField FilePathField GenericIPAddressField IPAddressField",
    "json": "JSONField",
    "int": "AutoField BigAutoField SmallAutoField IntegerField BigIntegerField SmallIntegerField "
    "PositiveIntegerField PositiveBigIntegerField PositiveSmallIntegerField",
    "float": "FloatField",
    "bool": "BooleanField",
    "decimal": "DecimalField",
    "datetime": "DateTimeField",
    "date": "DateField",
    "time": "TimeField",
    "duration": "DurationField",
    "uuid": "UUIDField",
    "bytes": "BinaryField",
}
KIND_OF_TYPE = {name: kind for kind, names in KINDS.items() for name in names.split()}


def kind_of(field: "Field[Any, Any]") -> str:
    """Return the kind of a field's column; of a foreign key, that of the column it points to.

    Raises:
        BackupFailed: for a column that only one database has.
    """
    target = field
    while target.remote_field is not None and hasattr(target, "target_field"):
        target = target.target_field
    kind = KIND_OF_TYPE.get(target.get_internal_type())
    if kind is None:
        raise BackupFailed(
            f"{field} is of type {target.get_internal_type()}, which a backup cannot write: name its application in "
            "cms.backups.tables.REBUILT if it can be built again."
        )
    return kind


def plain(value: object) -> object:
    """Write what JSON has no form for; for `orjson.dumps(default=…)`."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"a {type(value).__name__} cannot be written")


def readers(kinds: list[str], connection: BaseDatabaseWrapper) -> list[Callable[[Any], Any] | None]:
    """Return per column what turns a written value into a parameter for this database, None where it stays as it is."""
    operations = connection.ops
    duration = connection.features.has_native_duration_field
    uuid = connection.features.has_native_uuid_field
    known: dict[str, Callable[[Any], Any]] = {
        "decimal": Decimal if connection.vendor == "postgresql" else str,
        "datetime": lambda value: operations.adapt_datetimefield_value(datetime.fromisoformat(value)),
        "date": lambda value: operations.adapt_datefield_value(date.fromisoformat(value)),
        "time": lambda value: operations.adapt_timefield_value(time.fromisoformat(value)),
        "duration": (lambda value: timedelta(microseconds=value)) if duration else int,
        "uuid": UUID if uuid else lambda value: UUID(value).hex,
        "bytes": base64.b64decode,
    }
    return [known.get(kind) for kind in kinds]

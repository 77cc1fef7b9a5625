"""Keyset cursors: where in an order a list goes on. Signed, and bound to the list that gave them."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import F, Field, OrderBy, Q

from cms.delivery.models import Entry
from cms.delivery.queries import deliverable
from cms.graphql.errors import ApiError, ErrorCode

FIRST_ID = uuid.UUID(int=0)
_SIGNER = signing.Signer(salt="cms.graphql.cursors")


@dataclass(frozen=True)
class Column:
    """One column of `Entry` that a list is ordered by; nulls come last either way."""

    name: str
    descending: bool = False
    nullable: bool = False

    def order_by(self) -> OrderBy:
        """Return the expression for `order_by`."""
        nulls_last = True if self.nullable else None
        return F(self.name).desc(nulls_last=nulls_last) if self.descending else F(self.name).asc(nulls_last=nulls_last)

    def beyond(self, value: Any) -> Q:
        """Return the condition that a row stands behind a value."""
        if value is None:
            return Q(pk__in=[])
        behind = Q(**{f"{self.name}__{'lt' if self.descending else 'gt'}": value})
        return behind | Q(**{f"{self.name}__isnull": True}) if self.nullable else behind

    def same(self, value: Any) -> Q:
        """Return the condition that a row has a value."""
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})


Ordering = Sequence[Column]


def behind(ordering: Ordering, values: Sequence[Any]) -> Q:
    """Return the condition that a row stands behind the row with these values, in this order."""
    column, rest = ordering[0], ordering[1:]
    condition = column.beyond(values[0])
    return condition | (column.same(values[0]) & behind(rest, values[1:])) if rest else condition


def scope_of(*parts: Any) -> str:
    """Return a short hash of what a cursor is bound to: list, locale, fallback, filter, order."""
    return hashlib.sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()[:16]


def write_cursor(ordering: Ordering, row: Entry, scope: str) -> str:
    """Return the cursor of a row in a list."""
    values = [getattr(row, column.name) for column in ordering]
    return write_place(scope, [None if value is None else _text(value) for value in values])


def write_place(scope: str, texts: Sequence[str | None]) -> str:
    """Return the cursor of a place that some texts say, in a list of its own kind of order."""
    return _SIGNER.sign_object([scope, *texts])


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def read_cursor(ordering: Ordering, cursor: str, scope: str) -> list[Any]:
    """Return the values of the row that a cursor names. One statement for orders that follow the tree.

    Raises:
        ApiError: CURSOR_INVALID for a cursor that is forged, damaged, or of another list.
    """
    texts = read_place(cursor, scope, len(ordering))
    try:
        return _placed(ordering, [_value(one, text) for one, text in zip(ordering, texts, strict=True)])
    except (ValueError, ValidationError):
        raise _foreign() from None


def read_place(cursor: str, scope: str, number: int) -> list[str | None]:
    """Return the `number` texts that `write_place` was given.

    Raises:
        ApiError: as `read_cursor`.
    """
    try:
        found, *texts = _SIGNER.unsign_object(cursor)
    except (signing.BadSignature, ValueError):
        raise _foreign() from None
    if found != scope or len(texts) != number:
        raise _foreign()
    return texts


def _foreign() -> ApiError:
    return ApiError(
        "The cursor in `after` does not belong to this list. Take one from the same list, locale, fallback, filter and order.",
        ErrorCode.CURSOR_INVALID,
    )


def _value(column: Column, text: str | None) -> Any:
    field = Entry._meta.get_field(column.name)
    assert isinstance(field, Field)
    return None if text is None else field.to_python(text)


def _placed(ordering: Ordering, values: list[Any]) -> list[Any]:
    """Return the values with the row's place in the tree as it is now, because places move up when others go.

    Where the row itself is gone, another has moved up to its place and must not be skipped.
    """
    names = [column.name for column in ordering]
    if "sort_key" not in names:
        return values
    by_name = dict(zip(names, values, strict=True))
    place = deliverable().filter(entry_id=by_name["entry_id"]).values_list("sort_key", flat=True).first()
    moved = {"entry_id": FIRST_ID} if place is None else {"sort_key": place}
    return [moved.get(name, value) for name, value in by_name.items()]

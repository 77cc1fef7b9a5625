"""The column that a database's full-text index is made of."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

# Stands between two pieces of text, so that no phrase reaches from one into the next.
GAP = "¤"


class TokensField(models.TextField[str, str]):
    """A sequence of tokens, separated by spaces: a `tsvector` on PostgreSQL, text (for FTS5) elsewhere.

    Tokens hold letters and digits only, and no sign that either database gives a meaning.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the column's type on this database."""
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        """Return how a value stands in a statement: PostgreSQL is told what the text is."""
        return "%s::tsvector" if connection.vendor == "postgresql" else "%s"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """Return the tokens in the notation of this database."""
        if connection.vendor == "postgresql" and isinstance(value, str):
            return as_tsvector(value)
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> str | None:
        """Return the tokens again, so that a row can be copied into another database."""
        return from_tsvector(value) if connection.vendor == "postgresql" and value is not None else value


def as_tsvector(tokens: str) -> str:
    """Return tokens in PostgreSQL's notation: each word once with its positions, from 1."""
    places: dict[str, list[str]] = {}
    for place, token in enumerate(tokens.split(), start=1):
        if token != GAP:
            places.setdefault(token, []).append(str(place))
    return " ".join(f"'{token}':{','.join(numbers)}" for token, numbers in places.items())


def from_tsvector(notation: str) -> str:
    """Return the tokens of PostgreSQL's notation in their order; gaps where there is none."""
    tokens: dict[int, list[str]] = {}
    for item in notation.split():
        token, _, numbers = item.rpartition(":")
        for number in numbers.split(","):
            tokens.setdefault(int(number), []).append(token.strip("'"))
    return " ".join(token for place in range(1, max(tokens, default=0) + 1) for token in tokens.get(place, [GAP]))

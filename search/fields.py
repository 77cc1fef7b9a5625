"""The column that a database's full-text index is made of."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

# Stands between two pieces of text, so that no phrase reaches from one into the next.
GAP = "¤"


class TokensField(models.TextField[str, str]):
    """A sequence of tokens, separated by spaces: a `tsvector` on PostgreSQL, text (for FTS5) elsewhere.

    Tokens hold letters and digits only. It is written by us and read by the database only; what comes back from
    PostgreSQL is its own notation.
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


def as_tsvector(tokens: str) -> str:
    """Return tokens in PostgreSQL's notation: each word once with its positions, from 1."""
    places: dict[str, list[str]] = {}
    for place, token in enumerate(tokens.split(), start=1):
        if token != GAP:
            places.setdefault(token, []).append(str(place))
    return " ".join(f"'{token}':{','.join(numbers)}" for token, numbers in places.items())

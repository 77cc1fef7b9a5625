"""Asks the database's full-text index: which rows hold which words where. The same answers from PostgreSQL and SQLite."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, CharField, IntegerField, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from search.expansion import Sought
from search.models import IndexRow

TITLE, TOP, ALL = "match_title", "match_top", "match_all"
# How much a match weighs by the narrowest place that it was found in.
PLACES = {TITLE: 4, TOP: 2, ALL: 1}
MOST_PHRASE_FORMS = 3


@dataclass(frozen=True)
class Match:
    """One row that holds at least one word.

    Attributes:
        pk: of the row.
        entry: id of the entry as the database writes it; it orders rows that are equal otherwise, the same on every database.
        weights: for each word its weight by place, 0 when it does not occur.
        fits: every phrase stands in it.
    """

    pk: int
    entry: str
    weights: tuple[int, ...]
    fits: bool = True


def match(
    sought: Sequence[Sought],
    locale: str,
    among: QuerySet[Any, Any] | None = None,
    phrases: Sequence[Sequence[Sought]] = (),
    excluded: Sequence[Sought] = (),
) -> list[Match]:
    """Return the rows of a language that hold a word and nothing excluded, in no order. One statement.

    Args:
        sought: the words.
        locale: code of the language.
        among: entry ids; nothing else is found.
        phrases: words that stand side by side, each in its own forms; rows without them are told apart by `fits`.
        excluded: words that must not occur.
    """
    rows = IndexRow.objects.filter(locale=locale)
    if among is not None:
        rows = rows.filter(entry_id__in=among)
    for word in excluded:
        rows = rows.exclude(_holds(ALL, _any(word.near)))
    for number, word in enumerate(sought):
        rows = rows.annotate(**{f"weight_{number}": _weight(_any(word.forms))})
    for number, phrase in enumerate(phrases):
        rows = rows.annotate(**{f"phrase_{number}": _holds(ALL, _phrase(phrase))})
    names = [f"weight_{number}" for number in range(len(sought))]
    flags = [f"phrase_{number}" for number in range(len(phrases))]
    anywhere = _holds(ALL, _any({name for word in sought for name in word.forms}))
    # The id stands at the beginning of a row: what is behind the long texts costs a read of them for each row.
    found: QuerySet[Any, Any] = rows.filter(anywhere).annotate(entry=Cast("entry_id", CharField())).order_by()
    found = found.values_list("pk", "entry", *names, *flags)
    end = 2 + len(names)
    return [Match(row[0], row[1], row[2:end], all(row[end:])) for row in found]


def _weight(expression: str) -> Case:
    """Return the weight of the narrowest place in which a row fits an expression, 0 when it does not."""
    places = [When(_holds(column, expression), then=Value(weight)) for column, weight in PLACES.items()]
    return Case(*places, default=Value(0), output_field=IntegerField())


def _holds(column: str, expression: str) -> RawSQL:
    """Return the condition that a column of a row fits an expression of the full-text index."""
    inner, value = "SELECT rowid FROM search_match WHERE search_match MATCH %s", f"{{{column}}} : ({expression})"
    if connection.vendor == "postgresql":
        inner, value = f"SELECT search_in_{column}(%s::tsquery)", expression
    return RawSQL(f"(search_indexrow.id IN ({inner}))", [value], output_field=BooleanField())  # noqa: S611


def _any(stems: Iterable[str]) -> str:
    """Return the expression for any of some stems."""
    if connection.vendor == "postgresql":
        return " | ".join(f"'{name}'" for name in sorted(stems))
    return " OR ".join(f'"{name}"' for name in sorted(stems))


def _phrase(words: Sequence[Sought]) -> str:
    """Return the expression for words that stand side by side, each in its own forms, the closest few of them."""
    choices = [sorted(word.near, key=lambda name: (-word.forms[name], name))[:MOST_PHRASE_FORMS] for word in words]
    if connection.vendor == "postgresql":
        return " <-> ".join(f"({_any(names)})" for names in choices)
    sequences = [""]
    for names in choices:
        sequences = [f"{sequence} {name}".strip() for sequence in sequences for name in names][:200]
    return " OR ".join(f'"{sequence}"' for sequence in sequences)

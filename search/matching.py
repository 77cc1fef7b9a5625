"""Asks the database's full-text index: which rows hold which words where. The same answers from PostgreSQL and SQLite."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from search.expansion import Sought
from search.models import IndexRow

TITLE, TOP, ALL = "match_title", "match_top", "match_all"
# How much a match weighs by the narrowest place that it was found in.
PLACES = {TITLE: 4.0, TOP: 2.0, ALL: 1.0}
MOST_PHRASE_FORMS = 3


@dataclass(frozen=True)
class Match:
    """One row that holds at least one word: for each word its weight by place, 0 when it does not occur."""

    pk: int
    entry_id: UUID
    weights: tuple[float, ...]


def match(
    sought: Sequence[Sought],
    locale: str,
    among: QuerySet[Any, Any] | None = None,
    phrases: Sequence[Sequence[Sought]] = (),
    excluded: Sequence[Sought] = (),
) -> list[Match]:
    """Return the rows of a language that hold a word, every phrase and nothing excluded; in no order. One statement.

    Args:
        sought: the words.
        locale: code of the language.
        among: entry ids; nothing else is found.
        phrases: words that stand side by side, each in its own forms.
        excluded: words that must not occur.
    """
    rows = IndexRow.objects.filter(locale=locale)
    if among is not None:
        rows = rows.filter(entry_id__in=among)
    for phrase in phrases:
        rows = rows.filter(_holds(ALL, _phrase(phrase)))
    for word in excluded:
        rows = rows.exclude(_holds(ALL, _any(word.near)))
    names, anywhere = [], Q()
    for number, word in enumerate(sought):
        for column in PLACES:
            name = f"{column}_{number}"
            names.append(name)
            rows = rows.annotate(**{name: _holds(column, _any(word.forms))})
        anywhere |= Q(**{f"{TOP}_{number}": True}) | Q(**{f"{ALL}_{number}": True})
    found = rows.filter(anywhere).order_by().values_list("pk", "entry_id", *names)
    return [Match(row[0], row[1], _weights(row[2:])) for row in found]


def _weights(flags: Sequence[bool]) -> tuple[float, ...]:
    places = list(PLACES.values())
    width = len(places)
    parts = [flags[start : start + width] for start in range(0, len(flags), width)]
    return tuple(max(weight * bool(flag) for weight, flag in zip(places, part, strict=True)) for part in parts)


def _holds(column: str, expression: str) -> RawSQL:
    """Return the condition that a column of a row fits an expression of the full-text index."""
    inner, value = "SELECT rowid FROM search_match WHERE search_match MATCH %s", f"{{{column}}} : ({expression})"
    if connection.vendor == "postgresql":
        # Only the name of a column of ours stands in the statement; what people type is a parameter.
        inner, value = f"SELECT id FROM search_indexrow WHERE {column} @@ %s::tsquery", expression  # noqa: S608
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

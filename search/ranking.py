"""Which rows come first: computed here, from the same numbers whatever the database, so the order is the same."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul

import orjson
from django.db.models import Value
from django.db.models.functions import StrIndex

from search.expansion import Sought
from search.index import HIGHEST_IMPACT
from search.languages import words
from search.matching import Match
from search.models import IndexRow

# So many of the best by place are looked at closely; what comes behind stays in the order of place.
CLOSELY = 100
# A row needs this share of what the best row covers; with few rows, less is enough.
COVERED = 0.55
COVERED_WHEN_FEW = 0.3
FEW = 10

EXACT_WORD = 1.15
TITLE_SHARE = 0.5
TYPE_WEIGHTS = {"Organisation": 0.8, "Contact": 0.8, "HomePage": 0.9, "Brochure": 0.95}


@dataclass(frozen=True)
class Ranked:
    """One row in its place."""

    pk: int
    score: float


def rarities(matches: Sequence[Match], number: int, rows: int) -> list[float]:
    """Return how telling each of `number` words is: the rarer, the higher (BM25's inverse document frequency)."""
    found = [sum(1 for match in matches if match.weights[place]) for place in range(number)]
    return [math.log(1 + (max(rows, some) - some + 0.5) / (some + 0.5)) for some in found]


def relevant(matches: Sequence[Match], telling: Sequence[float]) -> list[Match]:
    """Leave out rows that hold too little of the query beside the best ones."""
    covered = {
        match.pk: sum(t for t, weight in zip(telling, match.weights, strict=True) if weight) for match in matches
    }
    best = max(covered.values(), default=0.0)
    kept = [match for match in matches if covered[match.pk] >= COVERED * best]
    if len(kept) >= FEW:
        return kept
    return [match for match in matches if covered[match.pk] >= COVERED_WHEN_FEW * best]


def rank(matches: Sequence[Match], sought: Sequence[Sought], telling: Sequence[float]) -> list[Ranked]:
    """Return the rows, best first. One statement."""
    order = [pk for _, _, pk in sorted(_by_place(match, telling) for match in matches)]
    exact = {f"exact_{number}": StrIndex("words", Value(f" {one.word} ")) for number, one in enumerate(sought)}
    rows = IndexRow.objects.filter(pk__in=order[:CLOSELY]).annotate(**exact)
    scored = []
    for row in rows.values_list("pk", "fingerprint", "entry_type", "title", "terms", *exact):
        value = closeness(orjson.loads(row[4]), row[3], row[5:], sought, telling) * TYPE_WEIGHTS.get(row[2], 1.0)
        scored.append((-round(value, 6), row[1], row[0]))
    ranked = [Ranked(pk, -score) for score, _, pk in sorted(scored)]
    return ranked + [Ranked(pk, 0.0) for pk in order[CLOSELY:]]


def _by_place(match: Match, telling: Sequence[float]) -> tuple[float, str, int]:
    """Return what rows are ordered by before they are looked at closely."""
    value = sum(map(mul, telling, match.weights))
    return (-round(value, 6), match.fingerprint, match.pk)


def closeness(
    terms: Mapping[str, int],
    title: str,
    exact: Sequence[int],
    sought: Sequence[Sought],
    telling: Sequence[float],
) -> float:
    """Return how well one row fits: its impacts for each word's best form, and how much of the title was asked for.

    Args:
        terms: the row's impacts by stem.
        title: of the entry.
        exact: for each word, more than 0 when the row holds it just so.
        sought: the words.
        telling: how telling each word is.
    """
    total, covered, possible = 0.0, 0.0, sum(telling) or 1.0
    for one, weight, is_exact in zip(sought, telling, exact, strict=True):
        best = max((share * terms.get(name, 0) for name, share in one.forms.items()), default=0.0) / HIGHEST_IMPACT
        total += weight * best * (EXACT_WORD if is_exact else 1.0)
        covered += weight if best else 0.0
    names = list(words(title))
    share = sum(1 for name in names if any(name in one.near_surfaces for one in sought)) / max(1, len(names))
    return (total / possible) * (covered / possible) * (1 + TITLE_SHARE * share)

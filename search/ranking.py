"""Which rows come first: computed here, from the same numbers whatever the database, so the order is the same."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from search.expansion import Sought
from search.index import HIGHEST_IMPACT
from search.languages import stem, words
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


def rank(matches: Sequence[Match], sought: Sequence[Sought], telling: Sequence[float], locale: str) -> list[Ranked]:
    """Return the rows, best first. One statement."""
    order = [pk for _, _, pk in sorted(_by_place(match, telling) for match in matches)]
    head = order[:CLOSELY]
    rows = IndexRow.objects.filter(pk__in=head).values_list("pk", "entry_id", "entry_type", "title", "terms", "words")
    scored = []
    for pk, entry_id, entry_type, title, terms, used in rows:
        value = closeness(orjson.loads(terms), used, title, sought, telling, locale)
        scored.append((-round(value * TYPE_WEIGHTS.get(entry_type, 1.0), 6), entry_id.hex, pk))
    ranked = [Ranked(pk, -score) for score, _, pk in sorted(scored)]
    return ranked + [Ranked(pk, 0.0) for pk in order[CLOSELY:]]


def _by_place(match: Match, telling: Sequence[float]) -> tuple[float, str, int]:
    """Return what rows are ordered by before they are looked at closely; equal ones by their id, on every database."""
    value = sum(t * weight for t, weight in zip(telling, match.weights, strict=True))
    return (-round(value, 6), match.entry_id.hex, match.pk)


def closeness(
    terms: Mapping[str, int],
    used: str,
    title: str,
    sought: Sequence[Sought],
    telling: Sequence[float],
    locale: str,
) -> float:
    """Return how well one row fits: its impacts for each word's best form, and how much of the title was asked for."""
    total, covered, possible = 0.0, 0.0, sum(telling) or 1.0
    for one, weight in zip(sought, telling, strict=True):
        best = max((share * terms.get(name, 0) for name, share in one.forms.items()), default=0.0) / HIGHEST_IMPACT
        if best and f" {one.word} " in used:
            best *= EXACT_WORD
        total += weight * best
        covered += weight if best else 0.0
    names = [stem(word, locale) for word in words(title)]
    near = set().union(*(one.near for one in sought))
    share = sum(1 for name in names if name in near) / max(1, len(names))
    return (total / possible) * (0.5 + 0.5 * covered / possible) * (1 + TITLE_SHARE * share)

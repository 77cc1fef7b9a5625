"""Corrects typing errors from the words that entries of a language use."""

from collections.abc import Sequence

from django.db.models import Q
from django.db.models.functions import Length
from rapidfuzz.distance import OSA

from search.languages import fold
from search.models import Word

SHORTEST_CORRECTED = 5
LONG_WORD = 8
MOST_PROPOSALS = 4


def proposals(words: Sequence[str], locale: str) -> dict[str, list[str]]:
    """Return for each word what may have been meant, best first, at most four: few errors, then used by many entries.

    One error in words of five to seven letters, two in longer ones; shorter words get none. One statement, none when no
    word is long enough.
    """
    condition = Q()
    for word in words:
        plain = fold(word)
        if len(plain) >= SHORTEST_CORRECTED:
            near = Q(length__range=(len(plain) - _allowed(plain), len(plain) + _allowed(plain)))
            condition |= near & _shares_a_part(plain)
    if not condition:
        return {}
    rows = list(
        Word.objects.filter(locale=locale)
        .annotate(length=Length("plain"))
        .filter(condition)
        .values_list("word", "plain", "entries")
    )
    return {word: _best(word, rows) for word in words}


def _shares_a_part(plain: str) -> Q:
    """Errors mostly leave the beginning, or at least one of three parts of a word, as it is."""
    third = max(1, len(plain) // 3)
    condition = Q(plain__startswith=plain[:2])
    for part in (plain[:third], plain[third : 2 * third], plain[2 * third :]):
        condition |= Q(plain__contains=part)
    return condition


def _best(word: str, rows: list[tuple[str, str, int]]) -> list[str]:
    plain = fold(word)
    if len(plain) < SHORTEST_CORRECTED:
        return []
    allowed = _allowed(plain)
    found = []
    for known, known_plain, entries in rows:
        errors = OSA.distance(plain, known_plain, score_cutoff=allowed)
        if errors <= allowed and known != word:
            found.append((errors, known_plain[:1] != plain[:1], -entries, known))
    return [known for *_, known in sorted(found)[:MOST_PROPOSALS]]


def _allowed(plain: str) -> int:
    return 2 if len(plain) >= LONG_WORD else 1

"""Finding entries: what the website and GraphQL ask. They say among which entries, so nobody finds what they may not see."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from search.excerpts import excerpt, marked
from search.expansion import Sought, expand
from search.languages import fold, plain_forms, words
from search.matching import Match, match
from search.models import IndexRow
from search.ranking import Ranked, rank, rarities, relevant
from search.spelling import proposals
from search.syntax import LONGEST_QUERY, Query, parse


@dataclass(frozen=True)
class Hit:
    """One entry that was found; title and excerpt are safe HTML with `<mark>` only."""

    entry_id: UUID
    score: float
    title: str
    excerpt: str


@dataclass(frozen=True)
class Found:
    """A page of hits, best first, how many there are in all, and the query that was really searched ("" when as typed)."""

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    corrected: str = ""


@dataclass(frozen=True)
class Suggestion:
    """An entry whose title fits what is being typed; the title is safe HTML with `<mark>` only."""

    entry_id: UUID
    title: str
    entry_type: str


@dataclass(frozen=True)
class _Search:
    """A query taken apart, with what stands for its words, and what was found."""

    query: Query
    sought: list[Sought]
    matches: list[Match]
    corrected: str = ""

    def missing(self) -> list[str]:
        """Return the words that no row holds."""
        return [
            one.word for place, one in enumerate(self.sought) if not any(row.weights[place] for row in self.matches)
        ]


def find(
    query: str,
    locale: str,
    *,
    among: QuerySet[Any, Any] | None = None,
    keep: Callable[[list[UUID]], Collection[UUID]] | None = None,
    first: int = 20,
    after: int = 0,
    may_correct: bool = True,
) -> Found:
    """Return the entries of a language that fit a query, best first.

    Words are found in every inflection, without accents and as parts of compounds; the last one may be a beginning.
    `"side by side"` in quotes is a phrase, `-word` leaves out. Rows that hold all words come first. Words that nothing
    fits are corrected. Nothing raises, whatever is typed; a query is cut after 200 characters and 12 words.

    Args:
        query: what was typed.
        locale: code of the language.
        among: a queryset of one column of entry ids: nothing else is found or counted. Always give it to callers from
            outside; without it the whole index is searched.
        keep: gets the ids of all that was found, best first, and returns those that are listed and counted, for callers
            who tell how many fit each filter.
        first: how many hits at most, from 0.
        after: how many to leave out before them, from 0.
        may_correct: whether words that nothing fits are corrected.

    Statements: six, seven with `keep`; for words that nothing fits one more, and three for each correction that is tried,
    four at most; none for a query without a word.
    """
    search = _search(parse(query, locale), locale, among, query if may_correct else "")
    fitting = [row for row in search.matches if row.fits] if search is not None else []
    if search is None or not fitting:
        return Found()
    telling = rarities(search.matches, len(search.sought), IndexRow.objects.filter(locale=locale).count())
    ranked = rank(relevant(fitting, telling), search.sought, telling)
    if keep is not None:
        rows = IndexRow.objects.filter(pk__in=[one.pk for one in ranked])
        ids = dict(rows.values_list("pk", "entry_id"))
        kept = set(keep([ids[one.pk] for one in ranked]))
        ranked = [one for one in ranked if ids[one.pk] in kept]
    return Found(_hits(ranked[after : after + first], search.sought), len(ranked), search.corrected)


def suggest(
    beginning: str, locale: str, *, among: QuerySet[Any, Any] | None = None, first: int = 8
) -> list[Suggestion]:
    """Return entries in whose title every typed word begins a word, those whose title begins so first.

    Args:
        beginning: what was typed so far; accents may be left out.
        locale: code of the language.
        among: as for `find`.
        first: how many at most.

    Statements: one, none for less than two letters.
    """
    typed = list(words(beginning[:LONGEST_QUERY]))[:12]
    if sum(map(len, typed)) < 2:
        return []
    rows = IndexRow.objects.filter(locale=locale)
    if among is not None:
        rows = rows.filter(entry_id__in=among)
    for word in typed:
        rows = rows.filter(_any_begins(plain_forms(word, locale)))
    found = [
        (row, _title_order(row[1], typed))
        for row in rows.values_list("entry_id", "plain_title", "title", "entry_type")
    ]
    found.sort(key=lambda item: (*item[1], item[0][0].hex))
    return [
        Suggestion(entry_id, _marked_beginnings(title, typed, locale), entry_type)
        for (entry_id, _, title, entry_type), _ in found[:first]
    ]


def _search(query: Query, locale: str, among: QuerySet[Any, Any] | None, typed: str) -> _Search | None:
    """Look a query up, and once more with other words where nothing fits and `typed` is given; None without a word."""
    if not query.words:
        return None
    search = _matched(query, locale, among)
    meant = proposals(search.missing(), locale) if typed else {}
    while any(meant.values()):
        chosen = {word: found[0] for word, found in meant.items() if found}
        tried = _matched(_corrected(query, chosen), locale, among)
        unfit = {word for word, other in chosen.items() if other in tried.missing()}
        if not unfit:
            return replace(tried, corrected=_rewritten(typed, chosen))
        meant = {word: found[1:] if word in unfit else found for word, found in meant.items()}
    return search


def _matched(query: Query, locale: str, among: QuerySet[Any, Any] | None) -> _Search:
    """Look a query up. Three statements."""
    inside = [word for phrase in query.phrases for word in phrase]
    every = list(dict.fromkeys([*query.words, *inside, *query.excluded]))
    by_word = {one.word: one for one in expand(every, locale, query.beginning)}
    sought = [by_word[word] for word in query.words]
    phrases = [[by_word[word] for word in phrase] for phrase in query.phrases]
    excluded = [by_word[word] for word in query.excluded]
    return _Search(query, sought, match(sought, locale, among, phrases, excluded))


def _corrected(query: Query, chosen: dict[str, str]) -> Query:
    def changed(items: Sequence[str]) -> list[str]:
        return [chosen.get(word, word) for word in items]

    beginning = "" if query.beginning in chosen else query.beginning
    return replace(
        query,
        words=list(dict.fromkeys(changed(query.words))),
        phrases=[changed(phrase) for phrase in query.phrases],
        beginning=beginning,
    )


def _rewritten(typed: str, chosen: dict[str, str]) -> str:
    """Return what was typed with its corrected words in place."""
    text = typed[:LONGEST_QUERY].strip()
    return re.sub(r"[^\W_]+", lambda found: chosen.get(found.group().lower(), found.group()), text)


def _hits(ranked: Sequence[Ranked], sought: Sequence[Sought]) -> list[Hit]:
    """Return hits with their excerpts. One statement."""
    surfaces = [one.surfaces for one in sought]
    rows = {
        pk: (entry_id, title, pieces)
        for pk, entry_id, title, pieces in IndexRow.objects.filter(pk__in=[one.pk for one in ranked]).values_list(
            "pk", "entry_id", "title", "pieces"
        )
    }
    hits = []
    for one in ranked:
        if one.pk in rows:
            entry_id, title, pieces = rows[one.pk]
            hits.append(Hit(entry_id, one.score, marked(title, surfaces), excerpt(pieces, surfaces)))
    return hits


def _any_begins(plains: set[str]) -> Any:
    condition = Q()
    for plain in plains:
        condition |= Q(plain_title__contains=f" {plain}")
    return condition


def _title_order(plain_title: str, typed: Sequence[str]) -> tuple[bool, int, str]:
    return (not plain_title.startswith(f" {fold(typed[0])}"), len(plain_title), plain_title)


def _marked_beginnings(title: str, typed: Sequence[str], locale: str) -> str:
    plains = tuple(plain for word in typed for plain in plain_forms(word, locale))
    known = {word for word in words(title) if fold(word).startswith(plains)}
    return marked(title, [known])

"""From a typed word to the stems that the index holds: itself, without accents, other inflections, beginnings, parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from django.db.models import Q

from search.languages import fold, is_compounding, key, plain_forms, stem
from search.models import Word

# How much a form counts beside the word itself.
OTHER_ACCENTS = 0.9
OTHER_INFLECTION = 0.8
BEGINNING = 0.6
PART = 0.5

SHORTEST_BEGINNING = 2
SHORTEST_PART = 5
MOST_PARTS = 300


@dataclass
class Sought:
    """One word that is looked for.

    Attributes:
        word: as typed, in small letters.
        forms: the stems that stand for it, with how much each counts (0 to 1).
        near: stems that stand for the word itself (not words that only begin with or contain it).
        surfaces: words of the index that are marked in excerpts.
        near_surfaces: those of them that are the word itself in any inflection.
    """

    word: str
    forms: dict[str, float] = field(default_factory=dict)
    near: set[str] = field(default_factory=set)
    surfaces: set[str] = field(default_factory=set)
    near_surfaces: set[str] = field(default_factory=set)

    def add(self, surface: str, name: str, weight: float) -> None:
        """Let a word of the index and its stem stand for this word, with the highest weight that the stem was given."""
        self.forms[name] = max(weight, self.forms.get(name, 0.0))
        self.surfaces.add(surface)
        if weight >= OTHER_INFLECTION:
            self.near.add(name)
            self.near_surfaces.add(surface)


@dataclass(frozen=True)
class _Loose:
    """What is compared with the vocabulary for one word."""

    stem: str
    plains: set[str]
    keys: set[str]


def expand(words: Sequence[str], locale: str, beginning: str = "") -> list[Sought]:
    """Return what stands in the index for each word, in the same order; a word that no entry uses has its own stem only.

    Args:
        words: in small letters.
        locale: code of the language.
        beginning: the one among them that may be typed in part.

    Statements: two, one when no word can be a part of another; none without words.
    """
    if not words:
        return []
    sought = [Sought(word) for word in words]
    loose = [_loose(word, locale) for word in words]
    for one, forms in zip(sought, loose, strict=True):
        one.add(one.word, forms.stem, 1.0)
    for word, plain, name, loose_key in _forms(loose, locale):
        for one, forms in zip(sought, loose, strict=True):
            weight = _closeness(forms, plain, name, loose_key)
            if weight:
                one.add(word, name, weight)
    _add_parts(sought, loose, locale, beginning)
    return sought


def _loose(word: str, locale: str) -> _Loose:
    plains = plain_forms(word, locale)
    return _Loose(stem(word, locale), plains, {key(form, locale) for form in {word, *plains}})


def _forms(loose: Iterable[_Loose], locale: str) -> Iterable[tuple[str, str, str, str]]:
    plains = {plain for forms in loose for plain in forms.plains}
    keys = {name for forms in loose for name in forms.keys}
    stems = {forms.stem for forms in loose}
    rows = Word.objects.filter(Q(plain__in=plains) | Q(key__in=keys) | Q(stem__in=stems), locale=locale)
    return rows.values_list("word", "plain", "stem", "key")


def _closeness(forms: _Loose, plain: str, name: str, loose_key: str) -> float:
    if name == forms.stem:
        return 1.0
    if plain in forms.plains:
        return OTHER_ACCENTS
    return OTHER_INFLECTION if loose_key in forms.keys else 0.0


def _add_parts(sought: Sequence[Sought], loose: Sequence[_Loose], locale: str, beginning: str) -> None:
    """Add the words that begin with what is being typed and, where words are compounds, those that contain a word."""
    condition = Q()
    for one, forms in zip(sought, loose, strict=True):
        if one.word == beginning and len(one.word) >= SHORTEST_BEGINNING:
            for plain in forms.plains:
                condition |= Q(plain__startswith=plain)
        for part in _parts(forms, locale):
            condition |= Q(key__contains=part)
    if not condition:
        return
    rows = Word.objects.filter(condition, locale=locale).values_list("entries", "word", "plain", "stem", "key")
    # Chosen here and not by the database, because each orders text in its own way.
    for _, word, plain, name, loose_key in nsmallest(MOST_PARTS, rows, key=lambda row: (-row[0], row[1])):
        for one, forms in zip(sought, loose, strict=True):
            if one.word == beginning and any(plain.startswith(form) for form in forms.plains):
                one.add(word, name, BEGINNING * _share(one.word, plain))
            if any(part in loose_key for part in _parts(forms, locale)):
                one.add(word, name, PART * _share(one.word, plain))


def _parts(forms: _Loose, locale: str) -> set[str]:
    return {name for name in forms.keys if len(name) >= SHORTEST_PART} if is_compounding(locale) else set()


def _share(word: str, whole: str) -> float:
    """Return how much of a longer word a part is, 0.5 to 1."""
    return 0.5 + 0.5 * min(1.0, len(fold(word)) / max(1, len(whole)))

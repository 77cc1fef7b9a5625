"""The judged queries, the entries that they are judged over, and how well a search answers them.

How relevance was judged stands at the head of judged/en.yaml.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from wagtail.models import Locale

from cms.delivery.building import build_entry
from cms.demo.content import LOCALES, PageText, pages, read
from cms.setup.raw import Names, Writer, made_id
from cms.setup.values import page_values
from cms.setup.writing import add_footnotes, apply_values
from pages.entries import EntryRecord
from pages.models import Contact, Organisation

FOLDER = Path(__file__).parent / "judged"
DIRECTORY: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "organisation": (Organisation, ("name", "acronym", "country", "role", "website")),
    "contact": (Contact, ("name", "role", "email", "address")),
}
CUT = 10
LEAST_RECALL = 0.9
LEAST_RECIPROCAL_RANK = 0.75

Answer = Callable[[str, str], Sequence[uuid.UUID]]


@dataclass(frozen=True)
class JudgedQuery:
    """A query in one language and the ids of the entries that answer it; `kind` is said at the head of judged/en.yaml."""

    text: str
    locale: str
    kind: str
    relevant: frozenset[uuid.UUID]


@dataclass(frozen=True)
class Judgement:
    """How one query was answered: the share of the relevant among the first ten, and 1 / place of the first relevant one or 0."""

    query: JudgedQuery
    recall: float
    reciprocal_rank: float


class Nobody(dict[str, int]):
    """Gives every name a number that nothing has, so that texts can be written without their targets."""

    def __missing__(self, key: str) -> int:
        return 0

    def get(self, key: str, default: Any = None) -> int:
        """Return 0."""
        return 0


def judged_queries(locale: str) -> list[JudgedQuery]:
    """Return the judged queries of a language, as they stand in its file."""
    return [
        JudgedQuery(item["query"], locale, item["kind"], frozenset(map(entry_id, item["relevant"])))
        for item in yaml.safe_load((FOLDER / f"{locale}.yaml").read_text(encoding="utf-8"))
    ]


def entry_id(key: str) -> uuid.UUID:
    """Return the id of the entry that a key of the judged set means: the demonstration makes its ids from its keys.

    Raises:
        KeyError: when the demonstration has no such page, organisation or contact.
    """
    if key not in known_keys():
        raise KeyError(f"The demonstration has nothing with the key {key}.")
    kind, _, name = key.partition("/")
    return uuid.UUID(made_id(kind, name) if kind in DIRECTORY else made_id("page", key))


@cache
def known_keys() -> frozenset[str]:
    """Return the keys of all pages, organisations and contacts of the demonstration."""
    members = {f"{kind}/{item['key']}" for kind in DIRECTORY for item in read(f"directory/{kind}s", "en")}
    return page_keys() | members


def page_keys() -> frozenset[str]:
    """Return the keys of all pages of the demonstration."""
    return frozenset(text.key for text in pages())


def over(queries: Iterable[JudgedQuery], known: frozenset[uuid.UUID]) -> list[JudgedQuery]:
    """Return the queries with what is relevant among `known` only; those with nothing left are dropped."""
    narrowed = [replace(query, relevant=query.relevant & known) for query in queries]
    return [query for query in narrowed if query.relevant]


def judge(queries: Iterable[JudgedQuery], answer: Answer) -> list[Judgement]:
    """Ask each query and judge what comes.

    Args:
        queries: the judged queries.
        answer: takes a query's text and locale and gives ids of entries, best first.
    """
    return [_judged(query, list(answer(query.text, query.locale))[:CUT]) for query in queries]


def _judged(query: JudgedQuery, found: Sequence[uuid.UUID]) -> Judgement:
    places = [place for place, key in enumerate(found, start=1) if key in query.relevant]
    reachable = min(len(query.relevant), CUT)
    return Judgement(query, len(places) / reachable, 1 / places[0] if places else 0.0)


def mean_recall(judgements: Sequence[Judgement]) -> float:
    """Return the mean recall at ten."""
    return sum(item.recall for item in judgements) / len(judgements)


def mean_reciprocal_rank(judgements: Sequence[Judgement]) -> float:
    """Return the mean reciprocal rank."""
    return sum(item.reciprocal_rank for item in judgements) / len(judgements)


def demonstration_records() -> Iterator[EntryRecord]:
    """Give what publishing the demonstration would hand to the search, without seeding it: pages, organisations, contacts.

    References to other entries and pictures are left out. Locales are made when they are missing.
    """
    rows = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LOCALES}
    for text in pages():
        for code in text.locales:
            yield _record(_page(text, code, rows[code]), entry_id(text.key))
    for kind, (model, names) in DIRECTORY.items():
        for code in LOCALES:
            for item in read(f"directory/{kind}s", code):
                key = entry_id(f"{kind}/{item['key']}")
                values = {name: item[name] for name in names}
                yield _record(model(locale=rows[code], translation_key=key, **values), key)


def _record(source: Any, key: uuid.UUID) -> EntryRecord:
    built = build_entry((source._meta.label, 0), source)
    return EntryRecord(key, built.locale, built.locale, built.entry_type, built.payload)


def _page(text: PageText, code: str, locale: Locale) -> Any:
    writer, own = Writer(text.key, Names(*(Nobody() for _ in range(4)))), text.text(code)
    values = page_values(text.model, own, writer)
    page = apps.get_model(text.model)(locale=locale, slug=own["slug"], translation_key=entry_id(text.key))
    apply_values(page, {name: None if name.endswith("_id") else value for name, value in values.items()})
    add_footnotes(page, own, writer)
    return page

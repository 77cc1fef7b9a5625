"""The judged queries: the set itself, how answers are judged, and that our search answers well in every language."""

import uuid
from collections import Counter

import pytest
import yaml

from cms.demo.content import LOCALES, pages
from search.index import write_records
from search.queries import find
from tests.search.judging import (
    CUT,
    FOLDER,
    LEAST_RECALL,
    LEAST_RECIPROCAL_RANK,
    JudgedQuery,
    Judgement,
    demonstration_records,
    entry_id,
    judge,
    judged_queries,
    known_keys,
    mean_recall,
    mean_reciprocal_rank,
    over,
)

KINDS = {"plain", "inflected", "accented", "unaccented", "misspelt", "phrase", "prefix", "compound", "name"}
A, B, C = (uuid.UUID(int=number) for number in range(3))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_judged_set_is_large_and_mixed(locale: str) -> None:
    queries = judged_queries(locale)
    kinds = Counter(query.kind for query in queries)

    assert len(queries) >= 25
    assert len({query.text for query in queries}) == len(queries)
    assert set(kinds) <= KINDS
    assert kinds["inflected"] >= 5
    assert kinds["accented"] + kinds["unaccented"] >= 4
    assert kinds["misspelt"] >= 5
    assert kinds["phrase"] >= 3
    assert all(query.text.startswith('"') for query in queries if query.kind == "phrase")


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_judged_relevant_exists_in_the_language(locale: str) -> None:
    missing = {text.key for text in pages() if locale not in text.locales}

    for item in yaml.safe_load((FOLDER / f"{locale}.yaml").read_text(encoding="utf-8")):
        assert item["relevant"], item["query"]
        assert len(set(item["relevant"])) == len(item["relevant"]) <= CUT, item["query"]
        assert set(item["relevant"]) <= known_keys() - missing, item["query"]


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError, match="nothing with the key study/nowhere"):
        entry_id("study/nowhere")


def test_an_answer_is_judged_by_its_first_ten() -> None:
    query = JudgedQuery("water", "en", "plain", frozenset({A, B}))
    others = [uuid.UUID(int=number) for number in range(10, 19)]

    answers = iter([[C, A, B], [*others, B, A], [C]])

    judged = judge([query, query, query], lambda text, locale: next(answers))

    assert [(item.recall, item.reciprocal_rank) for item in judged] == [(1.0, 0.5), (0.5, 0.1), (0.0, 0.0)]
    assert mean_recall(judged) == pytest.approx(0.5)
    assert mean_reciprocal_rank(judged) == pytest.approx(0.2)


def test_a_search_is_judged_over_what_it_can_find() -> None:
    both, one = (JudgedQuery("water", "en", "plain", frozenset(ids)) for ids in ({A, B}, {B}))

    assert over([both, one], frozenset({A, C})) == [JudgedQuery("water", "en", "plain", frozenset({A}))]


@pytest.mark.django_db
def test_every_language_is_answered_well() -> None:
    write_records(list(demonstration_records()))

    judged = {locale: judge(judged_queries(locale), _found) for locale in LOCALES}

    for locale, items in judged.items():
        said = "\n".join(_misses(items))
        assert mean_recall(items) >= LEAST_RECALL, f"{locale}\n{said}"
        assert mean_reciprocal_rank(items) >= LEAST_RECIPROCAL_RANK, f"{locale}\n{said}"


def _found(text: str, locale: str) -> list[uuid.UUID]:
    return [hit.entry_id for hit in find(text, locale, first=CUT).hits]


def _misses(items: list[Judgement]) -> list[str]:
    return [
        f"{item.recall:.2f} {item.reciprocal_rank:.2f} {item.query.kind} {item.query.text}"
        for item in items
        if item.recall < 1 or item.reciprocal_rank < 1
    ]

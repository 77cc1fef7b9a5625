"""What people type, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.syntax import LONGEST_QUERY, MOST_WORDS, Query, parse


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", Query()),
        ("  ", Query()),
        ("!?", Query()),
        ("Teachers learn", Query(["teachers", "learn"], beginning="learn")),
        ("teachers ", Query(["teachers"], beginning="teachers")),
        ("how do teachers learn", Query(["teachers", "learn"], beginning="learn")),
        ("about", Query(["about"], beginning="about")),
        ("event 4", Query(["event", "4"], beginning="4")),
        ('"head teacher" visit', Query(["head", "teacher", "visit"], [["head", "teacher"]], beginning="visit")),
        ("“state of the art”", Query(["state", "art"], [["state", "art"]])),
        ('"head teacher', Query(["head", "teacher"], [["head", "teacher"]])),
        ('"teacher"', Query(["teacher"])),
        ("teacher -museum", Query(["teacher"], excluded=["museum"])),
        ("inquiry-based", Query(["inquiry", "based"], beginning="based")),
        ("teacher teacher", Query(["teacher"], beginning="teacher")),
        ("-museum", Query(excluded=["museum"])),
        ("* OR NEAR( col:x", Query(["near", "col"])),
    ],
)
def test_query_is_taken_apart(typed: str, expected: Query) -> None:
    assert parse(typed, "en") == expected


def test_long_queries_are_cut() -> None:
    many = " ".join(f"word{number}" for number in range(50))

    query = parse(many * 100, "en")

    assert len(query.words) == MOST_WORDS
    assert all(word in many[:LONGEST_QUERY] for word in query.words)


@given(st.text(max_size=400), st.sampled_from(["en", "fr", "fi", "it", "de", "xx"]))
def test_anything_can_be_typed(typed: str, locale: str) -> None:
    query = parse(typed, locale)

    every = [*query.words, *query.excluded, *(word for phrase in query.phrases for word in phrase)]
    assert all(word and word.isalnum() for word in every)
    assert query.beginning in ("", *query.words)

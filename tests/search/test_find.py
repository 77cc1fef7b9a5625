"""Finding: forms of words, phrases, accents, parts, mistakes, order, excerpts, and only among what the caller may see."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.models import IndexRow
from search.queries import Found, find, suggest
from tests.search.records import entry_id, index, numbers, record

pytestmark = pytest.mark.django_db


def found(query: str, locale: str = "en", **options: Any) -> list[int]:
    return numbers([hit.entry_id for hit in find(query, locale, **options).hits])


def among(*wanted: int) -> Any:
    return IndexRow.objects.filter(entry_id__in=[entry_id(number) for number in wanted]).values("entry_id")


@pytest.mark.parametrize(
    ("locale", "text", "query"),
    [
        ("en", "Teachers were measuring water.", "measure"),
        ("en", "Teachers were measuring water.", "TEACHER'S"),
        ("fr", "Les enseignantes évaluent.", "enseignant"),
        ("fr", "L’élève observe.", "élèves"),
        ("fr", "L’élève observe.", "eleve"),
        ("fi", "Opettajien täydennyskoulutuksessa.", "opettaja"),
        ("fi", "Opettajien täydennyskoulutuksessa.", "täydennyskoulutus"),
        ("fi", "Opettajien täydennyskoulutuksessa.", "taydennyskoulutus"),
        ("fi", "Opettajien täydennyskoulutuksessa.", "koulutuksen"),
        ("fi", "Tiedon lähteet.", "tieto"),
        ("it", "Gli insegnanti sperimentano.", "insegnante"),
        ("it", "La curiosità dell'alunno.", "curiosita"),
        ("de", "Die Schülerinnen fragen.", "Schueler"),
        ("de", "Die Schülerinnen fragen.", "schulerin"),
        ("de", "Unterrichtsentwicklung gelingt.", "Unterricht"),
        ("de", "Unterrichtsentwicklung gelingt.", "Entwicklung"),
        ("en", "Photosynthesis in leaves.", "photosy"),
        ("en", "Photosynthesis in leaves.", "fotosynthesis leaves"),
        ("en", "Carbon dioxide: CO₂ in 2018.", "2018"),
    ],
)
def test_word_is_found_in_its_forms(locale: str, text: str, query: str) -> None:
    index(record(1, "x", text, locale=locale), record(2, "y", "0", locale=locale))

    assert found(query, locale) == [1]


def test_other_language_is_not_found() -> None:
    index(record(1, "Evidence", locale="en"), record(1, "Evidence", locale="fr"), record(2, "Evidence", locale="fr"))

    assert found("evidence", "en") == [1]


def test_title_comes_before_heading_before_summary_before_body() -> None:
    heading = [{"id": "", "type": "heading", "value": {"level": 2, "text": "On magnets", "anchor": "m"}}]
    index(
        record(1, "One", "Something long about magnets."),
        record(2, "Two", summary={"html": "All about magnets", "words": 3}),
        record(3, "Three", "Another text.", sections=heading),
        record(4, "Magnets", "Another text."),
    )

    assert found("magnets") == [4, 3, 2, 1]


def test_exact_accents_come_first() -> None:
    index(record(1, "Sale", locale="fr"), record(2, "Salé", locale="fr"))

    assert found("salé", "fr") == [2, 1]
    assert found("sale", "fr") == [1, 2]


def test_exact_word_comes_before_its_inflections() -> None:
    index(record(1, "One", "They measured."), record(2, "Two", "They measure."), record(3, "Three", "They measuring."))

    assert found("measure")[0] == 2


def test_all_words_come_before_some_words() -> None:
    index(
        record(1, "Water", "The water is deep."),
        record(2, "One", "Some water in a glass."),
        record(3, "Two", "A glass of cold water."),
        record(4, "Three", "A glass."),
    )

    answer = find("water glass", "en")

    assert set(numbers([hit.entry_id for hit in answer.hits])[:2]) == {2, 3}


def test_rows_with_little_of_the_query_are_left_out_when_enough_hold_it_all() -> None:
    index(*(record(number, f"T{number}", "copper wire") for number in range(1, 15)), record(15, "T15", "copper"))

    assert find("copper wire", "en").total == 14


def test_phrase_needs_its_words_side_by_side() -> None:
    index(
        record(1, "One", "The head teacher agreed."),
        record(2, "Two", "The teacher shook the head."),
        record(3, "Three", "Use your head.", "Teacher and class."),
        record(4, "Four", "Two head teachers."),
    )

    assert sorted(found('"head teacher"')) == [1, 4]


def test_phrase_passes_over_very_common_words() -> None:
    index(record(1, "One", "The state of the art."), record(2, "Two", "The art of a state."))

    assert found('"state of the art"') == [1]


def test_phrase_that_does_not_occur_corrects_no_word() -> None:
    index(record(1, "One", "The teacher shook the heads."), record(2, "Two", "Teacheres"))

    assert find('"head teacher"', "en") == Found()


def test_minus_leaves_out() -> None:
    index(record(1, "One", "Copper and tin."), record(2, "Two", "Copper alone."))

    assert found("copper -tin") == [2]
    assert found("-tin") == []


@pytest.mark.parametrize(
    ("typed", "locale", "corrected"),
    [
        ("inqiury", "en", "inquiry"),
        ("evidnce of inqiury", "en", "evidence of inquiry"),
        ("evaluatoin", "en", "evaluation"),
        ("evlauaton", "en", "evaluation"),
        ("lehrkrefte", "de", "lehrkräfte"),
        ("saavutetavuus", "fi", "saavutettavuus"),
    ],
)
def test_mistakes_are_corrected(typed: str, locale: str, corrected: str) -> None:
    index(
        record(1, "Inquiry gives evidence for evaluation"),
        record(2, "Lehrkräfte", locale="de"),
        record(3, "Saavutettavuus", locale="fi"),
    )

    answer = find(typed, locale)

    assert (answer.total, answer.corrected) == (1, corrected)


def test_what_is_found_or_short_or_too_far_is_not_corrected() -> None:
    index(record(1, "Teams and dreams", "tears"))

    assert [find(typed, "en").corrected for typed in ("teams", "tean", "strems", "xyzzyq")] == [""] * 4


def test_correction_takes_only_words_that_the_caller_can_find() -> None:
    index(record(1, "Magnetism"), record(2, "Electricity"))

    assert find("magnetismo", "en", among=among(2)).corrected == ""
    assert find("magnetizm", "en", among=among(1)).corrected == "magnetism"


def test_nothing_outside_the_given_entries_is_found_or_counted() -> None:
    index(*(record(number, f"Magnets {number}") for number in range(1, 7)))

    answer = find("magnets", "en", among=among(2, 5))

    assert (sorted(numbers([hit.entry_id for hit in answer.hits])), answer.total) == ([2, 5], 2)
    assert find("magnets", "en", among=IndexRow.objects.none().values("entry_id")) == Found()
    assert numbers([one.entry_id for one in suggest("magn", "en", among=among(3))]) == [3]


def test_pages_of_hits_are_parts_of_one_list() -> None:
    index(*(record(number, f"Number {number}", "copper " * number) for number in range(1, 131)))

    whole = found("copper", first=200)
    parts = [number for start in range(0, 130, 30) for number in found("copper", first=30, after=start)]

    assert (parts, len(whole), len(set(whole))) == (whole, 130, 130)
    assert find("copper", "en", first=0).total == 130


def test_excerpt_is_safe_marks_the_words_and_is_cut_around_them() -> None:
    index(
        record(
            1, "<b>A & B</b> copper", "Nothing here. " * 40 + "Then &lt;copper&gt; &amp; tin. " + "More of it. " * 40
        )
    )

    (hit,) = find("copper", "en").hits

    assert hit.title == "&lt;b&gt;A &amp; B&lt;/b&gt; <mark>copper</mark>"
    assert "&lt;<mark>copper</mark>&gt; &amp; tin." in hit.excerpt
    assert 100 < len(re.sub("<.*?>|&[a-z]+;", "", hit.excerpt)) < 260
    assert hit.excerpt.endswith(" …")


def test_excerpt_marks_what_stands_for_the_word() -> None:
    index(record(1, "x", "Die Unterrichtsentwicklung im Unterricht.", locale="de"))

    (hit,) = find("Unterricht", "de").hits

    assert hit.excerpt == "Die <mark>Unterrichtsentwicklung</mark> im <mark>Unterricht</mark>."


def test_entry_without_text_has_no_excerpt() -> None:
    index(record(1, "University of Helsinki", kind="Organisation"))

    assert [(hit.title, hit.excerpt) for hit in find("helsinki", "en").hits] == [
        ("University of <mark>Helsinki</mark>", "")
    ]


def test_very_common_words_are_found_in_titles() -> None:
    index(record(1, "About us"), record(2, "Other", "It is about water."))

    assert found("about") == [1]
    assert sorted(found("about water")) == [2]


def test_words_behind_the_last_place_are_found() -> None:
    index(record(1, "Long", "filler " * 17_000 + "needle haystack"))

    assert (found("needle"), found('"needle haystack"')) == ([1], [])


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "-", '"', '""', "*", "(", "a OR", "NEAR(a b)", "x:y", "\0", "\0teachers", "🙂", "'; --", "^a"),
        *("a" * 5000, "%", "_", "\\", "' | '", "&", "\ud800"),
    ],
)
def test_nothing_that_is_typed_raises(typed: str) -> None:
    index(record(1, "Teachers"))

    for locale in ("en", "fi", "xx", ""):
        assert find(typed, locale).total in (0, 1)
        suggest(typed, locale)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_anything_can_be_indexed_and_found_again(text: str) -> None:
    text = text.replace("\0", "").encode("utf-8", "ignore").decode()
    index(record(1, f"Titre {text}", text, locale="fr"))

    find(text, "fr")
    find(f'"{text}" -{text}', "fr")

    assert IndexRow.objects.count() == 1


def statements(function: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        function()
    return len(captured.captured_queries)


@pytest.mark.parametrize("size", [1, 10, 50])
def test_statements_do_not_grow_with_the_content(size: int) -> None:
    index(*(record(number, f"Copper wire {number}", "tin " * 30) for number in range(size)))

    assert statements(lambda: find("copper", "en")) == 6
    assert statements(lambda: find("copper wire tin", "en")) == 6
    assert statements(lambda: find("coppper", "en")) <= 10
    assert statements(lambda: suggest("copp", "en")) == 1
    assert statements(lambda: find("?", "en")) == 0


def test_suggestions_complete_titles() -> None:
    index(
        record(1, "Measuring water", kind="Chapter"),
        record(2, "Why measure?"),
        record(3, "Élan & Mesure", locale="fr"),
        record(4, "Water", "measure"),
    )

    assert [(one.title, one.entry_type) for one in suggest("meas", "en")] == [
        ("<mark>Measuring</mark> water", "Chapter"),
        ("Why <mark>measure</mark>?", "InformationPage"),
    ]
    assert [one.title for one in suggest("elan mes", "fr")] == ["<mark>Élan</mark> &amp; <mark>Mesure</mark>"]
    assert [suggest(typed, "en") for typed in ("", "m", "zzz", "easuring")] == [[]] * 4
    assert len(suggest("wa", "en", first=1)) == 1

"""The same answers in the same order on every database: what is expected stands in a file, and each database is asked.

After a change of the ranking on purpose, write the file again with what `answers()` returns, and look at the difference.
"""

import json
from pathlib import Path
from random import Random

import pytest

from search.queries import find
from tests.search.records import index, numbers, record

EXPECTED = Path(__file__).with_name("orders.json")
TEXTS = 60
WORDS = {
    "en": """teacher teachers teaching inquiry inquiries question questions evidence water measure measured measuring
    school schools training train tool tools digital digitally wire copper heat temperature pupils pupil learn learning the
    of and is""",
    "fi": """opettaja opettajat opettajien oppilas oppilaat oppilaiden koulutus koulutuksen täydennyskoulutus kysymys
    kysymyksen kysymykset näyttö näytön vesi veden mittaus mittaukset mitata tieto tiedon tiedot lämpötila lämpötilan
    lämpötila-anturi koulu koulun ja on ei""",
    "de": """Unterricht Unterrichts Unterrichtsentwicklung Entwicklung Schüler Schülerin Schülerinnen Schule Schulen Frage
    Fragen Fragebogen Lehrkraft Lehrkräfte Fortbildung Fortbildungen Messung messen gemessen Wasser Wassertemperatur
    Temperatur Straße der die und""",
}
QUERIES = {
    "en": ["teacher", "teachers inquiry", "measuring water", '"copper wire"', "heat -water", "quest", "temprature", "the",
           "digital tools for learning", "schol traning"],
    "fi": ["opettaja", "koulutus", "oppilaat kysymykset", "lampotila", "tiedon", "mitt", "naytto vesi", "kysmys"],
    "de": ["Unterricht", "Schueler Fragen", "Entwicklung", "Temperatur", "Lehrkrefte", "strasse", "messen wasser", "Fort"],
}  # fmt: skip


def fill() -> None:
    """Index texts made of few words, so that many of them are nearly equal."""
    for locale, words in WORDS.items():
        chance, choices = Random(locale), words.split()
        for number in range(TEXTS):
            texts = [" ".join(chance.choices(choices, k=chance.randint(3, 40))) for _ in range(3)]
            title = " ".join(chance.choices(choices, k=3))
            index(record(number, title, *texts[1:], locale=locale, summary={"html": texts[0], "words": 1}))


def answers() -> dict[str, dict[str, dict[str, object]]]:
    """Return for each language and query the numbers of the first ten, how many there are, and the correction."""
    found: dict[str, dict[str, dict[str, object]]] = {}
    for locale, queries in QUERIES.items():
        for query in queries:
            answer = find(query, locale, first=10)
            first = numbers([hit.entry_id for hit in answer.hits])
            said = {"first": first, "total": answer.total, "corrected": answer.corrected}
            found.setdefault(locale, {})[query] = said
    return found


@pytest.mark.django_db
def test_answers_are_the_same_on_every_database() -> None:
    fill()

    assert answers() == json.loads(EXPECTED.read_text(encoding="utf-8"))

"""Words and their forms in all five languages."""

import threading

import pytest

from search.languages import fold, is_stop_word, key, plain_forms, stem, words


def test_words_are_small_composed_and_parted_at_hyphens_and_apostrophes() -> None:
    assert list(words("L’élève's E-MAIL, CO₂_2018 — E\u0301te\u0301")) == [
        "l",
        "élève",
        "s",
        "e",
        "mail",
        "co₂",
        "2018",
        "été",
    ]


def test_folding_takes_accents_and_ligatures_away() -> None:
    assert [fold(word) for word in ("Élève", "cœur", "Straße", "päättäjä", "perché", "łódź")] == [
        "eleve",
        "coeur",
        "strasse",
        "paattaja",
        "perche",
        "lodz",
    ]


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("en", "teacher teachers teacher"),
        ("fr", "enseignant enseignants enseignante enseignantes"),
        ("fi", "opettaja opettajat opettajien opettajille opettajalla"),
        ("it", "insegnante insegnanti"),
        ("de", "Schule Schulen"),
    ],
)
def test_inflections_share_a_stem(locale: str, forms: str) -> None:
    assert len({stem(word.lower(), locale) for word in forms.split()}) == 1


@pytest.mark.parametrize("forms", ["tieto tiedon tiedot", "koulutus koulutuksen koulutukset", "tarve tarpeet"])
def test_finnish_grades_share_a_key(forms: str) -> None:
    assert len({key(word, "fi") for word in forms.split()}) == 1


def test_keys_of_other_languages_lose_only_accents() -> None:
    assert key("développements", "fr") == "developp"


def test_language_without_a_stemmer_keeps_its_words() -> None:
    assert stem("teachers", "xx") == "teachers"


def test_regions_share_their_language() -> None:
    assert stem("teachers", "en-GB") == "teacher"


def test_german_umlauts_may_be_written_out() -> None:
    assert plain_forms("schueler", "de") == {"schueler", "schuler"}
    assert plain_forms("schueler", "fi") == {"schueler"}


def test_very_common_words_belong_to_their_language() -> None:
    assert [is_stop_word("die", locale) for locale in ("de", "en")] == [True, False]


def test_threads_stem_at_the_same_time() -> None:
    expected = {f"learnings{number}": stem(f"learnings{number}", "en") for number in range(300)}
    stem.cache_clear()
    wrong: list[str] = []

    def work() -> None:
        wrong.extend(word for word, wanted in expected.items() if stem.__wrapped__(word, "en") != wanted)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []

"""The index is equal to what is delivered, through every door of publishing, and only when its transaction commits."""

import re
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.actions.convert_alias import ConvertAliasPageAction

from cms.delivery.models import Entry
from pages.entries import EntryRecord
from pages.models import InformationPage
from pages.signals import content_committing, content_transaction
from search.fields import as_tsvector, from_tsvector
from search.index import impacts, write_records
from search.models import IndexRow, Word
from search.queries import find
from search.rebuild import differences
from search.texts import INDEXED_TYPES, Field, Piece
from tests.delivery.world import World, add, add_chapter, body, edit, fresh, make_world
from tests.search.records import entry_id, index, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world(chapters=3)


def titles(query: str, locale: str = "en") -> set[str]:
    found = [hit.entry_id for hit in find(query, locale).hits]
    return set(IndexRow.objects.filter(entry_id__in=found, locale=locale).values_list("title", flat=True))


def test_every_door_of_publishing_keeps_the_index(world: World) -> None:
    page = add(world.homes["en"], InformationPage(title="Magnets", body=body("<p>Poles attract.</p>")))
    assert titles("magnet") == {"Magnets"}

    edit(page, title="Compasses")
    assert titles("magnet") == set()
    assert titles("compass") == {"Compasses"}

    edit(page, live=False, title="Draft of gyroscopes")
    assert titles("gyroscope") == set()

    fresh(page).move(fresh(world.study), pos="left")
    fresh(page).unpublish()
    assert titles("compass") == set()

    chapter = world.chapters[0]
    fresh(world.study).delete()
    assert not IndexRow.objects.filter(entry_id=chapter.translation_key).exists()
    assert list(differences()) == []


def test_rows_are_those_of_indexed_entries_in_their_own_language(world: World) -> None:
    chapter = world.chapters[0]
    chapter.copy_for_translation(world.locales["fr"], copy_parents=True, alias=True)
    wanted = {
        (entry.entry_id, entry.locale)
        for entry in Entry.objects.filter(entry_type__in=INDEXED_TYPES)
        if entry.content_locale == entry.locale
    }

    assert Entry.objects.filter(entry_id=chapter.translation_key, locale="fr", content_locale="en").exists()
    assert set(IndexRow.objects.values_list("entry_id", "locale")) == wanted


def test_alias_that_becomes_a_page_of_its_own_is_found(world: World) -> None:
    page = add(world.homes["en"], InformationPage(title="Magnets", body=body("<p>Poles.</p>")))
    alias = page.copy_for_translation(world.locales["fr"], alias=True)
    assert titles("magnets", "fr") == set()

    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)

    assert titles("magnets", "fr") == {"Magnets"}
    assert list(differences()) == []


class Stop(Exception):
    """Ends a transaction."""


def test_refused_transaction_leaves_the_index_untouched(world: World) -> None:
    before = sorted(IndexRow.objects.values_list("pk", "fingerprint"))
    words = sorted(Word.objects.values_list("word", "entries"))

    def stop(**kwargs: Any) -> None:
        assert titles("gyroscope") == {"Gyroscopes"}  # the row is written already, in this transaction
        raise Stop

    def publish_and_unpublish() -> None:
        with content_transaction():
            edit(world.chapters[0], title="Gyroscopes")
            world.chapters[1].unpublish()

    content_committing.connect(stop)
    try:
        with pytest.raises(Stop):
            publish_and_unpublish()
    finally:
        content_committing.disconnect(stop)

    assert sorted(IndexRow.objects.values_list("pk", "fingerprint")) == before
    assert sorted(Word.objects.values_list("word", "entries")) == words
    assert titles("gyroscope") == set()


def test_publishing_costs_few_statements_however_long_the_text(world: World) -> None:
    def written(text: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            edit(world.chapters[0], body=body(f"<p>{text}</p>"))
        ours = re.compile(r"\bsearch_(indexrow|word)\b|7261002")
        return sum(1 for query in captured.captured_queries if ours.search(query["sql"]))

    written("nothing special")
    few = written("copper")
    many = written(" ".join(f"word{number}" for number in range(500)))

    assert many <= few + 1
    assert many <= 8


def test_equal_text_is_not_written_again() -> None:
    made = record(1, "Magnets", "Poles attract.")
    index(made)

    assert write_records([made]) == 0
    assert write_records([record(1, "Magnets", "Poles repel.")]) == 1


def test_words_are_counted_by_entries_and_go_with_the_last() -> None:
    index(record(1, "Copper", "tin tin"), record(2, "Copper"))
    assert dict(Word.objects.values_list("word", "entries")) == {"copper": 2, "tin": 1}

    index(record(1, "Tin", "zinc"))
    assert dict(Word.objects.values_list("word", "entries")) == {"copper": 1, "tin": 1, "zinc": 1}

    write_records([], [(entry_id(1), "en"), (entry_id(2), "en"), (entry_id(3), "en")])
    assert (Word.objects.count(), IndexRow.objects.count()) == (0, 0)


def test_entry_that_was_replaced_in_one_transaction_stays() -> None:
    index(record(1, "Copper"))

    write_records([record(1, "Tin")], [(entry_id(1), "en")])

    assert list(IndexRow.objects.values_list("title", flat=True)) == ["Tin"]


def test_alias_takes_the_row_of_what_it_replaces() -> None:
    index(record(1, "Copper", locale="fr"))

    write_records([EntryRecord(entry_id(1), "fr", "en", "InformationPage", {"title": "Copper"})])

    assert IndexRow.objects.count() == 0


def test_menus_are_not_indexed() -> None:
    index(*(record(1, "Copper", kind=kind) for kind in ("MainMenu", "Footer", "SiteFacts", "Topic", "Audience")))

    assert IndexRow.objects.count() == 0


def test_impact_grows_with_place_and_number_and_shrinks_with_length() -> None:
    def impact(*pieces: Piece) -> int:
        return impacts([Piece(Field.TITLE, "x"), *pieces], "en")["copper"]

    once = impact(Piece(Field.BODY, "copper"))
    assert once < impact(Piece(Field.BODY, "copper copper")) < impact(Piece(Field.HEADING, "copper copper"))
    assert impact(Piece(Field.BODY, "copper " + "filler " * 1000)) < once
    assert impact(Piece(Field.SUMMARY, "copper")) < impact(Piece(Field.HEADING, "copper")) <= 1000


def test_row_holds_no_markup_and_its_terms_are_stems() -> None:
    index(record(1, "Teachers", "<b>Measuring</b> water"))
    row = IndexRow.objects.get()

    assert orjson.loads(row.pieces) == [["title", "Teachers"], ["body", "Measuring water"]]
    assert sorted(orjson.loads(row.terms)) == ["measur", "teacher", "water"]
    assert row.match_all == "teacher ¤ measur water" + (" ¤" if connection.vendor == "sqlite" else "")


def test_tokens_survive_the_notation_of_postgresql() -> None:
    tokens = "a b ¤ a c"

    assert as_tsvector(tokens) == "'a':1,4 'b':2 'c':5"
    assert from_tsvector("'a':1,4 'b':2 'c':5") == tokens
    assert from_tsvector("") == as_tsvector("") == ""


def test_chapters_of_a_new_study_are_found(world: World) -> None:
    add_chapter(world.study, "Gyroscopes in class")

    assert titles("gyroscope class") == {"Gyroscopes in class"}

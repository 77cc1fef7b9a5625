"""Which texts of a payload are found, and where they stand."""

from pages.entries import EntryRecord
from search.texts import Field, Piece, pieces_of
from tests.search.records import entry_id, record


def test_title_summary_headings_and_body_are_told_apart() -> None:
    made = record(
        1,
        "Inquiry ",
        "A <b>bold</b> word.",
        seo={"title": "Inquiry", "description": "In short.", "image": None},
        summary={"html": "<p>In short.</p>", "words": 2},
        sections=[{"id": "x", "type": "heading", "value": {"level": 2, "text": "Why?", "anchor": "why"}}],
    )

    assert pieces_of(made) == [
        Piece(Field.TITLE, "Inquiry"),
        Piece(Field.BODY, "A bold word."),
        Piece(Field.SUMMARY, "In short."),
        Piece(Field.HEADING, "Why?"),
    ]


def test_blocks_give_their_words_and_nothing_else() -> None:
    values = {
        "callout": {"kind": "note", "title": "Take care", "content": {"html": "<p>Hot water.</p>", "words": 2}},
        "figure": {
            "image": {"id": 7, "alt": "A kettle", "decorative": False},
            "caption": {"html": "Steam", "words": 1},
            "credit": "nobody",
            "long_description": "A long one",
        },
        "table": {"caption": None, "columns": ["Month"], "rows": [["May", "12"]], "has_row_header": True},
        "key_points": {"title": None, "points": ["First", "Second"]},
        "quote": {"quote": "We saw it.", "attribution": "A teacher"},
        "link_list": {
            "title": "More",
            "links": [{"text": "A page", "entry": "id-of-page", "url": "https://x.example"}],
        },
        "formula": {"latex": "\\frac", "mathml": "<math/>", "alt": "one half"},
    }
    made = EntryRecord(
        entry_id(1),
        "en",
        "en",
        "Chapter",
        {"title": "T", "body": [{"id": "b", "type": k, "value": v} for k, v in values.items()]},
    )

    assert [(piece.field.value, piece.text) for piece in pieces_of(made)[1:]] == [
        ("heading", "Take care"),
        ("body", "Hot water."),
        ("body", "A kettle"),
        ("body", "Steam"),
        ("body", "A long one"),
        ("body", "Month"),
        ("body", "May"),
        ("body", "12"),
        ("body", "First"),
        ("body", "Second"),
        ("body", "We saw it."),
        ("body", "A teacher"),
        ("heading", "More"),
        ("body", "A page"),
        ("body", "one half"),
    ]


def test_directory_is_found_by_its_names_and_not_by_its_codes() -> None:
    organisation = {
        "name": "University of Helsinki",
        "acronym": "UH",
        "country": "FI",
        "role": "PARTNER",
        "website": "https://x",
    }
    contact = {
        "name": "Office",
        "role": "Questions",
        "email": "a@b.example",
        "phone": "1",
        "address": "Paris",
        "refs": {},
    }

    found = [
        [piece.text for piece in pieces_of(EntryRecord(entry_id(1), "en", "en", kind, payload))]
        for kind, payload in (("Organisation", organisation), ("Contact", contact))
    ]

    assert found == [["University of Helsinki", "UH"], ["Office", "Questions", "Paris"]]

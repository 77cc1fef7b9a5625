"""Keeps the index: turns records into rows, and rows and words in step, inside the caller's transaction."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from pages.entries import EntryRecord
from search.fields import GAP
from search.languages import fold, is_stop_word, key, stem, words
from search.models import IndexRow, Word
from search.texts import INDEXED_TYPES, Field, Piece, pieces_of

# What another number means: every row is made again. Raise it with whatever changes what rows or words hold.
INDEX_VERSION = 1
# Any constant that no other part of the database uses; the lock is released when the transaction ends.
INDEX_LOCK = 7_261_002
# PostgreSQL knows positions up to 16383. What stands behind is found by its words, not by phrases.
PLACED_TOKENS = 16_000

WEIGHTS = {Field.TITLE: 12.0, Field.HEADING: 4.0, Field.SUMMARY: 3.0, Field.BODY: 1.0}
HALF_IMPACT = 4.0
USUAL_WORDS = 500
HIGHEST_IMPACT = 1000

RowKey = tuple[UUID, str]


def lock_index() -> None:
    """Let one transaction at a time write the index, until it commits. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INDEX_LOCK])


def on_records_changed(
    sender: object, written: Sequence[EntryRecord], removed: Sequence[RowKey], **kwargs: Any
) -> None:
    """Bring the index in step with what delivery has just written."""
    lock_index()
    write_records(written, removed)


def is_indexed(record: EntryRecord) -> bool:
    """Tell whether a record has a row: what readers look for, in its own language (an alias shows another's)."""
    return record.entry_type in INDEXED_TYPES and record.content_locale == record.locale


def write_records(written: Sequence[EntryRecord], removed: Iterable[RowKey] = ()) -> int:
    """Make the rows of some entries equal to what they say now, and return how many were written.

    Rows that are equal stay untouched. Call it inside a transaction, after `lock_index`.
    Statements: one to read, and about six to write, however many words there are; more with hundreds of entries.
    """
    wanted = {(record.entry_id, record.locale): record for record in written if is_indexed(record)}
    gone = ({(record.entry_id, record.locale) for record in written} | set(removed)) - set(wanted)
    old = _stored([*wanted, *gone])
    rows = []
    for place, record in wanted.items():
        pieces = pieces_of(record)
        mark = fingerprint(record, pieces)
        if place not in old or old[place][1] != mark:
            rows.append(make_row(record, pieces, mark))
    surplus = [old[place][0] for place in gone if place in old]
    changed: Counter[tuple[str, str]] = Counter()
    for row in rows:
        changed.update((row.locale, word) for word in row.words.split())
    for place in [*gone, *((row.entry_id, row.locale) for row in rows)]:
        if place in old:
            changed.subtract((place[1], word) for word in old[place][2].split())
    if surplus:
        IndexRow.objects.filter(pk__in=surplus).delete()
    _store(rows)
    _count_words(changed)
    return len(rows)


def fingerprint(record: EntryRecord, pieces: Sequence[Piece]) -> str:
    """Return a short text that differs when a row would, and between entries."""
    content = orjson.dumps(
        [INDEX_VERSION, record.entry_id, record.entry_type, *([piece.field, piece.text] for piece in pieces)]
    )
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def make_row(record: EntryRecord, pieces: Sequence[Piece], mark: str) -> IndexRow:
    """Return the row of a record, not stored yet."""
    locale, title = record.locale, pieces[0].text
    used = {word for piece in pieces for word in _indexed_words(piece, locale)}
    return IndexRow(
        entry_id=record.entry_id,
        locale=locale,
        entry_type=record.entry_type,
        title=title,
        plain_title=f" {' '.join(fold(word) for word in words(title))} ",
        pieces=orjson.dumps([[piece.field, piece.text] for piece in pieces]).decode(),
        terms=orjson.dumps(impacts(pieces, locale)).decode(),
        words=f" {' '.join(sorted(used))} ",
        fingerprint=mark,
        match_title=_tokens(pieces, locale, {Field.TITLE}),
        match_top=_tokens(pieces, locale, {Field.TITLE, Field.HEADING, Field.SUMMARY}),
        match_all=_all_tokens(pieces, locale),
    )


def impacts(pieces: Sequence[Piece], locale: str) -> dict[str, int]:
    """Return how much the pieces are about each stem, 1 to 1000: where it stands, how often, and in how long a text."""
    counts: dict[str, Counter[Field]] = {}
    length = 0
    for piece in pieces:
        for word in _indexed_words(piece, locale):
            counts.setdefault(stem(word, locale), Counter())[piece.field] += 1
            length += 1
    norm = 0.4 + 0.6 * length / USUAL_WORDS
    found = {}
    for name, by_field in counts.items():
        weight = sum(WEIGHTS[field] * number for field, number in by_field.items() if field is not Field.BODY)
        weight += WEIGHTS[Field.BODY] * by_field[Field.BODY] / norm
        found[name] = max(1, round(HIGHEST_IMPACT * weight / (weight + HALF_IMPACT)))
    return found


def _indexed_words(piece: Piece, locale: str) -> Iterable[str]:
    """Return a piece's words; very common ones count in titles and headings only."""
    if piece.field in (Field.TITLE, Field.HEADING):
        return words(piece.text)
    return (word for word in words(piece.text) if not is_stop_word(word, locale))


def _tokens(pieces: Sequence[Piece], locale: str, fields: set[Field]) -> str:
    """Return the stems of some fields in order, with gaps between pieces."""
    tokens: list[str] = []
    for piece in pieces:
        if piece.field in fields:
            tokens += [stem(word, locale) for word in words(piece.text)]
            tokens.append(GAP)
    return _placed(tokens, ())


def _all_tokens(pieces: Sequence[Piece], locale: str) -> str:
    """Return the stems of everything: in order without very common words; behind them those of titles and headings."""
    tokens: list[str] = []
    common: set[str] = set()
    for piece in pieces:
        for word in words(piece.text):
            if not is_stop_word(word, locale):
                tokens.append(stem(word, locale))
            elif piece.field in (Field.TITLE, Field.HEADING):
                common.add(stem(word, locale))
        tokens.append(GAP)
    return _placed(tokens, common)


def _placed(tokens: Sequence[str], more: Iterable[str]) -> str:
    """Return tokens as one text; those that have no place in it stand apart behind, each once."""
    behind = (set(tokens[PLACED_TOKENS:]) | set(more)) - {GAP}
    return " ".join([*tokens[:PLACED_TOKENS], *(f"{GAP} {token}" for token in sorted(behind))])


def _stored(places: Sequence[RowKey]) -> dict[RowKey, tuple[int, str, str]]:
    """Return primary key, fingerprint and words of the rows that exist. One statement per 400 entries."""
    found: dict[RowKey, tuple[int, str, str]] = {}
    for start in range(0, len(places), 400):
        part = places[start : start + 400]
        rows = IndexRow.objects.filter(entry_id__in={entry_id for entry_id, _ in part})
        for pk, entry_id, locale, mark, used in rows.values_list("pk", "entry_id", "locale", "fingerprint", "words"):
            found[(entry_id, locale)] = (pk, mark, used)
    return found


def _store(rows: list[IndexRow]) -> None:
    if not rows:
        return
    kept = {"id", "entry_id", "locale"}
    IndexRow.objects.bulk_create(
        rows,
        batch_size=50,
        update_conflicts=True,
        unique_fields=["entry_id", "locale"],
        update_fields=[field.name for field in IndexRow._meta.concrete_fields if field.name not in kept],
    )


def _count_words(changed: Counter[tuple[str, str]]) -> None:
    """Add to and take from the number of entries that use each word; words that nobody uses any more go."""
    moved = [(locale, word, number) for (locale, word), number in sorted(changed.items()) if number]
    if not moved:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_word (locale, word, plain, stem, key, entries) VALUES (%s, %s, %s, %s, %s, %s) "
            "ON CONFLICT (locale, word) DO UPDATE SET entries = search_word.entries + excluded.entries",
            [
                (locale, word, fold(word), stem(word, locale), key(word, locale), number)
                for locale, word, number in moved
            ],
        )
    if any(number < 0 for *_, number in moved):
        Word.objects.filter(entries__lte=0, locale__in={locale for locale, *_ in moved}).delete()


def wrong_words(locale: str) -> tuple[list[Word], list[int]]:
    """Compare the words of a language with its rows; return those to be written and the primary keys of those to go.

    Two statements.
    """
    used: Counter[str] = Counter()
    for (text,) in IndexRow.objects.filter(locale=locale).values_list("words").iterator():
        used.update(text.split())
    wanted = {word: (fold(word), stem(word, locale), key(word, locale), number) for word, number in used.items()}
    surplus = []
    for pk, word, *columns in Word.objects.filter(locale=locale).values_list(
        "pk", "word", "plain", "stem", "key", "entries"
    ):
        if word not in wanted:
            surplus.append(pk)
        elif wanted[word] == tuple(columns):
            del wanted[word]
    missing = [
        Word(locale=locale, word=word, plain=plain, stem=name, key=loose, entries=number)
        for word, (plain, name, loose, number) in sorted(wanted.items())
    ]
    return missing, surplus


def correct_words(locale: str) -> None:
    """Make the words of a language equal to what its rows use. Call it inside a transaction, after `lock_index`."""
    missing, surplus = wrong_words(locale)
    Word.objects.bulk_create(
        missing,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["locale", "word"],
        update_fields=["plain", "stem", "key", "entries"],
    )
    for start in range(0, len(surplus), 500):
        Word.objects.filter(pk__in=surplus[start : start + 500]).delete()

"""Records as delivery hands them over, made without pages."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from pages.entries import EntryRecord
from search.index import lock_index, write_records


def entry_id(number: int) -> uuid.UUID:
    """Return the id of a made entry; the order of ids is not the order of numbers."""
    return uuid.uuid5(uuid.NAMESPACE_URL, str(number))


def record(
    number: int, title: str, *texts: str, locale: str = "en", kind: str = "InformationPage", **fields: Any
) -> EntryRecord:
    """Return a record with a title and paragraphs; more parts of its payload by name."""
    body = [{"id": "", "type": "paragraph", "value": {"content": {"html": f"<p>{text}</p>"}}} for text in texts]
    return EntryRecord(entry_id(number), locale, locale, kind, {"title": title, "body": body, **fields})


def index(*records: EntryRecord) -> None:
    """Write records as publishing does."""
    with transaction.atomic():
        lock_index()
        write_records(records)


def numbers(ids: Sequence[uuid.UUID], most: int = 200) -> list[int]:
    """Return the numbers of made entries in the order of their ids."""
    known = {entry_id(number): number for number in range(most)}
    return [known[one] for one in ids]

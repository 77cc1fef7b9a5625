"""How long a body of blocks takes to read."""

import math
from collections.abc import Iterator
from typing import Any

from pages.entries import Payload

WORDS_PER_MINUTE = 200
UNREAD_KEYS = {"id", "type", "html", "latex", "mathml", "anchor", "external_url", "url", "entry", "kind"}


def reading_minutes(body: list[Payload]) -> int:
    """Return the whole minutes (at least 1) that a body takes at 200 words a minute."""
    return max(1, math.ceil(sum(_counts(body)) / WORDS_PER_MINUTE))


def _counts(value: Any) -> Iterator[int]:
    if isinstance(value, str):
        yield len(value.split())
    elif isinstance(value, list):
        for item in value:
            yield from _counts(item)
    elif isinstance(value, dict):
        yield value.get("words", 0) if isinstance(value.get("words", 0), int) else 0
        for key, item in value.items():
            if key not in UNREAD_KEYS:
                yield from _counts(item)

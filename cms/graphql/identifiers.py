"""Opaque ids. Each carries the locale and fallback it was asked for with, so caches by id never mix languages.

An image or file is named together with the entry that shows it: it is found again only while that entry is delivered.
"""

import hashlib
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from cms.delivery.queries import Fallback, Reading, content_locales

SITE_OWNER = "site"
ENTRY, IMAGE, FILE = "e", "i", "f"


@dataclass(frozen=True)
class NodeKey:
    """What an id says.

    Attributes:
        kind: `ENTRY`, `IMAGE` or `FILE`.
        reading: the locale and fallback asked for.
        owner: the entry itself, or the entry that shows the image or file (`SITE_OWNER` for facts of the site).
        number: primary key of the image or file, 0 for entries.
        place: tells apart places that describe the same image differently.
    """

    kind: str
    reading: Reading
    owner: str
    number: int = 0
    place: str = ""


def encode_id(key: NodeKey) -> str:
    """Return the opaque form of a key."""
    parts = [key.kind, key.reading.locale, key.reading.fallback.value, key.owner]
    if key.kind != ENTRY:
        parts += [str(key.number), key.place]
    return urlsafe_b64encode("|".join(parts).encode()).decode().rstrip("=")


def decode_id(text: str) -> NodeKey | None:
    """Return what an id says, None when it is none of ours."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        kind, locale, fallback, owner, *rest = urlsafe_b64decode(padded).decode().split("|")
        reading = Reading(locale, Fallback(fallback))
        owner = owner if owner == SITE_OWNER and kind != ENTRY else str(uuid.UUID(owner))
        number, place = (int(rest[0]), rest[1]) if kind in (IMAGE, FILE) else (0, "")
    except (ValueError, IndexError):
        return None
    known = locale in content_locales() and kind in (ENTRY, IMAGE, FILE)
    key = NodeKey(kind, reading, owner, number, place)
    return key if known and encode_id(key) == text else None


def place_hash(place: dict[str, Any]) -> str:
    """Return what tells one description of an image from another: `{"alt", "decorative"}` of the place that shows it."""
    return hashlib.sha256(f"{place.get('alt') or ''}|{bool(place.get('decorative'))}".encode()).hexdigest()[:12]


def block_id(reading: Reading, owner: str, block: str) -> str:
    """Return the id of a block: different for each entry, locale and fallback, and stable between requests."""
    text = f"{owner}|{reading.locale}|{reading.fallback.value}|{block}"
    return hashlib.sha256(text.encode()).hexdigest()[:24]

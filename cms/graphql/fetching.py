"""Finds again what an opaque id means, through the same gate as everything else."""

from collections.abc import Iterable, Sequence
from typing import Any

from cms.delivery.loading import Loader
from cms.delivery.queries import site_facts
from cms.graphql.identifiers import ENTRY, FILE, SITE_OWNER, NodeKey, decode_id, place_hash
from cms.graphql.items import (
    Item,
    RequestContext,
    ShownFile,
    ShownImage,
    item_of,
    shown_file,
    shown_image,
)
from cms.graphql.nodes import entry_type_names

Found = Item | ShownImage | ShownFile | None


def fetch_nodes(ids: Sequence[str], context: RequestContext) -> list[Found]:
    """Return what each id means, in their order; None for what is not delivered (any more) or is no id of ours.

    One statement for the entries of each locale and fallback among the ids, and the loader's own for images and files.
    """
    keys = [decode_id(text) for text in ids]
    owners: dict[Any, list[str]] = {}
    for key in keys:
        if key is not None and key.owner != SITE_OWNER:
            owners.setdefault(key.reading, []).append(key.owner)
    for reading, wanted in owners.items():
        context.loader(reading).entries(wanted, "node")
    return [None if key is None else _fetch(key, context.loader(key.reading)) for key in keys]


def _fetch(key: NodeKey, loader: Loader) -> Found:
    if key.owner == SITE_OWNER:
        return _find_media(key, site_facts(), loader)
    item = item_of(loader.entry(key.owner, "node"), loader)
    if item is None or item.delivered.row.entry_type not in entry_type_names():
        return None
    return item if key.kind == ENTRY else _find_media(key, item.payload, loader)


def _find_media(key: NodeKey, payload: dict[str, Any], loader: Loader) -> Found:
    """Return an image or file if the payload still shows it the way the id says."""
    for value in _dicts(payload):
        if key.kind == FILE and key.number in (value.get("file"), value.get("captions")):
            return shown_file(key.number, loader, key.owner)
        if "decorative" in value and value.get("id") == key.number and place_hash(value) == key.place:
            return shown_image(value, loader, key.owner)
    return None


def _dicts(payload: dict[str, Any]) -> Iterable[dict[str, Any]]:
    stack: list[Any] = [payload]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            yield value
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)

"""What resolvers work on: delivered entries and parts of them, each with the loader that brought it."""

from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLResolveInfo, is_non_null_type

from cms.delivery.loading import Delivered, Loader
from cms.delivery.queries import Reading
from cms.media.presets import ImagePreset
from cms.media.queries import FileRecord, ImageRecord

EMPTY_RICH_TEXT = {"html": "", "words": 0}


@dataclass
class RequestContext:
    """What one request shares: the content version it reads and one loader per locale and fallback."""

    content_version: int
    loaders: dict[Reading, Loader] = field(default_factory=dict)

    def loader(self, reading: Reading) -> Loader:
        """Return the loader of a reading."""
        return self.loaders.setdefault(reading, Loader(reading))


@dataclass(frozen=True, eq=False)
class Part:
    """A piece of an entry's content.

    Attributes:
        payload: the piece, as the entry holds it.
        loader: brings what the piece refers to.
        owner: id of the entry that shows it.
    """

    payload: dict[str, Any]
    loader: Loader
    owner: str

    def part(self, key: str) -> "Part":
        """Return a piece of this piece."""
        return Part(self.payload.get(key) or {}, self.loader, self.owner)

    def parts(self, key: str) -> "list[Part]":
        """Return a list of pieces of this piece, in order."""
        return [Part(one, self.loader, self.owner) for one in self.payload.get(key) or []]

    def rich_text(self, key: str) -> "Part | None":
        """Return rich text, None when there is none."""
        return self.part(key) if self.payload.get(key) else None

    def required_rich_text(self, key: str) -> "Part":
        """Return rich text, empty when there is none."""
        return Part(self.payload.get(key) or EMPTY_RICH_TEXT, self.loader, self.owner)

    def image(self, key: str) -> "ShownImage | None":
        """Return an image, None when there is none that can be delivered."""
        place = self.payload.get(key)
        return shown_image(place, self.loader, self.owner) if place else None

    def file(self, key: str) -> "ShownFile | None":
        """Return a file, None when there is none that can be delivered."""
        number = self.payload.get(key)
        return shown_file(number, self.loader, self.owner) if number else None

    def entry(self, key: str) -> "Item | None":
        """Return the entry that this piece names in place, None when it cannot be delivered."""
        entry_id = self.payload.get(key)
        return item_of(self.loader.entry(entry_id, "link"), self.loader) if entry_id else None


@dataclass(frozen=True, eq=False)
class Item(Part):
    """A delivered entry."""

    delivered: Delivered

    def related(self, role: str) -> "list[Item]":
        """Return the entries that this one names in a role, in order."""
        return items_of(self.loader.related(self.delivered, role), self.loader)

    def related_one(self, role: str) -> "Item | None":
        """Return the first entry that this one names in a role."""
        found = self.related(role)
        return found[0] if found else None


@dataclass(frozen=True, eq=False)
class ShownImage:
    """An image at the place that shows it; `place` is `{"id", "alt", "decorative"}`."""

    record: ImageRecord
    place: dict[str, Any]
    loader: Loader
    owner: str


@dataclass(frozen=True, eq=False)
class ShownFile:
    """A file and the entry that shows it."""

    record: FileRecord
    loader: Loader
    owner: str


def item_of(delivered: Delivered | None, loader: Loader) -> Item | None:
    """Return a delivered entry with its loader; None stays None."""
    if delivered is None:
        return None
    return Item(delivered.payload, loader, delivered.entry_id, delivered)


def items_of(delivered: list[Delivered], loader: Loader) -> list[Item]:
    """Return delivered entries with their loader, in order."""
    return [Item(one.payload, loader, one.entry_id, one) for one in delivered]


def shown_image(place: dict[str, Any], loader: Loader, owner: str) -> ShownImage | None:
    """Return an image at its place, None when it is gone, private, or has no rendition yet."""
    record = loader.image(place["id"], loader.language_of(owner))
    if record is None or record.rendition(ImagePreset.THUMB) is None:
        return None
    return ShownImage(record, place, loader, owner)


def shown_file(number: int, loader: Loader, owner: str) -> ShownFile | None:
    """Return a file, None when it is gone or private."""
    record = loader.file(number, loader.language_of(owner))
    return None if record is None else ShownFile(record, loader, owner)


def resolve_payload(attname: str, default: Any, root: Part, info: GraphQLResolveInfo, **arguments: Any) -> Any:
    """Resolve a field from the payload by its name; an unknown (empty) text is null where null is allowed."""
    value = root.payload.get(attname, default)
    return None if value == "" and not is_non_null_type(info.return_type) else value

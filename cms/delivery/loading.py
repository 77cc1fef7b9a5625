"""Loads what entries refer to, a whole level at a time, so that the number of SQL statements never depends on how many there are.

A `Loader` belongs to one request. Whatever it delivers registers the ids it refers to; the first question of a kind
("topics of this chapter") loads that kind for everything delivered so far. Lists nested in lists work the same way.
"""

import uuid
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from cms.delivery.models import Entry, EntryReference
from cms.delivery.queries import Reading, content_locales, deliverable, entries
from cms.media.presets import ImageFormat, ImagePreset
from cms.media.queries import FileRecord, ImageRecord, files_by_id, images_by_id
from cms.media.queries import RenditionRecord as RenditionRecord

MAX_ID = uuid.UUID(int=2**128 - 1)


@dataclass(frozen=True, eq=False)
class Delivered:
    """An entry as one request delivers it: the stored row, and the locale that was asked for."""

    row: Entry
    requested_locale: str

    @property
    def entry_id(self) -> str:
        """The id that is the same in all locales."""
        return str(self.row.entry_id)

    @property
    def payload(self) -> dict[str, Any]:
        """The entry's own content; see `pages.entries`."""
        payload: dict[str, Any] = self.row.payload
        return payload

    @property
    def is_page(self) -> bool:
        """Tell pages from snippets."""
        return bool(self.row.path)

    @property
    def is_fallback(self) -> bool:
        """Tell whether the content is in another language than the one asked for."""
        return self.row.content_locale != self.requested_locale

    @property
    def url(self) -> str:
        """Absolute address on the website, under the requested locale."""
        return page_url(self.requested_locale, self.row.path)


@dataclass(frozen=True)
class Translation:
    """Where an entry stands in one locale."""

    locale: str
    path: str
    updated_at: Any

    @property
    def url(self) -> str:
        """Absolute address of this version on the website; the site's own for snippets."""
        return page_url(self.locale, self.path)


def page_url(locale: str, path: str) -> str:
    """Return the absolute address of a path below a locale's home page."""
    return f"{settings.BASE_URL}/{locale}{path or '/'}"


def social_rendition(image: ImageRecord) -> RenditionRecord | None:
    """Return the rendition of an image that other sites show when a page is shared, None while it has none."""
    return image.rendition(ImagePreset.SOCIAL, ImageFormat.JPEG)


class Loader:
    """Delivers entries and what they refer to, for one reading and one request."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._entries: dict[str, Delivered | None] = {}
        self._wanted: dict[str, set[str]] = defaultdict(set)
        self._images: dict[tuple[int, str], ImageRecord | None] = {}
        self._files: dict[tuple[int, str], FileRecord | None] = {}
        self._translations: dict[str, list[Translation]] = {}
        self._families: dict[str, list[str]] = {}
        self._users: dict[tuple[str, str], dict[str, list[str]]] = {}
        self._children: dict[Hashable, dict[str, tuple[list[Delivered], int]]] = {}
        self._child_counts: dict[Hashable, dict[str, int]] = {}
        self._delivered: dict[str, Delivered] = {}
        self._drafts: list[Delivered] = []

    # Delivering

    def deliver(self, rows: Iterable[Entry]) -> list[Delivered]:
        """Turn rows into delivered entries, in their order, and note what they refer to. No statement."""
        found = []
        for row in rows:
            item = self._entries.get(str(row.entry_id)) or Delivered(row, self.reading.locale)
            self._note(item)
            found.append(item)
        return found

    def deliver_one(self, row: Entry | None) -> Delivered | None:
        """Turn one row, or None, into a delivered entry."""
        return self.deliver([row])[0] if row is not None else None

    def deliver_draft(self, row: Entry) -> Delivered:
        """Turn an unsaved row (a draft) into a delivered entry; it stands for its entry in everything this loader delivers."""
        item = self.deliver([row])[0]
        self._drafts.append(item)
        return item

    def _note(self, item: Delivered) -> None:
        if item.entry_id in self._delivered:
            return
        self._entries[item.entry_id] = self._delivered[item.entry_id] = item
        for role, ids in item.payload.get("refs", {}).items():
            self._wanted[role].update(ids)
        self._wanted["ancestors"].update(item.row.ancestors)
        language = self.language_of(item.entry_id)
        for kind, value in _mentions(item.payload):
            self._wanted[kind if kind == "link" else f"{kind}:{language}"].add(value)

    def language_of(self, entry_id: str) -> str:
        """Return the language of a delivered entry's words; the requested one for what has none. No statement."""
        item = self._delivered.get(entry_id)
        written = item.row.content_locale if item else ""
        return written if written in content_locales() else self.reading.locale

    # Entries

    def entry(self, entry_id: str, role: str) -> Delivered | None:
        """Return an entry that others name in `role`, None when it cannot be delivered. One statement a level."""
        if entry_id not in self._entries:
            self._wanted[role].add(entry_id)
            missing = [key for key in self._wanted[role] if key not in self._entries]
            self._load(missing)
        return self._entries[entry_id]

    def entries(self, ids: Sequence[str], role: str) -> list[Delivered]:
        """Return the deliverable ones among entries named in `role`, in their order. One statement a level."""
        self._wanted[role].update(ids)
        return [item for item in (self.entry(entry_id, role) for entry_id in ids) if item is not None]

    def _load(self, ids: Sequence[str]) -> None:
        rows = {str(row.entry_id): row for row in entries(self.reading).filter(entry_id__in=ids)}
        for entry_id in ids:
            self._entries.setdefault(entry_id, None)
        for row in rows.values():
            self._note(Delivered(row, self.reading.locale))

    def related(self, item: Delivered, role: str) -> list[Delivered]:
        """Return the entries that `item` names in a role such as "topics", in the order of their type."""
        found = self.entries(item.payload.get("refs", {}).get(role, []), role)
        return sorted(found, key=lambda one: (one.row.sort_key, one.entry_id))

    def ancestors(self, item: Delivered) -> list[Delivered]:
        """Return the deliverable pages above `item`, from the home page down."""
        return self.entries(item.row.ancestors, "ancestors")

    def parent(self, item: Delivered) -> Delivered | None:
        """Return the nearest deliverable page above `item`."""
        above = self.ancestors(item)
        return above[-1] if above else None

    def users(self, item: Delivered, role: str, entry_type: str) -> list[Delivered]:
        """Return the entries of a type that name `item` in a role (the contacts of an organisation). Two statements."""
        key = (role, entry_type)
        known = self._users.setdefault(key, {})
        if item.entry_id not in known:
            wanted = [entry_id for entry_id in self._delivered if entry_id not in known]
            found: dict[str, list[str]] = {entry_id: [] for entry_id in wanted}
            rows = EntryReference.objects.filter(
                kind="entry", role=role, key__in=wanted, entry__entry_type=entry_type, entry__in=deliverable()
            )
            for target, user in rows.order_by("entry__sort_key", "entry_id").values_list("key", "entry__entry_id"):
                if str(user) not in found[target]:
                    found[target].append(str(user))
                    self._wanted[f"users:{role}"].add(str(user))
            known.update(found)
        return self.entries(known[item.entry_id], f"users:{role}")

    # Family: siblings and children

    def neighbours(self, item: Delivered) -> tuple[Delivered | None, Delivered | None]:
        """Return the previous and the next deliverable sibling of the same type, in the order of the source."""
        parent = str(item.row.parent_id)
        if parent not in self._families:
            parents = {str(one.row.parent_id) for one in self._delivered.values() if one.row.parent_id}
            missing = [key for key in parents if key not in self._families]
            self._families.update({key: [] for key in missing})
            rows = entries(self.reading).filter(parent_id__in=missing, entry_type=item.row.entry_type)
            for parent_id, entry_id in rows.order_by("sort_key").values_list("parent_id", "entry_id"):
                self._families[str(parent_id)].append(str(entry_id))
            self._join_families(missing)
        before, after = self._around(item)
        if any(key and key not in self._entries for key in (before, after)):
            for one in list(self._delivered.values()):
                self._wanted["neighbours"].update(key for key in self._around(one) if key)
        return (
            self.entry(before, "neighbours") if before else None,
            self.entry(after, "neighbours") if after else None,
        )

    def _join_families(self, parents: Iterable[str]) -> None:
        """Put drafts that were never published behind their elder siblings."""
        for draft in self._drafts:
            family = self._families.get(str(draft.row.parent_id), [])
            if str(draft.row.parent_id) in parents and draft.entry_id not in family:
                family.insert(max(draft.row.position - 1, 0), draft.entry_id)

    def _around(self, item: Delivered) -> tuple[str | None, str | None]:
        family = self._families.get(str(item.row.parent_id), [])
        if item.entry_id not in family:
            return None, None
        place = family.index(item.entry_id)
        return (family[place - 1] if place else None, family[place + 1] if place + 1 < len(family) else None)

    def children(
        self,
        item: Delivered,
        types: Sequence[str] | None,
        first: int,
        after: str = "",
        *,
        after_id: str = "",
        count: bool = False,
    ) -> tuple[list[Delivered], int]:
        """Return up to `first` children below `item` in order, and how many there are in all (0 unless `count`).

        Args:
            item: the page above.
            types: names of entry types, or None for all.
            first: how many at most; ask for one more to know whether there are more.
            after: sort key behind which to begin.
            after_id: entry id behind which to begin among those with that sort key.
            count: count them as well (one more statement a level).
        """
        key = (tuple(types) if types is not None else None, first, after, after_id, count)
        known = self._children.setdefault(key, {})
        if item.entry_id not in known:
            parents = [entry_id for entry_id in self._delivered if entry_id not in known]
            known.update(self._load_children(parents, types, first, (after, after_id), count))
        return known[item.entry_id]

    def child_count(self, item: Delivered, types: Sequence[str] | None) -> int:
        """Return how many children of some types (None for all) stand below `item`. One statement a level."""
        known = self._child_counts.setdefault(tuple(types) if types is not None else None, {})
        if item.entry_id not in known:
            parents = [entry_id for entry_id in self._delivered if entry_id not in known]
            counts = _counts(entries(self.reading, types).filter(parent_id__in=parents))
            known.update({entry_id: counts.get(entry_id, 0) for entry_id in parents})
        return known[item.entry_id]

    def _load_children(
        self, parents: Sequence[str], types: Sequence[str] | None, first: int, after: tuple[str, str], count: bool
    ) -> dict[str, tuple[list[Delivered], int]]:
        below = entries(self.reading, types).filter(parent_id__in=parents)
        counts = _counts(below) if count else {}
        if any(after):
            below = below.filter(Q(sort_key__gt=after[0]) | Q(sort_key=after[0], entry_id__gt=after[1] or MAX_ID))
        place = Window(RowNumber(), partition_by=[F("parent_id")], order_by=[F("sort_key"), F("entry_id")])
        rows = below.annotate(place=place).filter(place__lte=first).order_by("sort_key", "entry_id")
        grouped: dict[str, list[Entry]] = defaultdict(list)
        for row in rows:
            grouped[str(row.parent_id)].append(row)
        return {key: (self.deliver(grouped[key]), counts.get(key, 0)) for key in parents}

    # Translations

    def translations(self, item: Delivered) -> list[Translation]:
        """Return where `item` exists in its own language, in the order of the site's languages. One statement a level."""
        if item.entry_id not in self._translations:
            missing = [entry_id for entry_id in self._delivered if entry_id not in self._translations]
            self._translations.update({entry_id: [] for entry_id in missing})
            rows = deliverable().filter(entry_id__in=missing, content_locale=F("locale"))
            for entry_id, locale, path, updated in rows.values_list("entry_id", "locale", "path", "updated_at"):
                self._translations[str(entry_id)].append(Translation(locale, path, updated))
            order = {code: place for place, (code, _) in enumerate(settings.WAGTAIL_CONTENT_LANGUAGES)}
            for draft in self._drafts:
                others = [one for one in self._translations[draft.entry_id] if one.locale != draft.row.locale]
                own = Translation(draft.row.locale, draft.row.path, draft.row.updated_at)
                self._translations[draft.entry_id] = [*others, own]
            for found in self._translations.values():
                found.sort(key=lambda one: order.get(one.locale, len(order)))
        return self._translations[item.entry_id]

    # Media

    def image(self, image_id: int, language: str = "") -> ImageRecord | None:
        """Return an image, None when it is gone or private. At most three statements a level and language.

        Args:
            image_id: primary key.
            language: of the words beside it (`language_of`), in which it is described; any that is wanted when empty.
        """
        language = language or self._language_wanted("image", image_id)
        if (image_id, language) not in self._images:
            wanted = {int(key) for key in self._wanted[f"image:{language}"]} | {image_id}
            missing = [key for key in wanted if (key, language) not in self._images]
            found = images_by_id(missing, language)
            self._images.update({(key, language): found.get(key) for key in missing})
        return self._images[image_id, language]

    def _language_wanted(self, kind: str, number: int) -> str:
        """Return a language in which what was delivered shows a picture or file, the requested one where nothing does."""
        codes = [self.reading.locale, *content_locales()]
        return next((code for code in codes if str(number) in self._wanted[f"{kind}:{code}"]), self.reading.locale)

    def loaded_images(self) -> list[ImageRecord]:
        """Return the images that were asked for or came along with them. No statement."""
        return [record for record in self._images.values() if record is not None]

    def file(self, file_id: int, language: str = "") -> FileRecord | None:
        """Return a file, None when it is gone or private. At most three statements a level and language.

        Args:
            file_id: primary key.
            language: as in `image`.
        """
        language = language or self._language_wanted("file", file_id)
        if (file_id, language) not in self._files:
            wanted = {int(key) for key in self._wanted[f"file:{language}"]} | {file_id}
            missing = [key for key in wanted if (key, language) not in self._files]
            found = files_by_id(missing, language)
            self._files.update({(key, language): found.get(key) for key in missing})
        return self._files[file_id, language]


def _counts(below: QuerySet[Entry]) -> dict[str, int]:
    rows = below.order_by().values("parent_id").annotate(total=Count("pk")).values_list("parent_id", "total")
    return {str(parent): total for parent, total in rows}


def _mentions(payload: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield what a payload names in place: ("image", id), ("file", id), ("link", entry id)."""
    stack: list[Any] = [payload]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            if "decorative" in value and "id" in value:
                yield "image", str(value["id"])
            for name in ("file", "captions"):
                if isinstance(value.get(name), int):
                    yield "file", str(value[name])
            for name in ("entry", "organisation", "page"):
                if isinstance(value.get(name), str) and _is_uuid(value[name]):
                    yield "link", value[name]
            if "html" in value:
                yield from _html_mentions(value["html"])
            stack.extend(item for item in value.values() if isinstance(item, list | dict))


def _html_mentions(html: str) -> Iterable[tuple[str, str]]:
    from cms.delivery.html import PLACEHOLDER

    for kind, value in PLACEHOLDER.findall(html):
        yield ("link" if kind == "entry" else kind), value


def _is_uuid(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True

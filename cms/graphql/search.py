"""The search: entries of one language that fit some words, best first, each with what it was found by."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import graphene
from django.db.models import QuerySet
from graphql import GraphQLResolveInfo

from cms.delivery.classification import AUDIENCE_ROLES, TOPIC_ROLES, related_to
from cms.delivery.loading import Loader
from cms.delivery.models import Entry as EntryRow
from cms.delivery.queries import Reading, entries
from cms.graphql import pages, snippets  # noqa: F401 - the types of entries are registered when these are imported
from cms.graphql.connections import EdgeValue, PageInfo, Slice, checked_first, paging_arguments
from cms.graphql.cursors import read_place, scope_of, write_place
from cms.graphql.entries import Entry
from cms.graphql.enums import Locale, constant_name, described, enum_of
from cms.graphql.items import Item, items_of
from cms.graphql.lists import entry_uuid, narrowed_to_country
from cms.graphql.nodes import entry_type_names
from search.queries import Found, Hit, find

EntryType = described(
    enum_of("EntryTypeValue", {constant_name(name): name for name in entry_type_names()}),
    "EntryType",
    "A type of entries.",
    {constant_name(name): f"`{name}`" for name in entry_type_names()},
)


class SearchSlice(Slice):
    """A stretch of what was found. Seven statements, two or three more when words are corrected; none without a word.

    A cursor holds the id of an entry and its number. The next stretch begins behind that entry, wherever it stands now; where
    it has gone, behind its number.
    """

    def __init__(
        self, query: str, rows: QuerySet[EntryRow], loader: Loader, scope: str, first: int, after: str | None
    ) -> None:
        self.query, self.rows, self.loader, self.scope, self.first = query, rows, loader, scope, first
        self.has_previous = after is not None
        self.place = read_place(after, scope, 2) if after is not None else None
        self.numbers: dict[str, int] = {}
        self.hits: dict[str, Hit] = {}
        self.found = Found()

    def fetch(self) -> list[Item]:
        """Find, and load what was found through the gate."""
        locale = self.loader.reading.locale
        among = self.rows.values("entry_id")
        self.found = find(self.query, locale, among=among, keep=self._behind_cursor, first=self.first + 1)
        self.hits = {str(hit.entry_id): hit for hit in self.found.hits}
        return items_of(self.loader.entries(list(self.hits), "search"), self.loader)

    def total(self) -> int:
        """Return how many were found."""
        self.find_once()
        return len(self.numbers)

    def corrected(self) -> str:
        """Return the words that were searched instead, empty when they were searched as given."""
        self.find_once()
        return self.found.corrected

    def find_once(self) -> None:
        """Find, unless that has been done."""
        _ = self._fetched

    def hit(self, item: Item) -> Hit:
        """Return what an item was found by."""
        return self.hits[item.owner]

    def cursor(self, item: Item) -> str:
        """Return where an item stands."""
        return write_place(self.scope, [item.owner, str(self.numbers[item.owner])])

    def _behind_cursor(self, ids: list[UUID]) -> Sequence[UUID]:
        self.numbers = {str(entry_id): number for number, entry_id in enumerate(ids)}
        if self.place is None:
            return ids
        entry_id, number = self.place
        last = self.numbers.get(entry_id or "")
        # Where the entry has gone, the one behind it has moved up to its number.
        return ids[int(number or 0) :] if last is None else ids[last + 1 :]


class SearchEdge(graphene.ObjectType):
    """An entry that was found, and what it was found by."""

    cursor = graphene.String(required=True, description="Opaque; give it as `after` to go on behind it.")
    node = graphene.Field(Entry, required=True, description="The entry.")
    score = graphene.Float(
        required=True,
        description="How well it fits: higher is better, comparable within one search only; 0 far down the list.",
    )
    title = graphene.String(
        required=True, description="Its title or name as HTML with the found words in `<mark>`; safe to print."
    )
    excerpt = graphene.String(
        required=True,
        description=(
            "The passage that tells most about why it was found, about 220 characters, as HTML with the found words in "
            "`<mark>`; safe to print. Empty when it has no text but its title."
        ),
    )

    @staticmethod
    def resolve_cursor(root: EdgeValue, info: GraphQLResolveInfo) -> str:
        """Return where it stands."""
        return root.slice.cursor(root.node)

    @staticmethod
    def resolve_score(root: EdgeValue, info: GraphQLResolveInfo) -> float:
        """Return how well it fits."""
        return _hit(root).score

    @staticmethod
    def resolve_title(root: EdgeValue, info: GraphQLResolveInfo) -> str:
        """Return the marked title."""
        return _hit(root).title

    @staticmethod
    def resolve_excerpt(root: EdgeValue, info: GraphQLResolveInfo) -> str:
        """Return the marked passage."""
        return _hit(root).excerpt


class SearchConnection(graphene.ObjectType):
    """A stretch of what was found, best first."""

    edges = graphene.List(
        graphene.NonNull(SearchEdge),
        required=True,
        description="The entries with what they were found by, best first.",
    )
    nodes = graphene.List(graphene.NonNull(Entry), required=True, description="The entries alone, best first.")
    page_info = graphene.Field(PageInfo, required=True, description="Whether the list goes on, and where.")
    total_count = graphene.Int(required=True, description="How many were found in all.")
    corrected = graphene.String(
        description="The query with misspelt words corrected, when nothing fitted them as given; null otherwise."
    )

    @staticmethod
    def resolve_edges(root: SearchSlice, info: GraphQLResolveInfo) -> list[EdgeValue]:
        """Return the entries with their hits."""
        return [EdgeValue(item, root) for item in root.items]

    @staticmethod
    def resolve_nodes(root: SearchSlice, info: GraphQLResolveInfo) -> list[Item]:
        """Return the entries."""
        return root.items

    @staticmethod
    def resolve_page_info(root: SearchSlice, info: GraphQLResolveInfo) -> SearchSlice:
        """Return the stretch itself."""
        return root

    @staticmethod
    def resolve_total_count(root: SearchSlice, info: GraphQLResolveInfo) -> int:
        """Return how many were found."""
        return root.total()

    @staticmethod
    def resolve_corrected(root: SearchSlice, info: GraphQLResolveInfo) -> str | None:
        """Return what was searched instead."""
        return root.corrected() or None


class SearchFilter(graphene.InputObjectType):
    """What is searched; all conditions must hold."""

    topic_id = graphene.ID(
        description="`entryId` of a topic: chapters that treat it, the tools that are about it, and their brochures."
    )
    audience_id = graphene.ID(description="`entryId` of an audience: the tools made for it, and their brochures.")
    country = graphene.String(
        description="Events and organisations of a country: two capital letters (ISO 3166-1 alpha-2)."
    )


def search_field() -> graphene.Field:
    """Return the root field of the search."""
    return graphene.Field(
        SearchConnection,
        required=True,
        description=(
            "Finds published entries by their words, in the language in which they are written. Inflected forms, words "
            "without their accents, the beginning of the last word and small spelling mistakes are understood; quotation "
            "marks hold a phrase together, a minus sign leaves a word out."
        ),
        resolver=_resolve,
        query=graphene.Argument(
            graphene.String, required=True, description="What to look for; at most 12 words, 200 characters are read."
        ),
        locale=graphene.Argument(Locale, required=True, description="The language to search in."),
        types=graphene.Argument(
            graphene.List(graphene.NonNull(EntryType)), description="Only entries of these types; all by default."
        ),
        filter=graphene.Argument(SearchFilter, description="Only entries that fit; all by default."),
        **paging_arguments(),
    )


def _resolve(
    root: None,
    info: GraphQLResolveInfo,
    query: str,
    locale: Any,
    first: int | None,
    types: list[Any] | None = None,
    filter: Mapping[str, Any] | None = None,
    after: str | None = None,
) -> SearchSlice:
    reading = Reading(locale.value)
    names = sorted({one.value for one in types}) if types is not None else None
    wanted = {key: value for key, value in (filter or {}).items() if value is not None}
    rows = _narrowed(entries(reading, names), wanted)
    scope = scope_of("search", query, reading.locale, names, wanted)
    return SearchSlice(query, rows, info.context.loader(reading), scope, checked_first(first), after)


def _narrowed(rows: QuerySet[EntryRow], wanted: Mapping[str, Any]) -> QuerySet[EntryRow]:
    if "topic_id" in wanted:
        rows = related_to(rows, TOPIC_ROLES, entry_uuid(wanted["topic_id"], "topicId"))
    if "audience_id" in wanted:
        rows = related_to(rows, AUDIENCE_ROLES, entry_uuid(wanted["audience_id"], "audienceId"))
    if "country" in wanted:
        rows = narrowed_to_country(rows, wanted["country"])
    return rows


def _hit(edge: EdgeValue) -> Hit:
    assert isinstance(edge.slice, SearchSlice)
    return edge.slice.hit(edge.node)

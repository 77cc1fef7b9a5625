"""Relay connections: edges, nodes, page info and a total that is counted only when it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import graphene
from django.db.models import QuerySet
from graphql import GraphQLResolveInfo

from cms.delivery.loading import Loader
from cms.delivery.models import Entry
from cms.graphql.cursors import Column, Ordering, behind, read_cursor, scope_of, write_cursor
from cms.graphql.errors import ApiError
from cms.graphql.items import Item, items_of
from cms.graphql.nodes import named_type

DEFAULT_FIRST = 20
MOST_FIRST = 100
TREE_ORDER = (Column("sort_key"), Column("entry_id"))

_connections: dict[str, Any] = {}


class Slice:
    """A stretch of a list; subclasses say how it is read. Nothing is read before it is asked for."""

    ordering: Ordering
    scope: str
    first: int
    has_previous: bool
    loader: Loader

    def fetch(self) -> list[Item]:
        """Return up to `first` + 1 items: one more tells whether the list goes on."""
        raise NotImplementedError

    def total(self) -> int:
        """Return how many there are in the whole list."""
        raise NotImplementedError

    @cached_property
    def _fetched(self) -> list[Item]:
        return self.fetch()

    @property
    def items(self) -> list[Item]:
        """Return the items of this stretch, in order."""
        return self._fetched[: self.first]

    @property
    def has_next(self) -> bool:
        """Tell whether there are more behind."""
        return len(self._fetched) > self.first

    def cursor(self, item: Item) -> str:
        """Return where an item stands."""
        return write_cursor(self.ordering, item.delivered.row, self.scope)


class QuerySlice(Slice):
    """A stretch of a list of its own. One statement, one more for the total."""

    def __init__(
        self, rows: QuerySet[Entry], loader: Loader, ordering: Ordering, scope: str, first: int, after: str | None
    ) -> None:
        self.rows, self.loader, self.ordering, self.scope, self.first = rows, loader, ordering, scope, first
        self.has_previous = after is not None
        self.condition = behind(ordering, read_cursor(ordering, after, scope)) if after is not None else None

    def fetch(self) -> list[Item]:
        """Read the rows behind the cursor."""
        rows = self.rows if self.condition is None else self.rows.filter(self.condition)
        ordered = rows.order_by(*(column.order_by() for column in self.ordering))[: self.first + 1]
        return items_of(self.loader.deliver(ordered), self.loader)

    def total(self) -> int:
        """Count the whole list."""
        return self.rows.count()


class ChildrenSlice(Slice):
    """A stretch of the pages below a page. One statement a level, one more for the totals."""

    ordering = TREE_ORDER

    def __init__(self, item: Item, types: Sequence[str] | None, first: int, after: str | None) -> None:
        self.item, self.types, self.first, self.loader = item, types, first, item.loader
        reading = item.loader.reading
        self.scope = scope_of("children", item.owner, types, reading.locale, reading.fallback)
        self.has_previous = after is not None
        values = read_cursor(self.ordering, after, self.scope) if after is not None else ["", ""]
        self.after = (values[0], str(values[1]))

    def fetch(self) -> list[Item]:
        """Read the children of every page delivered so far."""
        found = self.loader.children(
            self.item.delivered, self.types, self.first + 1, after=self.after[0], after_id=self.after[1]
        )[0]
        return items_of(found, self.loader)

    def total(self) -> int:
        """Count the children of every page delivered so far."""
        return self.loader.child_count(self.item.delivered, self.types)


class PageInfo(graphene.ObjectType):
    """Whether a list goes on, and where."""

    has_next_page = graphene.Boolean(required=True, description="Whether there are more behind `endCursor`.")
    has_previous_page = graphene.Boolean(required=True, description="Whether there are some before `startCursor`.")
    start_cursor = graphene.String(description="Cursor of the first node; null when there is none.")
    end_cursor = graphene.String(description="Cursor of the last node; give it as `after`. Null when there is none.")

    @staticmethod
    def resolve_has_next_page(root: Slice, info: GraphQLResolveInfo) -> bool:
        """Tell whether there are more."""
        return root.has_next

    @staticmethod
    def resolve_has_previous_page(root: Slice, info: GraphQLResolveInfo) -> bool:
        """Tell whether the list was begun in the middle."""
        return root.has_previous

    @staticmethod
    def resolve_start_cursor(root: Slice, info: GraphQLResolveInfo) -> str | None:
        """Return the first cursor."""
        return root.cursor(root.items[0]) if root.items else None

    @staticmethod
    def resolve_end_cursor(root: Slice, info: GraphQLResolveInfo) -> str | None:
        """Return the last cursor."""
        return root.cursor(root.items[-1]) if root.items else None


@dataclass(frozen=True, eq=False)
class EdgeValue:
    """A node and the stretch it was found in."""

    node: Item
    slice: Slice


class _EdgeResolvers:
    @staticmethod
    def resolve_cursor(root: EdgeValue, info: GraphQLResolveInfo) -> str:
        """Return where the node stands."""
        return root.slice.cursor(root.node)


class _ConnectionResolvers:
    @staticmethod
    def resolve_edges(root: Slice, info: GraphQLResolveInfo) -> list[EdgeValue]:
        """Return nodes with their cursors."""
        return [EdgeValue(item, root) for item in root.items]

    @staticmethod
    def resolve_nodes(root: Slice, info: GraphQLResolveInfo) -> list[Item]:
        """Return nodes."""
        return root.items

    @staticmethod
    def resolve_page_info(root: Slice, info: GraphQLResolveInfo) -> Slice:
        """Return the stretch itself."""
        return root

    @staticmethod
    def resolve_total_count(root: Slice, info: GraphQLResolveInfo) -> int:
        """Count."""
        return root.total()


def _list_of(type_: Any, description: str) -> graphene.List:
    return graphene.List(graphene.NonNull(type_), required=True, description=description)


def connection_of(name: str) -> Any:
    """Return the connection type over the nodes of a type, made once; the type is looked up when the schema is built."""
    if name not in _connections:
        node = graphene.NonNull(lambda: named_type(name))
        edge = type(
            f"{name}Edge",
            (_EdgeResolvers, graphene.ObjectType),
            {
                "__doc__": "A node and where it stands.",
                "cursor": graphene.String(required=True, description="Opaque; give it as `after` to go on behind it."),
                "node": graphene.Field(node, description="The node."),
            },
        )
        _connections[name] = type(
            f"{name}Connection",
            (_ConnectionResolvers, graphene.ObjectType),
            {
                "__doc__": "A stretch of a list.",
                "edges": _list_of(edge, "Nodes with their cursors, in order."),
                "nodes": graphene.List(node, required=True, description="The nodes, in order."),
                "page_info": graphene.Field(
                    PageInfo, required=True, description="Whether the list goes on, and where."
                ),
                "total_count": graphene.Int(
                    required=True, description="How many there are in the whole list; counted only when asked for."
                ),
            },
        )
    return _connections[name]


def paging_arguments() -> dict[str, graphene.Argument]:
    """Return the arguments `first` and `after`."""
    return {
        "first": graphene.Argument(
            graphene.Int, default_value=DEFAULT_FIRST, description="How many at most, 1 to 100."
        ),
        "after": graphene.Argument(
            graphene.String, description="A cursor of the same list, locale, fallback, filter and order."
        ),
    }


def checked_first(first: int | None) -> int:
    """Return how many are asked for.

    Raises:
        ApiError: BAD_REQUEST when it is not 1 to 100.
    """
    if first is None:
        return DEFAULT_FIRST
    if not 1 <= first <= MOST_FIRST:
        raise ApiError(f"`first` is {first}; it must be between 1 and {MOST_FIRST}.")
    return first


def children_field(name: str, description: str, types: Sequence[str] | None = None) -> graphene.Field:
    """Return a field of the pages below a page, all of them or those of some types."""

    def resolve(root: Item, info: GraphQLResolveInfo, first: int | None, after: str | None = None) -> ChildrenSlice:
        return ChildrenSlice(root, types, checked_first(first), after)

    return graphene.Field(
        connection_of(name), required=True, description=description, resolver=resolve, **paging_arguments()
    )

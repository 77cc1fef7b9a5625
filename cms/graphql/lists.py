"""The lists of entries at the root: what they can be filtered by, in which orders they come."""

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import graphene
from django.db.models import Exists, OuterRef, QuerySet
from graphql import GraphQLResolveInfo

from cms.delivery.classification import in_country
from cms.delivery.models import Entry, EntryReference
from cms.delivery.queries import Fallback as FallbackValue
from cms.delivery.queries import Reading, entries
from cms.graphql.connections import TREE_ORDER, QuerySlice, checked_first, connection_of, paging_arguments
from cms.graphql.cursors import Column, Ordering, scope_of
from cms.graphql.enums import DEFAULT_LOCALE, Fallback, Locale, OrganisationRole, described, enum_of
from cms.graphql.errors import ApiError

_COUNTRY = re.compile(r"^[A-Z]{2}$")
_NEWEST_UPDATE = (Column("updated_at", descending=True), Column("entry_id"))

_ORDERS: dict[str, tuple[str, Ordering]] = {
    "POSITION": ("In the order of the source, the same in every locale.", TREE_ORDER),
    "DATE": (
        "Earliest day first; events without a fixed day last.",
        (Column("sort_date", nullable=True), *TREE_ORDER),
    ),
    "DATE_LATEST": (
        "Latest day first; events without a fixed day last.",
        (Column("sort_date", descending=True, nullable=True), *TREE_ORDER),
    ),
    "COUNTRY": ("By country code, then by name; without a country last.", TREE_ORDER),
    "NAME": ("By name.", TREE_ORDER),
    "PUBLISHED_NEWEST": (
        "First published last comes first.",
        (Column("first_published_at", descending=True), Column("entry_id")),
    ),
    "UPDATED_NEWEST": ("Changed last comes first.", _NEWEST_UPDATE),
}


def reading_arguments() -> dict[str, graphene.Argument]:
    """Return the arguments `locale` and `fallback`."""
    return {
        "locale": graphene.Argument(Locale, default_value=DEFAULT_LOCALE, description="The language asked for."),
        "fallback": graphene.Argument(
            Fallback,
            default_value=FallbackValue.NONE,
            description="What stands in where an entry does not exist in that language; holds for everything below.",
        ),
    }


def reading_of(locale: Any, fallback: Any) -> Reading:
    """Return how to read, from the arguments; null means the default."""
    return Reading((locale or DEFAULT_LOCALE).value, fallback or FallbackValue.NONE)


def order_enum(name: str, choices: Sequence[str]) -> Any:
    """Return the enum of the orders of a list."""
    members = enum_of(f"{name}OrderValue", {choice: choice for choice in choices})
    return described(members, f"{name}Order", "How a list is ordered.", {one: _ORDERS[one][0] for one in choices})


def entry_uuid(text: str, argument: str) -> str:
    """Return an entry id in its one form.

    Raises:
        ApiError: BAD_REQUEST when it is none.
    """
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise ApiError(f"`{argument}` is {text!r}; give an `entryId`, such as one that a list returns.") from None


class ChapterFilter(graphene.InputObjectType):
    """Which chapters are listed; all conditions must hold."""

    study_id = graphene.ID(description="`entryId` of the study that they belong to.")
    topic_id = graphene.ID(description="`entryId` of a topic that they treat.")
    number = graphene.Int(description="Their number in the study.")


class EventFilter(graphene.InputObjectType):
    """Which events are listed; all conditions must hold."""

    country = graphene.String(description="Two capital letters (ISO 3166-1 alpha-2).")
    after = graphene.Date(description="They start on this day or later; only events with a fixed day.")
    before = graphene.Date(description="They start before this day; only events with a fixed day.")
    is_provisional = graphene.Boolean(description="Whether their date is not fixed yet.")


class OrganisationFilter(graphene.InputObjectType):
    """Which organisations are listed; all conditions must hold."""

    country = graphene.String(description="Two capital letters (ISO 3166-1 alpha-2).")
    role = graphene.Field(OrganisationRole, description="What they do in the project.")


class GuidanceToolFilter(graphene.InputObjectType):
    """Which guidance tools are listed; all conditions must hold."""

    issue_id = graphene.ID(description="`entryId` of the topic that they are about.")
    audience_id = graphene.ID(description="`entryId` of an audience that they are made for.")


def _refers_to(rows: QuerySet[Entry], role: str, entry_id: str) -> QuerySet[Entry]:
    used = EntryReference.objects.filter(entry=OuterRef("pk"), kind="entry", role=role, key=entry_id)
    return rows.filter(Exists(used))


def narrowed_to_country(rows: QuerySet[Entry], code: str) -> QuerySet[Entry]:
    """Narrow a list to a country.

    Raises:
        ApiError: BAD_REQUEST when it is no country code.
    """
    if not _COUNTRY.match(code):
        raise ApiError(f"`country` is {code!r}; give two capital letters (ISO 3166-1 alpha-2), such as FI.")
    return in_country(rows, code)


_CONDITIONS: Mapping[str, Callable[[QuerySet[Entry], Any], QuerySet[Entry]]] = {
    "study_id": lambda rows, value: rows.filter(parent_id=entry_uuid(value, "studyId")),
    "topic_id": lambda rows, value: _refers_to(rows, "topics", entry_uuid(value, "topicId")),
    "issue_id": lambda rows, value: _refers_to(rows, "issue", entry_uuid(value, "issueId")),
    "audience_id": lambda rows, value: _refers_to(rows, "audience", entry_uuid(value, "audienceId")),
    "number": lambda rows, value: rows.filter(position=value),
    "country": narrowed_to_country,
    "after": lambda rows, value: rows.filter(sort_date__gte=value),
    "before": lambda rows, value: rows.filter(sort_date__lt=value),
    "is_provisional": lambda rows, value: rows.filter(payload__is_provisional=value),
    "role": lambda rows, value: rows.filter(payload__role=value.value),
}


def list_field(
    name: str,
    description: str,
    orders: Sequence[str] = ("POSITION", "PUBLISHED_NEWEST", "UPDATED_NEWEST"),
    conditions: Any = None,
) -> graphene.Field:
    """Return the root field of a list.

    Args:
        name: of the entry type.
        description: of the field.
        orders: names in `_ORDERS`, the default first.
        conditions: the input type of its filter, None without one.
    """
    order = order_enum(name, orders)
    extra = (
        {"filter": graphene.Argument(conditions, description="Which are listed; all by default.")}
        if conditions
        else {}
    )

    def resolve(root: None, info: GraphQLResolveInfo, **arguments: Any) -> QuerySlice:
        return _slice(name, orders[0], info, **arguments)

    return graphene.Field(
        connection_of(name),
        required=True,
        description=description,
        resolver=resolve,
        order_by=graphene.Argument(
            order, default_value=order._meta.enum[orders[0]], description="In which order they come."
        ),
        **reading_arguments(),
        **extra,
        **paging_arguments(),
    )


def _slice(
    name: str,
    default_order: str,
    info: GraphQLResolveInfo,
    locale: Any,
    fallback: Any,
    order_by: Any,
    first: int | None,
    after: str | None = None,
    filter: Mapping[str, Any] | None = None,
) -> QuerySlice:
    reading = reading_of(locale, fallback)
    order = order_by.value if order_by else default_order
    wanted = {key: value for key, value in (filter or {}).items() if value is not None}
    rows = entries(reading, [name])
    for key, value in wanted.items():
        rows = _CONDITIONS[key](rows, value)
    scope = scope_of(name, reading.locale, reading.fallback, order, wanted)
    loader = info.context.loader(reading)
    return QuerySlice(rows, loader, _ORDERS[order][1], scope, checked_first(first), after)

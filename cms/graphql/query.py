"""The root of the schema: single entries, lists, nodes by id, and the site's frame."""

from collections.abc import Iterable
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.delivery.loading import Loader
from cms.delivery.models import Entry as EntryRow
from cms.delivery.queries import entries, entry_by_path, entry_by_slug
from cms.graphql import pages, snippets
from cms.graphql.entries import Page
from cms.graphql.errors import ApiError
from cms.graphql.fetching import fetch_nodes
from cms.graphql.items import Item, ShownFile, ShownImage, item_of
from cms.graphql.lists import (
    ChapterFilter,
    EventFilter,
    GuidanceToolFilter,
    OrganisationFilter,
    entry_uuid,
    list_field,
    reading_arguments,
    reading_of,
)
from cms.graphql.nodes import Node, page_type_names
from cms.graphql.search import search_field
from cms.graphql.site import Site, SiteFrame

MOST_NODES = 100


def _entry_id_argument() -> graphene.Argument:
    return graphene.Argument(graphene.ID, description="Its `entryId`.")


def _deliver(row: EntryRow | None, loader: Loader) -> Item | None:
    return item_of(loader.deliver_one(row), loader)


def _by_entry_id(loader: Loader, types: Iterable[str], entry_id: str) -> Item | None:
    row = entries(loader.reading, types).filter(entry_id=entry_uuid(entry_id, "entryId")).first()
    return _deliver(row, loader)


def _one_of(**arguments: str | None) -> None:
    """Demand exactly one argument.

    Raises:
        ApiError: BAD_REQUEST otherwise.
    """
    if sum(value is not None for value in arguments.values()) != 1:
        raise ApiError(f"Give exactly one of {' and '.join(f'`{name}`' for name in arguments)}.")


def page_field(type_: Any, description: str) -> graphene.Field:
    """Return the root field of a page type, found by slug or entry id."""
    name = type_._meta.name

    def resolve(
        root: None,
        info: GraphQLResolveInfo,
        locale: Any,
        fallback: Any,
        slug: str | None = None,
        entry_id: str | None = None,
    ) -> Item | None:
        _one_of(slug=slug, entryId=entry_id)
        loader = info.context.loader(reading_of(locale, fallback))
        if entry_id is not None:
            return _by_entry_id(loader, [name], entry_id)
        return _deliver(entry_by_slug(loader.reading, name, slug or ""), loader)

    return graphene.Field(
        type_,
        description=f"{description} Null when there is none.",
        resolver=resolve,
        slug=graphene.Argument(
            graphene.String, description="Matched in the requested locale, then in those that may stand in."
        ),
        entry_id=_entry_id_argument(),
        **reading_arguments(),
    )


def snippet_field(type_: Any, description: str) -> graphene.Field:
    """Return the root field of an entry type without address."""

    def resolve(root: None, info: GraphQLResolveInfo, entry_id: str, locale: Any, fallback: Any) -> Item | None:
        return _by_entry_id(info.context.loader(reading_of(locale, fallback)), [type_._meta.name], entry_id)

    return graphene.Field(
        type_,
        description=f"{description} Null when there is none.",
        resolver=resolve,
        entry_id=graphene.Argument(graphene.ID, required=True, description="Its `entryId`."),
        **reading_arguments(),
    )


class Query(graphene.ObjectType):
    """Everything that is published. Nothing here can be changed."""

    node = graphene.Field(
        Node,
        id=graphene.Argument(graphene.ID, required=True, description="An `id` that this API gave."),
        description="Anything by its id, in the locale and fallback that the id carries; null when it is not delivered any more.",
    )
    nodes = graphene.List(
        Node,
        required=True,
        ids=graphene.Argument(
            graphene.List(graphene.NonNull(graphene.ID)), required=True, description="At most 100 ids."
        ),
        description="One place for each id, in their order; null for what is not delivered any more.",
    )
    site = graphene.Field(Site, required=True, description="The frame of the site.", **reading_arguments())
    page = graphene.Field(
        Page,
        description="A page of any type, by path or entry id. Null when there is none.",
        path=graphene.Argument(
            graphene.String,
            description=(
                "Relative to the home page of the locale; `/` is the home page. Matched in the requested locale, then in "
                "those that may stand in."
            ),
        ),
        entry_id=_entry_id_argument(),
        **reading_arguments(),
    )
    study = page_field(pages.Study, "A study.")
    studies = list_field("Study", "The studies.")
    chapter = graphene.Field(
        pages.Chapter,
        description="A chapter. Null when there is none.",
        slug=graphene.Argument(
            graphene.String, description="Matched in the requested locale, then in those that may stand in."
        ),
        study_slug=graphene.Argument(
            graphene.String, description="Slug of its study, where several studies have a chapter of that slug."
        ),
        entry_id=_entry_id_argument(),
        **reading_arguments(),
    )
    chapters = list_field("Chapter", "The chapters of all studies.", conditions=ChapterFilter)
    guidance_tool = page_field(pages.GuidanceTool, "A guidance tool.")
    guidance_tools = list_field("GuidanceTool", "The guidance tools.", conditions=GuidanceToolFilter)
    brochure = page_field(pages.Brochure, "A brochure.")
    brochures = list_field("Brochure", "The brochures of all guidance tools.")
    event = page_field(pages.Event, "An event.")
    events = list_field(
        "Event",
        "The events, by day; those without a fixed day last.",
        ("DATE", "DATE_LATEST", "POSITION", "UPDATED_NEWEST"),
        EventFilter,
    )
    organisation = snippet_field(snippets.Organisation, "An organisation.")
    organisations = list_field(
        "Organisation", "The organisations of the directory.", ("COUNTRY", "UPDATED_NEWEST"), OrganisationFilter
    )
    topic = snippet_field(snippets.Topic, "A topic.")
    topics = list_field("Topic", "The topics.", ("POSITION", "UPDATED_NEWEST"))
    audience = snippet_field(snippets.Audience, "An audience.")
    audiences = list_field("Audience", "The audiences.", ("POSITION", "UPDATED_NEWEST"))
    contact = snippet_field(snippets.Contact, "A contact.")
    contacts = list_field("Contact", "The contacts of all organisations.", ("NAME", "UPDATED_NEWEST"))
    search = search_field()

    @staticmethod
    def resolve_node(root: None, info: GraphQLResolveInfo, id: str) -> Item | ShownImage | ShownFile | None:
        """Return one thing."""
        return fetch_nodes([id], info.context)[0]

    @staticmethod
    def resolve_nodes(
        root: None, info: GraphQLResolveInfo, ids: list[str]
    ) -> list[Item | ShownImage | ShownFile | None]:
        """Return several things."""
        if len(ids) > MOST_NODES:
            raise ApiError(f"`ids` has {len(ids)} ids; {MOST_NODES} are the most.")
        return fetch_nodes(ids, info.context)

    @staticmethod
    def resolve_site(root: None, info: GraphQLResolveInfo, locale: Any, fallback: Any) -> SiteFrame:
        """Return the frame."""
        return SiteFrame(info.context.loader(reading_of(locale, fallback)), info.context.content_version)

    @staticmethod
    def resolve_page(
        root: None,
        info: GraphQLResolveInfo,
        locale: Any,
        fallback: Any,
        path: str | None = None,
        entry_id: str | None = None,
    ) -> Item | None:
        """Return a page."""
        _one_of(path=path, entryId=entry_id)
        loader = info.context.loader(reading_of(locale, fallback))
        if entry_id is not None:
            return _by_entry_id(loader, page_type_names(), entry_id)
        return _deliver(entry_by_path(loader.reading, path or "/"), loader)

    @staticmethod
    def resolve_chapter(
        root: None,
        info: GraphQLResolveInfo,
        locale: Any,
        fallback: Any,
        slug: str | None = None,
        study_slug: str | None = None,
        entry_id: str | None = None,
    ) -> Item | None:
        """Return a chapter."""
        _one_of(slug=slug, entryId=entry_id)
        loader = info.context.loader(reading_of(locale, fallback))
        if entry_id is not None:
            return _by_entry_id(loader, ["Chapter"], entry_id)
        return _deliver(entry_by_slug(loader.reading, "Chapter", slug or "", study_slug or ""), loader)

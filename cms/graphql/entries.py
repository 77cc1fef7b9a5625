"""The interfaces of entries and pages, and what both are made of."""

from datetime import datetime
from typing import Any

import graphene
from django.utils.dateparse import parse_datetime
from graphql import GraphQLResolveInfo

from cms.delivery.loading import Delivered, Translation, page_url
from cms.graphql.connections import children_field
from cms.graphql.enums import Locale
from cms.graphql.identifiers import ENTRY, NodeKey, encode_id
from cms.graphql.items import Item, Part, item_of
from cms.graphql.media import image_field
from cms.graphql.nodes import Node, listed, type_of
from cms.graphql.scalars import URL


class TranslationLink(graphene.ObjectType):
    """Where an entry stands in a language that it is written in or translated into: ready for `hreflang`."""

    locale = graphene.Field(Locale, required=True, description="The language.")
    url = graphene.Field(
        URL, required=True, description="Absolute address on the built-in website; its home page for what is no page."
    )
    path = graphene.String(required=True, description="Below the home page of that locale; empty for what is no page.")
    updated_at = graphene.DateTime(required=True, description="When this version last changed (UTC).")


class TranslationStatus(graphene.ObjectType):
    """How far the published text is translated; computed when source or target is published."""

    segments = graphene.Int(
        required=True, description="Number of strings of the source; 0 when it was never translated."
    )
    reviewed_segments = graphene.Int(required=True, description="How many of them a person has translated or checked.")
    is_stale = graphene.Boolean(required=True, description="Whether the source was published after this version.")
    source_updated_at = graphene.DateTime(description="When the source was last published (UTC); null when unknown.")

    @staticmethod
    def resolve_source_updated_at(root: dict[str, Any], info: GraphQLResolveInfo) -> datetime | None:
        """Return the time that is stored as text."""
        moment = root.get("source_updated_at")
        return parse_datetime(moment) if moment else None


class PageLink(graphene.ObjectType):
    """Enough of a page to link to it."""

    entry_id = graphene.ID(required=True, description="The same in all languages.")
    title = graphene.String(required=True, description="Its title.")
    path = graphene.String(required=True, description="Below the home page of the requested locale.")
    url = graphene.Field(URL, required=True, description="Absolute address on the built-in website.")


class Seo(graphene.ObjectType):
    """What search engines and shared links show."""

    title = graphene.String(
        required=True, description="For the `title` element; the page's own title where nothing else is given."
    )
    description = graphene.String(description="One or two plain sentences; null when there are none.")
    image = image_field("image", "For sharing; the page's main picture where no other is given, null without one.")
    canonical_url = graphene.Field(
        URL, required=True, description="The address of this content in the language it is really in."
    )

    @staticmethod
    def resolve_title(root: Part, info: GraphQLResolveInfo) -> str:
        """Return the title."""
        return str(root.payload["title"])

    @staticmethod
    def resolve_description(root: Part, info: GraphQLResolveInfo) -> str | None:
        """Return the description."""
        return root.payload.get("description") or None

    @staticmethod
    def resolve_canonical_url(root: Item, info: GraphQLResolveInfo) -> str:
        """Return the address in the content's own language."""
        return canonical_url(root)


def canonical_url(item: Item) -> str:
    """Return the address of a page's content in the language it is really in. One statement a level for fallbacks."""
    delivered = item.delivered
    if not delivered.is_fallback:
        return delivered.url
    own = [one.url for one in item.loader.translations(delivered) if one.locale == delivered.row.content_locale]
    return own[0] if own else page_url(delivered.row.content_locale, delivered.row.path)


class EntryFields:
    """The fields of every entry; mixed into its interfaces, because graphene does not hand them on."""

    id = graphene.ID(required=True, description="Opaque; carries the requested locale and fallback.")
    entry_id = graphene.ID(required=True, description="The same in all languages.")
    requested_locale = graphene.Field(Locale, required=True, description="The locale that was asked for.")
    content_locale = graphene.Field(Locale, required=True, description="The language that the content is really in.")
    source_locale = graphene.Field(Locale, required=True, description="The language in which it was first written.")
    is_fallback = graphene.Boolean(
        required=True, description="Whether `contentLocale` differs from `requestedLocale`; print `lang` then."
    )
    translations = graphene.List(
        graphene.NonNull(TranslationLink),
        required=True,
        description="Where it exists in its own words, this version included, in the order of the site's languages.",
    )
    translation_status = graphene.Field(
        TranslationStatus,
        required=True,
        description="How far the published text is translated. Not part of `version`.",
    )
    first_published_at = graphene.DateTime(required=True, description="When it was first published (UTC).")
    updated_at = graphene.DateTime(required=True, description="When what is delivered last changed (UTC).")
    version = graphene.String(
        required=True,
        description=(
            "Opaque; changes when the entry's own content, path or position changes, or an image or file that it shows."
        ),
    )

    @classmethod
    def resolve_type(cls, instance: Any, info: GraphQLResolveInfo) -> Any:
        """Return the type of what was found."""
        return type_of(instance)

    @staticmethod
    def resolve_id(root: Item, info: GraphQLResolveInfo) -> str:
        """Return an id that carries locale and fallback."""
        return encode_id(NodeKey(ENTRY, root.loader.reading, root.owner))

    @staticmethod
    def resolve_entry_id(root: Item, info: GraphQLResolveInfo) -> str:
        """Return the id that all languages share."""
        return root.owner

    @staticmethod
    def resolve_requested_locale(root: Item, info: GraphQLResolveInfo) -> str:
        """Return the requested locale."""
        return root.delivered.requested_locale

    @staticmethod
    def resolve_content_locale(root: Item, info: GraphQLResolveInfo) -> str:
        """Return the language of the content."""
        return root.delivered.row.content_locale

    @staticmethod
    def resolve_source_locale(root: Item, info: GraphQLResolveInfo) -> str:
        """Return the language of the source."""
        return root.delivered.row.source_locale

    @staticmethod
    def resolve_is_fallback(root: Item, info: GraphQLResolveInfo) -> bool:
        """Tell whether the content is in another language than the one asked for."""
        return root.delivered.is_fallback

    @staticmethod
    def resolve_translations(root: Item, info: GraphQLResolveInfo) -> list[Translation]:
        """Return where it exists in its own words."""
        return root.loader.translations(root.delivered)

    @staticmethod
    def resolve_translation_status(root: Item, info: GraphQLResolveInfo) -> dict[str, Any]:
        """Return the stored status, zeros when nothing is known."""
        return {"segments": 0, "reviewed_segments": 0, "is_stale": False, **root.delivered.row.translation_status}

    @staticmethod
    def resolve_first_published_at(root: Item, info: GraphQLResolveInfo) -> datetime:
        """Return when it was first published."""
        return root.delivered.row.first_published_at

    @staticmethod
    def resolve_updated_at(root: Item, info: GraphQLResolveInfo) -> datetime:
        """Return when what is delivered last changed."""
        return root.delivered.row.updated_at

    @staticmethod
    def resolve_version(root: Item, info: GraphQLResolveInfo) -> str:
        """Return the number of the transaction that last changed it, with the locale of the row it was read from."""
        return f"{root.delivered.row.version}-{root.delivered.row.locale}"


class Entry(EntryFields, graphene.Interface):
    """One deliverable thing in one locale. What is not live, public and reviewed is never an entry."""

    class Meta:
        interfaces = (Node,)


@listed
class Page(EntryFields, graphene.Interface):
    """An entry with an address of its own."""

    class Meta:
        interfaces = (Entry, Node)

    title = graphene.String(required=True, description="Its title.")
    slug = graphene.String(required=True, description="The last part of its path; empty for no page.")
    path = graphene.String(
        required=True, description="Relative to the home page of the requested locale: `/` is the home page itself."
    )
    url = graphene.Field(
        URL, required=True, description="Absolute address on the built-in website, requested locale first."
    )
    seo = graphene.Field(Seo, required=True, description="What search engines and shared links show.")
    breadcrumbs = graphene.List(
        graphene.NonNull(PageLink),
        required=True,
        description="The deliverable pages above it, from the home page down, without the page itself.",
    )
    parent = graphene.Field(lambda: Page, description="The nearest deliverable page above it; null for a home page.")
    children = children_field("Page", "The deliverable pages right below it, in the order of the source.")

    @staticmethod
    def resolve_slug(root: Item, info: GraphQLResolveInfo) -> str:
        """Return the slug."""
        return root.delivered.row.slug

    @staticmethod
    def resolve_path(root: Item, info: GraphQLResolveInfo) -> str:
        """Return the path."""
        return root.delivered.row.path

    @staticmethod
    def resolve_url(root: Item, info: GraphQLResolveInfo) -> str:
        """Return the absolute address."""
        return root.delivered.url

    @staticmethod
    def resolve_seo(root: Item, info: GraphQLResolveInfo) -> Item:
        """Return the item with the part of its payload that is meant for search engines."""
        return Item(root.payload["seo"], root.loader, root.owner, root.delivered)

    @staticmethod
    def resolve_breadcrumbs(root: Item, info: GraphQLResolveInfo) -> list[dict[str, str]]:
        """Return the pages above."""
        return [_page_link(one) for one in root.loader.ancestors(root.delivered)]

    @staticmethod
    def resolve_parent(root: Item, info: GraphQLResolveInfo) -> Item | None:
        """Return the page above."""
        return item_of(root.loader.parent(root.delivered), root.loader)


def _page_link(page: Delivered) -> dict[str, str]:
    return {"entry_id": page.entry_id, "title": page.payload["title"], "path": page.row.path, "url": page.url}

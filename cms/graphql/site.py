"""The frame of the site in one locale: menu, footer, facts, languages, content version."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import graphene
from django.conf import settings
from django.utils.translation import get_language_info
from graphql import GraphQLResolveInfo

from cms.delivery.loading import Loader, page_url
from cms.delivery.queries import Fallback, Reading, content_locales, entries, site_facts, site_name
from cms.graphql.enums import DEFAULT_LOCALE, Locale
from cms.graphql.identifiers import SITE_OWNER
from cms.graphql.items import Item, Part, items_of, resolve_payload
from cms.graphql.media import image_field
from cms.graphql.nodes import entry_type
from cms.graphql.rich_text import links_field
from cms.graphql.scalars import URL
from cms.graphql.snippets import SnippetMeta

FRAME_TYPES = ("MainMenu", "Footer")


@entry_type
class MainMenu(graphene.ObjectType):
    """The main menu of one language."""

    Meta = SnippetMeta

    items = links_field("items", "The lines of the menu in order; those to what cannot be delivered are left out.")


@entry_type
class Footer(graphene.ObjectType):
    """The footer of one language. Texts are plain, a line break separates paragraphs."""

    Meta = SnippetMeta

    coordination = graphene.String(description="Who coordinates the project; null when nothing is said.")
    funding = graphene.String(description="Who pays for it; null when nothing is said.")
    support = graphene.String(description="Who supports it; null when nothing is said.")
    disclaimer = graphene.String(description="What the funder does not answer for; null when nothing is said.")
    links = links_field("links", "Links in order; those to what cannot be delivered are left out.")


class SiteFacts(graphene.ObjectType):
    """Facts of the site that are the same in every language."""

    class Meta:
        default_resolver = resolve_payload

    logo = image_field("logo", "The logo; null without one.")
    social_image = image_field(
        "social_image", "Shown when a page without a picture of its own is shared; null without one."
    )
    postal_address = graphene.String(description="Postal address, one line of it a line; null when unknown.")
    email = graphene.String(description="E-mail address; null when unknown.")


class SiteLocale(graphene.ObjectType):
    """A language of the site."""

    locale = graphene.Field(Locale, required=True, description="The language.")
    code = graphene.String(required=True, description="BCP 47 code, for `lang` and `hreflang`.")
    name = graphene.String(required=True, description="Its own name of itself.")
    is_default = graphene.Boolean(required=True, description="Whether it is used where nothing else is asked for.")
    is_right_to_left = graphene.Boolean(required=True, description="Whether it is written from right to left.")
    url = graphene.Field(URL, required=True, description="Absolute address of its home page on the built-in website.")
    fallback_chain = graphene.List(
        graphene.NonNull(Locale), required=True, description="What CONFIGURED tries for it, in order."
    )


@dataclass(frozen=True, eq=False)
class SiteFrame:
    """The site for one reading. Menu, footer and facts are read when they are asked for: one statement each kind."""

    loader: Loader
    content_version: int

    @cached_property
    def entries(self) -> dict[str, list[Item]]:
        """Return the menus and footers by type, the oldest first."""
        rows = entries(self.loader.reading, FRAME_TYPES).order_by("first_published_at", "entry_id")
        found: dict[str, list[Item]] = {name: [] for name in FRAME_TYPES}
        for item in items_of(self.loader.deliver(rows), self.loader):
            found[item.delivered.row.entry_type].append(item)
        return found


class Site(graphene.ObjectType):
    """The frame of the site in one locale."""

    name = graphene.String(required=True, description="Name of the site.")
    url = graphene.Field(URL, required=True, description="Absolute address of the home page of the requested locale.")
    menu = graphene.Field(MainMenu, description="The main menu; null when it does not exist in the requested locale.")
    menus = graphene.List(graphene.NonNull(MainMenu), required=True, description="All menus, the main menu first.")
    footer = graphene.Field(Footer, description="The footer; null when it does not exist in the requested locale.")
    facts = graphene.Field(SiteFacts, required=True, description="What is the same in every language.")
    locales = graphene.List(
        graphene.NonNull(SiteLocale), required=True, description="The languages of the site, in its order."
    )
    content_version = graphene.String(
        required=True, description="Opaque; changes with every publication, and all of one answer is of this version."
    )

    @staticmethod
    def resolve_name(root: SiteFrame, info: GraphQLResolveInfo) -> str:
        """Return the name that the facts of the site give, else the operator's."""
        return site_name(site_facts())

    @staticmethod
    def resolve_url(root: SiteFrame, info: GraphQLResolveInfo) -> str:
        """Return the address of the home page."""
        return page_url(root.loader.reading.locale, "/")

    @staticmethod
    def resolve_menu(root: SiteFrame, info: GraphQLResolveInfo) -> Item | None:
        """Return the first menu."""
        return next(iter(root.entries["MainMenu"]), None)

    @staticmethod
    def resolve_menus(root: SiteFrame, info: GraphQLResolveInfo) -> list[Item]:
        """Return all menus."""
        return root.entries["MainMenu"]

    @staticmethod
    def resolve_footer(root: SiteFrame, info: GraphQLResolveInfo) -> Item | None:
        """Return the first footer."""
        return next(iter(root.entries["Footer"]), None)

    @staticmethod
    def resolve_facts(root: SiteFrame, info: GraphQLResolveInfo) -> Part:
        """Return the facts."""
        return Part(site_facts(), root.loader, SITE_OWNER)

    @staticmethod
    def resolve_locales(root: SiteFrame, info: GraphQLResolveInfo) -> list[dict[str, Any]]:
        """Return the languages."""
        return [_site_locale(code) for code in content_locales()]

    @staticmethod
    def resolve_content_version(root: SiteFrame, info: GraphQLResolveInfo) -> str:
        """Return the content version of the whole answer."""
        return str(root.content_version)


def _site_locale(code: str) -> dict[str, Any]:
    info = get_language_info(code)
    return {
        "locale": code,
        "code": code,
        "name": dict(settings.WAGTAIL_CONTENT_LANGUAGES)[code],
        "is_default": code == DEFAULT_LOCALE.value,
        "is_right_to_left": info["bidi"],
        "url": page_url(code, "/"),
        "fallback_chain": Reading(code, Fallback.CONFIGURED).chain,
    }

"""Entries without an address: organisations, contacts, topics, audiences."""

import graphene
from graphql import GraphQLResolveInfo

from cms.graphql.countries import country_name_field
from cms.graphql.entries import Entry
from cms.graphql.enums import OrganisationRole
from cms.graphql.items import Item, items_of, resolve_payload
from cms.graphql.media import image_field
from cms.graphql.nodes import Node, entry_type
from cms.graphql.scalars import URL, CountryCode


class SnippetMeta:
    """The `Meta` of every entry that is no page."""

    interfaces = (Entry, Node)
    default_resolver = resolve_payload


class TermFields:
    """The fields of topics and audiences."""

    name = graphene.String(required=True, description="Its name.")
    description = graphene.String(description="What belongs to it, as plain text; null without one.")


@entry_type
class Topic(TermFields, graphene.ObjectType):
    """A cross-cutting issue that chapters and guidance tools treat."""

    Meta = SnippetMeta


@entry_type
class Audience(TermFields, graphene.ObjectType):
    """People for whom something is made."""

    Meta = SnippetMeta


@entry_type
class Organisation(graphene.ObjectType):
    """An institution or network that takes part, or funds."""

    Meta = SnippetMeta

    name = graphene.String(required=True, description="Its name.")
    acronym = graphene.String(description="Its short name; null without one.")
    country = graphene.Field(CountryCode, description="Where it is; null when unknown.")
    country_name = country_name_field()
    role = graphene.Field(OrganisationRole, required=True, description="What it does in the project.")
    networks = graphene.List(
        graphene.NonNull(lambda: Organisation),
        required=True,
        description="The networks that it represents or belongs to.",
        resolver=lambda root, info: root.related("networks"),
    )
    website = graphene.Field(URL, description="Its own website; null when unknown.")
    logo = image_field("logo", "Its logo; null without one.")
    contacts = graphene.List(
        graphene.NonNull(lambda: Contact), required=True, description="Ways to reach it, by name."
    )

    @staticmethod
    def resolve_contacts(root: Item, info: GraphQLResolveInfo) -> list[Item]:
        """Return the contacts that name this organisation."""
        return items_of(root.loader.users(root.delivered, "organisation", "Contact"), root.loader)


@entry_type
class Contact(graphene.ObjectType):
    """A way to reach an organisation."""

    Meta = SnippetMeta

    name = graphene.String(required=True, description="A person, an office or a role.")
    job_title = graphene.String(description="What this person or office does there; null when unknown.")
    organisation = graphene.Field(
        Organisation,
        description="Where it belongs to; null when unknown or not deliverable.",
        resolver=lambda root, info: root.related_one("organisation"),
    )
    email = graphene.String(description="E-mail address; null when unknown.")
    phone = graphene.String(description="Telephone number as people write it; null when unknown.")
    address = graphene.String(description="Postal address, one line of it a line; null when unknown.")

    @staticmethod
    def resolve_job_title(root: Item, info: GraphQLResolveInfo) -> str | None:
        """Return the role."""
        return root.payload.get("role") or None

"""Entries with an address: home page, information pages, study, guidance tools, events, partners."""

from datetime import datetime

import graphene
from django.utils.dateparse import parse_datetime
from graphql import GraphQLResolveInfo

from cms.graphql import blocks
from cms.graphql.connections import children_field
from cms.graphql.countries import country_name_field
from cms.graphql.entries import Entry, Page
from cms.graphql.enums import Locale, OutputKind
from cms.graphql.items import Item, Part, item_of, resolve_payload
from cms.graphql.long_text import LongText
from cms.graphql.media import License, file_field, image_field
from cms.graphql.nodes import Node, entry_type
from cms.graphql.rich_text import links_field, required_rich_text_field, rich_text_field
from cms.graphql.scalars import URL, CountryCode, YearMonth
from cms.graphql.snippets import Audience, Organisation, Topic


class PageMeta:
    """The `Meta` of every page type."""

    interfaces = (Page, Entry, Node)
    default_resolver = resolve_payload


class PartMeta:
    """The `Meta` of every type that shows a piece of an entry."""

    default_resolver = resolve_payload


class Author(graphene.ObjectType):
    """Somebody who wrote."""

    Meta = PartMeta

    name = graphene.String(required=True, description="As it is printed.")
    role = graphene.String(description="What this person did; null when nothing is said.")
    organisation = graphene.Field(
        Organisation,
        description="Where this person belongs to; null when unknown or not deliverable.",
        resolver=lambda root, info: root.entry("organisation"),
    )


class Footnote(graphene.ObjectType):
    """A footnote of a body."""

    number = graphene.Int(required=True, description="From 1, in the order in which the body refers to them.")
    anchor = graphene.String(required=True, description="The `id` that references in the HTML point to: `fn-1`.")
    content = required_rich_text_field("content", "The text.")

    @staticmethod
    def resolve_number(root: Part, info: GraphQLResolveInfo) -> int:
        """Return the number."""
        return int(root.payload["number"])

    @staticmethod
    def resolve_anchor(root: Part, info: GraphQLResolveInfo) -> str:
        """Return the anchor."""
        return f"fn-{root.payload['number']}"


def authors_field() -> graphene.List:
    """Return the field of the authors."""
    return graphene.List(
        graphene.NonNull(Author),
        required=True,
        description="Who wrote it, in order.",
        resolver=lambda root, info: root.parts("authors"),
    )


def license_field() -> graphene.Field:
    """Return the field of a page's licence."""
    return graphene.Field(License, required=True, description="Under which terms it may be used again.")


def hero_field() -> graphene.Field:
    """Return the field of a page's main picture."""
    return image_field("hero", "The picture that stands for it; null without one.")


class NetworkFigures(graphene.ObjectType):
    """The size of the network as the authors state it; not counted from entries."""

    Meta = PartMeta

    partners = graphene.Int(description="Number of partner institutions; null when not stated.")
    countries = graphene.Int(description="Number of countries; null when not stated.")
    local_providers = graphene.Int(description="Number of local providers; null when not stated.")
    caption = graphene.String(description="The sentence under the figures; null without one.")


@entry_type
class HomePage(LongText, graphene.ObjectType):
    """The entrance of a language."""

    Meta = PageMeta

    lead = required_rich_text_field("lead", "What the project is.")
    hero = hero_field()
    why_title = graphene.String(description="Title of the questions; null without one.")
    why_intro = required_rich_text_field("why_intro", "What leads to the questions.")
    why_questions = blocks.strings("The questions that the project asks, in order.")
    figures = graphene.Field(
        NetworkFigures,
        required=True,
        description="The size of the network.",
        resolver=lambda root, info: root.part("figures"),
    )
    calls_to_action = links_field(
        "calls_to_action", "Buttons, in order; those to what cannot be delivered are left out."
    )
    body = blocks.body_field(blocks.InformationBlock)

    @staticmethod
    def resolve_why_questions(root: Item, info: GraphQLResolveInfo) -> list[str]:
        """Return the questions."""
        return [part.payload["question"] for part in root.parts("why_questions")]


@entry_type
class InformationPage(LongText, graphene.ObjectType):
    """A page of running text."""

    Meta = PageMeta

    summary = required_rich_text_field("summary", "In one paragraph; empty when there is none.")
    body = blocks.body_field(blocks.InformationBlock)


class Output(graphene.ObjectType):
    """Something that the project makes."""

    Meta = PartMeta

    kind = graphene.Field(OutputKind, required=True, description="What it is.")
    title = graphene.String(required=True, description="Its title.")
    description = rich_text_field("description", "What it is about; null when nothing is said.")
    planned_availability = graphene.Field(YearMonth, description="The month it is planned for; null when unknown.")
    languages = graphene.List(
        graphene.NonNull(Locale), required=True, description="The languages in which it is planned."
    )
    page = graphene.Field(
        Page,
        description="The study or the list of tools; null until it can be delivered.",
        resolver=lambda root, info: root.entry("page"),
    )


@entry_type
class OutputsPage(LongText, graphene.ObjectType):
    """What the project will hand over."""

    Meta = PageMeta

    intro = required_rich_text_field("intro", "The introduction; empty when there is none.")
    outputs = graphene.List(
        graphene.NonNull(Output),
        required=True,
        description="The outputs, in order.",
        resolver=lambda root, info: root.parts("outputs"),
    )
    body = blocks.body_field(blocks.InformationBlock)


@entry_type
class Study(graphene.ObjectType):
    """A study; its chapters are entries of their own."""

    Meta = PageMeta

    subtitle = graphene.String(description="Null without one.")
    abstract = required_rich_text_field("abstract", "What it is about; empty when nothing is said.")
    authors = authors_field()
    license = license_field()
    planned_availability = graphene.Field(YearMonth, description="The month it is planned for; null when unknown.")
    hero = hero_field()
    chapters = children_field("Chapter", "Its deliverable chapters, by number.", ["Chapter"])


@entry_type
class Chapter(LongText, graphene.ObjectType):
    """A chapter of a study."""

    Meta = PageMeta

    number = graphene.Int(
        required=True, description="From 1; its place in the study of its source language, the same in all locales."
    )
    summary = required_rich_text_field("summary", "In one paragraph; empty when there is none.")
    hero = hero_field()
    body = blocks.body_field(blocks.ChapterBlock)
    authors = authors_field()
    topics = graphene.List(
        graphene.NonNull(Topic),
        required=True,
        description="The cross-cutting issues that it treats, in their order.",
        resolver=lambda root, info: root.related("topics"),
    )
    study = graphene.Field(Study, description="The study that it belongs to; null when that cannot be delivered.")
    previous = graphene.Field(lambda: Chapter, description="The deliverable chapter before it; null for the first.")
    next = graphene.Field(lambda: Chapter, description="The deliverable chapter behind it; null for the last.")
    footnotes = graphene.List(
        graphene.NonNull(Footnote),
        required=True,
        description="The footnotes that the body uses, by number.",
        resolver=lambda root, info: root.parts("footnotes"),
    )
    sources = blocks.strings("What it was written from, one source each, as plain text.")
    reading_minutes = graphene.Int(required=True, description="Whole minutes at 200 words a minute, at least 1.")
    license = license_field()

    @staticmethod
    def resolve_number(root: Item, info: GraphQLResolveInfo) -> int:
        """Return the number."""
        return root.delivered.row.position

    @staticmethod
    def resolve_study(root: Item, info: GraphQLResolveInfo) -> Item | None:
        """Return the nearest study above."""
        above = root.loader.ancestors(root.delivered)
        studies = [one for one in above if one.row.entry_type == "Study"]
        return item_of(studies[-1], root.loader) if studies else None

    @staticmethod
    def resolve_previous(root: Item, info: GraphQLResolveInfo) -> Item | None:
        """Return the chapter before."""
        return item_of(root.loader.neighbours(root.delivered)[0], root.loader)

    @staticmethod
    def resolve_next(root: Item, info: GraphQLResolveInfo) -> Item | None:
        """Return the chapter behind."""
        return item_of(root.loader.neighbours(root.delivered)[1], root.loader)


@entry_type
class GuidanceToolIndex(graphene.ObjectType):
    """The list of guidance tools; they are its children."""

    Meta = PageMeta

    intro = required_rich_text_field("intro", "The introduction; empty when there is none.")


@entry_type
class GuidanceTool(LongText, graphene.ObjectType):
    """A guidance tool on one cross-cutting issue."""

    Meta = PageMeta

    issue = graphene.Field(
        Topic,
        description="The cross-cutting issue that it is about; null when unknown or not deliverable.",
        resolver=lambda root, info: root.related_one("issue"),
    )
    summary = required_rich_text_field("summary", "In one paragraph; empty when there is none.")
    purpose = required_rich_text_field("purpose", "What it is good for; empty when nothing is said.")
    audience = graphene.List(
        graphene.NonNull(Audience),
        required=True,
        description="For whom it is made, in their order.",
        resolver=lambda root, info: root.related("audience"),
    )
    hero = hero_field()
    body = blocks.body_field(blocks.GuidanceToolBlock)
    brochure = graphene.Field(lambda: Brochure, description="Its brochure; null when none can be delivered.")
    related_chapters = graphene.List(
        graphene.NonNull(Chapter),
        required=True,
        description="Deliverable chapters on the same matter.",
        resolver=lambda root, info: root.related("related_chapters"),
    )
    reading_minutes = graphene.Int(required=True, description="Whole minutes at 200 words a minute, at least 1.")
    license = license_field()

    @staticmethod
    def resolve_brochure(root: Item, info: GraphQLResolveInfo) -> Item | None:
        """Return the first brochure below it."""
        found, _ = root.loader.children(root.delivered, ["Brochure"], 1)
        return item_of(found[0], root.loader) if found else None


@entry_type
class Brochure(LongText, graphene.ObjectType):
    """The brochure of a guidance tool: panels for print, and a file in each language."""

    Meta = PageMeta

    summary = required_rich_text_field("summary", "In one paragraph; empty when there is none.")
    cover = image_field("cover", "Its cover; null without one.")
    body = blocks.body_field(blocks.BrochureBlock)
    file = file_field("file", "Ready to print, in the language of the content; null until there is one.")
    available_in = graphene.List(
        graphene.NonNull(Locale),
        required=True,
        description="The locales in which it exists in its own words, in the order of the site's languages.",
    )
    license = license_field()

    @staticmethod
    def resolve_available_in(root: Item, info: GraphQLResolveInfo) -> list[str]:
        """Return the locales of its translations."""
        return [one.locale for one in root.loader.translations(root.delivered)]


@entry_type
class EventIndex(graphene.ObjectType):
    """The list of events; they are its children, and `events` has them by date."""

    Meta = PageMeta

    intro = required_rich_text_field("intro", "The introduction; empty when there is none.")


class Period(graphene.ObjectType):
    """When an event takes place, as far as it is known. Exact times are null while it is provisional."""

    Meta = PartMeta

    start_month = graphene.Field(YearMonth, description="First month of the period; null when unknown.")
    end_month = graphene.Field(YearMonth, description="Last month of the period; null when unknown.")
    note = graphene.String(description="The period in words, such as “to be announced”; null without one.")
    starts_at = graphene.DateTime(
        description="Start, with the offset of the event's time zone; null while provisional."
    )
    ends_at = graphene.DateTime(description="End, with the offset of the event's time zone; null while unknown.")
    time_zone = graphene.String(description="IANA name, such as `Europe/Paris`; null while provisional.")

    @staticmethod
    def resolve_starts_at(root: Part, info: GraphQLResolveInfo) -> datetime | None:
        """Return the start."""
        return parse_datetime(root.payload.get("starts_at") or "")

    @staticmethod
    def resolve_ends_at(root: Part, info: GraphQLResolveInfo) -> datetime | None:
        """Return the end."""
        return parse_datetime(root.payload.get("ends_at") or "")


@entry_type
class Event(LongText, graphene.ObjectType):
    """An event. While it is provisional it has at most a period, and must not be shown as dated."""

    Meta = PageMeta

    period = graphene.Field(
        Period, required=True, description="When it takes place.", resolver=lambda root, info: root.part("period")
    )
    is_provisional = graphene.Boolean(required=True, description="Whether the date is not fixed yet.")
    venue = graphene.String(description="The building or room; null when unknown.")
    city = graphene.String(description="The town; null when unknown.")
    country = graphene.Field(CountryCode, description="Null when it is not announced yet.")
    country_name = country_name_field()
    organisers = graphene.List(
        graphene.NonNull(Organisation),
        required=True,
        description="Who organises it.",
        resolver=lambda root, info: root.related("organisers"),
    )
    hero = hero_field()
    body = blocks.body_field(blocks.InformationBlock)
    registration_url = graphene.Field(URL, description="Where to register; null when there is nowhere yet.")


class CountryNote(graphene.ObjectType):
    """What is to be said about one country."""

    Meta = PartMeta

    country = graphene.Field(CountryCode, description="The country.")
    country_name = country_name_field()
    text = required_rich_text_field("text", "What is to be said.")


@entry_type
class PartnersPage(graphene.ObjectType):
    """The page of partners; the partners themselves are `organisations`."""

    Meta = PageMeta

    intro = required_rich_text_field("intro", "The introduction; empty when there is none.")
    country_notes = graphene.List(
        graphene.NonNull(CountryNote),
        required=True,
        description="Notes on countries; they also give the order of the countries.",
        resolver=lambda root, info: root.parts("country_notes"),
    )

"""The blocks of bodies, one type each, and which of them may stand where.

One field name has one type, nullability included, in all blocks; otherwise fragments on them would conflict.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.delivery.body import render_body
from cms.graphql.enums import CalloutKind
from cms.graphql.identifiers import block_id
from cms.graphql.items import Item, Part, resolve_payload
from cms.graphql.media import file_field, image_field
from cms.graphql.nodes import named_type
from cms.graphql.rich_text import links_argument, links_field, required_rich_text_field, rich_text_field, style_of
from cms.graphql.scalars import URL

_block_types: dict[str, Any] = {}


@dataclass(frozen=True, eq=False)
class BlockPart(Part):
    """A block of a body; `payload` is its value.

    Attributes:
        kind: its name in the body, such as `key_points`.
        key: the id that it has in the body.
    """

    kind: str
    key: str


def blocks_of(item: Item, types: Sequence[Any]) -> list[BlockPart]:
    """Return the blocks of an entry's body that are among some types, in order."""
    return [
        BlockPart(block["value"], item.loader, item.owner, block["type"], str(block["id"]))
        for block in item.payload.get("body") or []
        if _block_types.get(block["type"]) in types
    ]


def block_type(kind: str) -> Callable[[Any], Any]:
    """Register a type under the name that its block has in bodies; use it as a decorator."""

    def register(cls: Any) -> Any:
        _block_types[kind] = cls
        return cls

    return register


def strings(description: str) -> graphene.List:
    """Return a field of texts, read from the payload."""
    return graphene.List(graphene.NonNull(graphene.String), required=True, description=description)


class Block(graphene.Interface):
    """One block of a body."""

    id = graphene.ID(
        required=True, description="Opaque; differs between entries, locales and fallbacks, stable between requests."
    )

    @classmethod
    def resolve_type(cls, instance: BlockPart, info: GraphQLResolveInfo) -> Any:
        """Return the type of a block."""
        return _block_types[instance.kind]

    @staticmethod
    def resolve_id(root: BlockPart, info: GraphQLResolveInfo) -> str:
        """Return the id."""
        return block_id(root.loader.reading, root.owner, root.key)


class BlockMeta:
    """The `Meta` of every block type."""

    interfaces = (Block,)
    default_resolver = resolve_payload


@block_type("heading")
class HeadingBlock(graphene.ObjectType):
    """Begins a section."""

    Meta = BlockMeta

    level = graphene.Int(required=True, description="2 to 4; the page's title is level 1.")
    text = graphene.String(required=True, description="The heading.")
    anchor = graphene.String(required=True, description="Unique in the body; for `id` attributes and links.")


@block_type("paragraph")
class ParagraphBlock(graphene.ObjectType):
    """Running text: paragraphs and lists."""

    Meta = BlockMeta

    content = required_rich_text_field("content", "The text.")


@block_type("figure")
class FigureBlock(graphene.ObjectType):
    """A picture with caption and credit."""

    Meta = BlockMeta

    image = image_field("image", "The picture; null when it cannot be delivered any more.")
    caption = rich_text_field("caption", "What is printed under it; null without one.")
    credit = graphene.String(description="Who made it, as this place says; null when it says nothing.")
    long_description = graphene.String(
        description="For charts and diagrams: everything that a reader who cannot see it needs; null without one."
    )


@block_type("quote")
class QuoteBlock(graphene.ObjectType):
    """Words of somebody else."""

    Meta = BlockMeta

    quote = graphene.String(required=True, description="The words, without quotation marks.")
    attribution = graphene.String(description="Who said them; null when unknown.")


@block_type("table")
class TableBlock(graphene.ObjectType):
    """A table; all cells are plain text."""

    Meta = BlockMeta

    caption = rich_text_field("caption", "What it shows; null without one.")
    columns = strings("The heading of each column, in order.")
    rows = graphene.List(
        graphene.NonNull(graphene.List(graphene.NonNull(graphene.String))),
        required=True,
        description="The rows in order, each with one cell per column; empty text for an empty cell.",
    )
    has_row_header = graphene.Boolean(required=True, description="Whether the first cell of a row is its heading.")
    html = graphene.String(
        required=True, links=links_argument(), description="The whole as one accessible `table` element."
    )

    @staticmethod
    def resolve_html(root: BlockPart, info: GraphQLResolveInfo, links: Any) -> str:
        """Return the table as HTML."""
        block = {"id": root.key, "type": root.kind, "value": root.payload}
        return render_body([block], root.loader, style_of(links))


@block_type("callout")
class CalloutBlock(graphene.ObjectType):
    """A box beside the running text."""

    Meta = BlockMeta

    kind = graphene.Field(CalloutKind, required=True, description="What it is for.")
    title = graphene.String(description="Its title; null without one.")
    content = required_rich_text_field("content", "The text.")


@block_type("key_points")
class KeyPointsBlock(graphene.ObjectType):
    """What to remember."""

    Meta = BlockMeta

    title = graphene.String(description="Its title; null without one.")
    points = strings("One to eight sentences, in order.")


@block_type("case_study")
class CaseStudyBlock(graphene.ObjectType):
    """An example from practice."""

    Meta = BlockMeta

    title = graphene.String(description="Its title; null without one.")
    context = required_rich_text_field("context", "Where and with whom.")
    action = required_rich_text_field("action", "What was done.")
    evidence = rich_text_field("evidence", "How it is known what came of it; null when nothing is said.")
    organisation = graphene.Field(
        lambda: named_type("Organisation"),
        description="Whose practice it is; null when unknown or not deliverable.",
        resolver=lambda root, info: root.entry("organisation"),
    )


@block_type("formula")
class FormulaBlock(graphene.ObjectType):
    """A formula on a line of its own."""

    Meta = BlockMeta

    latex = graphene.String(required=True, description="LaTeX, without dollar signs.")
    mathml = graphene.String(required=True, description="One `math` element (MathML Core).")
    alt = graphene.String(required=True, description="How it is read aloud.")


@block_type("video")
class VideoBlock(graphene.ObjectType):
    """A film: an uploaded file with captions, or an outside address; always with a transcript."""

    Meta = BlockMeta

    title = graphene.String(description="Its title; null without one.")
    poster = image_field("poster", "What is shown before it is played; null without one.")
    file = file_field("file", "The film; null when it lies elsewhere.")
    external_url = graphene.Field(
        URL, description="Where the film lies; null when it is a file. Contact it only after a click."
    )
    transcript = required_rich_text_field("transcript", "What is said and what is to be seen.")
    captions_url = graphene.Field(URL, description="Absolute address of the captions (WebVTT); null without a file.")

    @staticmethod
    def resolve_captions_url(root: BlockPart, info: GraphQLResolveInfo) -> str | None:
        """Return the address of the captions."""
        captions = root.file("captions")
        return captions.record.url if captions else None


@block_type("download")
class DownloadBlock(graphene.ObjectType):
    """A file to download."""

    Meta = BlockMeta

    title = graphene.String(description="What to call it; null means the file's own title.")
    file = file_field("file", "The file; null when it cannot be delivered any more.")


@block_type("link_list")
class LinkListBlock(graphene.ObjectType):
    """Links for reading on."""

    Meta = BlockMeta

    title = graphene.String(description="Its title; null without one.")
    links = links_field("links", "The links in order; those to what cannot be delivered are left out.")


class Step(graphene.ObjectType):
    """One step."""

    class Meta:
        default_resolver = resolve_payload

    title = graphene.String(description="Its title; null without one.")
    content = required_rich_text_field("content", "What to do.")


@block_type("steps")
class StepsBlock(graphene.ObjectType):
    """Numbered steps."""

    Meta = BlockMeta

    title = graphene.String(description="Its title; null without one.")
    steps = graphene.List(
        graphene.NonNull(Step),
        required=True,
        description="The steps, in order.",
        resolver=lambda root, info: root.parts("steps"),
    )


@block_type("checklist")
class ChecklistBlock(graphene.ObjectType):
    """Things to tick off."""

    Meta = BlockMeta

    title = graphene.String(description="Its title; null without one.")
    items = strings("The things, in order.")


@block_type("reflection")
class ReflectionBlock(graphene.ObjectType):
    """Open questions."""

    Meta = BlockMeta

    title = graphene.String(description="Its title; null without one.")
    questions = strings("The questions, in order.")


@block_type("panel")
class PanelBlock(graphene.ObjectType):
    """One panel of a folded brochure."""

    Meta = BlockMeta

    title = graphene.String(description="At most 60 characters; null without one.")
    content = required_rich_text_field("content", "At most 480 characters.")
    image = image_field("image", "Its picture; null without one.")


TEXT_BLOCKS = (
    HeadingBlock,
    ParagraphBlock,
    FigureBlock,
    QuoteBlock,
    TableBlock,
    CalloutBlock,
    KeyPointsBlock,
    CaseStudyBlock,
    FormulaBlock,
    VideoBlock,
    DownloadBlock,
    LinkListBlock,
)


class BlockUnion(graphene.Union):
    """Finds the type of a block; the unions of bodies are made from it."""

    class Meta:
        abstract = True

    @classmethod
    def resolve_type(cls, instance: BlockPart, info: GraphQLResolveInfo) -> Any:
        """Return the type of a block."""
        return _block_types[instance.kind]


class ChapterBlock(BlockUnion):
    """What may stand in the body of a chapter."""

    class Meta:
        types = TEXT_BLOCKS


class GuidanceToolBlock(BlockUnion):
    """What may stand in the body of a guidance tool."""

    class Meta:
        types = (*TEXT_BLOCKS, StepsBlock, ChecklistBlock, ReflectionBlock)


class InformationBlock(BlockUnion):
    """What may stand in the body of every other page."""

    class Meta:
        types = TEXT_BLOCKS


class BrochureBlock(BlockUnion):
    """What may stand in a brochure."""

    class Meta:
        types = (PanelBlock,)


def body_field(union: Any) -> graphene.List:
    """Return the field of a body."""
    return graphene.List(
        graphene.NonNull(union),
        required=True,
        description="The body, block by block, in order.",
        resolver=lambda root, info: blocks_of(root, union._meta.types),
    )

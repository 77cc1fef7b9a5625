"""Rich text in every form that clients print: HTML, Markdown, plain text, and the links in it."""

import re
from dataclasses import dataclass
from typing import Any

import graphene
from bs4 import BeautifulSoup, Tag
from graphql import GraphQLResolveInfo
from markdownify import MarkdownConverter

from cms.delivery.html import LinkStyle as LinkStyleValue
from cms.delivery.html import resolve_html
from cms.graphql.enums import LinkKind, LinkStyle
from cms.graphql.items import Item, Part, item_of
from cms.graphql.scalars import URL

_BREAKS = re.compile(r"\n{3,}")


class _Markdown(MarkdownConverter):
    """Keeps in Markdown what it can hold as HTML: formulas, sub and sup, phrases in another language."""

    def convert_math(self, tag: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep MathML as it is."""
        return str(tag)

    def convert_span(self, tag: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep the language of a phrase."""
        return f'<span lang="{tag["lang"]}">{text}</span>' if tag.get("lang") else text

    def convert_sup(self, tag: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a footnote's reference the Markdown way, keep other superscripts."""
        if "footnote-ref" in (tag.get("class") or []):
            return f"[^{tag.get_text()}]"
        return f"<sup>{text}</sup>"


def markdown_of(html: str) -> str:
    """Return clean HTML as Markdown (CommonMark, with `[^1]` for footnotes), without outer white space."""
    converter = _Markdown(heading_style="ATX", bullets="-", sub_symbol="<sub>", escape_misc=True)
    return _BREAKS.sub("\n\n", converter.convert(html)).strip()


def plain_text_of(html: str) -> str:
    """Return the text of clean HTML: a line per paragraph or list item, formulas in their spoken form, no footnote marks."""
    soup = BeautifulSoup(html, "html.parser")
    for formula in soup.find_all("math"):
        formula.replace_with(str(formula.get("alttext") or formula.get_text(" ")))
    for mark in soup.find_all("sup", class_="footnote-ref"):
        mark.decompose()
    for end in soup.find_all(
        ["p", "li", "br", "tr", "caption", "figure", "blockquote", *(f"h{n}" for n in range(1, 7))]
    ):
        end.insert_after("\n")
    lines = (" ".join(line.split()) for line in soup.get_text().split("\n"))
    return "\n".join(line for line in lines if line)


def style_of(links: Any) -> LinkStyleValue:
    """Return the link style that an argument asks for; URL when it is null."""
    return links or LinkStyleValue.URL


def links_argument() -> graphene.Argument:
    """Return the argument that says how links to other pages are written."""
    return graphene.Argument(
        LinkStyle, default_value=LinkStyleValue.URL, description="How links to other pages are written."
    )


@dataclass(frozen=True)
class ShownLink:
    """A link that can be followed: its text, kind, and where it leads to."""

    text: str
    kind: str
    url: str
    page: Item | None = None


class LinkFields:
    """The fields of every link; mixed into its types."""

    text = graphene.String(required=True, description="The words of the link.")
    kind = graphene.Field(LinkKind, required=True, description="Where it leads to.")
    url = graphene.Field(URL, required=True, description="The absolute address; `mailto:` for an e-mail address.")
    path = graphene.String(description="Path below the home page of the locale; null unless it leads to a page.")
    entry_id = graphene.ID(description="The page it leads to; null unless it leads to a page.")

    @staticmethod
    def resolve_path(root: ShownLink, info: GraphQLResolveInfo) -> str | None:
        """Return the page's path."""
        return root.page.delivered.row.path if root.page else None

    @staticmethod
    def resolve_entry_id(root: ShownLink, info: GraphQLResolveInfo) -> str | None:
        """Return the page's id."""
        return root.page.owner if root.page else None


class RichTextLink(LinkFields, graphene.ObjectType):
    """A link inside rich text. Links to what cannot be delivered are plain text there and not listed."""


class Link(LinkFields, graphene.ObjectType):
    """A line that leads to a page of this site or to an outside address. What cannot be delivered is left out."""


class RichText(graphene.ObjectType):
    """Text with emphasis, lists, links and formulas, safe to print: no script, no style, media addresses absolute."""

    html = graphene.String(
        required=True, links=links_argument(), description="HTML; formulas are MathML. Empty when there is no text."
    )
    markdown = graphene.String(
        required=True, description="CommonMark; sub, sup and formulas stay HTML, footnotes are `[^1]`."
    )
    plain_text = graphene.String(
        required=True, description="Without any markup: a line for each paragraph or list item, formulas as spoken."
    )
    links = graphene.List(
        graphene.NonNull(RichTextLink),
        required=True,
        description="The links in it, in order; footnotes are not links.",
    )
    word_count = graphene.Int(required=True, description="Number of words, formulas included.")

    @staticmethod
    def resolve_html(root: Part, info: GraphQLResolveInfo, links: Any) -> str:
        """Return HTML with links in the style asked for."""
        return resolve_html(root.payload["html"], root.loader, style_of(links))

    @staticmethod
    def resolve_markdown(root: Part, info: GraphQLResolveInfo) -> str:
        """Return Markdown."""
        return markdown_of(resolve_html(root.payload["html"], root.loader))

    @staticmethod
    def resolve_plain_text(root: Part, info: GraphQLResolveInfo) -> str:
        """Return the bare text."""
        return plain_text_of(root.payload["html"])

    @staticmethod
    def resolve_links(root: Part, info: GraphQLResolveInfo) -> list[ShownLink]:
        """Return the links."""
        anchors = BeautifulSoup(root.payload["html"], "html.parser").find_all("a")
        return [link for link in (_anchor_link(anchor, root) for anchor in anchors) if link]

    @staticmethod
    def resolve_word_count(root: Part, info: GraphQLResolveInfo) -> int:
        """Return the number that was counted when the entry was built."""
        return int(root.payload["words"])


def _anchor_link(anchor: Tag, root: Part) -> ShownLink | None:
    text, href = anchor.get_text(), str(anchor.get("href", ""))
    if anchor.get("data-entry"):
        return page_link(text, item_of(root.loader.entry(str(anchor["data-entry"]), "link"), root.loader))
    if anchor.get("data-file"):
        record = root.loader.file(int(str(anchor["data-file"])))
        return ShownLink(text, "FILE", record.url) if record else None
    return ShownLink(text, "EXTERNAL", href) if href and not href.startswith("#") else None


def page_link(text: str, page: Item | None) -> ShownLink | None:
    """Return a link to a page, None when it cannot be delivered or is no page."""
    if page is None or not page.delivered.is_page:
        return None
    return ShownLink(text, "PAGE", page.delivered.url, page)


def links_of(parts: list[Part]) -> list[ShownLink]:
    """Return the links that payloads of `{"text", "entry", "url"}` mean, those that cannot be followed left out."""
    found = []
    for part in parts:
        url = part.payload.get("url")
        text = part.payload["text"]
        found.append(ShownLink(text, "EXTERNAL", url) if url else page_link(text, part.entry("entry")))
    return [link for link in found if link]


def rich_text_field(key: str, description: str) -> graphene.Field:
    """Return a field of rich text that may be null, read from the payload."""
    return graphene.Field(RichText, description=description, resolver=lambda root, info: root.rich_text(key))


def required_rich_text_field(key: str, description: str) -> graphene.Field:
    """Return a field of rich text that is never null, read from the payload."""
    return graphene.Field(
        RichText, required=True, description=description, resolver=lambda root, info: root.required_rich_text(key)
    )


def links_field(key: str, description: str) -> graphene.List:
    """Return a field of links, read from the payload."""
    return graphene.List(
        graphene.NonNull(Link),
        required=True,
        description=description,
        resolver=lambda root, info: links_of(root.parts(key)),
    )

"""Long texts as one string, for templates that do not take them block by block."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.delivery.body import render_body
from cms.delivery.html import resolve_html
from cms.graphql.entries import canonical_url
from cms.graphql.errors import ApiError
from cms.graphql.items import Item
from cms.graphql.rich_text import links_argument, markdown_of, style_of

HEADING_LEVELS = range(1, 5)


def body_html(item: Item, links: Any, heading_level: int) -> str:
    """Return the body of an entry and its footnotes as one string of clean HTML, as the built-in website prints it."""
    language = item.delivered.row.content_locale
    style = style_of(links)
    html = render_body(item.payload.get("body") or [], item.loader, style, heading_level, language)
    notes = [
        f'<li id="fn-{note["number"]}" role="doc-footnote">{resolve_html(note["content"]["html"], item.loader, style)}</li>'
        for note in item.payload.get("footnotes") or []
    ]
    return f'{html}<section role="doc-endnotes"><ol>{"".join(notes)}</ol></section>' if notes else html


def body_markdown(item: Item) -> str:
    """Return the body of an entry as CommonMark, its footnotes as `[^1]: …` at the end."""
    language = item.delivered.row.content_locale
    html = render_body(item.payload.get("body") or [], item.loader, language=language)
    notes = [
        f"[^{note['number']}]: {markdown_of(resolve_html(note['content']['html'], item.loader))}"
        for note in item.payload.get("footnotes") or []
    ]
    return "\n\n".join(part for part in (markdown_of(html), *notes) if part)


def attribution_of(item: Item) -> str:
    """Return title, authors, licence and canonical address as one line of plain text."""
    authors = ", ".join(author["name"] for author in item.payload.get("authors") or [])
    parts = [item.payload["title"], authors, item.payload.get("license", {}).get("spdx", ""), canonical_url(item)]
    return " — ".join(part for part in parts if part)


class LongText:
    """The fields of every type with a body; mixed into them."""

    body_html = graphene.String(
        required=True,
        links=links_argument(),
        heading_level=graphene.Argument(
            graphene.Int, default_value=2, description="Level of the highest headings, 1 to 4; the others follow."
        ),
        description="The whole body with its footnotes as HTML, the same as on the built-in website.",
    )
    body_markdown = graphene.String(required=True, description="The whole body with its footnotes as CommonMark.")
    attribution = graphene.String(
        required=True, description="One line to print beside it: title, authors, licence, canonical address."
    )

    @staticmethod
    def resolve_body_html(root: Item, info: GraphQLResolveInfo, links: Any, heading_level: int | None) -> str:
        """Return the body as HTML."""
        level = 2 if heading_level is None else heading_level
        if level not in HEADING_LEVELS:
            raise ApiError(f"`headingLevel` is {level}; it must be between 1 and {HEADING_LEVELS[-1]}.")
        return body_html(root, links, level)

    @staticmethod
    def resolve_body_markdown(root: Item, info: GraphQLResolveInfo) -> str:
        """Return the body as Markdown."""
        return body_markdown(root)

    @staticmethod
    def resolve_attribution(root: Item, info: GraphQLResolveInfo) -> str:
        """Return the line."""
        return attribution_of(root)

"""Long texts as one string, for templates that do not take them block by block."""

from typing import Any

import graphene
from django.conf import settings
from django.utils.module_loading import import_string
from graphql import GraphQLResolveInfo

from cms.graphql.entries import canonical_url
from cms.graphql.errors import ApiError
from cms.graphql.items import Item
from cms.graphql.rich_text import links_argument, markdown_of, style_of

HEADING_LEVELS = range(1, 5)


def body_html(item: Item, links: Any, heading_level: int) -> str:
    """Return the body (and footnotes) of an entry as one string of clean HTML: that of the website's block templates."""
    render = import_string(settings.DELIVERY_BODY_RENDERER)
    html: str = render(item.delivered, item.loader, links=style_of(links), heading_level=heading_level)
    return html


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
        return markdown_of(body_html(root, None, 2))

    @staticmethod
    def resolve_attribution(root: Item, info: GraphQLResolveInfo) -> str:
        """Return the line."""
        return attribution_of(root)

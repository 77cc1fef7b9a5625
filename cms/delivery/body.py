"""Turns the blocks of a payload into HTML, the same for the website and for partners who print it as one string."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from cms.delivery.html import LinkStyle
from cms.delivery.loading import Loader

LOWEST_HEADING = 6
FIRST_LEVEL_IN_PAYLOADS = 2


def render_body(
    blocks: Iterable[Mapping[str, Any]],
    loader: Loader,
    links: LinkStyle = LinkStyle.URL,
    heading_level: int = 2,
    language: str = "",
) -> str:
    """Return the HTML of a body, clean and safe to print; no request is needed.

    Args:
        blocks: payloads of blocks, `{"id", "type", "value"}`, as `pages.entries.EntryBuilder.stream` makes them.
        loader: of this request; it resolves links, pictures and files.
        links: how internal links are written.
        heading_level: the level (1 to 6) of the body's first headings.
        language: code of the language of the content, for words that the blocks add ("Note", "Transcript"); the
            requested locale when empty. Give `row.content_locale` of what is delivered.

    Statements: only the loader's own, one a kind of thing for everything delivered so far.
    """
    parts, title_level = [], heading_level
    with translation.override(language or loader.reading.locale):
        for block in blocks:
            context = {
                "block": block,
                "value": block["value"],
                "loader": loader,
                "links": links,
                "title_level": title_level,
                "language": language,
            }
            if block["type"] == "heading":
                level = min(heading_level + block["value"]["level"] - FIRST_LEVEL_IN_PAYLOADS, LOWEST_HEADING)
                context["level"] = level
                title_level = min(level + 1, LOWEST_HEADING)
            parts.append(render_to_string(f"delivery/blocks/{block['type']}.html", context))
    return "".join(parts)

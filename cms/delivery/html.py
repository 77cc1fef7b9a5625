"""Turns the placeholders of stored rich text into addresses for one reader."""

import re
from collections.abc import Callable
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING

from cms.media.presets import ImageFormat, ImagePreset

if TYPE_CHECKING:
    from cms.delivery.loading import Loader

PLACEHOLDER = re.compile(r'data-(entry|file|image)="([^"]+)"')
_LINK = re.compile(r'<a data-(entry|file)="([^"]+)"([^>]*)>(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(r'<img data-image="(\d+)"([^>]*?)/?>')


class LinkStyle(StrEnum):
    """How internal links are written."""

    URL = "URL"
    PATH = "PATH"


def resolve_html(html: str, loader: "Loader", links: LinkStyle = LinkStyle.URL) -> str:
    """Return stored rich text with every placeholder resolved for the requested locale.

    A link to something that cannot be delivered becomes its text; a picture that cannot be delivered disappears.
    Statements: none beyond the loader's own, one a level and kind.
    """
    if "data-" not in html:
        return html
    resolved = _LINK.sub(_linker(loader, links), html)
    return _IMAGE.sub(lambda match: _picture(match, loader), resolved)


def _linker(loader: "Loader", links: LinkStyle) -> Callable[[re.Match[str]], str]:
    def link(match: re.Match[str]) -> str:
        kind, value, rest, text = match.groups()
        address = entry_address(value, loader, links) if kind == "entry" else _file_address(value, loader)
        return f'<a href="{escape(address)}"{rest}>{text}</a>' if address else text

    return link


def entry_address(entry_id: str, loader: "Loader", links: LinkStyle = LinkStyle.URL) -> str:
    """Return the address of an entry for this reader, empty when it cannot be delivered or is no page."""
    target = loader.entry(entry_id, "link")
    if target is None or not target.is_page:
        return ""
    return target.url if links is LinkStyle.URL else target.row.path


def _file_address(file_id: str, loader: "Loader") -> str:
    record = loader.file(int(file_id))
    return record.url if record else ""


def _picture(match: re.Match[str], loader: "Loader") -> str:
    record = loader.image(int(match.group(1)))
    rendition = record.rendition(ImagePreset.FULL, ImageFormat.WEBP) if record else None
    if rendition is None:
        return ""
    size = f'width="{rendition.width}" height="{rendition.height}" loading="lazy"'
    return f'<img src="{escape(rendition.url)}" {size}{match.group(2).rstrip()}>'

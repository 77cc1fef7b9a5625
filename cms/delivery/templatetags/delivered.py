"""What templates of delivered content need: rich text, pictures, files and links, all resolved through the loader.

Every tag takes `loader`, `links` and `language` (of the words, in which pictures and files are described; the requested
one when missing) from the context; none makes a statement beyond the loader's own.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.safestring import SafeString, mark_safe

from cms.delivery.html import LinkStyle, entry_address, resolve_html
from cms.delivery.loading import Delivered
from cms.media.licences import LICENCES
from cms.media.presets import ImageFormat, ImagePreset
from cms.media.queries import FileRecord, ImageRecord

register = template.Library()

_REFERENCE = re.compile(r'<sup class="footnote-ref">.*?</sup>', re.DOTALL)
_ANCHOR = re.compile(r"</?a\b[^>]*>")
_IMAGE = re.compile(r"<img\b[^>]*>")


@register.simple_tag(takes_context=True)
def rich_text(context: Mapping[str, Any], content: Mapping[str, Any] | None) -> SafeString:
    """Print rich text of a payload (`{"html", "words"}` or None) with links and pictures resolved."""
    if not content:
        return mark_safe("")
    html = resolve_html(content["html"], context["loader"], context.get("links", LinkStyle.URL))
    return mark_safe(html)  # noqa: S308 - cleaned when the payload was built


@register.filter
def teaser(content: Mapping[str, Any] | None) -> SafeString:
    """Print rich text for a place that is a link itself: without links, footnote references and pictures."""
    html = content["html"] if content else ""
    for pattern in (_REFERENCE, _ANCHOR, _IMAGE):
        html = pattern.sub("", html)
    return mark_safe(html)  # noqa: S308 - cleaned when the payload was built


@register.simple_tag(takes_context=True)
def address(context: Mapping[str, Any], target: Mapping[str, Any]) -> str:
    """Return where a link block leads (`{"text", "entry", "url"}`), empty when that cannot be delivered."""
    if target.get("entry"):
        return entry_address(target["entry"], context["loader"], context.get("links", LinkStyle.URL))
    return target.get("url") or ""


@register.simple_tag(takes_context=True)
def named(context: Mapping[str, Any], entry_id: str | None) -> Delivered | None:
    """Return the entry that a block names, None when it cannot be delivered."""
    return context["loader"].entry(entry_id, "link") if entry_id else None


@register.simple_tag(takes_context=True)
def file_of(context: Mapping[str, Any], file_id: int | None) -> FileRecord | None:
    """Return a file that a payload names, None when it is gone or private."""
    return context["loader"].file(file_id, context.get("language", "")) if file_id is not None else None


@register.simple_tag(takes_context=True)
def image_of(context: Mapping[str, Any], image: Mapping[str, Any] | None) -> ImageRecord | None:
    """Return the record of an image that a payload names, None when it is gone, private or not ready."""
    loader, language = context["loader"], context.get("language", "")
    record: ImageRecord | None = loader.image(image["id"], language) if image else None
    return record if record and record.renditions else None


@register.inclusion_tag("delivery/picture.html", takes_context=True)
def picture(
    context: Mapping[str, Any],
    image: Mapping[str, Any] | None,
    preset: str,
    *,
    eager: bool = False,
    lazy: bool = False,
    decorative: bool = False,
    sizes: str = "",
) -> dict[str, Any]:
    """Print a `<picture>` with all formats of a preset, size and alternative text; nothing when there is no image.

    Args:
        context: of the template.
        image: as a payload names it: `{"id", "alt", "decorative"}`, or None.
        preset: name of an `ImagePreset`.
        eager: load it at once; for the picture at the top of a page.
        lazy: load it when it comes near; what is small does so by itself.
        decorative: leave the alternative text empty, because the words beside it say the same.
        sizes: the `sizes` attribute where the picture is narrower than those of its preset usually are.
    """
    record = image_of(context, image)
    if record is None or image is None:
        return {}
    sources = record.sources(ImagePreset(preset))
    silent = decorative or image["decorative"]
    return {
        "record": record,
        "alt": "" if silent else image["alt"] or record.alt,
        "sources": sources[:-1],
        "fallback": sources[-1] if sources else None,
        "sizes": sizes,
        "rendition": record.rendition(ImagePreset(preset), ImageFormat.JPEG),
        "eager": eager,
        "lazy": lazy
        or (not eager and preset in (ImagePreset.THUMB, ImagePreset.CARD)),  # figures must be there when printed
        "placeholder": preset != ImagePreset.THUMB,  # logos are often transparent: a placeholder would shine through
    }


@register.simple_tag
def poster_address(record: ImageRecord) -> str:
    """Return the address of the picture that stands for a film."""
    rendition = record.rendition(ImagePreset.HERO, ImageFormat.JPEG)
    return rendition.url if rendition else ""


@register.filter
def host(url: str) -> str:
    """Return the host of an address, without `www.`."""
    return urlsplit(url).netloc.removeprefix("www.")


@register.filter
def licence_name(code: str) -> str:
    """Return how a licence is named, such as "CC BY 4.0" for the SPDX code `CC-BY-4.0`."""
    return str(LICENCES[code][0]) if code in LICENCES else code

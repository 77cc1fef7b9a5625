"""Rich text: which features authors have, and how the database's HTML becomes clean HTML with placeholders.

Stored, Wagtail's way: `<a linktype="page" id="…">`, `<a linktype="document" id="…">`, `<embed embedtype="image" …>`,
`<footnote id="…">`. Ours, as links too, so that a translation segment stays whole: `<a linktype="formula" latex="H_2O">` around
the spoken form, and `<a linktype="lang" lang="fr">` around a phrase in another language.
"""

import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter
from django.core.exceptions import ValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from pages.entries import EntryBuilder, Reference
from pages.formulas import MATHML_ATTRIBUTES, MATHML_TAGS, FormulaError, mathml

INLINE_FEATURES = [
    "bold",
    "italic",
    "superscript",
    "subscript",
    "link",
    "document-link",
    "formula",
    "language",
    "footnotes",
]
FEATURES = [*INLINE_FEATURES, "ol", "ul"]

TEXT_TAGS = frozenset("p b strong i em sub sup ul ol li br hr abbr".split())
HANDLED_TAGS = frozenset(("a", "embed", "footnote"))
TAGS = set(TEXT_TAGS | MATHML_TAGS | {"a", "span", "img"})
ATTRIBUTES = {
    "a": {"href", "id", "role", "data-entry", "data-file"},
    "abbr": {"title"},
    "img": {"data-image", "alt"},
    "span": {"lang"},
    "sup": {"class"},
    "math": {"xmlns", *MATHML_ATTRIBUTES},
    **{tag: set(MATHML_ATTRIBUTES) for tag in MATHML_TAGS - {"math"}},
}
SCHEMES = {"http", "https", "mailto"}
LANGUAGE_CODE = re.compile(r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$")


class AsWritten(HTMLFormatter):
    """Writes attributes in the order in which they were set; a placeholder stands first."""

    def attributes(self, tag: Tag) -> list[tuple[str, Any]]:
        """Return the attributes in their own order."""
        return list(tag.attrs.items())


_AS_WRITTEN = AsWritten(entity_substitution=EntitySubstitution.substitute_xml)


@dataclass
class Targets:
    """What the links and images of one text lead to, looked up in one statement per kind."""

    pages: dict[str, uuid.UUID] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    images: set[str] = field(default_factory=set)


def render_rich_text(source: str, builder: EntryBuilder, *, inline: bool = False) -> str:
    """Turn stored rich text into clean HTML with placeholders, naming what it uses through `builder`.

    Links to pages become `<a data-entry="<entry id>">`, to files `<a data-file="<number>">`, images `<img data-image="<number>">`,
    formulas MathML, footnotes numbered references, phrases in another language `<span lang>`. A link whose target does not exist
    leaves its text; a footnote or image that does not exist leaves nothing. Links out of the house keep http, https and mailto.

    Args:
        source: Wagtail's database HTML.
        builder: collects references and numbers footnotes.
        inline: paragraphs are opened up, their texts separated by a line break.

    Statements: one for each kind of target (page, file, image) that the text links to, none for pages that the payload has met.

    Raises:
        FormulaError: when a formula cannot be read; it quotes the formula.
    """
    if not source.strip():
        return ""
    soup = BeautifulSoup(source, "html.parser")
    _drop_foreign(soup)
    targets = _targets(soup, builder)
    for tag in soup.find_all(HANDLED_TAGS):
        if any(parent is soup for parent in tag.parents):  # and not inside something that has been replaced already
            _HANDLERS[tag.name](tag, targets, builder)
    _tidy_paragraphs(soup, inline=inline)
    return nh3.clean(
        soup.decode(formatter=_AS_WRITTEN), tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None
    ).strip()


def validate_rich_text(source: str) -> None:
    """Check every formula of stored rich text; a validator for form fields and model fields.

    Raises:
        ValidationError: with one message per formula that cannot be read, quoting it.
    """
    errors = []
    for tag in BeautifulSoup(source or "", "html.parser").find_all("a", linktype="formula"):
        try:
            formula_of(tag)
        except FormulaError as error:
            errors.append(ValidationError(error.message, code="formula"))
    if errors:
        raise ValidationError(errors)


def formula_of(tag: Tag) -> str:
    """Return the MathML of a stored formula.

    Raises:
        FormulaError: quoting the formula.
    """
    latex = str(tag.get("latex") or "")
    try:
        return mathml(latex, display=False, alt=" ".join(tag.get_text().split()))
    except FormulaError as error:
        raise error.at(f"“{latex}”") from error


def _drop_foreign(soup: BeautifulSoup) -> None:
    """Remove scripts, open up tags that we do not know, and drop attributes that nothing here reads."""
    for tag in soup.find_all(("script", "style", "template", "iframe", "object", "svg", "math", "textarea", "title")):
        tag.decompose()
    for tag in soup.find_all(True):
        if tag.name in TEXT_TAGS:
            tag.attrs = {"title": tag["title"]} if tag.name == "abbr" and tag.get("title") else {}
        elif tag.name not in HANDLED_TAGS:
            tag.unwrap()


def _ids(tags: Iterable[Tag]) -> list[str]:
    return sorted({str(tag["id"]) for tag in tags if str(tag.get("id", "")).isdecimal()})


def _targets(soup: BeautifulSoup, builder: EntryBuilder) -> Targets:
    """Look up what exists of everything that the text leads to; pages are looked up once in a payload."""
    targets = Targets()
    if page_ids := _ids(soup.find_all("a", linktype="page")):
        known = builder.linked_pages
        if unknown := [number for number in page_ids if number not in known]:
            known.update(dict.fromkeys(unknown))
            found = Page.objects.filter(pk__in=unknown).values_list("pk", "translation_key")
            known.update({str(number): key for number, key in found})
        targets.pages = {number: key for number in page_ids if (key := known[number])}
    if file_ids := _ids(soup.find_all("a", linktype="document")):
        targets.files = _existing(get_document_model(), file_ids)
    if image_ids := _ids(soup.find_all("embed", embedtype="image")):
        targets.images = _existing(get_image_model(), image_ids)
    return targets


def _existing(model: Any, numbers: list[str]) -> set[str]:
    return {str(number) for number in model.objects.filter(pk__in=numbers).values_list("pk", flat=True)}


def _replace_link(tag: Tag, targets: Targets, builder: EntryBuilder) -> None:
    kind, number = tag.get("linktype"), str(tag.get("id", ""))
    latex_or_language = kind in ("formula", "lang")
    if latex_or_language:
        _replace_entity(tag)
    elif kind == "page" and number in targets.pages:
        tag.attrs = {"data-entry": builder.entry_id(targets.pages[number], "link")}
    elif kind == "document" and number in targets.files:
        tag.attrs = {"data-file": str(builder.file_id(int(number), "link"))}
    elif not kind and (address := outside_address(str(tag.get("href", "")))):
        tag.attrs = {"href": address}
    else:
        tag.unwrap()


def _replace_entity(tag: Tag) -> None:
    if tag.get("linktype") == "formula":
        tag.replace_with(BeautifulSoup(formula_of(tag), "html.parser"))
        return
    language = str(tag.get("lang", ""))
    if LANGUAGE_CODE.match(language):
        tag.name, tag.attrs = "span", {"lang": language}
    else:
        tag.unwrap()


def _replace_embed(tag: Tag, targets: Targets, builder: EntryBuilder) -> None:
    number = str(tag.get("id", ""))
    if tag.get("embedtype") != "image" or number not in targets.images:
        tag.decompose()
        return
    builder.references.add(Reference("image", number, "body"))
    tag.name, tag.attrs = "img", {"data-image": number, "alt": str(tag.get("alt", ""))}


def _replace_footnote(tag: Tag, targets: Targets, builder: EntryBuilder) -> None:
    key = str(tag.get("id", ""))
    number = builder.footnote_number(key)
    if number is None:
        tag.decompose()
        return
    use = builder.count_footnote_use(key)
    name = f"fnref-{number}" if use == 1 else f"fnref-{number}-{use}"
    reference = f'<sup class="footnote-ref"><a href="#fn-{number}" id="{name}" role="doc-noteref">{number}</a></sup>'
    tag.replace_with(BeautifulSoup(reference, "html.parser"))


_HANDLERS: dict[str, Callable[[Tag, Targets, EntryBuilder], None]] = {
    "a": _replace_link,
    "embed": _replace_embed,
    "footnote": _replace_footnote,
}


def outside_address(href: str) -> str | None:
    """Return an address that may be linked to (http and https with a host, mailto), or None for anything else."""
    address = href.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and parts.netloc:
        return address
    if parts.scheme == "mailto" and parts.path:
        return address
    return None


def _tidy_paragraphs(soup: BeautifulSoup, *, inline: bool) -> None:
    """Remove empty paragraphs; for inline text open up the others."""
    for tag in soup.find_all("p"):
        if not tag.get_text(strip=True) and not tag.find(["img", "math"]):
            tag.decompose()
    if inline:
        kept = soup.find_all("p")
        for tag in kept:
            if tag is not kept[-1]:
                tag.insert_after(soup.new_tag("br"))
            tag.unwrap()

"""How a live object becomes the payload of an entry, and which other things that payload uses.

A payload holds an object's *own* content as JSON-ready data. Whatever belongs to something else is named by id and
resolved in the read:

* another entry: its entry id (a translation key as text), in `payload["refs"][role]` (a list; the read puts it into the
  order of what is named, which is not the object's own) and, inside blocks and rich text, in place;
* an image: `{"id": 12, "alt": "…" or None, "decorative": false}`; `alt` only when the place gives its own;
* a file: its number;
* a link inside rich text: `<a data-entry="…">`, `<a data-file="…">` or an ordinary outside `href`.

Rich text in a payload is `{"html": "…", "words": 12}`: cleaned, formulas already MathML, footnotes numbered.
A block is `{"id": "…", "type": "<name in the StreamField>", "value": {…}}`.
"""

import re
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any, ClassVar, Protocol

from django.apps import apps
from django.db.models import Model

from pages.formulas import FormulaError as FormulaError

PAYLOAD_VERSION = 1

Payload = dict[str, Any]


@dataclass(frozen=True, order=True)
class Reference:
    """One thing that a payload uses: `kind` is "entry", "image" or "file"; `key` its id as text; `role` where it stands."""

    kind: str
    key: str
    role: str


@dataclass(frozen=True)
class EntryRecord:
    """What is delivered of one entry in one locale, for whoever keeps something beside the entries.

    Attributes:
        entry_id: names the entry in every locale.
        locale: in which it stands.
        content_locale: of its content; another than `locale` for an alias.
        entry_type: such as "Chapter".
        payload: its own content, as described above.
    """

    entry_id: uuid.UUID
    locale: str
    content_locale: str
    entry_type: str
    payload: Payload


class RichTextRenderer(Protocol):
    """Turns stored rich text into clean HTML with placeholders; `pages.richtext` has the one that is used."""

    def __call__(self, source: str, builder: "EntryBuilder", *, inline: bool = False) -> str: ...


@dataclass
class EntryBuilder:
    """Collects what one payload uses while it is built.

    Attributes:
        locale: the code of the language the content is written in.
        references: everything used so far.
        footnotes: uuid to text (stored rich text) of the object's footnotes; numbered in order of first use.
        linked_pages: primary key to translation key of the pages that rich text has linked to so far, None for those that are gone.
    """

    locale: str
    footnotes: dict[str, str] = field(default_factory=dict)
    references: set[Reference] = field(default_factory=set)
    used_footnotes: list[str] = field(default_factory=list)
    footnote_uses: Counter[str] = field(default_factory=Counter)
    linked_pages: dict[str, uuid.UUID | None] = field(default_factory=dict)

    def entry(self, target: Model | None, role: str) -> str | None:
        """Name another translatable object by its entry id; None stays None."""
        if target is None:
            return None
        return self.entry_id(getattr(target, "translation_key"), role)

    def entry_id(self, key: uuid.UUID | str, role: str) -> str:
        """Name another entry by its translation key."""
        self.references.add(Reference("entry", str(key), role))
        return str(key)

    def image(
        self, image: Model | None, role: str, alt: str | None = None, *, decorative: bool = False
    ) -> Payload | None:
        """Name an image; `alt` only when this place says it differently from the image's own description."""
        if image is None:
            return None
        self.references.add(Reference("image", str(image.pk), role))
        return {"id": image.pk, "alt": alt or None, "decorative": decorative}

    def file(self, document: Model | None, role: str) -> int | None:
        """Name an uploaded file by its number."""
        if document is None:
            return None
        return self.file_id(document.pk, role)

    def file_id(self, number: int, role: str) -> int:
        """Name an uploaded file by a number that is already known."""
        self.references.add(Reference("file", str(number), role))
        return number

    def footnote_number(self, key: str) -> int | None:
        """Return the number of a footnote (from 1, in order of first use), or None when it does not exist."""
        if key not in self.footnotes:
            return None
        if key not in self.used_footnotes:
            self.used_footnotes.append(key)
        return self.used_footnotes.index(key) + 1

    def count_footnote_use(self, key: str) -> int:
        """Count one more place that refers to a footnote and return how many there are now."""
        self.footnote_uses[key] += 1
        return self.footnote_uses[key]

    def rich_text(self, source: Any, *, inline: bool = False) -> Payload:
        """Turn stored rich text (a string or Wagtail's RichText) into `{"html", "words"}`.

        Args:
            source: what is stored.
            inline: for text that stands inside a paragraph of its place; its own paragraphs are opened up.
        """
        from pages.richtext import render_rich_text

        html = render_rich_text(str(getattr(source, "source", source) or ""), self, inline=inline)
        return {"html": html, "words": word_count(html)}

    def stream(self, value: Any) -> list[Payload]:
        """Turn a StreamValue into a list of `{"id", "type", "value"}`; every block class knows its own `entry_value`.

        Raises:
            pages.formulas.FormulaError: naming the block by its number and label.
        """
        payloads = []
        for number, child in enumerate(value, start=1):
            try:
                content = child.block.entry_value(child.value, self)
            except FormulaError as error:
                raise error.at(f"{number} ({child.block.label})") from error
            payloads.append({"id": child.id, "type": child.block_type, "value": content})
        name_anchors(payloads)
        return payloads

    def footnote_texts(self) -> list[Payload]:
        """Return the used footnotes in order: `{"number", "key", "content": rich text}`; call it last."""
        return [
            {"number": number, "key": key, "content": self.rich_text(self.footnotes[key])}
            for number, key in enumerate(self.used_footnotes, start=1)
        ]


def name_anchors(blocks: list[Payload]) -> None:
    """Make the anchors of a body's headings unique: a heading whose anchor is taken gets the beginning of its own id.

    So an anchor depends on the heading's own text and id, and an edit of another heading's text does not change it unless
    both had the same.
    """
    taken: set[str] = set()
    for block in blocks:
        content = block["value"]
        if "anchor" not in content:
            continue
        if content["anchor"] in taken:
            content["anchor"] = f"{content['anchor']}-{str(block['id'])[:8]}"
        taken.add(content["anchor"])


class EntrySource:
    """What a model promises whose live objects are delivered. Mixed into the bases of pages and snippets."""

    entry_type: ClassVar[str]

    def entry_payload(self, builder: EntryBuilder) -> Payload:
        """Return the object's own content as JSON-ready data, naming what it uses through `builder`."""
        raise NotImplementedError

    def entry_sort_name(self) -> str:
        """Return what a snippet is ordered by among its type; pages are ordered by their place in the tree."""
        return ""

    def entry_date(self) -> Any:
        """Return the date (`datetime.date`) by which entries of this type can be ordered and filtered, or None."""
        return None


_FORMULA = re.compile(r'<math\b((?:[^>"]|"[^"]*")*)>(.*?)</math>', re.DOTALL)
_SPOKEN_FORM = re.compile(r'\balttext="([^"]*)"')
_FOOTNOTE_REFERENCE = re.compile(r'<sup class="footnote-ref">.*?</sup>')
_INLINE_TAG = re.compile(r"</?(?:a|abbr|b|em|i|span|strong|sub|sup)\b(?:[^>\"]|\"[^\"]*\")*>")
_TAG = re.compile(r'<(?:[^>"]|"[^"]*")*>')


def words_of(html: str) -> str:
    """Return the text of clean HTML: formulas as they are spoken, no footnote numbers, white space folded."""
    text = _FOOTNOTE_REFERENCE.sub("", html)
    text = _FORMULA.sub(_spoken, text)
    text = _TAG.sub(" ", _INLINE_TAG.sub("", text))
    return " ".join(unescape(text).split())


def _spoken(formula: re.Match[str]) -> str:
    """Return a formula's spoken form; without one, its signs."""
    spoken = _SPOKEN_FORM.search(formula.group(1))
    return escape(unescape(spoken.group(1))) if spoken else _TAG.sub("", formula.group(2))


def word_count(html: str) -> int:
    """Count the words of clean HTML."""
    return len(words_of(html).split())


def build_payload(source: Any) -> tuple[Payload, frozenset[Reference]]:
    """Build the payload of a page or snippet, live or draft, and the set of things that it uses.

    Statements: those of the object's own relations (a handful), and one per kind of link inside rich text.

    Raises:
        pages.formulas.FormulaError: when a formula cannot be read; it names the place.
    """
    builder = EntryBuilder(locale=source.locale.language_code)
    payload = source.entry_payload(builder)
    return payload, frozenset(builder.references)


def entry_models() -> Iterator[type[Model]]:
    """Yield every concrete model whose live objects are delivered."""
    for model in apps.get_models():
        if issubclass(model, EntrySource) and not model._meta.abstract:
            yield model

"""What every block of ours can do, and the small field blocks the others are made of.

Every block says how wagtail-localize treats it: text is translated unless its class is `Synchronised`; pictures and files
may be replaced per locale.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.rich_text import RichText
from wagtail.snippets.blocks import SnippetChooserBlock

from pages.entries import EntryBuilder, Payload
from pages.richtext import FEATURES, INLINE_FEATURES, validate_rich_text
from pages.widgets import CountedTextInput


class DeliveredBlock:
    """Mixed into every block that can be delivered: its payload, and a template that shows the payload.

    The template gets `entry`, the payload, beside Wagtail's `value`, so what it prints has passed the same cleaning as
    what is delivered.
    """

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return the block's own content as JSON-ready data, naming what it uses through `builder`."""
        raise NotImplementedError

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Add the payload to the template's context."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)  # type: ignore[misc]
        context["entry"] = self.entry_value(value, EntryBuilder(locale=get_language() or ""))
        return context


class DeliveredStruct(DeliveredBlock, blocks.StructBlock):
    """A block of several fields."""

    class Meta:
        preview_template = "pages/blocks/preview.html"

    def normalize(self, value: Any) -> Any:
        """Accept a mapping that leaves fields out, as code that writes content does; they get their defaults."""
        if isinstance(value, Mapping) and not isinstance(value, blocks.StructValue):
            missing = (name for name in self.child_blocks if name not in value)
            value = {**value, **{name: self.child_blocks[name].get_default() for name in missing}}
        return super().normalize(value)

    def get_preview_value(self) -> Any:
        """Return the example that the block picker shows, in the language of the screen."""
        return self.normalize(in_screen_language(self._evaluate_callable(self.meta.preview_value)))

    def refuse(self, **messages: Any) -> None:
        """Raise field errors: name of the field to message; nothing happens without messages.

        Raises:
            StructBlockValidationError: with one error per field named.
        """
        if messages:
            raise StructBlockValidationError(
                block_errors={name: ValidationError(message) for name, message in messages.items()}
            )


class Synchronised:
    """Mixed into blocks whose value is the same in every language: wagtail-localize gets no segment of them."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """Offer nothing for translation."""
        return []

    def restore_translated_segments(self, value: Any, segments: Sequence[Any]) -> Any:
        """Keep the value of the source."""
        return value


class KeptText(Synchronised, blocks.CharBlock):
    """A line that is not translated: a code, a person's name."""


class KeptUrl(Synchronised, blocks.URLBlock):
    """An outside address; the same in every language."""


class KeptPage(Synchronised, blocks.PageChooserBlock):
    """A page; the reader gets it in the language asked for, so it is chosen once."""


class KeptOrganisation(Synchronised, SnippetChooserBlock):
    """An organisation; the reader gets it in the language asked for, so it is chosen once."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("target_model", None)
        super().__init__("pages.Organisation", **kwargs)


class CountedText(blocks.CharBlock):
    """A line with a limit of characters that is told while typing."""

    def __init__(self, max_length: int, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.field.widget = CountedTextInput(attrs={"maxlength": max_length})


class LongText(blocks.RichTextBlock):
    """Rich text of one or more paragraphs and lists."""

    rich_text_features: ClassVar[list[str]] = FEATURES

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", self.rich_text_features)
        super().__init__(**kwargs)

    def clean(self, value: RichText) -> RichText:
        """Refuse a formula that cannot be read.

        Raises:
            ValidationError: naming the formula and the place in it.
        """
        cleaned: RichText = super().clean(value)
        validate_rich_text(cleaned.source)
        return cleaned


class InlineText(LongText):
    """Rich text of one paragraph: emphasis, sub and sup, links, formulas, footnotes."""

    rich_text_features = INLINE_FEATURES


def in_screen_language(value: Any) -> Any:
    """Return example content with its lazy texts translated."""
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, dict):
        return {key: in_screen_language(item) for key, item in value.items()}
    if isinstance(value, list):
        return [in_screen_language(item) for item in value]
    return value


def optional(text: str | None) -> str | None:
    """Return text without outer white space, or None when there is none."""
    return (text or "").strip() or None


def optional_rich_text(value: Any, builder: EntryBuilder, *, inline: bool = False) -> Payload | None:
    """Return the payload of rich text, or None when it holds no text."""
    payload = builder.rich_text(value, inline=inline)
    return payload if payload["html"] else None


def title_block(**kwargs: Any) -> blocks.CharBlock:
    """Return the optional title of a block."""
    return blocks.CharBlock(label=_("Title"), required=False, max_length=120, **kwargs)

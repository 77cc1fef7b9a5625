"""Blocks of running text: heading, paragraph, quote, callout, key points, case study."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.base import (
    DeliveredBlock,
    DeliveredStruct,
    KeptOrganisation,
    LongText,
    Synchronised,
    optional,
    optional_rich_text,
    title_block,
)
from pages.entries import EntryBuilder, Payload


class AnchorBlock(Synchronised, blocks.RegexBlock):
    """The name by which a heading is linked to; the same in every language."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("regex", r"^[a-z][a-z0-9-]*$")
        kwargs.setdefault(
            "error_messages", {"invalid": _("Use small letters, digits and hyphens, and begin with a letter.")}
        )
        super().__init__(**kwargs)


class HeadingBlock(DeliveredStruct):
    """A heading of level 2 to 4 with an anchor."""

    level = blocks.ChoiceBlock(
        choices=[(2, _("Section (level 2)")), (3, _("Part (level 3)")), (4, _("Paragraph group (level 4)"))],
        default=2,
        label=_("Level"),
        help_text=_("Do not skip a level: after a section comes a part."),
    )
    text = blocks.CharBlock(label=_("Text"), max_length=200)
    anchor = AnchorBlock(
        label=_("Anchor"),
        required=False,
        help_text=_("Part of the link to this heading. Leave it empty to make it from the text."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        group = _("Text")
        description = _("Begins a section; readers can link to it.")
        template = "pages/blocks/heading.html"
        preview_value = {"level": 2, "text": _("Why inquiry?")}

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return level, text and anchor; the anchor is unique only after `builder.stream`."""
        return {
            "level": int(value["level"]),
            "text": value["text"],
            "anchor": value.get("anchor") or slugify(value["text"]) or "section",
        }


class ParagraphBlock(DeliveredBlock, LongText):
    """One or more paragraphs and lists."""

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        group = _("Text")
        description = _("Running text with lists, links, formulas and footnotes.")
        template = "pages/blocks/paragraph.html"
        preview_template = "pages/blocks/preview.html"
        preview_value = "<p>Plants take in CO<sub>2</sub> and give off oxygen. <b>How do we know?</b></p>"

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return the content."""
        return {"content": builder.rich_text(value)}


class QuoteBlock(DeliveredStruct):
    """A quotation and who said it."""

    quote = blocks.TextBlock(label=_("Quote"), rows=3, help_text=_("Without quotation marks; they are added."))
    attribution = blocks.CharBlock(label=_("Attribution"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = _("Text")
        description = _("Words of somebody else, with their source.")
        template = "pages/blocks/quote.html"
        preview_value = {
            "quote": _("The best question of the year came from a pupil."),
            "attribution": _("A primary teacher"),
        }

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return quote and attribution."""
        return {"quote": value["quote"], "attribution": optional(value["attribution"])}


class CalloutBlock(DeliveredStruct):
    """A box beside the running text."""

    kind = blocks.ChoiceBlock(
        choices=[
            ("note", _("Note")),
            ("tip", _("Tip")),
            ("warning", _("Warning")),
            ("definition", _("Definition")),
        ],
        default="note",
        label=_("Kind"),
    )
    title = title_block()
    content = LongText(label=_("Content"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        group = _("Text")
        description = _("A note, tip, warning or definition set apart from the text.")
        template = "pages/blocks/callout.html"
        preview_value = {
            "kind": "tip",
            "title": _("Try it first"),
            "content": "<p>Do the experiment yourself before the lesson.</p>",
        }

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return kind (note, tip, warning, definition), title and content."""
        return {
            "kind": value["kind"],
            "title": optional(value["title"]),
            "content": builder.rich_text(value["content"]),
        }


class KeyPointsBlock(DeliveredStruct):
    """A short list of what to remember."""

    title = title_block()
    points = blocks.ListBlock(blocks.TextBlock(label=_("Point"), rows=2), label=_("Points"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"
        label = _("Key points")
        group = _("Text")
        description = _("Up to eight sentences that sum up a section.")
        template = "pages/blocks/key_points.html"
        preview_value = {
            "title": _("In short"),
            "points": [_("Begin with a question."), _("Let pupils plan the test.")],
        }

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return title and points."""
        return {"title": optional(value["title"]), "points": list(value["points"])}


class CaseStudyBlock(DeliveredStruct):
    """An example from practice: context, what was done, evidence."""

    title = title_block()
    context = LongText(label=_("Context"))
    action = LongText(label=_("What was done"))
    evidence = LongText(label=_("Evidence"), required=False)
    organisation = KeptOrganisation(label=_("Organisation"), required=False)

    class Meta:
        icon = "glasses"
        label = _("Case study")
        group = _("Text")
        description = _("An example from practice with its context, what was done and the evidence.")
        template = "pages/blocks/case_study.html"
        preview_value = {
            "title": _("A garden as a laboratory"),
            "context": "<p>A school without a laboratory.</p>",
            "action": "<p>Teachers planned a year of lessons in the garden.</p>",
            "evidence": "<p>Pupils asked more questions of their own.</p>",
        }

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return title, context, action, evidence and the organisation's entry id."""
        return {
            "title": optional(value["title"]),
            "context": builder.rich_text(value["context"]),
            "action": builder.rich_text(value["action"]),
            "evidence": optional_rich_text(value["evidence"], builder),
            "organisation": builder.entry(value["organisation"], "organisation"),
        }

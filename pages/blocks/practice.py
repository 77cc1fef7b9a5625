"""Blocks of guidance tools and brochures: steps, checklist, questions for reflection, panel."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from pages.blocks.base import CountedText, DeliveredStruct, LongText, optional, title_block
from pages.blocks.media import PicturedStruct, image_payload
from pages.entries import EntryBuilder, Payload

PANEL_TITLE_LENGTH = 60
PANEL_CONTENT_LENGTH = 480


class StepBlock(DeliveredStruct):
    """One step."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    content = LongText(label=_("Content"))

    class Meta:
        icon = "order-down"
        label = _("Step")
        template = "pages/blocks/step.html"
        preview_value = {"title": _("Choose a question"), "content": "<p>Let every group choose one.</p>"}

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return title and content."""
        return {"title": value["title"], "content": builder.rich_text(value["content"])}


class StepsBlock(DeliveredStruct):
    """Numbered steps."""

    title = title_block()
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        group = _("Practice")
        description = _("What to do, one step after the other; they are numbered.")
        template = "pages/blocks/steps.html"
        preview_value = {
            "title": _("Five steps"),
            "steps": [{"title": _("Choose a question"), "content": "<p>Let every group choose one.</p>"}],
        }

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return title and steps, each `{"title", "content"}`."""
        child = self.child_blocks["steps"].child_block
        return {
            "title": optional(value["title"]),
            "steps": [child.entry_value(step, builder) for step in value["steps"]],
        }


class ChecklistBlock(DeliveredStruct):
    """Things to tick off."""

    title = title_block()
    items = blocks.ListBlock(blocks.TextBlock(label=_("Item"), rows=2), label=_("Items"), min_num=1)

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        group = _("Practice")
        description = _("Things to tick off, on screen or on paper.")
        template = "pages/blocks/checklist.html"
        preview_value = {"title": _("Before the lesson"), "items": [_("The material is ready.")]}

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return title and items."""
        return {"title": optional(value["title"]), "items": list(value["items"])}


class ReflectionBlock(DeliveredStruct):
    """Questions to think and talk about."""

    title = title_block()
    questions = blocks.ListBlock(blocks.TextBlock(label=_("Question"), rows=2), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions for reflection")
        group = _("Practice")
        description = _("Open questions to think and talk about.")
        template = "pages/blocks/reflection.html"
        preview_value = {"title": _("Think about it"), "questions": [_("What surprised you?")]}

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return title and questions."""
        return {"title": optional(value["title"]), "questions": list(value["questions"])}


class PanelBlock(PicturedStruct):
    """One panel of a folded brochure; what does not fit on paper is refused."""

    title = CountedText(label=_("Title"), max_length=PANEL_TITLE_LENGTH)
    content = LongText(label=_("Content"), max_length=PANEL_CONTENT_LENGTH)
    image = ImageBlock(label=_("Image"), required=False)

    class Meta:
        icon = "doc-empty"
        label = _("Panel")
        group = _("Practice")
        description = _("One panel of the folded brochure: a title of 60 and a text of 480 characters at most.")
        template = "pages/blocks/panel.html"
        preview_value = {"title": _("Why inquiry?"), "content": "<p>Pupils learn science by doing science.</p>"}

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return title, content and image."""
        return {
            "title": value["title"],
            "content": builder.rich_text(value["content"]),
            "image": image_payload(value["image"], builder),
        }

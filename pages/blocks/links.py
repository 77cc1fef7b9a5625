"""Blocks that lead to a page of ours or to an outside address."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.base import DeliveredStruct, KeptPage, KeptUrl, optional, title_block
from pages.entries import EntryBuilder, Payload


class TargetBlock(DeliveredStruct):
    """A text that leads either to a page or to an outside address."""

    text = blocks.CharBlock(label=_("Text"), max_length=120)
    page = KeptPage(label=_("Page"), required=False)
    url = KeptUrl(label=_("Outside address"), required=False)

    def clean(self, value: Any) -> Any:
        """Demand exactly one target.

        Raises:
            StructBlockValidationError: naming the field.
        """
        cleaned = super().clean(value)
        if cleaned["page"] and cleaned["url"]:
            self.refuse(url=_("Choose a page or give an outside address, not both."))
        if not self.is_deferred_validation and not cleaned["page"] and not cleaned["url"]:
            self.refuse(page=_("Choose a page or give an outside address."))
        return cleaned

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return text, entry (id, role "link") or None, and url or None."""
        return {
            "text": value["text"],
            "entry": builder.entry(value["page"], "link"),
            "url": optional(value["url"]),
        }


class LinkBlock(TargetBlock):
    """One line of a list of links."""

    class Meta:
        icon = "link"
        label = _("Link")
        template = "pages/blocks/link.html"
        preview_value = {"text": _("Teaching resources"), "url": "https://resources.example/"}


class MenuItemBlock(TargetBlock):
    """One line of a menu."""

    class Meta:
        icon = "list-ul"
        label = _("Menu item")
        description = _("A line of the menu: a page or an outside address.")
        template = "pages/blocks/link.html"
        preview_value = {"text": _("Partners"), "url": "https://partners.example/"}


class CallToActionBlock(DeliveredStruct):
    """A button that leads to a page."""

    text = blocks.CharBlock(label=_("Text"), max_length=60)
    page = KeptPage(label=_("Page"))

    class Meta:
        icon = "arrow-right-full"
        label = _("Call to action")
        description = _("A button that leads to a page.")
        template = "pages/blocks/link.html"
        preview_value = {"text": _("Read the study")}

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return text and entry (id, role "link")."""
        return {"text": value["text"], "entry": builder.entry(value["page"], "link")}


class LinkListBlock(DeliveredStruct):
    """A titled list of links."""

    title = title_block()
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1)

    class Meta:
        icon = "link"
        label = _("Links")
        group = _("Text")
        description = _("A list of pages and outside addresses for reading on.")
        template = "pages/blocks/link_list.html"
        preview_value = {
            "title": _("Read on"),
            "links": [{"text": _("Teaching resources"), "url": "https://resources.example/"}],
        }

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return title and links, each `{"text", "entry", "url"}`."""
        child = self.child_blocks["links"].child_block
        return {
            "title": optional(value["title"]),
            "links": [child.entry_value(link, builder) for link in value["links"]],
        }

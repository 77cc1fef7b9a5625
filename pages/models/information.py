"""Information pages and the page of expected outputs."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import TranslatableField

from pages.base import PAGE_TRANSLATION_FIELDS, ContentPage
from pages.blocks import InformationBody, OutputBlock
from pages.entries import EntryBuilder, Payload, words_of
from pages.fields import InlineTextField, LongTextField


class InformationPage(ContentPage):
    """A page of running text: objectives, about, legal notice."""

    entry_type = "InformationPage"
    page_description = _("A page of running text, such as objectives or a legal notice.")

    summary = InlineTextField(_("summary"), blank=True)
    body = StreamField(InformationBody(), verbose_name=_("body"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        *ContentPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *PAGE_TRANSLATION_FIELDS,
        TranslatableField("summary"),
        TranslatableField("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "pages.InformationPage"]
    subpage_types: ClassVar[list[str]] = ["pages.InformationPage"]

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")

    def content_payload(self, builder: EntryBuilder) -> Payload:
        """Return summary and body."""
        summary = builder.rich_text(self.summary, inline=True)
        return {
            "summary": summary,
            "body": builder.stream(self.body),
            "seo_description": words_of(summary["html"]),
        }


class OutputsPage(ContentPage):
    """What the project will hand over, with what is planned until when."""

    entry_type = "OutputsPage"
    page_description = _("What the project hands over, and what is planned until when.")

    intro = LongTextField(_("introduction"), blank=True)
    outputs = StreamField([("output", OutputBlock())], verbose_name=_("outputs"), blank=True)
    body = StreamField(InformationBody(), verbose_name=_("body"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        *ContentPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("outputs"),
        FieldPanel("body"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *PAGE_TRANSLATION_FIELDS,
        TranslatableField("intro"),
        TranslatableField("outputs"),
        TranslatableField("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("outputs page")
        verbose_name_plural = _("outputs pages")

    def content_payload(self, builder: EntryBuilder) -> Payload:
        """Return the introduction, the outputs in order and the body."""
        intro = builder.rich_text(self.intro)
        return {
            "intro": intro,
            "outputs": [block["value"] for block in builder.stream(self.outputs)],
            "body": builder.stream(self.body),
            "seo_description": words_of(intro["html"])[:300],
        }

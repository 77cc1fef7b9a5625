"""Guidance tools on the cross-cutting issues, and their brochures."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from pages.base import PAGE_TRANSLATION_FIELDS, ContentPage
from pages.blocks import BrochureBody, GuidanceToolBody
from pages.entries import EntryBuilder, Payload, words_of
from pages.fields import InlineTextField, LicenceField, LongTextField, licence_payload
from pages.models.study import hero_field
from pages.reading import reading_minutes


class GuidanceToolIndexPage(ContentPage):
    """The list of guidance tools."""

    entry_type = "GuidanceToolIndex"
    page_description = _("The list of all guidance tools; each tool is a page below it.")
    admin_default_ordering = "ord"

    intro = LongTextField(_("introduction"), blank=True)

    content_panels: ClassVar[list[Any]] = [*ContentPage.content_panels, FieldPanel("intro")]
    translatable_fields: ClassVar[list[Any]] = [*PAGE_TRANSLATION_FIELDS, TranslatableField("intro")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["guidance.GuidanceToolPage"]

    class Meta:
        verbose_name = _("list of guidance tools")
        verbose_name_plural = _("lists of guidance tools")

    def content_payload(self, builder: EntryBuilder) -> Payload:
        """Return the introduction; tools are entries of their own."""
        intro = builder.rich_text(self.intro)
        return {"intro": intro, "seo_description": words_of(intro["html"])[:300]}


class GuidanceToolPage(ContentPage):
    """A guidance tool on one cross-cutting issue."""

    entry_type = "GuidanceTool"
    page_description = _("A tool on one cross-cutting issue: purpose, steps, checklist and questions.")

    issue = models.ForeignKey(
        "pages.Topic",
        verbose_name=_("cross-cutting issue"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    summary = InlineTextField(_("summary"), blank=True)
    purpose = LongTextField(_("purpose"), blank=True)
    audience = ParentalManyToManyField("pages.Audience", verbose_name=_("audience"), blank=True, related_name="+")
    hero = hero_field(_("hero image"))
    body = StreamField(GuidanceToolBody(), verbose_name=_("body"), blank=True)
    related_chapters = ParentalManyToManyField(
        "pages.ChapterPage", verbose_name=_("related chapters"), blank=True, related_name="+"
    )
    licence = LicenceField(_("licence"))

    content_panels: ClassVar[list[Any]] = [
        *ContentPage.content_panels,
        FieldPanel("issue"),
        FieldPanel("summary"),
        FieldPanel("purpose"),
        FieldPanel("hero"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("related_chapters"), FieldPanel("licence")],
            heading=_("About this tool"),
        ),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *PAGE_TRANSLATION_FIELDS,
        SynchronizedField("issue"),
        TranslatableField("summary"),
        TranslatableField("purpose"),
        SynchronizedField("audience"),
        SynchronizedField("hero"),
        TranslatableField("body"),
        SynchronizedField("related_chapters"),
        SynchronizedField("licence"),
    ]
    parent_page_types: ClassVar[list[str]] = ["guidance.GuidanceToolIndexPage"]
    subpage_types: ClassVar[list[str]] = ["guidance.BrochurePage"]

    class Meta:
        verbose_name = _("guidance tool")
        verbose_name_plural = _("guidance tools")

    def content_payload(self, builder: EntryBuilder) -> Payload:
        """Return the tool; its brochure is a child entry."""
        summary = builder.rich_text(self.summary, inline=True)
        body = builder.stream(self.body)
        issue = builder.entry(self.issue, "issue")
        audience = self.audience.order_by("pk")
        related = self.related_chapters.order_by("pk")
        return {
            "summary": summary,
            "purpose": builder.rich_text(self.purpose),
            "hero": builder.image(self.hero, "hero"),
            "body": body,
            "license": licence_payload(self.licence),
            "reading_minutes": reading_minutes(body),
            "refs": {
                "issue": [issue] if issue else [],
                "audience": [builder.entry(item, "audience") for item in audience],
                "related_chapters": [builder.entry(chapter, "related_chapters") for chapter in related],
            },
            "seo_description": words_of(summary["html"]),
        }


class BrochurePage(ContentPage):
    """The brochure of a tool: panels for print and a file in each language."""

    entry_type = "Brochure"
    page_description = _("The brochure of a tool: panels, and a file in each language.")

    summary = InlineTextField(_("summary"), blank=True)
    cover = hero_field(_("cover"))
    body = StreamField(BrochureBody(), verbose_name=_("panels"), blank=True)
    file = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The brochure in this language, ready to print. Each language has a file of its own."),
    )
    licence = LicenceField(_("licence"))

    content_panels: ClassVar[list[Any]] = [
        *ContentPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("cover"),
        FieldPanel("body"),
        FieldPanel("file"),
        FieldPanel("licence"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *PAGE_TRANSLATION_FIELDS,
        TranslatableField("summary"),
        SynchronizedField("cover"),
        TranslatableField("body"),
        SynchronizedField("licence"),
    ]
    kept_fields: ClassVar[list[str]] = [*ContentPage.kept_fields, "file"]
    parent_page_types: ClassVar[list[str]] = ["guidance.GuidanceToolPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("brochure")
        verbose_name_plural = _("brochures")

    def settle_source_locale(self) -> None:
        """A new translation starts without a file: the one of the source is in another language."""
        super().settle_source_locale()
        if self._state.adding and self.is_translation and not self.alias_of_id:
            self.file = None

    def content_payload(self, builder: EntryBuilder) -> Payload:
        """Return the panels and this language's own file."""
        summary = builder.rich_text(self.summary, inline=True)
        return {
            "summary": summary,
            "cover": builder.image(self.cover, "cover"),
            "body": builder.stream(self.body),
            "file": builder.file(self.file, "file"),
            "license": licence_payload(self.licence),
            "seo_description": words_of(summary["html"]),
        }

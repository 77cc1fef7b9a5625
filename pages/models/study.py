"""The study and its chapters."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from pages.base import PAGE_TRANSLATION_FIELDS, ContentPage
from pages.blocks import AuthorBlock, ChapterBody
from pages.entries import EntryBuilder, Payload, words_of
from pages.fields import InlineTextField, LicenceField, LongTextField, MonthField, licence_payload
from pages.reading import reading_minutes


def hero_field(label: Any) -> Any:
    """Return a field for the picture that stands for a page."""
    return models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


class StudyPage(ContentPage):
    """A study; its chapters are its children, numbered in their order."""

    entry_type = "Study"
    page_description = _("A study: its chapters are the pages below it.")
    admin_default_ordering = "ord"

    subtitle = models.CharField(_("subtitle"), max_length=255, blank=True)
    abstract = LongTextField(_("abstract"), blank=True)
    authors = StreamField([("author", AuthorBlock())], verbose_name=_("authors"), blank=True)
    licence = LicenceField(_("licence"))
    planned_availability = MonthField(_("planned availability"), blank=True)
    hero = hero_field(_("hero image"))

    content_panels: ClassVar[list[Any]] = [
        *ContentPage.content_panels,
        FieldPanel("subtitle"),
        FieldPanel("abstract"),
        FieldPanel("hero"),
        FieldPanel("authors"),
        FieldRowPanel([FieldPanel("licence"), FieldPanel("planned_availability")]),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *PAGE_TRANSLATION_FIELDS,
        TranslatableField("subtitle"),
        TranslatableField("abstract"),
        TranslatableField("authors"),
        SynchronizedField("licence"),
        SynchronizedField("planned_availability"),
        SynchronizedField("hero"),
    ]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.ChapterPage"]

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")

    def content_payload(self, builder: EntryBuilder) -> Payload:
        """Return everything but the chapters, which are entries of their own."""
        abstract = builder.rich_text(self.abstract)
        return {
            "subtitle": self.subtitle,
            "abstract": abstract,
            "authors": [block["value"] for block in builder.stream(self.authors)],
            "license": licence_payload(self.licence),
            "planned_availability": self.planned_availability,
            "hero": builder.image(self.hero, "hero"),
            "seo_description": self.subtitle or words_of(abstract["html"])[:300],
        }


class ChapterPage(ContentPage):
    """A chapter of a study. Its number comes from its place in the study of its source language."""

    entry_type = "Chapter"
    page_description = _("A chapter of the study, reviewed by colleagues before an editor publishes it.")

    summary = InlineTextField(_("summary"), blank=True)
    hero = hero_field(_("hero image"))
    body = StreamField(ChapterBody(), verbose_name=_("body"), blank=True)
    authors = StreamField([("author", AuthorBlock())], verbose_name=_("authors"), blank=True)
    topics = ParentalManyToManyField("pages.Topic", verbose_name=_("topics"), blank=True, related_name="+")
    sources = models.TextField(_("sources"), blank=True, help_text=_("One source a line."))
    licence = LicenceField(_("licence"))
    word_target = models.PositiveIntegerField(
        _("word target"), null=True, blank=True, help_text=_("How many words the chapter should have.")
    )

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("hero"),
        FieldPanel("body"),
        InlinePanel("footnotes", label=_("Footnotes")),
        FieldPanel("sources"),
        MultiFieldPanel(
            [
                FieldPanel("authors"),
                FieldPanel("topics"),
                FieldRowPanel([FieldPanel("licence"), FieldPanel("word_target")]),
            ],
            heading=_("About this chapter"),
        ),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *PAGE_TRANSLATION_FIELDS,
        TranslatableField("summary"),
        SynchronizedField("hero"),
        TranslatableField("body"),
        TranslatableField("footnotes"),
        TranslatableField("sources"),
        TranslatableField("authors"),
        SynchronizedField("topics"),
        SynchronizedField("licence"),
        SynchronizedField("word_target"),
    ]
    parent_page_types: ClassVar[list[str]] = ["pages.StudyPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")

    def content_payload(self, builder: EntryBuilder) -> Payload:
        """Return the chapter's content; footnotes are those that the body uses, in order."""
        summary = builder.rich_text(self.summary, inline=True)
        body = builder.stream(self.body)
        topics = [builder.entry(topic, "topics") for topic in self.topics.order_by("pk")]
        return {
            "summary": summary,
            "hero": builder.image(self.hero, "hero"),
            "body": body,
            "footnotes": builder.footnote_texts(),
            "authors": [block["value"] for block in builder.stream(self.authors)],
            "sources": [line.strip() for line in self.sources.splitlines() if line.strip()],
            "license": licence_payload(self.licence),
            "reading_minutes": reading_minutes(body),
            "refs": {"topics": topics},
            "seo_description": words_of(summary["html"]),
        }

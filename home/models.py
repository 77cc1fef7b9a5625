"""The home page, the main menu, the footer, and the facts of the site that have no language."""

import uuid
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from pages.base import PAGE_TRANSLATION_FIELDS, ContentPage, TranslatableSnippet
from pages.blocks import CallToActionBlock, InformationBody, MenuItemBlock, QuestionBlock
from pages.entries import EntryBuilder, EntrySource, Payload, words_of
from pages.fields import LongTextField
from pages.models.study import hero_field
from pages.signals import ChangeKind, announce_change, content_transaction


class HomePage(ContentPage):
    """The entrance of a language: what the project is, why, who, and where to go on."""

    entry_type = "HomePage"
    page_description = _("The entrance of one language.")

    lead = LongTextField(_("lead"), blank=True)
    hero = hero_field(_("hero image"))
    why_title = models.CharField(_("title of the questions"), max_length=120, blank=True)
    why_intro = LongTextField(_("introduction to the questions"), blank=True)
    why_questions = StreamField([("question", QuestionBlock())], verbose_name=_("questions"), blank=True)
    partner_count = models.PositiveIntegerField(_("partners"), null=True, blank=True)
    country_count = models.PositiveIntegerField(_("countries"), null=True, blank=True)
    provider_count = models.PositiveIntegerField(_("local providers"), null=True, blank=True)
    figures_caption = models.CharField(_("sentence under the figures"), max_length=255, blank=True)
    calls_to_action = StreamField(
        [("call_to_action", CallToActionBlock())], verbose_name=_("calls to action"), blank=True
    )
    body = StreamField(InformationBody(), verbose_name=_("body"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        *ContentPage.content_panels,
        FieldPanel("lead"),
        FieldPanel("hero"),
        MultiFieldPanel(
            [FieldPanel("why_title"), FieldPanel("why_intro"), FieldPanel("why_questions")], heading=_("Questions")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("partner_count"), FieldPanel("country_count"), FieldPanel("provider_count")]
                ),
                FieldPanel("figures_caption"),
            ],
            heading=_("The network in figures"),
        ),
        FieldPanel("calls_to_action"),
        FieldPanel("body"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *PAGE_TRANSLATION_FIELDS,
        TranslatableField("lead"),
        SynchronizedField("hero"),
        TranslatableField("why_title"),
        TranslatableField("why_intro"),
        TranslatableField("why_questions"),
        SynchronizedField("partner_count"),
        SynchronizedField("country_count"),
        SynchronizedField("provider_count"),
        TranslatableField("figures_caption"),
        TranslatableField("calls_to_action"),
        TranslatableField("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def content_payload(self, builder: EntryBuilder) -> Payload:
        """Return all of the home page; unknown figures are null."""
        lead = builder.rich_text(self.lead)
        return {
            "lead": lead,
            "hero": builder.image(self.hero, "hero"),
            "why_title": self.why_title,
            "why_intro": builder.rich_text(self.why_intro),
            "why_questions": [block["value"] for block in builder.stream(self.why_questions)],
            "figures": {
                "partners": self.partner_count,
                "countries": self.country_count,
                "local_providers": self.provider_count,
                "caption": self.figures_caption,
            },
            "calls_to_action": [block["value"] for block in builder.stream(self.calls_to_action)],
            "body": builder.stream(self.body),
            "seo_description": words_of(lead["html"])[:300],
        }


class MainMenu(TranslatableSnippet):
    """The main menu of one language."""

    entry_type = "MainMenu"

    items = StreamField([("item", MenuItemBlock())], verbose_name=_("items"), blank=True)

    panels: ClassVar[list[Any]] = [FieldPanel("items")]
    translatable_fields: ClassVar[list[Any]] = [TranslatableField("items")]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("main menu")
        verbose_name_plural = _("main menus")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} ({self.locale.get_display_name()})"

    def entry_payload(self, builder: EntryBuilder) -> Payload:
        """Return the items in order."""
        return {"items": [block["value"] for block in builder.stream(self.items)]}


class Footer(TranslatableSnippet):
    """The footer of one language: every sentence in it that has a language."""

    entry_type = "Footer"

    coordination = models.TextField(_("who coordinates"), blank=True)
    funding = models.TextField(_("who funds"), blank=True)
    support = models.TextField(_("who supports"), blank=True)
    disclaimer = models.TextField(_("disclaimer"), blank=True)
    links = StreamField([("item", MenuItemBlock())], verbose_name=_("links"), blank=True)

    panels: ClassVar[list[Any]] = [
        FieldPanel("coordination"),
        FieldPanel("funding"),
        FieldPanel("support"),
        FieldPanel("disclaimer"),
        FieldPanel("links"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("coordination"),
        TranslatableField("funding"),
        TranslatableField("support"),
        TranslatableField("disclaimer"),
        TranslatableField("links"),
    ]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("footer")
        verbose_name_plural = _("footers")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} ({self.locale.get_display_name()})"

    def entry_payload(self, builder: EntryBuilder) -> Payload:
        """Return the sentences and links."""
        return {
            "coordination": self.coordination,
            "funding": self.funding,
            "support": self.support,
            "disclaimer": self.disclaimer,
            "links": [block["value"] for block in builder.stream(self.links)],
        }


@dataclass(frozen=True)
class NoLanguage:
    """Stands where an entry has a locale, for content without language (BCP 47: `zxx`)."""

    language_code: str = "zxx"


@register_setting(icon="site")
class SiteFacts(EntrySource, BaseSiteSetting):
    """Facts of the site that are the same in every language; delivered as the one entry without language."""

    entry_type = "SiteFacts"
    locale = NoLanguage()
    source_locale = NoLanguage.language_code
    live = True

    translation_key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    name = models.CharField(
        _("name of the site"), max_length=60, blank=True, help_text=_("Shown at the top of every page.")
    )
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    social_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("sharing image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    postal_address = models.TextField(_("postal address"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)

    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("logo"),
        FieldPanel("social_image"),
        FieldPanel("postal_address"),
        FieldPanel("email"),
    ]

    class Meta:
        verbose_name = _("site facts")
        verbose_name_plural = _("site facts")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save and announce in one content transaction."""
        with content_transaction():
            super().save(*args, **kwargs)
            announce_change(self, ChangeKind.SAVED)

    def entry_payload(self, builder: EntryBuilder) -> Payload:
        """Return the facts."""
        return {
            "name": self.name,
            "logo": builder.image(self.logo, "logo"),
            "social_image": builder.image(self.social_image, "seo"),
            "postal_address": self.postal_address,
            "email": self.email,
        }

"""Who takes part and what it is about: organisations, contacts, topics, audiences, and the page of partners."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from pages.base import PAGE_TRANSLATION_FIELDS, ContentPage, TranslatableSnippet
from pages.blocks import CountryNoteBlock
from pages.entries import EntryBuilder, Payload
from pages.fields import LongTextField


class NamedTerm(TranslatableSnippet):
    """Base of topics and audiences: a name, a description and a place in the list."""

    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    sort_order = models.PositiveSmallIntegerField(_("place in lists"), default=0)

    panels: ClassVar[list[Any]] = [FieldPanel("name"), FieldPanel("description"), FieldPanel("sort_order")]
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("name"),
        TranslatableField("description"),
        SynchronizedField("sort_order"),
    ]

    class Meta(TranslatableSnippet.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name

    def entry_sort_name(self) -> str:
        """Terms stand in their chosen order."""
        return f"{self.sort_order:05d} {self.name.casefold()}"

    def entry_payload(self, builder: EntryBuilder) -> Payload:
        """Return name and description."""
        return {"name": self.name, "description": self.description, "sort_order": self.sort_order}


class Topic(NamedTerm):
    """A cross-cutting issue that chapters and tools treat."""

    entry_type = "Topic"

    class Meta(NamedTerm.Meta):
        abstract = False
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Audience(NamedTerm):
    """People for whom something is made."""

    entry_type = "Audience"

    class Meta(NamedTerm.Meta):
        abstract = False
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class OrganisationRole(models.TextChoices):
    """What an organisation does in the project."""

    COORDINATOR = "COORDINATOR", _("coordinator")
    PARTNER = "PARTNER", _("partner")
    NETWORK = "NETWORK", _("network")
    FUNDER = "FUNDER", _("funder")


class Organisation(TranslatableSnippet, ClusterableModel):
    """An institution or network that takes part, or funds."""

    entry_type = "Organisation"

    name = models.CharField(_("name"), max_length=255)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    country = CountryField(_("country"), blank=True)
    role = models.CharField(
        _("role"), max_length=16, choices=OrganisationRole.choices, default=OrganisationRole.PARTNER
    )
    networks = ParentalManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        verbose_name=_("networks"),
        related_name="members",
        help_text=_("The networks that this organisation represents or belongs to."),
    )
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("acronym"),
        FieldRowPanel([FieldPanel("country"), FieldPanel("role")]),
        FieldPanel("networks"),
        FieldPanel("website"),
        FieldPanel("logo"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("name"),
        TranslatableField("acronym"),
        SynchronizedField("country"),
        SynchronizedField("role"),
        SynchronizedField("networks"),
        SynchronizedField("website"),
        SynchronizedField("logo"),
    ]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    def entry_sort_name(self) -> str:
        """Organisations stand by country, then by name."""
        return f"{self.country.code or 'ZZ'} {self.name.casefold()}"

    def entry_payload(self, builder: EntryBuilder) -> Payload:
        """Return what is known; unknown texts are empty."""
        return {
            "name": self.name,
            "acronym": self.acronym,
            "country": self.country.code or "",
            "role": self.role,
            "website": self.website,
            "logo": builder.image(self.logo, "logo"),
            "refs": {"networks": [builder.entry(network, "networks") for network in self.networks.order_by("pk")]},
        }


class Contact(TranslatableSnippet):
    """A way to reach an organisation."""

    entry_type = "Contact"

    name = models.CharField(_("name"), max_length=255, help_text=_("A person, an office or a role."))
    role = models.CharField(_("role"), max_length=255, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contacts",
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.TextField(_("postal address"), blank=True)

    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("role"),
        FieldPanel("organisation"),
        FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
        FieldPanel("address"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("name"),
        TranslatableField("role"),
        SynchronizedField("organisation"),
        SynchronizedField("email"),
        SynchronizedField("phone"),
        SynchronizedField("address"),
    ]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.name

    def entry_sort_name(self) -> str:
        """Contacts stand by name."""
        return self.name.casefold()

    def entry_payload(self, builder: EntryBuilder) -> Payload:
        """Return what is known; unknown texts are empty."""
        organisation = builder.entry(self.organisation, "organisation")
        return {
            "name": self.name,
            "role": self.role,
            "email": self.email,
            "phone": self.phone,
            "address": self.address,
            "refs": {"organisation": [organisation] if organisation else []},
        }


class PartnersPage(ContentPage):
    """Lists organisations by country with their contacts; the list itself comes from the directory."""

    entry_type = "PartnersPage"
    page_description = _("All organisations by country, taken from the directory.")

    intro = LongTextField(_("introduction"), blank=True)
    country_notes = StreamField(
        [("country_note", CountryNoteBlock())],
        verbose_name=_("notes on countries"),
        blank=True,
        help_text=_("Shown under a country: for example that details follow. Also gives the order of the countries."),
    )

    content_panels: ClassVar[list[Any]] = [
        *ContentPage.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(
            [
                HelpPanel(_("Organisations and contacts are kept in the directory and appear here by themselves.")),
                FieldPanel("country_notes"),
            ],
            heading=_("Countries"),
        ),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *PAGE_TRANSLATION_FIELDS,
        TranslatableField("intro"),
        TranslatableField("country_notes"),
    ]
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]

    class Meta:
        verbose_name = _("partners page")
        verbose_name_plural = _("partners pages")

    def content_payload(self, builder: EntryBuilder) -> Payload:
        """Return the introduction and a note per country, in the order of the notes."""
        return {
            "intro": builder.rich_text(self.intro),
            "country_notes": [block["value"] for block in builder.stream(self.country_notes)],
        }

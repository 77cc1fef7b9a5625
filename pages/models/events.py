"""Events: a period that may be provisional, and a date only once it is fixed."""

from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from pages.base import PAGE_TRANSLATION_FIELDS, ContentPage
from pages.blocks import InformationBody
from pages.entries import EntryBuilder, Payload, words_of
from pages.fields import LongTextField, MonthField
from pages.models.study import hero_field


def validate_time_zone(value: str) -> None:
    """Accept the name of a time zone of the IANA database.

    Raises:
        ValidationError: for anything else.
    """
    if value not in available_timezones():
        raise ValidationError(
            _("“%(value)s” is not a time zone. Write a name such as Europe/Paris."), params={"value": value}
        )


class EventIndexPage(ContentPage):
    """The list of events."""

    entry_type = "EventIndex"
    page_description = _("The list of all events; each event is a page below it.")

    intro = LongTextField(_("introduction"), blank=True)

    content_panels: ClassVar[list[Any]] = [*ContentPage.content_panels, FieldPanel("intro")]
    translatable_fields: ClassVar[list[Any]] = [*PAGE_TRANSLATION_FIELDS, TranslatableField("intro")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.EventPage"]

    class Meta:
        verbose_name = _("event list")
        verbose_name_plural = _("event lists")

    def content_payload(self, builder: EntryBuilder) -> Payload:
        """Return the introduction; events are entries of their own."""
        intro = builder.rich_text(self.intro)
        return {"intro": intro, "seo_description": words_of(intro["html"])[:300]}


class EventPage(ContentPage):
    """An event. While it is provisional it has at most a period, and is never shown as dated."""

    entry_type = "Event"
    page_description = _("An event, with a period while it is provisional and a date once it is fixed.")

    is_provisional = models.BooleanField(
        _("provisional"),
        default=True,
        help_text=_("The date is not fixed yet. Only the period is shown, and that it is provisional."),
    )
    period_start = MonthField(_("period from"), blank=True)
    period_end = MonthField(_("period to"), blank=True)
    period_note = models.CharField(
        _("period in words"), max_length=120, blank=True, help_text=_("For example: to be announced.")
    )
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Such as Europe/Paris."),
    )
    venue = models.CharField(_("venue"), max_length=255, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = CountryField(_("country"), blank=True)
    organisers = ParentalManyToManyField(
        "pages.Organisation", verbose_name=_("organisers"), blank=True, related_name="+"
    )
    hero = hero_field(_("hero image"))
    body = StreamField(InformationBody(), verbose_name=_("body"), blank=True)
    registration_url = models.URLField(_("registration link"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        *ContentPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("is_provisional"),
                FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end"), FieldPanel("period_note")]),
                HelpPanel(_("Fill the following once the date is fixed.")),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at"), FieldPanel("time_zone")]),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("venue"),
                FieldRowPanel([FieldPanel("city"), FieldPanel("country")]),
                FieldPanel("organisers"),
            ],
            heading=_("Where and who"),
        ),
        FieldPanel("hero"),
        FieldPanel("body"),
        FieldPanel("registration_url"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *PAGE_TRANSLATION_FIELDS,
        SynchronizedField("is_provisional"),
        SynchronizedField("period_start"),
        SynchronizedField("period_end"),
        TranslatableField("period_note"),
        SynchronizedField("starts_at"),
        SynchronizedField("ends_at"),
        SynchronizedField("time_zone"),
        TranslatableField("venue"),
        TranslatableField("city"),
        SynchronizedField("country"),
        SynchronizedField("organisers"),
        SynchronizedField("hero"),
        TranslatableField("body"),
        SynchronizedField("registration_url"),
    ]
    parent_page_types: ClassVar[list[str]] = ["pages.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self) -> None:
        """Refuse an event that ends before it starts, or that is dated without its date or time zone."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.period_start and self.period_end and self.period_end < self.period_start:
            errors["period_end"] = _("The period ends before it starts.")
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            errors["ends_at"] = _("The event ends before it starts.")
        if not self.is_provisional and not self.starts_at:
            errors["starts_at"] = _("An event that is not provisional needs the time when it starts.")
        if self.starts_at and not self.time_zone:
            errors["time_zone"] = _("Say in which time zone the event takes place.")
        if errors:
            raise ValidationError(errors)

    def entry_date(self) -> date | None:
        """Return the day on which a fixed event starts, in its own time zone; None while it is provisional."""
        moment = self._local(self.starts_at)
        return None if self.is_provisional or moment is None else moment.date()

    def when_in_words(self) -> str:
        """Return the day of a fixed event, the period of a provisional one, or that it is not known, for editors."""
        day = self.entry_date()
        if day:
            return date_format(day)
        months = " – ".join(month for month in (self.period_start, self.period_end) if month)
        return months or self.period_note

    def _local(self, moment: datetime | None) -> datetime | None:
        return moment.astimezone(ZoneInfo(self.time_zone or "UTC")) if moment else None

    def _period(self) -> Payload:
        shown = not self.is_provisional
        start, end = self._local(self.starts_at), self._local(self.ends_at)
        return {
            "start_month": self.period_start,
            "end_month": self.period_end,
            "note": self.period_note,
            "starts_at": start.isoformat() if shown and start else None,
            "ends_at": end.isoformat() if shown and end else None,
            "time_zone": self.time_zone if shown else "",
        }

    def content_payload(self, builder: EntryBuilder) -> Payload:
        """Return the event; exact times only when it is no longer provisional."""
        body = builder.stream(self.body)
        return {
            "period": self._period(),
            "is_provisional": self.is_provisional,
            "venue": self.venue,
            "city": self.city,
            "country": self.country.code or "",
            "hero": builder.image(self.hero, "hero"),
            "body": body,
            "registration_url": self.registration_url,
            "refs": {"organisers": [builder.entry(item, "organisers") for item in self.organisers.order_by("pk")]},
        }

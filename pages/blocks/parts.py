"""Small blocks that page types are made of: outputs, authors, notes of countries, questions."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from wagtail import blocks

from pages.blocks.base import (
    DeliveredStruct,
    KeptOrganisation,
    KeptPage,
    KeptText,
    LongText,
    Synchronised,
    optional,
    optional_rich_text,
)
from pages.entries import EntryBuilder, Payload

MONTH_PATTERN = r"^\d{4}-(0[1-9]|1[0-2])$"


def language_choices() -> list[tuple[str, str]]:
    """Return the languages of the site: code and name."""
    return list(settings.LANGUAGES)


def country_choices() -> list[tuple[str, str]]:
    """Return ISO 3166 codes and names of countries in the language of the screen."""
    return [(country.code, country.name) for country in countries]


class MonthBlock(Synchronised, blocks.RegexBlock):
    """A month of a year as `YYYY-MM`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("regex", MONTH_PATTERN)
        kwargs.setdefault("error_messages", {"invalid": _("Write year and month, for example 2018-01.")})
        super().__init__(**kwargs)


class OutputBlock(DeliveredStruct):
    """Something that the project makes: the study, the tools."""

    kind = blocks.ChoiceBlock(
        choices=[("STUDY", _("Study")), ("TOOLS", _("Guidance tools")), ("OTHER", _("Other"))],
        default="OTHER",
        label=_("Kind"),
    )
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    description = LongText(label=_("Description"), required=False)
    planned_availability = MonthBlock(
        label=_("Planned availability"), required=False, help_text=_("Year and month, for example 2018-01.")
    )
    languages = blocks.MultipleChoiceBlock(choices=language_choices, label=_("Languages"), required=False)
    page = KeptPage(label=_("Page"), required=False, help_text=_("The study or the tools, once they exist."))

    class Meta:
        icon = "doc-full"
        label = _("Output")
        description = _("Something that the project makes, with the month it is planned for.")
        template = "pages/blocks/output.html"
        preview_value = {"kind": "STUDY", "title": _("Study"), "planned_availability": "2018-01", "languages": ["en"]}

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return kind, title, description, planned availability (YYYY-MM), languages (codes) and the page's entry."""
        return {
            "kind": value["kind"],
            "title": value["title"],
            "description": optional_rich_text(value["description"], builder),
            "planned_availability": optional(value["planned_availability"]),
            "languages": list(value["languages"] or []),
            "page": builder.entry(value["page"], "link"),
        }


class AuthorBlock(DeliveredStruct):
    """Somebody who wrote, with role and organisation."""

    name = KeptText(label=_("Name"), max_length=200)
    role = blocks.CharBlock(label=_("Role"), required=False, max_length=200)
    organisation = KeptOrganisation(label=_("Organisation"), required=False)

    class Meta:
        icon = "user"
        label = _("Author")
        description = _("Somebody who wrote, with role and organisation.")
        template = "pages/blocks/author.html"
        preview_value = {"name": _("Editorial team"), "role": _("Text")}

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return name, role and the organisation's entry id."""
        return {
            "name": value["name"],
            "role": optional(value["role"]),
            "organisation": builder.entry(value["organisation"], "organisation"),
        }


class CountryNoteBlock(DeliveredStruct):
    """What is to be said about one country."""

    country = blocks.ChoiceBlock(choices=country_choices, label=_("Country"))
    text = LongText(label=_("Text"))

    class Meta:
        icon = "globe"
        label = _("Note on a country")
        description = _("What is to be said about one country.")
        template = "pages/blocks/country_note.html"
        preview_value = {"country": "FI", "text": "<p>Details follow.</p>"}

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return country (ISO code) and text."""
        return {"country": value["country"], "text": builder.rich_text(value["text"])}


class QuestionBlock(DeliveredStruct):
    """A question that the project asks."""

    question = blocks.TextBlock(label=_("Question"), rows=2)

    class Meta:
        icon = "help"
        label = _("Question")
        description = _("A question that the project asks.")
        template = "pages/blocks/question.html"
        preview_value = {"question": _("Why does the sky turn red?")}

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return the question."""
        return {"question": value["question"]}

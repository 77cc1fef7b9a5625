"""What only the website's templates need: addresses on this host, words for dates and countries, the language of a text."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext
from django_countries import countries

from cms.delivery.loading import Delivered
from cms.reader import dates
from cms.reader.frame import local_address

register = template.Library()

ISSUE_COLOURS = 5


@register.filter
def href(item: Delivered) -> str:
    """Return the address of a page on this host, in the language asked for."""
    return local_address(item.requested_locale, item.row.path)


@register.filter
def foreign(item: Delivered | None) -> SafeString | str:
    """Return the `lang` attribute of a text that is in another language than the page, else nothing."""
    if item is None or not item.is_fallback:
        return ""
    return format_html(' lang="{}"', item.row.content_locale)


@register.filter
def language_name(code: str) -> str:
    """Return the name of a language in the active language."""
    return gettext(str(get_language_info(code)["name"]))


@register.filter
def month(value: str) -> str:
    """Return a month given as `YYYY-MM` in words."""
    return dates.month_text(value)


@register.filter
def period(value: Mapping[str, Any]) -> str:
    """Return an event's period in words."""
    return dates.period_text(value)


@register.filter
def country(code: str) -> str:
    """Return a country's name in the active language; empty for an empty code."""
    return str(countries.name(code)) if code else ""


@register.filter
def issue_class(topic: Delivered | None) -> str:
    """Return the class that colours a cross-cutting issue, by its place among them (from 0); never the only sign of it."""
    return "issue" if topic is None else f"issue issue-{topic.payload['sort_order'] % ISSUE_COLOURS + 1}"


@register.filter
def authors_line(authors: list[Mapping[str, Any]]) -> str:
    """Return the names of the authors for a citation, separated by semicolons."""
    return "; ".join(author["name"] for author in authors)


@register.filter
def dialled(phone: str) -> str:
    """Return a telephone number as it is dialled: digits and a leading plus."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")

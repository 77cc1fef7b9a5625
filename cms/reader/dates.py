"""Months, periods and dates in words, in the active language."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def month_text(month: str) -> str:
    """Return a month given as `YYYY-MM` in words, such as "January 2018"; empty for an empty text."""
    if not month:
        return ""
    year, number = month.split("-")
    return date_format(date(int(year), int(number), 1), "YEAR_MONTH_FORMAT")


def days_of(period: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """Return the first and the last day of an event's period, its months taken whole; None where nothing is known.

    Args:
        period: as in the payload of an event.
    """
    if period["starts_at"]:
        start = datetime.fromisoformat(period["starts_at"]).date()
        return start, datetime.fromisoformat(period["ends_at"]).date() if period["ends_at"] else start
    first, last = period["start_month"] or period["end_month"], period["end_month"] or period["start_month"]
    if not first:
        return None, None
    year, number = (int(part) for part in last.split("-"))
    return date.fromisoformat(f"{first}-01"), date(year, number, monthrange(year, number)[1])


def period_text(period: Mapping[str, Any]) -> str:
    """Return an event's period: its exact dates when they are fixed, else the note, else the months, else that it is open.

    Args:
        period: as in the payload of an event.
    """
    if period["starts_at"]:
        return _exact_text(period)
    if period["note"]:
        return str(period["note"])
    months = [month_text(period[name]) for name in ("start_month", "end_month") if period[name]]
    return " – ".join(dict.fromkeys(months)) or _("to be announced")


def _exact_text(period: Mapping[str, Any]) -> str:
    start = datetime.fromisoformat(period["starts_at"])
    end = datetime.fromisoformat(period["ends_at"]) if period["ends_at"] else None
    first = f"{date_format(start, 'DATE_FORMAT')}, {date_format(start, 'TIME_FORMAT')}"
    if end is None:
        last = ""
    elif end.date() == start.date():
        last = f" – {date_format(end, 'TIME_FORMAT')}"
    else:
        last = f" – {date_format(end, 'DATE_FORMAT')}, {date_format(end, 'TIME_FORMAT')}"
    return f"{first}{last} ({period['time_zone']})"

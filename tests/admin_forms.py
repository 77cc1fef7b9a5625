"""Fills the admin's forms as a browser would: what the page holds, plus the parts that only scripts draw."""

from typing import Any

import lxml.html
from django.http import HttpResponse
from django.test import Client


def form_data(response: HttpResponse) -> dict[str, Any]:
    """Return what the edit form of an admin page would send, as its server drew it."""
    document = lxml.html.fromstring(response.content)
    (form,) = document.xpath("//form[@id='page-edit-form' or @data-edit-form]")[:1]
    fields: dict[str, Any] = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}


def send(client: Client, url: str, **values: Any) -> HttpResponse:
    """Open a form, change some of its fields, and send it; empty streams are filled in by `body=0`-like counts.

    Args:
        client: a client that is signed in.
        url: address of the form.
        values: field values; `__` stands for `-` in names (`body__count`).
    """
    opened = client.get(url)
    if opened.status_code != 200:
        return opened
    data = form_data(opened)
    data.update({name.replace("__", "-"): value for name, value in values.items()})
    return client.post(url, data)


# The counts of every stream of every page model; a form takes those it knows.
NO_BLOCKS = {
    f"{name}__count": "0"
    for name in ("body", "authors", "why_questions", "calls_to_action", "outputs", "country_notes")
}

"""What the admin's forms refuse: each error stands beside its field, and what was typed is still there."""

import html
from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pages.models import ChapterPage, EventPage
from tests import factories
from tests.admin_forms import NO_BLOCKS, form_data, send


@pytest.fixture
def site(root_page: Any) -> SimpleNamespace:
    """Return a study with a chapter, and an event."""
    home = factories.make_home()
    study = factories.make_study(home)
    return SimpleNamespace(
        study=study,
        chapter=factories.make_chapter(study, "First"),
        second=factories.make_chapter(study, "Second"),
        event=factories.make_event(factories.make_events(home)),
    )


@pytest.fixture
def client(db: None) -> Client:
    """Return a client of somebody who may do everything."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("administrator"))
    return client


def errors_beside(response: HttpResponse, field: str) -> list[str]:
    """Return the messages that stand beside a field."""
    document = lxml.html.fromstring(response.content)
    found = document.xpath(f"//*[@id='panel-child-content-{field}-errors' or contains(@id, '{field}-errors')]")
    return [" ".join(one.text_content().split()) for one in found if one.text_content().strip()]


def edit_url(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_slug_that_is_taken_is_refused_with_a_reason(client: Client, site: SimpleNamespace) -> None:
    response = send(client, edit_url(site.second), title="Rewritten", slug="first", **NO_BLOCKS)

    assert response.status_code == 200
    assert errors_beside(response, "slug") == ["The slug 'first' is already in use within the parent page."]
    assert form_data(response)["title"] == "Rewritten"
    assert ChapterPage.objects.get(pk=site.second.pk).latest_revision is None


def test_event_that_ends_before_it_starts_is_refused(client: Client, site: SimpleNamespace) -> None:
    typed = {"starts_at": "2027-05-02 10:00", "ends_at": "2027-05-01 10:00", "time_zone": "Europe/Paris"}

    response = send(client, edit_url(site.event), title="Rewritten", city="Paris", **typed, **NO_BLOCKS)

    assert response.status_code == 200
    assert errors_beside(response, "ends_at") == ["The event ends before it starts."]
    kept = form_data(response)
    assert (kept["title"], kept["city"], kept["ends_at"]) == ("Rewritten", "Paris", "2027-05-01 10:00")
    assert EventPage.objects.get(pk=site.event.pk).city == ""


def test_formula_that_cannot_be_read_is_refused_at_its_place(client: Client, site: SimpleNamespace) -> None:
    body = {
        "body__count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "formula",
        "body-0-id": "",
        "body-0-value-latex": r"x + \foo",
        "body-0-value-alt": "x plus foo",
    }

    response = send(client, edit_url(site.chapter), title="Rewritten", **{**NO_BLOCKS, **body})

    assert response.status_code == 200
    drawn = html.unescape(response.content.decode())
    assert r"The command \\foo at character 5 is not known." in drawn
    assert "x plus foo" in drawn
    assert form_data(response)["title"] == "Rewritten"
    assert ChapterPage.objects.get(pk=site.chapter.pk).latest_revision is None

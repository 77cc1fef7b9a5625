"""Enquiries in the admin: who sees them, what can be done, and that they go in time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.models import ModelLogEntry

from cms.enquiries.models import Enquiry, EnquiryState
from cms.enquiries.queries import new_enquiries
from cms.enquiries.services import delete_expired
from cms.roles.groups import ensure_groups
from cms.timetable import jobs
from tests.enquiries.conftest import NOW, Reader

GROUPS = {
    "author": "Authors",
    "reviewer": "Reviewers",
    "editor": "Editors",
    "translator": "Translators",
    "coordinator": "Coordinators",
    "communications": "Communications",
    "administrator": "",
}
ANSWERING = ("coordinator", "communications", "administrator")


@pytest.fixture
def sign_in(reader: Reader) -> Callable[[str], Client]:
    """Return a function that signs somebody of a role in."""
    ensure_groups()

    def enter(role: str) -> Client:
        user = get_user_model().objects.create(username=role, is_superuser=not GROUPS[role])
        if GROUPS[role]:
            user.groups.add(Group.objects.get(name=GROUPS[role]))
        client = Client()
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def enquiry(reader: Reader) -> Enquiry:
    """Return an enquiry about the outputs."""
    reader.send(about=str(reader.outputs.translation_key))
    return Enquiry.objects.get()


def addresses(enquiry: Enquiry) -> dict[str, str]:
    """Return the address of every screen of an enquiry."""
    return {name: reverse(f"enquiries:{name}", args=(enquiry.pk,)) for name in ("inspect", "mark", "delete")}


@pytest.mark.parametrize("role", GROUPS)
def test_only_who_answers_sees_marks_and_deletes(
    enquiry: Enquiry, sign_in: Callable[[str], Client], role: str
) -> None:
    client, screens = sign_in(role), addresses(enquiry)
    allowed = role in ANSWERING

    assert (client.get(reverse("enquiries:index")).status_code == 200) is allowed
    assert (client.get(screens["inspect"]).status_code == 200) is allowed
    client.post(screens["mark"], {"state": "spam"})
    enquiry.refresh_from_db()
    assert enquiry.state == (EnquiryState.SPAM if allowed else EnquiryState.NEW)
    client.post(screens["delete"])
    assert Enquiry.objects.exists() is not allowed


def test_nobody_adds_or_edits_one(enquiry: Enquiry, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("administrator")

    listing = client.get(reverse("enquiries:index")).content.decode()

    assert "/admin/enquiries/new/" not in listing
    assert "/admin/enquiries/edit/" not in listing
    for screen in ("add", "edit", "copy"):
        with pytest.raises(NoReverseMatch):
            reverse(f"enquiries:{screen}", args=(enquiry.pk,))


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, ["Ben", "Ana Example"]),
        ({"state": "new"}, ["Ana Example"]),
        ({"state": "answered"}, ["Ben"]),
        ({"language": "fi"}, ["Ben"]),
        ({"q": "translate"}, ["Ana Example"]),
        ({"received_at_from": "2026-03-03"}, []),
    ],
)
def test_listing_is_narrowed_by_state_language_day_and_words(
    reader: Reader, enquiry: Enquiry, sign_in: Callable[[str], Client], filters: dict[str, str], names: list[str]
) -> None:
    reader.send(path="/fi/contact/", name="Ben", message="Hei")
    Enquiry.objects.filter(name="Ben").update(state=EnquiryState.ANSWERED, answered_at=NOW)

    listing = sign_in("communications").get(reverse("enquiries:index"), filters)

    rows = lxml.html.fromstring(listing.content).xpath("//td[contains(@class, 'title')]")
    assert [row.xpath("string((.//a)[1])").strip() for row in rows] == names


def test_page_of_an_enquiry_shows_the_words_and_begins_an_answer(
    enquiry: Enquiry, sign_in: Callable[[str], Client]
) -> None:
    tree = lxml.html.fromstring(sign_in("communications").get(addresses(enquiry)["inspect"]).content)

    (answer,) = tree.xpath("//a[starts-with(@href, 'mailto:')]/@href")
    assert tree.xpath("//blockquote/p/text()") == ["May we translate", "the first tool?"]
    assert answer.startswith("mailto:ana@example.org?subject=Re%3A%20Outputs&body=")
    assert answer.endswith("Ana%20Example%20wrote%3A%0A%3E%20May%20we%20translate%0A%3E%20the%20first%20tool%3F")
    assert tree.xpath("//input[@name='state']/@value") == ["answered", "spam"]


def test_answered_is_noted_with_person_and_time_and_taken_back(
    enquiry: Enquiry, reader: Reader, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("coordinator")
    reader.clock.shift(60)

    client.post(addresses(enquiry)["mark"], {"state": "answered"})

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.answered_by.username) == ("answered", "coordinator")  # type: ignore[union-attr]
    assert enquiry.answered_at == NOW + timedelta(seconds=80)
    assert new_enquiries().count() == 0

    client.post(addresses(enquiry)["mark"], {"state": "new"})

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.answered_by, enquiry.answered_at) == ("new", None, None)
    assert list(new_enquiries()) == [enquiry]


def test_unknown_state_is_refused_and_nothing_changes(enquiry: Enquiry, sign_in: Callable[[str], Client]) -> None:
    answer = sign_in("coordinator").post(addresses(enquiry)["mark"], {"state": "lost"}, follow=True)

    assert "There is no state “lost”. Nothing was changed." in answer.content.decode()
    assert Enquiry.objects.get().state == EnquiryState.NEW


def test_database_refuses_answered_without_a_time(enquiry: Enquiry) -> None:
    with pytest.raises(IntegrityError, match="enquiries_enquiry_answered_at_a_time"), transaction.atomic():
        Enquiry.objects.update(state=EnquiryState.ANSWERED)


def test_expired_enquiries_are_deleted_to_the_minute(enquiry: Enquiry, reader: Reader) -> None:
    reader.clock.move_to(enquiry.expires_at - timedelta(seconds=1))
    assert (delete_expired(), Enquiry.objects.count()) == (0, 1)

    reader.clock.move_to(enquiry.expires_at)
    assert (delete_expired(), Enquiry.objects.count()) == (1, 0)


def test_log_of_a_deletion_keeps_no_personal_data(enquiry: Enquiry, sign_in: Callable[[str], Client]) -> None:
    number = enquiry.pk

    sign_in("coordinator").post(addresses(enquiry)["delete"])

    assert [entry.label for entry in ModelLogEntry.objects.filter(action="wagtail.delete")] == [f"Enquiry {number}"]


def test_timetable_mails_and_deletes() -> None:
    known: dict[str, Any] = {job.name: job.every_seconds for job in jobs()}

    assert (known["mail waiting enquiries"], known["delete expired enquiries"]) == (300, 3600)

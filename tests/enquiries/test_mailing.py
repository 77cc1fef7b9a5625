"""Mails to the coordination: to whom, what they say, once, and never with lines of somebody else's making."""

from typing import Any

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from cms.enquiries.mailing import mail_waiting
from cms.enquiries.models import Enquiry
from home.models import SiteFacts
from tests.enquiries.conftest import Reader


def tasks() -> int:
    """Count the tasks that send mail."""
    return DBTaskResult.objects.filter(task_path="cms.enquiries.mailing.mail_enquiries").count()


def test_coordination_is_told_by_the_worker(reader: Reader) -> None:
    reader.send(about=str(reader.outputs.translation_key))

    assert (tasks(), mail.outbox) == (1, [])
    assert mail_waiting() == 1

    (message,) = mail.outbox
    enquiry = Enquiry.objects.get()
    assert message.subject == "[LINES] Enquiry about “Outputs”"
    assert message.to == ["coordination@site.example"]
    assert message.reply_to == ["Ana Example <ana@example.org>"]
    assert message.extra_headers == {"Auto-Submitted": "auto-generated"}
    assert message.body.startswith(
        "Ana Example <ana@example.org> wrote on the website:\n\nMay we translate\nthe first tool?\n\n--\n"
        "About: Outputs\nhttps://site.example/en/outputs/\n"
    )
    assert f"https://site.example/admin/enquiries/inspect/{enquiry.pk}/" in message.body
    assert enquiry.mailed_at == enquiry.received_at


def test_nothing_is_mailed_twice(reader: Reader) -> None:
    reader.send()

    assert [mail_waiting(), mail_waiting()] == [1, 0]
    assert len(mail.outbox) == 1


def test_spam_is_not_mailed(reader: Reader) -> None:
    reader.send(homepage="https://buy.example")

    assert (tasks(), mail_waiting(), mail.outbox) == (0, 0, [])


def test_name_cannot_add_lines_to_the_head_of_the_mail(reader: Reader) -> None:
    reader.send(name='Eve" <x@y.example>\r\nBcc: all@site.example')
    mail_waiting()

    raw = mail.outbox[0].message()
    assert raw["Bcc"] is None
    assert mail.outbox[0].recipients() == ["coordination@site.example"]
    assert raw.get_all("Reply-To") == ['"Eve\\" <x@y.example> Bcc: all@site.example" <ana@example.org>']


def test_without_facts_the_setting_says_who_is_told(reader: Reader, settings: Settings) -> None:
    SiteFacts.objects.update(email="")
    SiteFacts.objects.get().save()
    settings.CONTACT_EMAIL = "office@site.example"
    reader.send()

    mail_waiting()

    assert mail.outbox[0].to == ["office@site.example"]


def test_without_any_address_the_enquiry_waits_and_the_log_says_why(
    reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    SiteFacts.objects.get().delete()
    reader.send()

    assert mail_waiting() == 0
    assert Enquiry.objects.get().mailed_at is None
    assert "neither the site facts nor CONTACT_EMAIL give an address" in caplog.text


def test_mail_that_fails_is_sent_with_the_next_run_and_logged_without_personal_data(
    reader: Reader, settings: Settings, caplog: pytest.LogCaptureFixture, tmp_path: Any
) -> None:
    (tmp_path / "file").write_text("")
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    reader.send()

    assert mail_waiting() == 0
    assert Enquiry.objects.get().mailed_at is None
    assert f"enquiry not mailed enquiry={Enquiry.objects.get().pk}" in caplog.text
    assert "ana@example.org" not in caplog.text

    settings.EMAIL_BACKEND = working
    assert mail_waiting() == 1


def test_after_a_week_nobody_is_told_any_more(reader: Reader) -> None:
    reader.send()
    reader.clock.shift(7 * 24 * 3600)

    assert mail_waiting() == 0

"""Mail leaves after commit, or never."""

import pytest
from django.core import mail
from django.core.mail import send_mail
from django.db import transaction
from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _outbox_behind_the_backend(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "cms.mail.AfterCommitBackend"
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []


def send(subject: str) -> int:
    return send_mail(subject, "text", "from@example.org", ["to@example.org"])


def test_mail_waits_for_the_commit() -> None:
    with transaction.atomic():
        assert send("inside") == 1
        assert mail.outbox == []

    assert [message.subject for message in mail.outbox] == ["inside"]


def test_mail_of_a_transaction_that_is_rolled_back_is_never_sent() -> None:
    with transaction.atomic():
        send("inside")
        transaction.set_rollback(True)

    assert mail.outbox == []


def test_mail_of_a_savepoint_that_is_rolled_back_is_never_sent() -> None:
    with transaction.atomic():
        send("kept")
        with transaction.atomic():
            send("dropped")
            transaction.set_rollback(True)

    assert [message.subject for message in mail.outbox] == ["kept"]


def test_mail_outside_a_transaction_is_sent_at_once() -> None:
    assert send("outside") == 1

    assert [message.subject for message in mail.outbox] == ["outside"]


def test_mail_server_that_fails_after_the_commit_is_logged_without_addresses(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with transaction.atomic():
        send("inside")

    assert "mail failed after commit messages=1" in caplog.text
    assert "to@example.org" not in caplog.text


def test_mail_server_that_fails_outside_a_transaction_is_the_callers_to_know(settings: Settings) -> None:
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(ConnectionRefusedError):
        send("outside")

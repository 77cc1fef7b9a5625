"""Keeps what readers write, notes what became of it, and deletes it in time."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.delivery.loading import Delivered
from cms.enquiries.mailing import mail_enquiries
from cms.enquiries.models import Enquiry, EnquiryState


@dataclass(frozen=True)
class Message:
    """What a reader sent.

    Attributes:
        name, email, text: as typed, checked by the form.
        language: code of the language of the page.
        consent_text: what the reader agreed to, word for word.
        nonce: of the form's token.
        is_spam: a program filled the form, as it seems.
    """

    name: str
    email: str
    text: str
    language: str
    consent_text: str
    nonce: str
    is_spam: bool = False


def receive_enquiry(message: Message, about: Delivered | None) -> Enquiry:
    """Keep a message, and have the coordination told after the commit unless it is spam.

    The same words sent twice from one form (a double click, a reload) are one enquiry.

    Args:
        message: what was sent.
        about: the page it is about, None for none.

    Returns:
        The enquiry. Writes it and a task in one transaction.
    """
    now = timezone.now()
    kept = {
        "name": message.name,
        "email": message.email,
        "message": message.text,
        "language": message.language,
        "consent_text": message.consent_text,
        "consented_at": now,
        "received_at": now,
        "expires_at": now + timedelta(days=settings.ENQUIRIES_KEPT_DAYS),
        "state": EnquiryState.SPAM if message.is_spam else EnquiryState.NEW,
        **_subject_fields(about),
    }
    with transaction.atomic():
        enquiry, is_new = Enquiry.objects.get_or_create(fingerprint=_fingerprint(message), defaults=kept)
        if is_new and not message.is_spam:
            mail_enquiries.enqueue()
    return enquiry


def mark_enquiry(enquiry: Enquiry, state: EnquiryState, user: Any) -> None:
    """Note what became of an enquiry; by whom and when is kept for answered ones. One statement."""
    is_answered = state is EnquiryState.ANSWERED
    enquiry.state = state
    enquiry.answered_by = user if is_answered else None
    enquiry.answered_at = timezone.now() if is_answered else None
    enquiry.save(update_fields=["state", "answered_by", "answered_at"])


def delete_expired() -> int:
    """Delete the enquiries whose time is over and return how many. A job of the timetable."""
    deleted, _ = Enquiry.objects.filter(expires_at__lte=timezone.now()).delete()
    return deleted


def _subject_fields(about: Delivered | None) -> dict[str, Any]:
    if about is None:
        return {}
    return {
        "subject_entry_id": about.row.entry_id,
        "subject_locale": about.row.content_locale,
        "subject_title": str(about.payload["title"])[:255],
        "subject_url": about.url,
    }


def _fingerprint(message: Message) -> str:
    words = "\n".join((message.nonce, message.name, message.email, message.text))
    return hashlib.sha256(words.encode()).hexdigest()

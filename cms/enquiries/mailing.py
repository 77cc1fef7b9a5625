"""Tells the coordination by mail what readers wrote; the answer goes straight to the reader."""

import logging
from datetime import timedelta
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from cms.delivery.queries import site_facts, site_name
from cms.enquiries.models import Enquiry

logger = logging.getLogger(__name__)

TRIED_FOR = timedelta(days=7)


@task(priority=50)  # people wait for the answer; other work of a night may stand in the queue
def mail_enquiries() -> int:
    """Send what is waiting; queued with each enquiry, so that no reader waits for a mail server."""
    return mail_waiting()


def mail_waiting() -> int:
    """Send every enquiry of the last week that has not been sent, and return how many. A job of the timetable.

    Each is sent at most once, however many processes do this at a time; one whose sending fails waits for the next run.
    """
    recipient = contact_address()
    waiting = Enquiry.objects.waiting_for_mail().filter(received_at__gt=timezone.now() - TRIED_FOR).order_by("pk")
    if not recipient:
        if waiting.exists():
            logger.warning(
                "enquiries are kept but not mailed: neither the site facts nor CONTACT_EMAIL give an address"
            )
        return 0
    return sum(_send(enquiry, recipient) for enquiry in waiting)


def contact_address() -> str:
    """Return the address of the coordination: the one of the site's facts, else `CONTACT_EMAIL`. One statement."""
    return str(site_facts().get("email") or settings.CONTACT_EMAIL)


def enquiry_mail(enquiry: Enquiry, recipient: str) -> EmailMessage:
    """Return the mail about an enquiry, in the first language of the site; `Reply-To` is the reader."""
    with translation.override(settings.LANGUAGE_CODE):
        name = site_name(site_facts())
        about = _("Enquiry about “%(title)s”") % {"title": enquiry.subject_title}
        head = f"[{name}] {about if enquiry.subject_title else _('Enquiry')}"
        page = settings.BASE_URL + reverse("enquiries:inspect", args=(enquiry.pk,))
        text = render_to_string("enquiries/mail.txt", {"enquiry": enquiry, "page": page})
    return EmailMessage(
        subject=" ".join(head.split()),
        body=text,
        to=[recipient],
        reply_to=[formataddr((enquiry.name, enquiry.email))],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _send(enquiry: Enquiry, recipient: str) -> bool:
    """Send one mail unless another process is doing so, and tell whether it went out."""
    mine = Enquiry.objects.filter(pk=enquiry.pk, mailed_at=None)
    if not mine.update(mailed_at=timezone.now()):
        return False
    try:
        enquiry_mail(enquiry, recipient).send()
    except Exception:
        Enquiry.objects.filter(pk=enquiry.pk).update(mailed_at=None)
        logger.exception("enquiry not mailed enquiry=%d", enquiry.pk)
        return False
    return True

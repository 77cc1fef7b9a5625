"""What keeps programs out without asking people to prove anything: where a form was sent from, how fast, how often."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.enquiries.form_tokens import FormToken, TokenRefused, read_token
from cms.enquiries.limits import seconds_to_wait

FEWEST_SECONDS = 3
OWN_SITES = ("same-origin", "none")


@dataclass(frozen=True)
class Refusal:
    """Why a message does not come through yet; the form is shown again with everything that was typed.

    Attributes:
        reason: for people, with what to do.
        status: HTTP status of the answer.
        wait_seconds: after which it is worth trying again; 0 when at once.
        token_is_spent: the form needs a new token.
    """

    reason: str
    status: int
    wait_seconds: int = 0
    token_is_spent: bool = False


def check_sending(request: HttpRequest, token_text: str) -> FormToken | Refusal:
    """Return the token of a form that was sent from our own page, by a person as it seems, and not too often.

    Args:
        request: that sent the form.
        token_text: the form's token.

    Returns:
        What the token says, or why the message does not come through. Only what passes everything else is counted.
    """
    if not is_from_this_site(request):
        return Refusal(_("This form was sent from another website. Please send it from here."), 403)
    try:
        token = read_token(token_text)
    except TokenRefused:
        reason = _("This form has been open for very long. Please look at your message once more and send it again.")
        return Refusal(reason, 422, token_is_spent=True)
    if token.open_seconds < FEWEST_SECONDS:
        reason = _("That was faster than most people type. Nothing is lost: please send your message again.")
        return Refusal(reason, 422)
    wait = seconds_to_wait(request)
    if wait:
        reason = _(
            "Too many messages have been sent from here within an hour. Please send yours again in %(minutes)d minutes."
        )
        return Refusal(reason % {"minutes": -(-wait // 60)}, 429, wait)
    return token


def is_from_this_site(request: HttpRequest) -> bool:
    """Tell whether the browser says that a form was sent from this site, or says nothing about it."""
    site = request.headers.get("sec-fetch-site", "")
    if site:
        return site in OWN_SITES
    origin = request.headers.get("origin", "")
    if not origin:
        return True
    known = {settings.BASE_URL, *settings.CSRF_TRUSTED_ORIGINS}
    return origin in known or urlsplit(origin).netloc == request.get_host()

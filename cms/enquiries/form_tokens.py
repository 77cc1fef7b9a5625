"""The token of a form: it says when the form was opened, and that we made it; it stands in for a cookie."""

import secrets
from dataclasses import dataclass

from django.core import signing
from django.utils import timezone

SALT = "cms.enquiries.form"
LONGEST_OPEN_SECONDS = 24 * 3600


@dataclass(frozen=True)
class FormToken:
    """What a token says: a number used once, and for how many seconds the form has been open."""

    nonce: str
    open_seconds: float


class TokenRefused(Exception):
    """The token is not ours, or the form has been open for too long."""


def issue_token() -> str:
    """Return a new token for a form that is opened now."""
    return signing.dumps([secrets.token_urlsafe(12), timezone.now().timestamp()], salt=SALT)


def read_token(text: str) -> FormToken:
    """Return what a token says.

    Raises:
        TokenRefused: when it was not made here, was changed, or is older than a day.
    """
    try:
        nonce, opened = signing.loads(text, salt=SALT, max_age=LONGEST_OPEN_SECONDS)
    except signing.BadSignature as error:
        raise TokenRefused from error
    return FormToken(nonce, timezone.now().timestamp() - opened)

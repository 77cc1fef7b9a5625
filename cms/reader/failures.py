"""Pages that say what went wrong. They need neither database nor stylesheet, because those may be what is missing."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cms.delivery.queries import content_locales
from cms.reader.rendering import hash_source


@dataclass(frozen=True)
class Failure:
    """What is said about one status.

    Attributes:
        status: HTTP status.
        plain: in English, for programs.
        title: for people.
        advice: for people, in a sentence or two.
        may_retry: whether the same request may succeed later.
    """

    status: int
    plain: str
    title: Any
    advice: Any
    may_retry: bool = False


SERVER_ERROR = Failure(
    500,
    "Server error: please try again in a few minutes",
    _("Something went wrong on our side"),
    _("The fault is ours, not yours. Please try again in a few minutes."),
    may_retry=True,
)
FORBIDDEN = Failure(
    403,
    "Forbidden",
    _("This page is not open to you"),
    _("It is kept for some people. If you should be one of them, sign in or ask whoever sent you here."),
)
BAD_REQUEST = Failure(
    400,
    "Bad request",
    _("This request cannot be understood"),
    _("Something in the address or in what was sent is not right. Please go back and try once more."),
)


def failure_page(request: HttpRequest, failure: Failure) -> HttpResponse:
    """Return a page in the language of the path, else in that of the visitor's browser; no statement, no cookie."""
    locale = _language(request)
    with translation.override(locale):
        style = render_to_string("reader/failure.css").strip()
        context = {
            "failure": failure,
            "locale": locale,
            "site_name": settings.SITE_NAME,
            "style": style,
            "retry": request.get_full_path() if failure.may_retry and request.method == "GET" else "",
        }
        html = render_to_string("reader/failure.html", context)
    response = HttpResponse(html, status=failure.status)
    response["Content-Language"] = locale
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {hash_source(style)}; frame-ancestors 'self'; base-uri 'none'"
    )
    return response


def failure_text(failure: Failure) -> HttpResponse:
    """Return a failure as programs read it: one line of plain text."""
    response = HttpResponse(f"{failure.plain}\n", status=failure.status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def _language(request: HttpRequest) -> str:
    path_language = translation.get_language_from_path(request.path_info)
    language = path_language or translation.get_language_from_request(request)
    return language if language in content_locales() else settings.LANGUAGE_CODE

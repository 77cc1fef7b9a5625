"""What people and programs are told when something goes wrong, even when the database is away."""

import base64
import hashlib

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext
from pytest_django import Settings

from cms.reader.failures import BAD_REQUEST, FORBIDDEN, SERVER_ERROR, Failure
from tests.reader.conftest import LOCALES


def fail(request: HttpRequest, kind: str) -> HttpResponse:
    """Fail as views do."""
    raise {"broken": ZeroDivisionError, "closed": PermissionDenied, "odd": SuspiciousOperation}[kind]("secret words")


urlpatterns = [
    path("<str:kind>", fail),
    path("<str:_locale>/<str:kind>", lambda request, _locale, kind: fail(request, kind)),
]
handler400 = "cms.website.bad_request"
handler403 = "cms.website.permission_denied"
handler500 = "cms.website.server_error"


@pytest.fixture
def client() -> Client:
    """Return a visitor who is shown what went wrong."""
    return Client(raise_request_exception=False)


@pytest.fixture
def failing(settings: Settings) -> None:
    """Put views that fail at the addresses `/broken`, `/closed` and `/odd`, with and without a language in front."""
    settings.ROOT_URLCONF = __name__


def words(locale: str, failure: Failure) -> tuple[str, str]:
    """Return title and advice in a language."""
    with translation.override(locale):
        return str(failure.title), str(failure.advice)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("kind", "failure"), [("broken", SERVER_ERROR), ("closed", FORBIDDEN), ("odd", BAD_REQUEST)])
def test_failure_is_told_in_the_language_of_the_path(
    failing: None, client: Client, locale: str, kind: str, failure: Failure
) -> None:
    answer = client.get(f"/{locale}/{kind}", headers={"accept-language": "sv"})

    html = answer.content.decode()
    title, advice = words(locale, failure)
    assert answer.status_code == failure.status
    assert answer["Content-Language"] == locale
    assert answer["Cache-Control"] == "no-store"
    assert f'<html lang="{locale}">' in html
    assert f"<h1>{title}</h1>" in html
    assert f"<p>{advice}</p>" in html
    assert f'<a href="/{locale}/">' in html
    assert "secret words" not in html


@pytest.mark.parametrize(("wanted", "locale"), [("de-AT,en;q=0.5", "de"), ("sv", "en")])
def test_failure_without_a_language_in_the_path_follows_the_browser(
    failing: None, client: Client, wanted: str, locale: str
) -> None:
    html = client.get("/broken", headers={"accept-language": wanted}).content.decode()

    assert f'<html lang="{locale}">' in html
    assert f"<h1>{words(locale, SERVER_ERROR)[0]}</h1>" in html


def test_reader_is_told_when_the_database_is_away(client: Client) -> None:
    """No `db` fixture: every statement raises."""
    answer = client.get("/fi/")

    with translation.override("fi"):
        again = gettext("Try again")
    assert answer.status_code == 500
    assert f"<h1>{words('fi', SERVER_ERROR)[0]}</h1>" in answer.content.decode()
    assert f'<a class="action" href="/fi/">{again}</a>' in answer.content.decode()
    assert not answer.cookies


def test_missing_page_is_told_as_our_fault_when_the_database_is_away(client: Client) -> None:
    assert client.get("/fi/nowhere/").status_code == 500


def test_failure_page_needs_nothing_but_itself(failing: None, client: Client) -> None:
    answer = client.get("/en/broken")

    html = answer.content.decode()
    style = html.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert answer["Content-Security-Policy"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'self'; base-uri 'none'"
    )
    for word in ("<link", "<img", "<script", "url(", " src="):
        assert word not in html


def test_address_is_escaped_on_the_failure_page(failing: None, client: Client) -> None:
    html = client.get("/en/broken", {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script" not in html
    assert '<a class="action" href="/en/broken?q=' in html


def test_sent_form_is_not_sent_again_by_a_link(failing: None, client: Client) -> None:
    assert 'class="action"' not in client.post("/en/broken").content.decode()


@pytest.mark.parametrize("wanted", ["application/json", "image/png"])
def test_programs_get_a_line_of_text(failing: None, client: Client, wanted: str) -> None:
    answer = client.get("/broken", headers={"accept": wanted})

    assert answer.status_code == 500
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content == b"Server error: please try again in a few minutes\n"


def test_address_of_programs_answers_with_a_line_of_text(client: Client) -> None:
    answer = client.get("/documents/1/none.pdf")

    assert answer.status_code == 500
    assert answer.content == b"Server error: please try again in a few minutes\n"


def test_unknown_host_is_a_bad_request(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["site.example"]

    answer = client.get("/en/", headers={"host": "other.example"})

    assert answer.status_code == 400
    assert f"<h1>{words('en', BAD_REQUEST)[0]}</h1>" in answer.content.decode()

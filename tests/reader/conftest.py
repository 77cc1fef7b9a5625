"""A small site in five languages, and a visitor without cookies."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from home.models import HomePage
from tests import factories

LOCALES = ("en", "fr", "fi", "it", "de")
Visit = Callable[..., Any]


@pytest.fixture(autouse=True)
def addresses(settings: Settings, tmp_path: Path) -> None:
    """Give each test a media folder of its own, a fixed address and a name of the site."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BASE_URL = "https://site.example"
    settings.SITE_NAME = "Studies"


@pytest.fixture
def visit(db: None) -> Visit:
    """Return a function that asks for a path and returns the answer; the status must be 200 unless told otherwise."""
    client = Client()

    def ask(path: str, status: int = 200, **headers: str) -> Any:
        response = client.get(path, headers=headers)
        assert response.status_code == status, response.content.decode()[:2000]
        return response

    return ask


@pytest.fixture
def read(visit: Visit) -> Callable[..., str]:
    """Return a function that asks for a path and returns the page's HTML."""

    def ask(path: str, status: int = 200) -> str:
        html: str = visit(path, status).content.decode()
        return html

    return ask


@pytest.fixture
def home(db: None) -> HomePage:
    """Return the English home page of a site in five languages."""
    return factories.make_home(
        lead="<p>We teach.</p>",
        why_title="Why?",
        why_questions=[factories.block("question", {"question": "Who should help?"})],
        partner_count=9,
        country_count=5,
        provider_count=120,
    )


def translate_into_all(*sources: Any) -> None:
    """Translate objects into the four other languages: every string gets the code in front."""
    for source in sources:
        for locale in LOCALES[1:]:
            factories.translate(source, locale)


@dataclass
class Place:
    """A home page with a study of one chapter below it."""

    home: HomePage
    study: Any
    chapter: Any


@pytest.fixture
def place(home: HomePage) -> Place:
    """Return a home page with a study of one chapter, in English only."""
    study = factories.make_study(home, "Study", subtitle="What works", abstract="<p>In brief.</p>")
    chapter = factories.make_chapter(study, "Inquiry", body=[factories.paragraph("<p>First words.</p>")])
    return Place(*(type(page).objects.get(pk=page.pk) for page in (home, study, chapter)))

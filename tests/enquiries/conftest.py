"""A small site with pages to ask about, a reader with the form open, and a clock that stands still."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from home.models import SiteFacts
from pages.models import OutputsPage
from tests import factories

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TYPED = {
    "name": "Ana Example",
    "email": "ana@example.org",
    "message": "May we translate\nthe first tool?",
    "consent": "on",
    "homepage": "",
}


@pytest.fixture(autouse=True)
def clean_state(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Give each test a media folder, a fixed address, and counters that stand at zero."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BASE_URL = "https://site.example"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def clock() -> Iterator[Any]:
    """Return a clock that goes on only when it is told to."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@dataclass
class Reader:
    """A visitor without cookies, with the form open."""

    client: Client
    clock: Any
    outputs: OutputsPage

    def open(self, path: str = "/en/contact/", about: str = "") -> str:
        """Open the form and return its token."""
        html = self.client.get(path, {"about": about} if about else {}).content.decode()
        found = re.search(r'name="token" value="([^"]+)"', html)
        assert found is not None
        return found[1]

    def send(self, *, path: str = "/en/contact/", seconds: float = 20, headers: Any = None, **typed: str) -> Any:
        """Open the form, type for some seconds, and send it; return the answer."""
        token = typed.pop("token", "") or self.open(path, typed.get("about", ""))
        self.clock.shift(seconds)
        return self.client.post(path, {**TYPED, "token": token, **typed}, headers=headers)


@pytest.fixture
def reader(root_page: Any, clock: Any) -> Reader:
    """Return a visitor of a site whose coordination has an address."""
    home = factories.make_home()
    outputs = factories.add_page(home, OutputsPage, "Outputs", slug="outputs")
    SiteFacts.objects.create(
        site=factories.Site.objects.get(is_default_site=True), email="coordination@site.example", name="LINES"
    )
    return Reader(Client(enforce_csrf_checks=True), clock, outputs)

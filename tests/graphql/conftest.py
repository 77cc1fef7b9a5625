"""A client of the delivery API, and a site to ask for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from home.models import HomePage
from tests import factories

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def addresses(settings: Settings, tmp_path: Path) -> None:
    """Give each test a media folder of its own and a fixed address."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BASE_URL = "https://site.example"


@pytest.fixture
def answer(db: None) -> Ask:
    """Return a function that sends an operation and returns the whole answer."""
    client = Client()

    def send(query: str, **variables: Any) -> dict[str, Any]:
        response = client.post("/graphql", {"query": query, "variables": variables}, "application/json")
        result: dict[str, Any] = response.json()
        return result

    return send


@pytest.fixture
def ask(answer: Ask) -> Ask:
    """Return a function that sends an operation and returns its data; errors fail the test."""

    def send(query: str, **variables: Any) -> dict[str, Any]:
        result = answer(query, **variables)
        assert "errors" not in result, result["errors"]
        data: dict[str, Any] = result["data"]
        return data

    return send


@pytest.fixture
def home(db: None) -> HomePage:
    """Return the English home page of a site in five languages."""
    return factories.make_home()

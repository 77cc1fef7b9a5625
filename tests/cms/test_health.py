"""`/healthz` and `/readyz`."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cms import health


@pytest.fixture(autouse=True)
def _forget_what_was_seen() -> Iterator[None]:
    health._Known.migrated = False
    yield
    health._Known.migrated = False


def test_alive_answers_without_touching_the_database(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"alive\n")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert "Set-Cookie" not in response


@pytest.mark.django_db
def test_ready_when_the_database_is_migrated(client: Client) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_ready_speaks_json_when_asked(client: Client) -> None:
    response = client.get("/readyz", headers={"accept": "application/json"})

    assert response.json() == {
        "ready": True,
        "message": "ready",
        "database": "ok",
        "migrations": "ok",
        "entries": "ok",
    }


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("cms", "0001_initial")

    response = client.get("/readyz", headers={"accept": "application/json"})

    assert response.status_code == 503
    assert response.json() == {
        "ready": False,
        "message": "1 database migrations are missing: run 'manage.py migrate'.",
        "database": "ok",
        "migrations": "1 missing",
    }


@pytest.mark.django_db
def test_not_ready_without_database_and_no_detail_is_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection to server at 10.0.0.7 failed: password authentication failed")

    monkeypatch.setattr(connection, "ensure_connection", refuse)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"The database cannot be reached.\n")


@pytest.mark.django_db
def test_migrations_are_looked_up_only_until_they_are_complete(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/readyz")

    with django_assert_num_queries(2):
        health.readiness()


@pytest.mark.django_db
def test_ready_tells_how_far_a_rebuild_is(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "progress", lambda: (12, 40))

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready; rebuilding 12 of 40\n")


def test_health_refuses_to_be_written_to(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405

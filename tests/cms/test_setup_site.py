"""`manage.py setup_site`: the real command on an empty database, and its conversation about the administrator."""

import getpass
import json
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from cms.demo.ledger import Ledger
from cms.demo.people import PEOPLE, create_person
from cms.management.commands import setup_site
from cms.setup.site import Outcome
from tests.installation import Installation, new_installation

GOOD = {"ADMIN_USER_NAME": "anna", "ADMIN_EMAIL": "anna@example.org", "ADMIN_PASSWORD": "the-first-Kangaroo"}
LOOK = """
import json
from django.test import Client
from cms.delivery.models import Entry
from wagtail.models import Page
client = Client(SERVER_NAME="localhost")
codes = ["en", "fr", "fi", "it", "de"]
admin = client.post("/admin/login/", {"username": "anna", "password": "the-first-Kangaroo", "next": "/admin/"})
print(json.dumps({
    "homes": [client.get(f"/{code}/").status_code for code in codes],
    "login": [admin.status_code, admin["Location"]],
    "admin": client.get("/admin/").status_code,
    "pages": Page.objects.filter(depth__gt=1).count(),
    "entries": Entry.objects.count(),
}))
"""


@pytest.fixture
def installation(tmp_path: Path, root: Path) -> Iterator[Installation]:
    with new_installation(root, tmp_path / "data") as made:
        yield made


def test_empty_database_becomes_a_site(installation: Installation) -> None:
    early = installation.attempt("setup_site", "--no-input")
    assert (early.returncode, "database migrations are missing: run 'manage.py migrate' first." in early.stderr) == (
        1,
        True,
    )

    installation.run("migrate", "-v0")
    installation.extra = GOOD
    installation.interrupt("setup_site", "--no-input", when="Translations into fi")
    said = installation.run("setup_site", "--no-input", "--name", "Our study")

    assert "The site is set up: " in said
    assert "Administrator: anna (was there already)." in said
    assert json.loads(installation.shell(LOOK)) == {
        "homes": [200] * 5,
        "login": [302, "/admin/"],
        "admin": 200,
        "pages": 55,
        "entries": 51,
    }
    assert "51 entries are equal to what is live" in installation.run("rebuild_entries", "--check")
    assert "Nothing to set up." in installation.run("setup_site", "--no-input")
    beside = installation.attempt("seed_demo")
    assert beside.returncode == 1
    assert "This database holds a site of its own" in beside.stderr


@pytest.fixture
def without_pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Leave the pages out, for tests that are about the administrator; gives the names that a site was made under."""
    names: list[str] = []

    def make(name: str, progress: Any) -> Outcome:
        names.append(name)
        return Outcome(steps=1, found=["Home"], left_out=["“Study” in Finnish: no."])

    for name in GOOD:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(setup_site, "set_up_site", make)
    return names


def said_by(*arguments: str) -> str:
    out = StringIO()
    call_command("setup_site", *arguments, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.django_db
def test_outcome_is_told(without_pages: list[str]) -> None:
    said = said_by("--no-input", "--name", " Our study ")

    assert without_pages == ["Our study"]
    assert "Taken as it was found: Home." in said
    assert "Left out: “Study” in Finnish: no." in said
    assert (
        "No administrator was made: set ADMIN_USER_NAME, ADMIN_EMAIL, ADMIN_PASSWORD and run setup_site again." in said
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"ADMIN_EMAIL": "", "ADMIN_PASSWORD": ""}, "ADMIN_EMAIL, ADMIN_PASSWORD not set"),
        ({"ADMIN_PASSWORD": "12345678"}, "This password is too common."),
        ({"ADMIN_PASSWORD": "demonstration"}, "This password is the one of the demonstration."),
    ],
)
def test_wrong_login_in_the_environment_stops_before_anything_is_made(
    without_pages: list[str], monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str], reason: str
) -> None:
    for name, value in {**GOOD, **wrong}.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(CommandError, match=reason):
        said_by("--no-input")

    assert without_pages == []
    assert not get_user_model().objects.exists()


@pytest.mark.django_db
def test_person_is_asked_until_the_answers_can_be_used(
    without_pages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["anna", "anna@example.org", "anna", "anna@example.org", "anna", "anna@example.org"])
    passwords = iter(["short", "short", "the-first-Kangaroo", "another", "the-first-Kangaroo", "the-first-Kangaroo"])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    monkeypatch.setattr(getpass, "getpass", lambda question: next(passwords))
    monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": staticmethod(lambda: True)}))

    said = said_by()

    assert "This password is too short." in said
    assert "The two passwords differ." in said
    assert "Administrator: anna (made now)." in said
    assert get_user_model().objects.get().check_password("the-first-Kangaroo")


@pytest.mark.django_db
def test_person_who_gives_up_leaves_nothing_behind(without_pages: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", give_up)
    monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": staticmethod(lambda: True)}))

    with pytest.raises(CommandError, match="Interrupted; nothing was made."):
        said_by()

    assert without_pages == []


@pytest.mark.django_db
def test_demonstration_is_no_place_for_a_site(without_pages: list[str]) -> None:
    Ledger().once("person:author", lambda: create_person(PEOPLE[-1]))

    with pytest.raises(
        CommandError, match="This database holds the demonstration, .+ run 'manage.py remove_demo' first"
    ):
        said_by("--no-input")

    assert without_pages == []


@pytest.mark.django_db
def test_name_that_does_not_fit_is_refused(without_pages: list[str]) -> None:
    with pytest.raises(CommandError, match="The name has 61 characters; at most 60 fit."):
        said_by("--no-input", "--name", "n" * 61)

    assert without_pages == []


@pytest.mark.django_db
def test_missing_migration_is_told(without_pages: list[str]) -> None:
    MigrationRecorder(connection).record_unapplied("cms", "0001_initial")

    with pytest.raises(CommandError, match="1 database migrations are missing: run 'manage.py migrate' first."):
        said_by("--no-input")

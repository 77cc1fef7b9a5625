"""Production does not run with the demonstration's password: the server refuses, and says who and what to do."""

import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError
from django.test import Client
from pytest_django import Settings

from cms import logins
from cms.demo.ledger import Ledger
from cms.demo.people import PASSWORD, PEOPLE, create_person, known_logins
from cms.logins import UnsafeLogins, demand_safe_logins, login_problem
from cms.roles.groups import ensure_groups
from tests.installation import Installation, new_installation

SENTENCE = (
    "These users log in with the password of the demonstration, which everybody knows: {names}. "
    "Run 'manage.py remove_demo' to take the demonstration away, or 'manage.py changepassword NAME' for each."
)
SEED = """
from cms.demo.ledger import Ledger
from cms.demo.people import PEOPLE, create_person
from cms.roles.groups import ensure_groups
ensure_groups()
for person in PEOPLE[:2]:
    Ledger().once(f"person:{person.username}", lambda: create_person(person))
"""
CHANGE = """
from django.contrib.auth import get_user_model
for user in get_user_model().objects.all():
    user.set_password("quite-my-Own-" + user.username)
    user.save()
"""


@pytest.fixture
def production(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Production's rule, in a process that has not looked yet."""
    settings.DEMONSTRATION_ALLOWED = False
    for name, value in {"is_safe": False, "problem": "", "asked_at": 0.0}.items():
        monkeypatch.setattr(logins._Known, name, value)


def make_person(place: int = 0) -> None:
    ensure_groups()
    Ledger().once(f"person:{PEOPLE[place].username}", lambda: create_person(PEOPLE[place]))


@pytest.mark.django_db
@pytest.mark.usefixtures("production")
def test_users_with_the_known_password_are_named() -> None:
    make_person()
    get_user_model().objects.create_superuser("root", "r@example.org", PASSWORD)
    get_user_model().objects.create_superuser("safe", "s@example.org", "quite-my-Own-1")

    assert login_problem() == SENTENCE.format(names="author, root")


@pytest.mark.django_db
@pytest.mark.usefixtures("production")
def test_renamed_person_is_found_and_who_cannot_log_in_is_not() -> None:
    make_person()
    make_person(1)
    get_user_model().objects.filter(username="author").update(username="somebody")
    get_user_model().objects.filter(username="reviewer").update(is_active=False)

    assert known_logins() == ["somebody"]


@pytest.mark.django_db
@pytest.mark.usefixtures("production")
def test_once_safe_nothing_is_asked_again(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert login_problem() == ""
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert login_problem() == ""


@pytest.mark.django_db
@pytest.mark.usefixtures("production")
def test_what_is_unsafe_is_asked_again_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    make_person()
    now = [1000.0]
    monkeypatch.setattr(logins.time, "monotonic", lambda: now[0])
    assert "author" in login_problem()
    get_user_model().objects.update(is_active=False)

    now[0] += 59
    assert "author" in login_problem()
    now[0] += 2
    assert login_problem() == ""


@pytest.mark.django_db
def test_demonstration_may_keep_its_password_where_it_is_allowed() -> None:
    make_person()

    assert login_problem() == ""


@pytest.mark.django_db
@pytest.mark.usefixtures("production")
def test_server_is_not_ready_and_says_why(client: Client) -> None:
    make_person()

    answer = client.get("/readyz")

    assert (answer.status_code, answer.content.decode()) == (503, SENTENCE.format(names="author") + "\n")


@pytest.mark.usefixtures("production")
def test_database_that_is_away_is_left_to_readyz(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> list[str]:
        raise DatabaseError("away")

    monkeypatch.setattr(logins, "known_logins", away)
    monkeypatch.setattr(logins.connections, "close_all", lambda: None)

    demand_safe_logins()


@pytest.mark.usefixtures("production")
def test_start_raises_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "known_logins", lambda: ["author"])
    monkeypatch.setattr(logins.connections, "close_all", lambda: None)

    with pytest.raises(UnsafeLogins) as refusal:
        demand_safe_logins()

    assert str(refusal.value) == "Production does not start. " + SENTENCE.format(names="author")


@pytest.fixture
def installation(tmp_path: Path, root: Path) -> Iterator[Installation]:
    with new_installation(root, tmp_path / "data") as made:
        yield made


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server(installation: Installation, port: int) -> "subprocess.Popen[str]":
    """Start the production server on an installation, as docs/operators.md says."""
    url = installation.url or f"sqlite:///{installation.data}/db.sqlite3"
    environment = {
        **installation.environment,
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "s" * 50,
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": url,
        "INSECURE_HTTP": "true",
        "WEB_WORKERS": "1",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:cms.server", "--bind", f"127.0.0.1:{port}"]
    return subprocess.Popen(
        [*command, "--log-level", "info"],
        cwd=installation.root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_production_server_refuses_and_starts_after_the_passwords_are_changed(installation: Installation) -> None:
    installation.run("migrate", "-v0")
    installation.shell(SEED)
    port = free_port()

    refused = server(installation, port)
    said, _ = refused.communicate(timeout=120)

    assert refused.returncode == 1
    assert f"Error: Production does not start. {SENTENCE.format(names='author, reviewer')}\n" in said
    assert "Traceback" not in said

    installation.shell(CHANGE)
    running = server(installation, port)
    assert running.stdout is not None
    try:
        for line in running.stdout:
            if "Booting worker" in line:
                break
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=60) as answer:
            assert answer.read() == b"ready\n"
    finally:
        running.terminate()
        running.wait(60)
        running.stdout.close()

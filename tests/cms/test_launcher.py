"""`manage.py start`: refusals in plain words, tables, and what is done only when needed."""

import socket
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from cms import launcher
from cms.database import explain
from cms.launcher import StartFailed, collect_static, demand_database, demand_free_port, overview, static_state, table
from cms.processes import Family


def test_taken_port_is_told_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(StartFailed) as failure:
            demand_free_port(port)

    assert str(failure.value) == (
        f"Port {port} is taken: another program listens on 127.0.0.1:{port}. "
        f"End it, or choose another port: PORT={port + 1} make run"
    )


def test_taken_port_ends_the_command_before_anything_is_written(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings.PORT = taken.getsockname()[1]

        with pytest.raises(CommandError, match=r"^Port \d+ is taken"):
            call_command("start")

    assert not settings.DATA_DIR.exists()


def test_free_port_is_accepted() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    demand_free_port(port)


def test_database_that_cannot_be_used_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher, "database_name", lambda: "PostgreSQL, cms@db:5432/cms")
    monkeypatch.setattr(launcher, "database_problem", lambda: "Nothing answers at db:5432.")

    with pytest.raises(StartFailed) as failure:
        demand_database()

    assert str(failure.value) == (
        "The database cannot be used (PostgreSQL, cms@db:5432/cms). Nothing answers at db:5432. Check DATABASE_URL."
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('FATAL:  password authentication failed for user "a"', "The user name or password is wrong for user"),
        ('FATAL:  database "x" does not exist', "The server has no database"),
        ('FATAL:  role "x" does not exist', "The server has no user"),
        ("connection to server at 127.0.0.1, port 1 failed: Connection refused", "Nothing answers at"),
        ("connection timeout expired", "No answer from"),
        ("[Errno -2] failed to resolve host 'db'", "is unknown."),
        ("unable to open database file", "cannot be opened"),
        ("file is not a database", "is not an SQLite database."),
        ("attempt to write a readonly database", "may not be written."),
    ],
)
def test_errors_of_drivers_become_sentences(said: str, told: str) -> None:
    assert told in explain(said)


def test_unknown_error_is_told_by_its_first_line() -> None:
    assert explain("something odd\nwith details") == "something odd"


def test_table_is_laid_out_in_columns() -> None:
    assert table(("Role", "User name"), [("Author", "author"), ("Administrator", "admin")]) == (
        "Role           User name\n-------------  ---------\nAuthor         author\nAdministrator  admin"
    )


def test_overview_lists_only_addresses_that_are_served_and_a_login_per_role(settings: Settings) -> None:
    settings.PORT = 8123

    shown = overview(with_demo=True)

    assert "http://127.0.0.1:8123/admin/" in shown
    assert "http://127.0.0.1:8123/readyz" in shown
    for role in ("Author", "Reviewer", "Editor", "Translator", "Coordinator", "Administrator"):
        assert role in shown


def test_overview_without_demonstration_shows_no_login(settings: Settings) -> None:
    assert "Password" not in overview(with_demo=False)


def test_static_files_are_collected_once_until_something_changes(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_FINDERS = []
    settings.STATIC_ROOT.mkdir()
    state = ["one"]
    said: list[str] = []
    monkeypatch.setattr(launcher, "static_state", lambda root: state[0])

    collect_static(said.append)
    collect_static(said.append)
    assert said == ["Collecting static files"]

    state[0] = "two"
    collect_static(said.append)
    assert len(said) == 2


def test_state_of_static_files_follows_lock_and_own_files(tmp_path: Path) -> None:
    (tmp_path / "requirements.lock").write_text("a==1")
    (tmp_path / "cms" / "reader" / "static").mkdir(parents=True)
    before = static_state(tmp_path)
    (tmp_path / "cms" / "reader" / "static" / "site.css").write_text("a{}")
    with_file = static_state(tmp_path)
    (tmp_path / "requirements.lock").write_text("a==2")

    assert len({before, with_file, static_state(tmp_path)}) == 3


def test_process_that_ends_by_itself_is_named(tmp_path: Path) -> None:
    family = Family()
    family.start("web server", ["sh", "-c", "exit 3"], tmp_path)
    family.children["web server"].wait()

    with pytest.raises(StartFailed, match="The web server ended with exit code 3; all processes are stopped."):
        launcher.wait_until_ready(family)

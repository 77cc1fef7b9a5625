"""Settings: typed, refused in plain words, and described in the operators' table."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.settings.caches import cache_settings
from cms.settings.databases import database_settings
from cms.settings.environment import demand, make_data_folder, read_flag, read_list, read_number, read_text
from cms.settings.secrets import local_secret

READ = re.compile(r'\bread_(?:text|flag|number|list)\(\s*"([A-Z0-9_]+)"')
PRODUCTION = {
    "SECRET_KEY": "s" * 50,
    "ALLOWED_HOSTS": "cms.example.org, www.example.org",
    "BASE_URL": "https://cms.example.org",
    "DATABASE_URL": "postgres://cms:secret@127.0.0.1:5432/cms",
}


def production_setting(root: Path, data: Path, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start with production's settings in a process of its own and print one of them."""
    code = f"import cms.settings.production as s; print(repr(s.{name}))"
    clean = {"PATH": os.environ["PATH"], "LINKS_DATA_DIR": str(data), **environment}
    return subprocess.run([sys.executable, "-c", code], cwd=root, env=clean, capture_output=True, text=True)


def settings_sources(root: Path) -> list[Path]:
    return [*sorted((root / "cms" / "settings").glob("*.py")), root / "cms" / "server.py"]


@pytest.mark.parametrize("missing", sorted(PRODUCTION))
def test_production_refuses_to_start_and_names_what_is_missing(root: Path, tmp_path: Path, missing: str) -> None:
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}

    result = production_setting(root, tmp_path, "DEBUG", **environment)

    assert result.returncode == 1
    assert (
        result.stderr.strip()
        .splitlines()[-1]
        .endswith(f"{missing} is not set. Production does not start without; see docs/operators.md.")
    )


def test_production_starts_with_its_secrets(root: Path, tmp_path: Path) -> None:
    result = production_setting(root, tmp_path, "ALLOWED_HOSTS", **PRODUCTION)

    assert result.stdout == "['cms.example.org', 'www.example.org']\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("host", "backend"), [("", "filebased"), ("mail.example.org", "smtp")])
def test_production_keeps_mails_until_a_mail_server_is_named(
    root: Path, tmp_path: Path, host: str, backend: str
) -> None:
    result = production_setting(root, tmp_path, "EMAIL_DELIVERY_BACKEND", **PRODUCTION, EMAIL_HOST=host)

    assert result.stdout == f"'django.core.mail.backends.{backend}.EmailBackend'\n"


def test_production_never_shows_details_of_errors(root: Path, tmp_path: Path) -> None:
    result = production_setting(root, tmp_path, "DEBUG", **PRODUCTION, DEBUG="true")

    assert result.stdout == "False\n"


def test_manage_tells_a_wrong_setting_without_traceback(root: Path, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "LINKS_DATA_DIR": str(tmp_path), "DATABASE_URL": "mysql://somewhere/x"}

    result = subprocess.run(
        [sys.executable, "manage.py", "start"], cwd=root, env=environment, capture_output=True, text=True
    )

    assert result.returncode == 1
    assert result.stderr == (
        "Wrong settings: DATABASE_URL must start with postgres:// or sqlite:///, but starts with 'mysql'. "
        "Example: postgres://user:password@127.0.0.1:5432/name\n"
    )


def test_every_variable_is_read_once(root: Path) -> None:
    read = Counter(name for path in settings_sources(root) for name in READ.findall(path.read_text()))

    assert [name for name, count in read.items() if count > 1] == []
    assert "SECRET_KEY" in read


def test_variables_are_read_by_no_other_way(root: Path) -> None:
    for path in settings_sources(root):
        if path.name != "environment.py":
            assert re.findall(r"os\.environ|getenv|\benv\.", path.read_text()) == [], path.name


def test_operators_table_names_exactly_the_variables_that_are_read(root: Path) -> None:
    read = {name for path in settings_sources(root) for name in READ.findall(path.read_text())}
    table = re.findall(r"^\| `([A-Z0-9_]+)` \|", (root / "docs" / "operators.md").read_text(), re.MULTILINE)

    assert sorted(table) == sorted(read)


def test_demand_names_everything_missing_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONE", " ")
    monkeypatch.delenv("TWO", raising=False)

    with pytest.raises(ImproperlyConfigured, match=r"^ONE, TWO are not set\."):
        demand(("ONE", "TWO"))


def test_empty_variable_means_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONE", "  ")

    assert read_text("ONE", "fallback") == "fallback"
    assert read_number("ONE", 7) == 7
    assert read_list("ONE", ["a"]) == ["a"]
    assert read_flag("ONE", True) is True


@pytest.mark.parametrize(("word", "meant"), [("yes", True), ("TRUE", True), ("0", False), ("off", False)])
def test_flag_understands_common_words(monkeypatch: pytest.MonkeyPatch, word: str, meant: bool) -> None:
    monkeypatch.setenv("ONE", word)

    assert read_flag("ONE") is meant


def test_flag_refuses_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONE", "perhaps")

    with pytest.raises(ImproperlyConfigured, match="ONE must be true or false, but is 'perhaps'."):
        read_flag("ONE")


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("many", "ONE must be a whole number, but is 'many'."),
        ("0", "ONE must be from 1 to 9, but is 0."),
        ("10", "ONE must be from 1 to 9, but is 10."),
    ],
)
def test_number_refuses_what_is_none_or_out_of_range(monkeypatch: pytest.MonkeyPatch, word: str, message: str) -> None:
    monkeypatch.setenv("ONE", word)

    with pytest.raises(ImproperlyConfigured, match=f"^{re.escape(message)}$"):
        read_number("ONE", 1, lowest=1, highest=9)


def test_list_drops_white_space_and_empty_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONE", " a ,, b,")

    assert read_list("ONE") == ["a", "b"]


def test_embedded_database_waits_and_locks_at_once(tmp_path: Path) -> None:
    settings = database_settings("", tmp_path / "data")

    assert settings["NAME"] == str(tmp_path / "data" / "db.sqlite3")
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert settings["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in settings["OPTIONS"]["init_command"]


def test_postgres_address_is_read_in_full(tmp_path: Path) -> None:
    settings = database_settings("postgres://cms:s%40cret@db.example.org:6543/studies", tmp_path)

    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["USER"], settings["PASSWORD"], settings["HOST"]) == ("cms", "s@cret", "db.example.org")
    assert (settings["PORT"], settings["NAME"]) == (6543, "studies")
    assert settings["OPTIONS"]["connect_timeout"] == 5


@pytest.mark.parametrize("url", ["postgres://host:5432", "postgres://host:5432/"])
def test_address_without_database_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL names no database: add it after the last slash."):
        database_settings(url, tmp_path)


def test_address_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL cannot be read"):
        database_settings("postgres://host:port/name", tmp_path)


def test_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ImproperlyConfigured, match=r"cannot be made \(Not a directory\)"):
        make_data_folder(tmp_path / "file" / "data")


def test_cache_is_local_without_redis_and_redis_with_it() -> None:
    assert cache_settings("")["BACKEND"].endswith("LocMemCache")
    assert cache_settings("redis://127.0.0.1:6379/0")["BACKEND"] == "django_redis.cache.RedisCache"


def test_cache_refuses_another_address() -> None:
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL must start with redis://"):
        cache_settings("127.0.0.1:6379")


def test_secret_of_a_machine_is_made_once_and_private(tmp_path: Path) -> None:
    first = local_secret(tmp_path / "data")

    assert local_secret(tmp_path / "data") == first
    assert len(first) == 50
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret-key"]

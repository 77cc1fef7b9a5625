"""Turns `DATABASE_URL` into Django's settings: SQLite under the data directory by default, or PostgreSQL."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from cms.settings.environment import make_data_folder

SQLITE_BUSY_TIMEOUT_SECONDS = 20
CONNECT_TIMEOUT_SECONDS = 5
CONNECTION_SECONDS = 60


def database_settings(url: str, data_dir: Path) -> dict[str, Any]:
    """Return the `DATABASES["default"]` entry for a database address.

    Args:
        url: `""` (SQLite file in `data_dir`), `sqlite:///…` or `postgres://user:password@host:port/name`.
        data_dir: The folder that holds the embedded database; created when SQLite is chosen.

    Raises:
        ImproperlyConfigured: when the address cannot be read or names another kind of database.
    """
    if not url:
        make_data_folder(data_dir)
        return _sqlite(str(data_dir / "db.sqlite3"))
    scheme = url.split(":", 1)[0]
    if scheme == "sqlite":
        return _sqlite(environ.Env.db_url_config(url)["NAME"])
    if scheme not in ("postgres", "postgresql", "psql") or "://" not in url:
        raise ImproperlyConfigured(
            f"DATABASE_URL must start with postgres:// or sqlite:///, but starts with {scheme[:20]!r}. "
            "Example: postgres://user:password@127.0.0.1:5432/name"
        )
    try:
        parsed = environ.Env.db_url_config(url)
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from error
    if not parsed.get("NAME"):
        raise ImproperlyConfigured("DATABASE_URL names no database: add it after the last slash.")
    return {
        **parsed,
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": CONNECTION_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": CONNECT_TIMEOUT_SECONDS, **parsed.get("OPTIONS", {})},
    }


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": CONNECTION_SECONDS,  # opening it costs more than most reads
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_BUSY_TIMEOUT_SECONDS,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }

"""Whether the database can be reached, and in plain words why not."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

# What PostgreSQL and SQLite say, and what it means; the first that fits is told.
EXPLANATIONS = (
    ("password authentication failed", "The user name or password is wrong for user {user!r}."),
    ("no password supplied", "The server asks for a password and DATABASE_URL has none for user {user!r}."),
    ("role", "The server has no user {user!r}."),
    ("permission denied", "User {user!r} may not use the database {name!r}."),
    ("no pg_hba.conf entry", "The server does not let user {user!r} in from here (pg_hba.conf)."),
    ("does not exist", "The server has no database {name!r}: create it, for example with 'createdb {name}'."),
    ("starting up", "The server is still starting; try again in a moment."),
    ("shutting down", "The server is shutting down."),
    ("too many", "The server has no connection left."),
    ("resolve", "The host {host!r} is unknown."),
    ("translate host name", "The host {host!r} is unknown."),
    ("connection refused", "Nothing answers at {host}:{port}: the server is down, or the address is wrong."),
    ("no such file or directory", "Nothing answers at {host}:{port}: the server is down, or the address is wrong."),
    ("timeout", "No answer from {host}:{port} in time."),
    (
        "unable to open database file",
        "The file {name} cannot be opened: does its folder exist, and may you write there?",
    ),
    ("not a database", "The file {name} is not an SQLite database."),
    ("readonly", "The file {name} may not be written."),
    ("malformed", "The file {name} is damaged; restore it from a copy."),
    ("locked", "The file {name} is locked by another program."),
)


def database_name() -> str:
    """Return kind and place of the database without its password, for people."""
    values = _values()
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        return f"SQLite, {values['name']}"
    return "PostgreSQL, {user}@{host}:{port}/{name}".format(**values)


def database_problem() -> str | None:
    """Return in one sentence why the database cannot be used, or None when it can. One connection, two statements."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master" if connection.vendor == "sqlite" else "SELECT 1")
            cursor.fetchone()
    except (DatabaseError, OSError, ValueError, UnicodeError) as error:
        return explain(str(error))
    return None


def explain(error: str) -> str:
    """Turn what a database driver said into a sentence that says what to do."""
    said = error.lower()
    for sign, sentence in EXPLANATIONS:
        if sign in said:
            return sentence.format(**_values())
    return error.strip().splitlines()[0] if error.strip() else "The database cannot be reached."


def _values() -> dict[str, Any]:
    settings = connections[DEFAULT_DB_ALIAS].settings_dict
    return {
        "name": settings["NAME"],
        "user": settings["USER"] or "(none)",
        "host": settings["HOST"] or "the local socket",
        "port": settings["PORT"] or 5432,
    }

"""Saves the whole site, database and stored files, into one archive while the site runs."""

import fcntl
import os
import platform
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from cms.backups.archive import ArchiveWriter
from cms.backups.errors import BackupFailed, explain_os_error
from cms.backups.media import demand_one_storage, write_files
from cms.backups.tables import last_number, saved_models, unknown_tables, write_table
from cms.backups.versions import applied_migrations, missing_migrations, newer_migrations
from cms.delivery.snapshot import read_snapshot

FILES_BETWEEN_REPORTS = 500
Say = Callable[[str], None]


@dataclass(frozen=True)
class Saved:
    """What an archive holds: counts of rows and stored files, and the names of files that are missing in the storage."""

    rows: int
    files: int
    missing: list[str]


def save_site(target: Path, say: Say, *, overwrite: bool = False) -> Saved:
    """Write an archive of the site. It appears under its name when it is complete, readable by its owner only.

    Args:
        target: the file to write; `<target>.partial` exists meanwhile.
        say: receives lines about the progress.
        overwrite: whether an archive of that name may be replaced.

    Raises:
        BackupFailed: with one sentence that says why and what to do; nothing is left under `target`.
    """
    if target.exists() and not overwrite:
        raise BackupFailed(f"{target} exists: name another file, or use --force to replace it.")
    partial = target.with_name(f"{target.name}.partial")
    try:
        with _partial_file(partial) as file:
            saved = save_into(file, say, scratch=target.parent)
            file.flush()
            os.fsync(file.fileno())
            partial.rename(target)
    except OSError as error:
        raise BackupFailed(explain_os_error(error, str(target))) from error
    return saved


def save_into(destination: IO[bytes], say: Say, scratch: Path | None = None) -> Saved:
    """Write an archive of the site into an open file or pipe.

    All rows are from one snapshot. The stored files that these rows refer to follow after it; one that is missing by then
    is named in what comes back.

    Raises:
        BackupFailed: when the database lacks migrations of this version, or holds something that cannot be saved.
        OSError: when the destination cannot be written.
    """
    lacking = missing_migrations()
    if lacking:
        raise BackupFailed(f"The database lacks {lacking} migrations of this version: run 'manage.py migrate' first.")
    newer = newer_migrations()
    if newer:
        raise BackupFailed(
            f"A newer version than this one has migrated the database ({newer[0]}): save it with that one."
        )
    demand_one_storage()
    archive = ArchiveWriter(destination, scratch)
    names: set[str] = set()
    with read_snapshot() as content_version:
        facts = _facts(content_version)
        tables = [_save_table(model, archive, names) for model in saved_models()]
    rows = sum(table["rows"] for table in tables)
    say(f"Database: {rows} rows in {len(tables)} tables.")
    if facts["tables_not_saved"]:
        say(f"Not saved, because this version does not know them: {', '.join(facts['tables_not_saved'])}.")
    missing = _save_files(sorted(names), archive, say)
    files = len(names) - len(missing)
    archive.finish({**facts, "tables": tables, "files": files, "missing_files": missing})
    return Saved(rows, files, missing)


def app_version() -> str:
    """Return the version of this system, "unknown" when its project file is not beside the code."""
    try:
        project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    except OSError:
        return "unknown"
    return str(project["project"]["version"])


def _facts(content_version: int) -> dict[str, Any]:
    return {
        "created_at": timezone.now().isoformat(timespec="seconds"),
        "site": settings.BASE_URL,
        "version": app_version(),
        "python": platform.python_version(),
        "database": connection.vendor,
        "migrations": applied_migrations(),
        "content_version": content_version,
        "tables_not_saved": unknown_tables(),
    }


def _save_table(model: Any, archive: ArchiveWriter, names: set[str]) -> dict[str, Any]:
    table = model._meta.db_table
    with archive.new_table(table) as target:
        rows = write_table(model, target, names)
    return {"name": table, "rows": rows, "last": last_number(table)}


def _save_files(names: list[str], archive: ArchiveWriter, say: Say) -> list[str]:
    missing = []
    for number, (name, is_there) in enumerate(write_files(names, archive), start=1):
        if not is_there:
            missing.append(name)
        if number % FILES_BETWEEN_REPORTS == 0 or number == len(names):
            say(f"Files: {number} of {len(names)}.")
    return missing


@contextmanager
def _partial_file(path: Path) -> Iterator[IO[bytes]]:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupFailed(f"Another backup is writing {path}: wait for it, or name another file.") from None
        file.truncate()
        try:
            yield file
        except BaseException:
            path.unlink(missing_ok=True)
            raise

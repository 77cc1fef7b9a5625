"""Bringing a site back into an empty place, on either database, and from an older version: with the real commands."""

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from cms.backups import restoring
from cms.backups.errors import BackupFailed
from cms.backups.saving import save_site
from cms.backups.versions import newer_migrations
from cms.delivery.models import Change
from cms.delivery.rebuild import check_entries
from tests.backups.site import CHANGED, SmallSite, all_rows, file_sums

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("restore")]


def quiet(line: str) -> None:
    """Hear nothing."""


def manage(root: Path, data: Path, database: str, *arguments: str) -> str:
    """Run a command of the system in a place of its own and return what it said."""
    environment = {
        "PATH": os.environ["PATH"],
        "LINKS_DATA_DIR": str(data),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "-W", "ignore", "manage.py", *arguments]
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@contextmanager
def empty_postgresql() -> Iterator[str]:
    """Give the address of an empty database on the server of the tests."""
    server = os.environ["TEST_DATABASE_URL"]
    name = f"restored_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as session:
        session.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{server.rsplit('/', 1)[0]}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as session:
            session.execute(f"DROP DATABASE {name} WITH (FORCE)")


# Each database has content types of its own for Wagtail's search index, which are added where it comes to stand.
OWN = {"database/auth_permission.jsonl.gz", "database/django_content_type.jsonl.gz"}


def demand_equal(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Demand that everything came back, and nothing else but content types."""
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} <= OWN
    assert [row for name in OWN for row in before[name] if row not in after[name]] == []


def contents(path: Path) -> dict[str, Any]:
    """Return the rows of every table and the sums of every stored file; JSON in columns without regard to its spaces."""
    found: dict[str, Any] = {}
    with tarfile.open(path) as tar:
        for member in tar:
            content = tar.extractfile(member)
            assert content is not None
            if member.name.endswith(".jsonl.gz") and Path(member.name).name.split(".")[0] not in CHANGED:
                lines = [json.loads(line) for line in gzip.decompress(content.read()).splitlines()]
                kinds = [kind for _, kind in lines[0]["columns"]]
                found[member.name] = [
                    [
                        json.loads(value) if kind == "json" and value else value
                        for kind, value in zip(kinds, row, strict=True)
                    ]
                    for row in lines[1:]
                ]
            elif member.name == "manifest.json":
                sums = json.load(content)["members"]
                found["files"] = sorted(one for one in sums if one[0].startswith("media/"))
    return found


def demand_nightly_rotation(root: Path, data: Path) -> None:
    """Run the nightly script on a site and demand that it keeps and removes what it says."""
    folder = data / "backups"
    folder.mkdir()
    ages = {
        "site-2020-03-14.tar": 15,
        "site-2020-03-15.tar": 13,
        "site-2020-03-01.tar": 300,
        "site-2019-02-01.tar": 400,
    }
    for name, days in {**ages, "letter.tar": 500}.items():
        (folder / name).write_bytes(b"")
        moment = time.time() - days * 86_400 - 43_200
        os.utime(folder / name, (moment, moment))
    environment = {"PATH": os.environ["PATH"], "LINKS_DATA_DIR": str(data), "PYTHON": sys.executable}
    command = ["sh", str(root / "docs" / "deploy" / "nightly-backup.sh"), str(folder)]
    result = subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    today = f"site-{date.today():%Y-%m-%d}.tar"
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["letter.tar", "site-2020-03-01.tar", "site-2020-03-15.tar", today]
    )


def test_site_comes_back_in_an_empty_place(site: SmallSite, root: Path, tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{name}.tar" for name in ("first", "second", "third"))
    here, there = tmp_path / "here", tmp_path / "there"
    save_site(first, quiet)

    told = manage(root, here, "", "restore", str(first))
    manage(root, here, "", "backup", str(second))

    assert told.splitlines()[1] == f"Files: {len(file_sums())} added, 0 replaced, 0 as they were."
    demand_equal(contents(first), contents(second))
    assert "entries are equal to what is live" in manage(root, here, "", "rebuild_entries", "--check")
    demand_nightly_rotation(root, here)
    if connection.vendor != "postgresql":
        return
    with empty_postgresql() as database:
        manage(root, there, database, "restore", str(second))
        manage(root, there, database, "backup", str(third))
        assert "entries are equal to what is live" in manage(root, there, database, "rebuild_entries", "--check")
    demand_equal(contents(first), contents(third))


def older(path: Path, app: str, name: str) -> None:
    """Let an archive lack a migration, as if it had been written before that."""
    with tarfile.open(path) as tar:
        members = [(one, tar.extractfile(one).read()) for one in tar]  # type: ignore[union-attr]
    facts = json.loads(members[-1][1])
    facts["migrations"][app].remove(name)
    with tarfile.open(path, "w") as tar:
        for information, content in [*members[:-1], (members[-1][0], json.dumps(facts).encode())]:
            information.size = len(content)
            tar.addfile(information, io.BytesIO(content))


def test_versions_are_stepped_up_and_down(site: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "site.tar"
    save_site(archive, quiet)
    older(archive, "delivery", "0002_append_only_changes")
    rows, files = all_rows(), file_sums()
    site.chapters[1].delete()
    changed = all_rows()

    with monkeypatch.context() as patch:
        patch.setattr(
            restoring, "announce_restored", lambda *_: (_ for _ in ()).throw(OSError(5, "Input/output error"))
        )
        with pytest.raises(CommandError, match="The site is as it was before"):
            call_command("restore", str(archive), "--force", "--no-input", "--no-safety-copy")
    assert all_rows() == changed
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE delivery_tomorrow (id integer)")
        MigrationRecorder(connection).record_applied("delivery", "9999_of_tomorrow")
    with pytest.raises(
        BackupFailed, match=r"newer version than this one has migrated .* \(delivery.9999_of_tomorrow\)"
    ):
        save_site(tmp_path / "tomorrow.tar", quiet)
    call_command("restore", str(archive), "--force", "--no-input", "--no-safety-copy")

    assert all_rows() == rows
    assert file_sums() == files
    assert check_entries() == []
    assert "delivery_tomorrow" not in connection.introspection.table_names()
    assert newer_migrations() == []
    with pytest.raises(DatabaseError, match="append-only"):
        Change.objects.update(locale="xx")

"""What is written, where, and which archives are refused."""

import io
import json
import os
import re
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cms.backups import saving
from cms.backups.archive import ArchiveWriter, open_archive
from cms.backups.errors import ArchiveBroken, BackupFailed
from cms.backups.media import demand_safe_names
from cms.backups.saving import save_site
from cms.backups.tables import saved_models, table_of
from tests.backups.site import SmallSite, all_rows, file_sums

Members = list[tuple[tarfile.TarInfo, bytes]]


def quiet(line: str) -> None:
    """Hear nothing."""


def write_small(path: Path) -> None:
    """Write an archive with one stored file."""
    with path.open("wb") as file:
        archive = ArchiveWriter(file)
        with archive.new_member("media/a.txt") as member:
            member.write(b"content")
        with archive.new_table("small") as lines:
            lines.write(b'{"columns": []}\n')
        tables = [{"name": "small", "rows": 0, "last": None}]
        facts = {"migrations": {}, "site": "", "created_at": "", "version": "", "database": "", "files": 1}
        archive.finish({**facts, "tables": tables, "missing_files": []})


def changed(path: Path, change: Callable[[Members], Members]) -> Path:
    """Write an archive again with other members."""
    with tarfile.open(path) as tar:
        members = [(one, tar.extractfile(one).read()) for one in tar]  # type: ignore[union-attr]
    with tarfile.open(path, "w") as tar:
        for information, content in change(members):
            information.size = len(content)
            tar.addfile(information, io.BytesIO(content))
    return path


def swap(name: str, content: bytes) -> Callable[[Members], Members]:
    """Return what gives a member other content."""
    return lambda members: [(one, content if one.name == name else old) for one, old in members]


def without_table(members: Members) -> Members:
    """Leave a table out, of the list of members as well."""
    facts = json.loads(members[-1][1])
    facts["members"] = [one for one in facts["members"] if "small" not in one[0]]
    kept = [one for one in members[:-1] if "small" not in one[0].name]
    return [*kept, (members[-1][0], json.dumps(facts).encode())]


@pytest.mark.django_db(transaction=True)
def test_archive_is_only_for_its_owner_and_complete(site: SmallSite, tmp_path: Path) -> None:
    target = tmp_path / "site.tar"

    saved = save_site(target, quiet)

    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.glob("*.tar*")) == ["site.tar"]
    with open_archive(target) as archive:
        assert archive.manifest["files"] == saved.files == len(file_sums())
        assert {name: archive.media_sum(name) for name in archive.media_names()} == file_sums()
        counts = {table["name"]: table["rows"] for table in archive.manifest["tables"]}
    assert {name: len(rows) for name, rows in all_rows().items()}.items() <= counts.items()


@pytest.mark.django_db
def test_every_table_can_be_saved() -> None:
    assert [table_of(model).name for model in saved_models()] != []


@pytest.mark.django_db
def test_existing_file_is_kept_unless_told(tmp_path: Path) -> None:
    target = tmp_path / "site.tar"
    target.write_bytes(b"older")

    with pytest.raises(CommandError, match="exists: name another file, or use --force to replace it"):
        call_command("backup", str(target))
    assert target.read_bytes() == b"older"
    call_command("backup", str(target), "--force", verbosity=0, stderr=io.StringIO())

    with open_archive(target) as archive:
        assert archive.manifest["files"] == 0


@pytest.mark.django_db
def test_full_disk_is_said_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving.os, "fsync", fail)
    with pytest.raises(BackupFailed) as caught:
        save_site(tmp_path / "site.tar", quiet)

    assert str(caught.value) == f"The disk of {tmp_path / 'site.tar'} is full: make room, or write to another disk."
    assert list(tmp_path.glob("*.tar*")) == []


@pytest.mark.django_db
def test_full_device_is_said_in_a_sentence(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(OSError, match="No space left"), open("/dev/full", "wb", buffering=0) as full:
        saving.save_into(full, quiet)


@pytest.mark.django_db
def test_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match=r"no/site\.tar: there is no such file or folder\."):
        save_site(tmp_path / "no" / "site.tar", quiet)


@pytest.mark.django_db
def test_second_backup_to_the_same_file_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "site.tar"
    with (
        saving._partial_file(tmp_path / "site.tar.partial"),
        pytest.raises(BackupFailed, match="Another backup is writing"),
    ):
        save_site(target, quiet)

    assert not target.exists()


@pytest.mark.django_db
def test_left_over_of_a_killed_backup_does_not_stop_the_next(tmp_path: Path) -> None:
    (tmp_path / "site.tar.partial").write_bytes(b"x" * 5_000_000)

    save_site(tmp_path / "site.tar", quiet)

    assert os.listdir(tmp_path) == ["site.tar"]
    with open_archive(tmp_path / "site.tar") as archive:
        assert archive.manifest["missing_files"] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda members: members[:-1], "is incomplete, its end is missing"),
        (swap("media/a.txt", b"Content"), "media/a.txt is not as it was written"),
        (lambda members: [one for one in members if one[0].name != "media/a.txt"], "media/a.txt is missing"),
        (lambda members: [*members[:2], (tarfile.TarInfo("media/b"), b""), *members[2:]], "media/b does not belong"),
        (lambda members: [*members, (tarfile.TarInfo("media/b"), b"")], "a member that no backup writes: 'media/b'"),
        (swap("format.json", json.dumps({"kind": "multilingual-study-cms backup", "format": 2}).encode()), "format 2"),
        (swap("format.json", b"{}"), "is not an archive of 'manage.py backup'"),
        (swap("manifest.json", b"{"), "is damaged"),
        (swap("manifest.json", b"{}"), "is damaged"),
        (without_table, "the rows of small are missing"),
        (lambda members: members[1:], "is not an archive of 'manage.py backup'"),
    ],
)
def test_damaged_archive_is_refused(tmp_path: Path, change: Callable[[Members], Members], said: str) -> None:
    path = tmp_path / "site.tar"
    write_small(path)

    changed(path, change)

    with pytest.raises(ArchiveBroken, match=said), open_archive(path):
        pass


@pytest.mark.parametrize("length", [0, 100, 700, 1600, 3000])
def test_cut_archive_is_refused(tmp_path: Path, length: int) -> None:
    path = tmp_path / "site.tar"
    write_small(path)

    path.write_bytes(path.read_bytes()[:length])

    with pytest.raises(ArchiveBroken), open_archive(path):
        pass


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all")

    with pytest.raises(CommandError, match=r"is not an archive of 'manage.py backup'\. Nothing was changed\."):
        call_command("restore", str(path))
    with pytest.raises(CommandError, match=r"there is no such file or folder\. Nothing was changed\."):
        call_command("restore", str(tmp_path / "no.tar"))


def test_database_that_is_away_is_said_in_a_sentence(tmp_path: Path, root: Path) -> None:
    write_small(tmp_path / "site.tar")
    environment = {"PATH": os.environ["PATH"], "LINKS_DATA_DIR": str(tmp_path)}
    environment["DATABASE_URL"] = "postgres://nobody@127.0.0.1:1/nothing"

    for command in (["backup", str(tmp_path / "new.tar")], ["restore", str(tmp_path / "site.tar")]):
        result = subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", *command],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
        )

        assert result.returncode == 1
        assert re.search(r"^CommandError: The database cannot be used \(.*\): 'manage.py doctor' says", result.stderr)


@pytest.mark.parametrize("name", ["../a", "/etc/passwd", "a//b", "a/./b", "a\\b", ""])
def test_names_that_lead_out_of_the_storage_are_refused(name: str) -> None:
    with pytest.raises(ArchiveBroken, match="leads out of the storage"):
        demand_safe_names([name])


@pytest.mark.django_db
def test_archive_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.tar"
    save_site(path, quiet)

    def newer(members: Members) -> Members:
        facts = json.loads(members[-1][1])
        facts["migrations"]["delivery"].append("0999_of_tomorrow")
        return [*members[:-1], (members[-1][0], json.dumps(facts).encode())]

    changed(path, newer)

    with pytest.raises(CommandError, match=r"does not know \(delivery.0999_of_tomorrow\): install that version first"):
        call_command("restore", str(path), "--force", "--no-input", stdout=io.StringIO())

"""The archive: a plain tar file whose last member lists every other one with its size and SHA-256.

Format 1, in this order:

- `format.json`: `{"kind": "multilingual-study-cms backup", "format": 1}`, so that another file is refused at once;
- `database/<table>.jsonl.gz`: one table each. The first line is `{"columns": [[name, kind], …]}`, every other one a row
  as a JSON array in the same order; `cms.backups.values` says how each kind is written;
- `media/<name>`: one stored file each, as it is (pictures and documents are packed already);
- `manifest.json`: what was saved, when, from which version and database, and all members. An archive without it is
  incomplete.
"""

import gzip
import hashlib
import json
import tarfile
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from cms.backups.errors import ArchiveBroken, explain_os_error

KIND = "multilingual-study-cms backup"
FORMAT = 1
FORMAT_MEMBER = "format.json"
MANIFEST_MEMBER = "manifest.json"
TABLES_FOLDER = "database/"
MEDIA_FOLDER = "media/"
PIECE = 1024 * 1024
IN_MEMORY = 4 * PIECE


@dataclass(frozen=True)
class Member:
    """One file of an archive: its name in it, bytes, and SHA-256 in hexadecimal digits."""

    name: str
    size: int
    sha256: str


class ArchiveWriter:
    """Writes an archive front to back; the destination need not be seekable."""

    def __init__(self, destination: IO[bytes], scratch: Path | None = None) -> None:
        """Begin an archive.

        Args:
            destination: a binary file or pipe.
            scratch: the folder of temporary files; the system's own when None.
        """
        # It is closed by `finish`; an archive that is not finished shall not look like one.
        self._tar = tarfile.open(fileobj=destination, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self._scratch = scratch
        self.members: list[Member] = []
        self._add_json(FORMAT_MEMBER, {"kind": KIND, "format": FORMAT})

    @contextmanager
    def new_member(self, name: str) -> Iterator[IO[bytes]]:
        """Give a file to write a member into; it is added when the block ends without an error."""
        with tempfile.SpooledTemporaryFile(
            max_size=IN_MEMORY, dir=str(self._scratch) if self._scratch else None
        ) as content:
            yield cast("IO[bytes]", content)
            self._add(name, cast("IO[bytes]", content))

    @contextmanager
    def new_table(self, table: str) -> Iterator[IO[bytes]]:
        """Give a file to write the lines of a table into; they are packed."""
        with (
            self.new_member(f"{TABLES_FOLDER}{table}.jsonl.gz") as content,
            gzip.GzipFile(fileobj=content, mode="wb", compresslevel=6, mtime=0, filename="") as packed,
        ):
            yield cast("IO[bytes]", packed)

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Write the manifest with `facts` and all members, and end the archive."""
        members = [[member.name, member.size, member.sha256] for member in self.members]
        self._add_json(MANIFEST_MEMBER, {**facts, "members": members})
        self._tar.close()

    def _add_json(self, name: str, value: Mapping[str, Any]) -> None:
        with self.new_member(name) as content:
            content.write(json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n")

    def _add(self, name: str, content: IO[bytes]) -> None:
        size = content.tell()
        digest = hashlib.sha256()
        content.seek(0)
        while piece := content.read(PIECE):
            digest.update(piece)
        content.seek(0)
        information = tarfile.TarInfo(name)
        information.size = size
        information.mode = 0o600
        information.mtime = int(time.time())
        self._tar.addfile(information, content)
        self.members.append(Member(name, size, digest.hexdigest()))


class ArchiveReader:
    """Reads a verified archive. Use `open_archive`."""

    def __init__(self, tar: tarfile.TarFile, manifest: dict[str, Any], members: dict[str, tarfile.TarInfo]) -> None:
        self._tar = tar
        self._members = members
        self.manifest = manifest
        self.sums = {name: sha256 for name, _, sha256 in manifest["members"]}

    def media_names(self) -> list[str]:
        """Return the names of the stored files, in the order of the archive."""
        return [name.removeprefix(MEDIA_FOLDER) for name in self._members if name.startswith(MEDIA_FOLDER)]

    def media_sum(self, name: str) -> str:
        """Return the SHA-256 of a stored file."""
        return self.sums[MEDIA_FOLDER + name]

    def open_media(self, name: str) -> IO[bytes]:
        """Open a stored file for reading."""
        return self._open(MEDIA_FOLDER + name)

    @contextmanager
    def open_table(self, table: str) -> Iterator[IO[bytes]]:
        """Open the lines of a table for reading."""
        with self._open(f"{TABLES_FOLDER}{table}.jsonl.gz") as packed, gzip.open(packed) as lines:
            yield cast("IO[bytes]", lines)

    def _open(self, name: str) -> IO[bytes]:
        content = self._tar.extractfile(self._members[name])
        assert content is not None
        return content


@contextmanager
def open_archive(path: Path) -> Iterator[ArchiveReader]:
    """Read an archive from front to back, compare every member with the manifest, and give it.

    Raises:
        ArchiveBroken: when it cannot be read, is no backup, is of a newer format, is incomplete, or when a member is
            missing, surplus or not as the manifest says.
    """
    try:
        tar = tarfile.open(path, mode="r:")  # noqa: SIM115 (only its opening may fail so)
    except tarfile.TarError as error:
        raise ArchiveBroken(f"{path} is not an archive of 'manage.py backup'.") from error
    except OSError as error:
        raise ArchiveBroken(explain_os_error(error, str(path))) from error
    with tar:
        try:
            reader = _verified(tar, path)
        except (tarfile.TarError, OSError, ValueError, KeyError, TypeError) as error:
            raise ArchiveBroken(f"{path} is damaged ({error}): use another copy of it.") from error
        yield reader


def _verified(tar: tarfile.TarFile, path: Path) -> ArchiveReader:
    found: dict[str, Member] = {}
    places: dict[str, tarfile.TarInfo] = {}
    manifest: dict[str, Any] | None = None
    for information in tar:
        if manifest is not None or not information.isreg() or information.name in found:
            raise ArchiveBroken(f"{path} has a member that no backup writes: {information.name!r}.")
        content = tar.extractfile(information)
        assert content is not None
        if not found:
            _demand_format(information.name, content, path)
            content.seek(0)
        elif information.name == MANIFEST_MEMBER:
            manifest = json.load(content)
            continue
        digest = hashlib.sha256()
        while piece := content.read(PIECE):
            digest.update(piece)
        found[information.name] = Member(information.name, information.size, digest.hexdigest())
        places[information.name] = information
    if manifest is None:
        raise ArchiveBroken(f"{path} is incomplete, its end is missing: use another copy of it.")
    _compare(found, {name: Member(name, size, sha256) for name, size, sha256 in manifest["members"]}, path)
    reader = ArchiveReader(tar, manifest, places)
    _demand_tables(reader, path)
    return reader


def _demand_format(name: str, content: IO[bytes], path: Path) -> None:
    said = json.loads(content.read(1000)) if name == FORMAT_MEMBER else {}
    if said.get("kind") != KIND:
        raise ArchiveBroken(f"{path} is not an archive of 'manage.py backup'.")
    if said.get("format") != FORMAT:
        raise ArchiveBroken(
            f"{path} has format {said.get('format')}, this version reads format {FORMAT}: restore it with the version "
            "that wrote it."
        )


def _demand_tables(reader: ArchiveReader, path: Path) -> None:
    for table in reader.manifest["tables"]:
        if f"{TABLES_FOLDER}{table['name']}.jsonl.gz" not in reader.sums:
            raise ArchiveBroken(f"{path} is damaged: the rows of {table['name']} are missing. Use another copy of it.")


def _compare(found: dict[str, Member], promised: dict[str, Member], path: Path) -> None:
    for name in sorted(found.keys() | promised.keys()):
        if name not in found:
            raise ArchiveBroken(f"{path} is damaged: {name} is missing. Use another copy of it.")
        if name not in promised:
            raise ArchiveBroken(f"{path} is damaged: {name} does not belong into it. Use another copy of it.")
        if found[name] != promised[name]:
            raise ArchiveBroken(f"{path} is damaged: {name} is not as it was written. Use another copy of it.")

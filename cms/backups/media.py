"""Stored files: which ones the rows refer to, and how a restore puts them in place and takes that back."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import FileField

from cms.backups.archive import MEDIA_FOLDER, PIECE, ArchiveReader, ArchiveWriter
from cms.backups.errors import ArchiveBroken, BackupFailed, RestoreFailed
from cms.backups.tables import own_fields, saved_models


def demand_one_storage() -> None:
    """Refuse a model that keeps its files elsewhere than the default storage, because they would not be saved.

    Raises:
        BackupFailed: naming the field.
    """
    for model in saved_models():
        for one in own_fields(model):
            if isinstance(one, FileField) and one.storage != default_storage:
                raise BackupFailed(f"The files of {one} lie in a storage of their own, which a backup does not save.")


def write_files(names: Iterable[str], archive: ArchiveWriter) -> Iterator[tuple[str, bool]]:
    """Write stored files into an archive, and yield each name with whether the file was there."""
    for name in names:
        yield name, _write_file(name, archive)


def referred_files() -> set[str]:
    """Return the names of all stored files that the database refers to now. One statement per model with files."""
    found: set[str] = set()
    for model in saved_models():
        for one in own_fields(model):
            if isinstance(one, FileField):
                found.update(name for name in model._base_manager.values_list(one.attname, flat=True) if name)
    return found


def demand_safe_names(names: Iterable[str]) -> None:
    """Refuse names that could lead out of the storage.

    Raises:
        ArchiveBroken: naming it.
    """
    for name in names:
        parts = name.split("/")
        if not name or "\\" in name or "\0" in name or any(part in ("", ".", "..") for part in parts):
            raise ArchiveBroken(f"The archive names a stored file {name!r}, which leads out of the storage.")


@dataclass
class PlacedFiles:
    """What `placed_files` did: files that are new, files that were replaced (their former content is kept), and equal ones."""

    added: list[str] = field(default_factory=list)
    replaced: dict[str, Path] = field(default_factory=dict)
    equal: int = 0


@contextmanager
def placed_files(archive: ArchiveReader) -> Iterator[PlacedFiles]:
    """Put the files of an archive into the storage; when the block fails, the storage is as it was before.

    Files that have the same content already are left alone.

    Raises:
        RestoreFailed: when the storage does not take a file under its name.
    """
    done = PlacedFiles()
    with tempfile.TemporaryDirectory(prefix="restore-") as folder:
        try:
            for number, name in enumerate(archive.media_names()):
                _place(archive, name, done, Path(folder) / str(number))
            yield done
        except BaseException:
            _take_back(done)
            raise


def remove_files(names: Iterable[str]) -> int:
    """Delete stored files and return how many there were."""
    count = 0
    for name in names:
        if default_storage.exists(name):
            default_storage.delete(name)
            count += 1
    return count


def _write_file(name: str, archive: ArchiveWriter) -> bool:
    try:
        stored = default_storage.open(name)
    except FileNotFoundError:
        return False
    with stored, archive.new_member(MEDIA_FOLDER + name) as member:
        while piece := stored.read(PIECE):
            member.write(piece)
    return True


def _place(archive: ArchiveReader, name: str, done: PlacedFiles, kept: Path) -> None:
    if default_storage.exists(name):
        with default_storage.open(name) as stored:
            if _sum(stored) == archive.media_sum(name):
                done.equal += 1
                return
            stored.seek(0)
            with kept.open("wb") as copy:
                while piece := stored.read(PIECE):
                    copy.write(piece)
        done.replaced[name] = kept
        default_storage.delete(name)
    else:
        done.added.append(name)
    with archive.open_media(name) as content:
        _store(name, content)


def _store(name: str, content: IO[bytes]) -> None:
    taken = default_storage.save(name, File(content, name=name))
    if taken != name:
        default_storage.delete(taken)
        raise RestoreFailed(f"The storage took {name!r} only under the name {taken!r}; nothing was changed.")


def _take_back(done: PlacedFiles) -> None:
    for name in done.added:
        default_storage.delete(name)
    for name, kept in done.replaced.items():
        default_storage.delete(name)
        with kept.open("rb") as content:
            _store(name, content)


def _sum(stored: IO[bytes] | File) -> str:  # type: ignore[type-arg]
    digest = hashlib.sha256()
    while piece := stored.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()

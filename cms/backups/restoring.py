"""Brings a site back from an archive: all of it, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection
from wagtail.models import Site

from cms.backups.announcing import announce_restored, delivered_entries, highest_version
from cms.backups.archive import ArchiveReader
from cms.backups.errors import CleanUpFailed, RestoreFailed, RestoreRefused, explain_os_error
from cms.backups.loading import load_tables, restoring_transaction
from cms.backups.media import PlacedFiles, demand_safe_names, placed_files, referred_files, remove_files
from cms.backups.tables import REBUILT
from cms.backups.versions import bring_schema_forward, bring_schema_to, missing_migrations, unknown_migrations
from cms.delivery.rebuild import chunks, outdated_keys, rebuild_chunk

Say = Callable[[str], None]
# What makes a place a site: rows that a new installation does not have, by table.
COUNTED = {
    "auth_user": "people",
    "delivery_entry": "entries",
    "wagtailcore_revision": "drafts",
    "media_image": "images",
}


@dataclass(frozen=True)
class Restored:
    """What a restore did: rows loaded, stored files added, replaced, left as they were and removed, and migrations applied."""

    rows: int
    added: int
    replaced: int
    equal: int
    removed: int
    migrated: int


def site_contents() -> dict[str, int]:
    """Return what stands in the database now, as words with counts; empty for an empty place. A few statements."""
    with connection.cursor() as cursor:
        present = connection.introspection.table_names(cursor)
        found = {}
        for table, word in COUNTED.items():
            if table in present:
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
                found[word] = cursor.fetchone()[0]
    return {word: count for word, count in found.items() if count}


def demand_restorable(archive: ArchiveReader) -> None:
    """Refuse an archive that this version cannot bring back.

    Raises:
        RestoreRefused: when it was written by a newer version.
        ArchiveBroken: when it names files outside the storage.
    """
    unknown = unknown_migrations(archive.manifest["migrations"])
    if unknown:
        raise RestoreRefused(
            f"The archive was written by version {archive.manifest['version']}, which has migrations that this one does "
            f"not know ({', '.join(unknown[:5])}): install that version first."
        )
    demand_safe_names(archive.media_names())


def restore_site(archive: ArchiveReader, say: Say) -> Restored:
    """Replace database and stored files by those of a verified archive.

    The database changes in one transaction, stored files are put in place before it commits and taken back if it does not;
    files that nothing refers to any longer are removed after it.

    Raises:
        RestoreFailed: with the reason; the site is as it was before.
        CleanUpFailed: when the site was brought back, and what follows then could not be done.
    """
    demand_restorable(archive)
    try:
        with placed_files(archive) as placed:
            say(f"Files: {len(placed.added)} added, {len(placed.replaced)} replaced, {placed.equal} as they were.")
            surplus, rows, migrated = _replace_database(archive, say)
    except DatabaseError as error:
        raise RestoreFailed(f"The database refused: {str(error).strip()}") from error
    except KeyboardInterrupt as stop:
        raise RestoreFailed("It was interrupted.") from stop
    except OSError as error:
        raise RestoreFailed(explain_os_error(error, "the storage")) from error
    try:
        removed = _clean_up(surplus, say)
    except Exception as error:
        raise CleanUpFailed(
            f"The site was brought back, but what follows failed ({error}). Run 'manage.py update_index' and "
            "'manage.py rebuild_entries --check'."
        ) from error
    return _result(placed, rows, removed, migrated)


def _replace_database(archive: ArchiveReader, say: Say) -> tuple[set[str], int, int]:
    with restoring_transaction():
        before, version = delivered_entries(), highest_version()
        files_before = _files_before()
        bring_schema_to(archive.manifest["migrations"])
        rows = load_tables(archive)
        say(f"Database: {rows} rows loaded.")
        ContentType.objects.clear_cache()
        migrated = bring_schema_forward()
        if migrated:
            say(f"Database: {migrated} newer migrations applied.")
        announce_restored(before, version)
        surplus = files_before - referred_files()
    return surplus, rows, migrated


def _files_before() -> set[str]:
    # The tables of an older version cannot be asked; what is not known to be surplus then stays.
    return set() if missing_migrations() else referred_files()


def _clean_up(surplus: set[str], say: Say) -> int:
    cache.clear()
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    removed = remove_files(sorted(surplus))
    for label, command in REBUILT.items():
        if label in apps.app_configs:
            call_command(command, verbosity=0)
    outdated = outdated_keys()
    for keys in chunks(outdated):
        rebuild_chunk(keys)
    if outdated:
        say(f"Entries: {len(outdated)} built again for this version.")
    return removed


def _result(placed: PlacedFiles, rows: int, removed: int, migrated: int) -> Restored:
    return Restored(rows, len(placed.added), len(placed.replaced), placed.equal, removed, migrated)

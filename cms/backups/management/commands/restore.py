"""`manage.py restore`: brings back what `manage.py backup` saved."""

import signal
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from cms.backups.archive import ArchiveReader, open_archive
from cms.backups.errors import (
    ArchiveBroken,
    BackupFailed,
    CleanUpFailed,
    RestoreFailed,
    RestoreRefused,
    explain_database_error,
)
from cms.backups.restoring import demand_restorable, restore_site, site_contents
from cms.backups.saving import save_site

CONFIRMATION = "replace"


class Command(BaseCommand):
    """Brings a site back, into an empty place or over another. What was there before is saved first."""

    help = "Bring back database and stored files from an archive of 'manage.py backup'."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", help="the archive")
        parser.add_argument("--check", action="store_true", help="only read the archive and say what it holds")
        parser.add_argument("--force", action="store_true", help="replace the content that is here")
        parser.add_argument("--no-input", action="store_false", dest="ask", help="with --force: do not ask")
        parser.add_argument(
            "--no-safety-copy", action="store_false", dest="keep", help="with --force: do not save what is here first"
        )

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        """Verify, ask, restore, and say what was done.

        Raises:
            CommandError: with one sentence that says what to do.
        """
        # Whoever ends this process politely gets the site as it was.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            with open_archive(Path(file).expanduser()) as archive:
                self._describe(archive)
                demand_restorable(archive)
                if not options["check"]:
                    self._restore(archive, **options)
        except (ArchiveBroken, RestoreRefused, BackupFailed) as reason:
            raise CommandError(f"{reason} Nothing was changed.") from reason
        except RestoreFailed as failure:
            raise CommandError(f"{failure} The site is as it was before.") from failure
        except DatabaseError as error:
            raise CommandError(f"{explain_database_error(error)} Nothing was changed.") from error
        except CleanUpFailed as failure:
            raise CommandError(str(failure)) from failure

    def _describe(self, archive: ArchiveReader) -> None:
        facts = archive.manifest
        rows = sum(table["rows"] for table in facts["tables"])
        self.stdout.write(
            f"Backup of {facts['site']} from {facts['created_at']} (version {facts['version']}, {facts['database']}): "
            f"{rows} rows, {facts['files']} files. Every sum is right."
        )
        for name in facts["missing_files"]:
            self.stdout.write(self.style.WARNING(f"Already missing when it was written: {name}"))

    def _restore(self, archive: ArchiveReader, *, force: bool, ask: bool, keep: bool, **options: Any) -> None:
        here = site_contents()
        if here:
            self._demand_permission(", ".join(f"{count} {word}" for word, count in here.items()), force, ask)
            if keep:
                self._keep_what_is_here()
        done = restore_site(archive, self.stdout.write)
        if done.removed:
            self.stdout.write(f"Files: {done.removed} removed that nothing refers to any longer.")
        self.stdout.write(self.style.SUCCESS("The site is restored. Restart the web and worker processes."))

    def _demand_permission(self, here: str, force: bool, ask: bool) -> None:
        if not force:
            raise RestoreRefused(f"Here is a site already ({here}): --force replaces it.")
        if ask:
            self.stdout.write(f"All of this will be replaced: {here}, in {settings.BASE_URL}.")
            if not sys.stdin.isatty() or input(f"Type '{CONFIRMATION}' to go on: ").strip() != CONFIRMATION:
                raise RestoreRefused("Not confirmed (in a script, add --no-input).")

    def _keep_what_is_here(self) -> None:
        folder = Path(settings.DATA_DIR) / "backups"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = folder / f"before-restore-{timezone.now():%Y%m%d-%H%M%S}.tar"
        try:
            save_site(target, self.stdout.write)
        except BackupFailed as failure:
            raise BackupFailed(
                f"What is here could not be saved first ({failure}); --no-safety-copy skips that."
            ) from failure
        self.stdout.write(f"What was here is kept in {target}.")

"""`manage.py backup`: database and stored files into one archive."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from cms.backups.errors import BackupFailed, explain_database_error, explain_os_error
from cms.backups.saving import Saved, save_into, save_site

MISSING_FILES = 2


class Command(BaseCommand):
    """Saves the site while it runs. Ends with 2 when the archive is complete but for files that the storage has lost."""

    help = "Save database and stored files together in one archive, while the site runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", help="where to write the archive; '-' writes it to the standard output")
        parser.add_argument("--force", action="store_true", help="replace an archive of that name")

    def handle(self, *args: Any, file: str, force: bool, **options: Any) -> None:
        """Write the archive; what is told goes to the standard error output.

        Raises:
            CommandError: with one sentence that says what to do.
        """
        verbose = options["verbosity"] > 0
        say = self._say if verbose else _say_nothing
        try:
            if file == "-":
                saved = save_into(sys.stdout.buffer, say)
                sys.stdout.buffer.flush()
            else:
                saved = save_site(Path(file).expanduser().absolute(), say, overwrite=force)
        except BackupFailed as failure:
            raise CommandError(str(failure)) from failure
        except DatabaseError as error:
            raise CommandError(explain_database_error(error)) from error
        except OSError as error:
            raise CommandError(explain_os_error(error, "the standard output")) from error
        self._report(saved, file)

    def _report(self, saved: Saved, file: str) -> None:
        if saved.missing:
            names = "\n".join(f"  {name}" for name in saved.missing)
            raise CommandError(
                f"{file} is written, but {len(saved.missing)} files that the content refers to are not in the storage:\n"
                f"{names}\nThey were deleted a moment ago, or are lost: look at them in the admin.",
                returncode=MISSING_FILES,
            )
        self._say(f"{file} is complete: {saved.rows} rows, {saved.files} files.")

    def _say(self, line: str) -> None:
        self.stderr.write(line, self.style.NOTICE if self.stderr.isatty() else None)
        self.stderr.flush()


def _say_nothing(line: str) -> None:
    return

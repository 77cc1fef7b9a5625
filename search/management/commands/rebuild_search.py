"""`manage.py rebuild_search [--check] [--outdated]`: makes the index equal to what is delivered, or says where it is not."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search import rebuild


class Command(BaseCommand):
    """Makes every row of the search index again. Can be interrupted and started again; the site goes on meanwhile."""

    help = "Makes the search index again from what is delivered, or compares it with --check."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--check", action="store_true", help="only compare; exit code 1 when something differs")
        parser.add_argument("--outdated", action="store_true", help="only when older code has made the index")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare or rebuild, with a progress bar on a terminal."""
        if options["check"]:
            self._check()
            return
        if options["outdated"] and not rebuild.is_outdated():
            return
        done = 0
        with tqdm(unit="entries", disable=not sys.stderr.isatty()) as bar:
            for number in rebuild.rebuild():
                done += number
                bar.update(number)
        if options["verbosity"]:
            self.stdout.write(f"{done} entries looked at; the search index is up to date.")

    def _check(self) -> None:
        found = 0
        for difference in rebuild.differences():
            self.stdout.write(difference)
            found += 1
        if rebuild.is_outdated():
            self.stdout.write("The index was not completely made by this version.")
            found += 1
        if found:
            raise CommandError(f"The search index differs in {found} places; run rebuild_search.")
        self.stdout.write("The search index is equal to what is delivered.")

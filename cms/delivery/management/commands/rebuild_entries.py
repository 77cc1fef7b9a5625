"""`manage.py rebuild_entries [--check] [--outdated]`: makes entries equal to what is live, or says where they are not."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from cms.delivery import rebuild
from cms.delivery.structure import Structure


class Command(BaseCommand):
    """Builds every entry again; equal content writes no change. Can be interrupted and started again."""

    help = "Builds all entries again from what is live, or compares them with --check."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--check", action="store_true", help="only compare; exit code 1 when something differs")
        parser.add_argument("--outdated", action="store_true", help="only entries that older code has built")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare or rebuild, with a progress bar on a terminal."""
        keys = rebuild.outdated_keys() if options["outdated"] else rebuild.all_keys()
        with tqdm(total=len(keys), unit="entries", disable=not sys.stderr.isatty()) as bar:
            found = 0
            structure = Structure() if options["check"] else None
            for chunk in rebuild.chunks(keys):
                if structure is not None:
                    for difference in rebuild.differences(chunk, structure):
                        self.stdout.write(str(difference))
                        found += 1
                else:
                    rebuild.rebuild_chunk(chunk)
                bar.update(len(chunk))
        if found:
            raise CommandError(f"{found} of {len(keys)} entries differ from what is live; run rebuild_entries.")
        self.stdout.write(f"{len(keys)} entries {'are equal to what is live' if options['check'] else 'rebuilt'}.")

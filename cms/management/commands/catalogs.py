"""`manage.py catalogs`: message catalogs checked, brought in step with code and packages, or compiled."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.catalog_gaps import package_gaps, update_package_gaps
from cms.catalogs import compile_changed, gaps, update


class Command(BaseCommand):
    """Checks the message catalogs; with an option it writes or compiles them."""

    help = "Check that the message catalogs are complete; --write brings them in step with the code and the packages."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        action = parser.add_mutually_exclusive_group()
        action.add_argument("--write", action="store_true", help="Add new messages and remove unused ones.")
        action.add_argument("--compile", action="store_true", help="Compile the catalogs that have changed.")

    def handle(self, *args: Any, write: bool, compile: bool, **options: Any) -> None:
        """Do what was asked.

        Raises:
            CommandError: when the check finds a gap.
        """
        languages = [code for code, _ in settings.LANGUAGES]
        if write:
            update(settings.BASE_DIR, languages)
            update_package_gaps(settings.BASE_DIR, languages)
        elif compile:
            compile_changed(settings.BASE_DIR, languages)
        else:
            found = gaps(settings.BASE_DIR, languages) + package_gaps(settings.BASE_DIR, languages)
            for gap in found:
                self.stderr.write(str(gap))
            if found:
                raise CommandError(f"{len(found)} gaps in the message catalogs; 'make messages' adds what is missing.")

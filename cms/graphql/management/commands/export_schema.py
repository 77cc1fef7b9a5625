"""Writes the schema to the file that is kept with the code, or checks that it is the same."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.graphql.schema import SDL_FILE, print_sdl


class Command(BaseCommand):
    """`manage.py export_schema [--check]`."""

    help = gettext_lazy("Write the GraphQL schema to cms/graphql/schema.graphql.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--check`."""
        parser.add_argument("--check", action="store_true", help=_("only say whether the file is up to date"))

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Write the file, or compare.

        Raises:
            CommandError: with `--check`, when the file differs.
        """
        written = SDL_FILE.read_text(encoding="utf-8") if SDL_FILE.exists() else ""
        if not check:
            SDL_FILE.write_text(print_sdl(), encoding="utf-8")
        elif written != print_sdl():
            raise CommandError(
                _("%(file)s is not the schema of the code. Run manage.py export_schema.") % {"file": SDL_FILE.name}
            )

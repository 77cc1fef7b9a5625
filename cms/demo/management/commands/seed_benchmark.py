"""`manage.py seed_benchmark`: builds the large study that speed is measured with."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.demo.benchmark import MOST_CHAPTERS, seed_benchmark


class Command(BaseCommand):
    """Builds a study of many chapters in several languages; safe to repeat, a larger number adds to it."""

    help = (
        "Builds a published study of many chapters in several languages, to measure speed with. Adds what is missing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the size of the study and `--force` for production settings."""
        codes = [code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES]
        parser.add_argument("--chapters", type=int, default=60, help="how many chapters in each language (60)")
        parser.add_argument("--locales", default=",".join(codes), help=f"language codes ({','.join(codes)})")
        parser.add_argument("--force", action="store_true", help="build it although the settings are production's")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build what is missing and say how long it took."""
        if not settings.DEMONSTRATION_ALLOWED and not options["force"]:
            raise CommandError(
                "These are production settings. Use --force if you really want the benchmark's pages here."
            )
        chapters, locales = options["chapters"], _codes(options["locales"])
        if not 1 <= chapters <= MOST_CHAPTERS:
            raise CommandError(f"--chapters is {chapters}; it must be between 1 and {MOST_CHAPTERS}.")
        start = time.perf_counter()
        made = seed_benchmark(chapters, locales, self.stdout.write)
        took = time.perf_counter() - start
        self.stdout.write(f"{made} chapter pages made in {took:.1f} s." if made else "Nothing to build.")


def _codes(text: str) -> list[str]:
    known = [code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES]
    codes = [code.strip() for code in text.split(",") if code.strip()]
    unknown = [code for code in codes if code not in known]
    if unknown or not codes:
        raise CommandError(f"--locales is {text!r}; it takes language codes out of {','.join(known)}, comma between.")
    return codes

"""`manage.py seed_demo`: makes what is missing of the demonstration."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.demo.seeding import seed_demonstration
from cms.setup.site import is_set_up


class Command(BaseCommand):
    """Seeds the demonstration; safe to repeat, continues an interrupted run, never overwrites."""

    help = "Makes what is missing of the LINKS demonstration; never overwrites what somebody edited."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--force` for production and sites set up already, and `--small` for a quick trial."""
        parser.add_argument("--force", action="store_true", help="seed into production, or beside a site of its own")
        parser.add_argument(
            "--small",
            action="store_true",
            help="the brochure's pages, one page of each other kind and the people; quick",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, and tell what is being done."""
        if not settings.DEMONSTRATION_ALLOWED and not options["force"]:
            raise CommandError(
                "These are production settings: the demonstration would bring known passwords. "
                "Use --force if you really want it."
            )
        if is_set_up() and not options["force"]:
            raise CommandError(
                "This database holds a site of its own, made by setup_site: the demonstration would mix with it. "
                "Use another database, or --force if you really want it."
            )
        steps = seed_demonstration(lambda text: self.stdout.write(text), small=options["small"])
        self.stdout.write(f"The demonstration is complete: {steps} steps done now." if steps else "Nothing to seed.")

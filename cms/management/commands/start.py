"""`manage.py start`: everything on one machine, prepared and served."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.launcher import StartFailed, start


class Command(BaseCommand):
    """Prepares what is missing, then serves the website, the admin and the delivery API until it is stopped."""

    help = "Prepare the database and serve everything on this machine, background process included."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--without-demo", action="store_true", help="Do not load the demonstration.")
        parser.add_argument(
            "--end-with-parent", action="store_true", help="End when the process that started it ends."
        )

    def handle(self, *args: Any, without_demo: bool, end_with_parent: bool, **options: Any) -> None:
        """Start, stay, and end everything together.

        Raises:
            CommandError: with the reason in plain words.
        """
        try:
            start(self._say, with_demo=not without_demo, follow_parent=end_with_parent)
        except StartFailed as failure:
            raise CommandError(str(failure)) from failure
        except KeyboardInterrupt:
            raise CommandError("Interrupted; start again to go on.", returncode=130) from None

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

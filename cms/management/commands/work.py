"""`manage.py work`: the background process."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cms.processes import watch_parent
from cms.worker import work_once, work_until_stopped


class Command(BaseCommand):
    """Runs queued tasks and the timetable; as many processes as wanted may run at once."""

    help = "Run the background process: queued tasks and the timetable (scheduled publishing, pruning)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--once", action="store_true", help="Do what is due now, and end.")
        parser.add_argument(
            "--end-with-parent", action="store_true", help="End when the process that started it ends."
        )

    def handle(self, *args: Any, once: bool, end_with_parent: bool, **options: Any) -> None:
        """Work once, or until a signal asks to stop."""
        if once:
            for name in work_once():
                self.stdout.write(f"ran: {name}")
            return
        if end_with_parent:
            watch_parent()
        work_until_stopped()

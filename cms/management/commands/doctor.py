"""`manage.py doctor`: what is missing or misconfigured, in plain words."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.doctor import Level, examine


class Command(BaseCommand):
    """Prints one line per thing looked at: OK, WARN or FAIL, and what to do. Ends with 1 when something failed."""

    help = "Say in plain words what is missing or misconfigured."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings as they come."""
        styles = {Level.OK: self.style.SUCCESS, Level.WARN: self.style.WARNING, Level.FAIL: self.style.ERROR}
        count = dict.fromkeys(Level, 0)
        for finding in examine():
            count[finding.level] += 1
            self.stdout.write(styles[finding.level](str(finding)))
        self.stdout.write(f"{count[Level.OK]} fine, {count[Level.WARN]} warnings, {count[Level.FAIL]} failures")
        if count[Level.FAIL]:
            raise SystemExit(1)

"""`manage.py setup_site`: a usable site on an empty database, without the demonstration."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.demo.people import PASSWORD
from cms.demo.removal import is_seeded
from cms.health import unapplied_migrations
from cms.settings.environment import read_text
from cms.setup.administrator import Login, administrators, create_administrator, problems_of
from cms.setup.site import Outcome, set_up_site
from cms.setup.texts import TextsMissing

LONGEST_NAME = 60  # of `SiteFacts.name`
NAMES = ("ADMIN_USER_NAME", "ADMIN_EMAIL", "ADMIN_PASSWORD")


class Command(BaseCommand):
    """Makes what is missing of a site; safe to repeat, continues an interrupted run, changes nothing that somebody edited."""

    help = (
        "Make a usable site: languages, roles, workflows, first pages in every language, menu, footer, administrator. "
        f"The administrator's login is asked for, or taken from {', '.join(NAMES)}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--name", default=settings.SITE_NAME, help="name of the site, shown on every page")
        parser.add_argument("--no-input", action="store_false", dest="interactive", help="ask nothing")

    def handle(self, *args: Any, name: str, interactive: bool, **options: Any) -> None:
        """Make the administrator first, because only that can be refused, then the site.

        Raises:
            CommandError: when the database is not ready, holds the demonstration, or the login cannot be used.
        """
        if len(name.strip()) > LONGEST_NAME:
            raise CommandError(f"The name has {len(name.strip())} characters; at most {LONGEST_NAME} fit. Use --name.")
        demand_ready_database()
        made = self._administrator(interactive and sys.stdin.isatty())
        try:
            outcome = set_up_site(name.strip() or settings.SITE_NAME, self.stdout.write)
        except TextsMissing as error:
            raise CommandError(str(error)) from error
        self._tell(outcome, made)

    def _administrator(self, may_ask: bool) -> str:
        """Return what was done about the administrator, as a line for people."""
        there = administrators()
        if there:
            return f"Administrator: {', '.join(there)} (was there already)."
        values = {name: read_text(name) for name in NAMES}
        if any(values.values()):
            login = login_from(values)
        elif may_ask:
            login = self._ask()
        else:
            return f"No administrator was made: set {', '.join(NAMES)} and run setup_site again."
        create_administrator(login)
        return f"Administrator: {login.user_name} (made now)."

    def _ask(self) -> Login:
        """Ask until an administrator can be made of the answers.

        Raises:
            CommandError: when the person gives up.
        """
        self.stdout.write("The first administrator")
        while True:
            try:
                login = Login(
                    input("  User name: ").strip(),
                    input("  E-mail address: ").strip(),
                    getpass.getpass("  Password: "),
                )
                again = getpass.getpass("  Password again: ")
            except (EOFError, KeyboardInterrupt):
                raise CommandError("Interrupted; nothing was made. Run setup_site again to go on.") from None
            found = refusals(login) or ([] if login.password == again else ["The two passwords differ."])
            if not found:
                return login
            for problem in found:
                self.stderr.write(f"  {problem}")

    def _tell(self, outcome: Outcome, administrator: str) -> None:
        done = f"The site is set up: {outcome.steps} steps done now." if outcome.steps else "Nothing to set up."
        self.stdout.write(self.style.SUCCESS(done))
        self.stdout.write(administrator)
        if outcome.found:
            self.stdout.write(f"Taken as it was found: {', '.join(outcome.found)}.")
        for line in outcome.left_out:
            self.stdout.write(f"Left out: {line}")
        self.stdout.write(NEXT.format(address=f"{settings.BASE_URL}/admin/"))


def demand_ready_database() -> None:
    """Raise when a site cannot be set up in this database.

    Raises:
        CommandError: saying why and what to do.
    """
    missing = unapplied_migrations()
    if missing:
        raise CommandError(f"{missing} database migrations are missing: run 'manage.py migrate' first.")
    if is_seeded():
        raise CommandError(
            "This database holds the demonstration, which is a site already. To begin your own in it, run "
            "'manage.py remove_demo' first: it lists and removes what nobody changed."
        )


def login_from(values: dict[str, str]) -> Login:
    """Return the login that the environment names.

    Raises:
        CommandError: naming the variables that are missing, or what is wrong with them.
    """
    missing = [name for name, value in values.items() if not value]
    if missing:
        raise CommandError(f"{', '.join(missing)} not set; an administrator needs all of {', '.join(NAMES)}.")
    login = Login(*values.values())
    found = refusals(login)
    if found:
        raise CommandError("The administrator cannot be made. " + " ".join(found))
    return login


def refusals(login: Login) -> list[str]:
    """Return why no administrator can be made of a login; the password of the demonstration is known to everybody."""
    known = ["This password is the one of the demonstration."] if login.password == PASSWORD else []
    return known + problems_of(login)


NEXT = """
What to do next:
  1. Log in at {address} and open the pages: each says what belongs there.
  2. Settings > Site facts: e-mail and postal address; Site frame > Footer: who coordinates and who funds the project.
  3. Complete the drafts Accessibility, Privacy and Legal notice in every language and publish them; the footer shows
     them from then on.
  4. Settings > Users: invite your people and give each a role.
  5. 'manage.py doctor' tells what else is missing."""

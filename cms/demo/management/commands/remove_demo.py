"""`manage.py remove_demo`: takes away what the seed made and nobody changed, after listing it."""

import sys
import textwrap
from argparse import ArgumentParser
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from cms.demo.inventory import Thing
from cms.demo.removal import Person, Plan, is_seeded, plan_removal, remove_demonstration

TITLES = 12


class Command(BaseCommand):
    """Lists what goes and what stays with the reason, asks, and removes; safe to repeat, continues an interrupted run."""

    help = "Remove what the demonstration's seed made and nobody changed, after listing it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--no-input", action="store_false", dest="interactive", help="do not ask")
        parser.add_argument("--dry-run", action="store_true", help="only list what would go and what would stay")

    def handle(self, *args: Any, interactive: bool, dry_run: bool, verbosity: int, **options: Any) -> None:
        """List, ask, remove.

        Raises:
            CommandError: when nobody can be asked, or the answer was no.
        """
        if not is_seeded():
            self.stdout.write("There is no demonstration in this database: nothing to remove.")
            return
        plan = plan_removal()
        self._list(plan, None if verbosity > 1 else TITLES)
        if dry_run:
            self.stdout.write("Nothing was removed, because of --dry-run.")
            return
        if interactive:
            self._confirm()
        known = {id(thing) for thing in plan.staying}
        done = remove_demonstration(plan, self.stdout.write)
        for thing in done.staying:
            if id(thing) not in known:
                self.stdout.write(f"Stayed after all: {thing.title}: {thing.reason}")
        self._tell_what_next()

    def _list(self, plan: Plan, most: int | None) -> None:
        self.stdout.write(
            self.style.MIGRATE_HEADING(f"To be removed: {len(plan.going)} things, each in all its languages")
        )
        for kind, things in by_kind(plan.going):
            self.stdout.write(lined(kind, [thing.title for thing in things], most))
        going = [person.user.get_username() for person in plan.people if person.is_deletable]
        if going:
            self.stdout.write(lined("users", going, None))
        self.stdout.write(self.style.MIGRATE_HEADING(f"To stay: {len(plan.staying)} things"))
        for kind, things in by_kind(plan.staying):
            self.stdout.write(f"  {kind} ({len(things)})")
            for thing in things:
                self.stdout.write(f"    {thing.title}: {thing.reason}")
        for person in plan.people:
            if not person.is_deletable:
                self.stdout.write(f"    {person.user.get_username()}: {fate(person)}")
        self.stdout.write("  Languages, groups and workflows stay: every site needs them.")

    def _confirm(self) -> None:
        if not sys.stdin.isatty():
            raise CommandError("Nobody can be asked here. Look with --dry-run, then remove with --no-input.")
        if input("Remove this? Back up first if in doubt. [yes/no] ").strip().lower() not in ("y", "yes"):
            raise CommandError("Nothing was removed.")

    def _tell_what_next(self) -> None:
        self.stdout.write(self.style.SUCCESS("The demonstration is removed. What stays belongs to this site now."))
        self.stdout.write("Files are deleted by the background process. Next: 'manage.py setup_site' makes a site.")
        if not get_user_model()._default_manager.filter(is_superuser=True, is_active=True).exists():
            self.stdout.write("No administrator is left; setup_site makes one.")


def by_kind(things: Sequence[Thing]) -> list[tuple[str, list[Thing]]]:
    """Return things by their kind, both in alphabetical order."""
    ordered = sorted(things, key=lambda thing: (thing.kind, thing.title))
    return [(kind, list(group)) for kind, group in groupby(ordered, key=lambda thing: thing.kind)]


def lined(kind: str, titles: Sequence[str], most: int | None) -> str:
    """Return a kind with its number and titles, wrapped; only the first `most` of them, if that is a number."""
    shown = list(titles[:most])
    more = [f"and {len(titles) - len(shown)} more (-v2 lists all)"] if len(shown) < len(titles) else []
    text = f"{kind} ({len(titles)}): {'; '.join([*shown, *more])}"
    return textwrap.fill(text, 110, initial_indent="  ", subsequent_indent="      ")


def fate(person: Person) -> str:
    """Return what becomes of a user that is not deleted, in words."""
    if person.has_own_password:
        return "has a password of its own, so somebody uses it; nothing is changed"
    return "people worked under this name; it stays in the history, but cannot log in any more"

"""A random walk through editorial actions, and what must be true after each of them."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Locale, Page

from pages.signals import PublishRefused, content_transaction
from tests.delivery.proof import Observer
from tests.delivery.world import (
    World,
)

Action = Callable[["Walk"], str]
ACTIONS: list[tuple[int, Action]] = []
ALONE: set[Action] = set()


def action(weight: int, *, alone: bool = False) -> Callable[[Action], Action]:
    """Register an action that is chosen as often as its weight says; `alone`: never inside a transaction."""

    def register(function: Action) -> Action:
        ACTIONS.append((weight, function))
        if alone:
            ALONE.add(function)
        return function

    return register


class Walk:
    """One walk: the same seed takes the same steps."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.random = random.Random(seed)
        self.number = 0
        self.clock = timezone.now()
        self.history: list[str] = []
        self.observer = Observer()
        self.editor = User.objects.create_superuser("walker", "walker@example.test", "x")

    def take(self, steps: int, check_every: int) -> None:
        """Take steps; compare entries with what is live after every few, and the change log after each."""
        for step in range(1, steps + 1):
            self.step()
            try:
                self.observer.look()
                if step % check_every == 0 or step == steps:
                    self.observer.compare()
            except AssertionError as error:
                raise AssertionError("\n".join([*self.history[-12:], str(error)])) from error

    def step(self) -> None:
        """Take one step, in a transaction of its own or as code that opens none; a refusal must leave all as it was."""
        weights, functions = zip(*ACTIONS, strict=True)
        function = self.random.choices(functions, weights)[0]
        in_transaction = self.random.random() < 0.5 and function not in ALONE
        self.number += 1
        self.clock += timedelta(minutes=7)
        before = self.observer.state()
        with time_machine.travel(self.clock, tick=False):
            try:
                if in_transaction:
                    with content_transaction():
                        what = function(self)
                else:
                    what = function(self)
            except (PublishRefused, ValidationError) as refusal:
                what = f"refused: {refusal}"
                if in_transaction:
                    assert self.observer.state() == before, (function.__name__, what)
        self.history.append(f"{self.number} {function.__name__} {'in one' if in_transaction else 'plain'}: {what}")

    def name(self) -> str:
        """Return a name that nothing else has."""
        return f"Thing {self.number}"

    def pick(self, found: Any) -> Any:
        """Choose one of a queryset or list, None when it is empty."""
        choices = sorted(found, key=lambda one: one.pk)
        return self.random.choice(choices) if choices else None

    def page(self, *, alias: bool | None = False, **conditions: Any) -> Any:
        """Choose a page below a home page, as its own type."""
        found = Page.objects.filter(depth__gt=2, **conditions)
        if alias is not None:
            found = found.filter(alias_of__isnull=not alias)
        page = self.pick(found)
        return page.specific if page else None

    def as_wagtail_does(self, page: Any) -> Any:
        """Return a page as its own type, or as a plain `Page` as Wagtail's bulk actions have it."""
        return Page.objects.get(pk=page.pk) if self.random.random() < 0.4 else page

    def locale(self) -> Locale:
        """Choose a language."""
        return self.world.locales[self.random.choice(sorted(self.world.locales))]

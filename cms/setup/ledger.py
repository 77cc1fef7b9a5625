"""Remembers what has been made: each step runs once, in one content transaction, and resumes after an interruption."""

from collections.abc import Callable
from typing import Any, ClassVar

from cms.setup.models import SetupStep, Step
from pages.signals import content_transaction


class Ledger:
    """The steps that are done, read once and written one by one."""

    steps: ClassVar[type[Step]] = SetupStep

    def __init__(self) -> None:
        self._known: dict[str, int | None] = dict(self.steps._default_manager.values_list("key", "object_pk"))

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def once(self, key: str, make: Callable[[], Any]) -> bool:
        """Run `make` unless it has been done, and remember the primary key of what it returns; tell whether it ran."""
        if key in self._known:
            return False
        with content_transaction():
            pk = self.record(key, make)
        self._known[key] = pk
        return True

    def record(self, key: str, make: Callable[[], Any]) -> int | None:
        """Run `make`, write down the step and return the primary key of what was made, None when it was no object."""
        pk = getattr(make(), "pk", None)
        self.steps._default_manager.create(key=key, object_pk=pk)
        return pk

    def pk(self, key: str) -> int:
        """Return the primary key of what a step made.

        Raises:
            KeyError: when it was not done.
        """
        pk = self._known[key]
        if pk is None:
            raise KeyError(key)
        return pk

    def with_prefix(self, prefix: str) -> dict[str, int]:
        """Return the rest of the key and the primary key of everything that begins with `prefix`."""
        return {
            key.removeprefix(prefix): pk
            for key, pk in self._known.items()
            if key.startswith(prefix) and pk is not None
        }

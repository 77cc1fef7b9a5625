"""Remembers what has been seeded: each step runs once, in one content transaction, and resumes after an interruption."""

from collections.abc import Callable
from typing import Any

from cms.demo.models import Seeded
from pages.signals import content_transaction


class Ledger:
    """The seeded things, read once and written step by step."""

    def __init__(self) -> None:
        self._known: dict[str, int | None] = dict(Seeded.objects.values_list("key", "object_pk"))

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def once(self, key: str, make: Callable[[], Any]) -> bool:
        """Run `make` unless it has been done, and remember the primary key of what it returns; tell whether it ran."""
        if key in self._known:
            return False
        with content_transaction():
            made = make()
            pk = getattr(made, "pk", None)
            Seeded.objects.create(key=key, object_pk=pk)
        self._known[key] = pk
        return True

    def pk(self, key: str) -> int:
        """Return the primary key of a seeded thing.

        Raises:
            KeyError: when it was not seeded.
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

    def first_run(self) -> Any:
        """Return when the first step was done; the dates of the demonstration's work are relative to it."""
        return Seeded.objects.order_by("pk").values_list("seeded_at", flat=True).first()

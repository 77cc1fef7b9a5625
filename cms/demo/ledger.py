"""Remembers what has been seeded, and which rows each step wrote, so that `remove_demo` can tell them from people's."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from asgiref.local import Local
from django.db.models import Model
from django.db.models.signals import post_save

from cms.demo.models import Seeded
from cms.setup import ledger

Rows = dict[str, list[int]]
# What people can change of things that have no revisions.
FINGERPRINTED: dict[str, tuple[str, ...]] = {
    "media.image": ("title", "file", "description", "credit", "licence", "focal_point_x", "focal_point_y", "texts"),
    "media.file": ("title", "file", "credit", "licence", "texts"),
    "home.sitefacts": ("name", "logo_id", "social_image_id", "postal_address", "email"),
    "enquiries.enquiry": ("state", "answered_by_id"),
}
TEXT_FIELDS = {"media.image": ("locale", "alt", "caption"), "media.file": ("locale", "title", "description")}
_step = Local()


class Ledger(ledger.Ledger):
    """The seeded things."""

    steps: ClassVar[type[Seeded]] = Seeded

    def record(self, key: str, make: Callable[[], Any]) -> int | None:
        """Run `make` and write down what it returned and every row with a number that was created meanwhile."""
        with rows_made() as rows:
            made = make()
        pk = getattr(made, "pk", None)
        Seeded.objects.create(key=key, object_pk=pk, made=rows, fingerprint=fingerprint(made))
        return pk

    def first_run(self) -> Any:
        """Return when the first step was done; the dates of the demonstration's work are relative to it."""
        return Seeded.objects.order_by("pk").values_list("seeded_at", flat=True).first()


@contextmanager
def rows_made() -> Iterator[Rows]:
    """Collect the primary keys of the rows that this thread creates one by one, by model (`app_label.model`)."""
    made: Rows = {}
    _step.made = made
    try:
        yield made
    finally:
        _step.made = None


def fingerprint(made: Any) -> str:
    """Return a digest of what people can change of a thing without revisions; empty for everything else."""
    names = FINGERPRINTED.get(made._meta.label_lower, ()) if isinstance(made, Model) else ()
    if not names:
        return ""
    values = [_value(made, name) for name in names]
    return hashlib.sha256(json.dumps(values, default=str).encode()).hexdigest()


def _value(made: Any, name: str) -> Any:
    if name == "texts":
        return sorted(sorted(row.items()) for row in made.texts.values(*TEXT_FIELDS[made._meta.label_lower]))
    value = getattr(made, name)
    return getattr(value, "name", value)


def note_row(sender: type[Model], instance: Model, created: bool, **kwargs: Any) -> None:
    """Note a new row while a step is open."""
    made: Rows | None = getattr(_step, "made", None)
    if made is not None and created and isinstance(instance.pk, int):
        made.setdefault(sender._meta.label_lower, []).append(instance.pk)


def connect() -> None:
    """Listen for new rows."""
    post_save.connect(note_row, dispatch_uid="demo-rows")

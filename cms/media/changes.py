"""Collects what changed in the media library and says it once, as the last step of the transaction that changed it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Literal

from asgiref.local import Local
from django.apps import apps
from django.db import transaction

from cms.media.signals import media_changed

MediaKind = Literal["image", "file"]

_MODELS: dict[MediaKind, str] = {"image": "media.Image", "file": "media.File"}
_open = Local()


@contextmanager
def media_transaction() -> Iterator[None]:
    """Open (or join) the transaction in which media change; the outermost sends `media_changed` as its last step.

    However many rows changed, receivers hear of each kind once, with the set of all ids, in the open transaction.
    On SQLite it takes the write lock at once, so no image work belongs inside.
    """
    if getattr(_open, "noted", None) is not None:
        with transaction.atomic():
            yield
        return
    with transaction.atomic():
        noted: dict[MediaKind, set[int]] = {"image": set(), "file": set()}
        _open.noted = noted
        try:
            yield
        finally:
            _open.noted = None
        for kind, ids in noted.items():
            if ids:
                media_changed.send(sender=apps.get_model(_MODELS[kind]), kind=kind, ids=ids)


def note_change(kind: MediaKind, ids: Iterable[int]) -> None:
    """Say that the delivered form of these things changed; outside a `media_transaction` it is said at once."""
    with media_transaction():
        _open.noted[kind].update(ids)

"""What the content tells the rest of the house, and the one transaction in which content changes.

`content_changed`: sent by the bases of pages and snippets when an object is complete in the database (inline children
included) or gone. Arguments: `sender` (model), `instance`, `kind` (a `ChangeKind`). Receivers run inside the transaction.

`publish_requested`: sent before a live version is made. Arguments: `sender`, `instance` (the object with the content that
would go live), `user` (or None). A receiver refuses by returning a `Refusal`; any refusal stops the publication.

`records_changed`: sent inside the publishing transaction when what is delivered of entries was written. Arguments: `sender`,
`written` (a sequence of `pages.entries.EntryRecord`), `removed` (pairs of entry id and locale; what is in both was
replaced). A change of places alone sends nothing. What a receiver raises stops the publication.

`content_committing`: sent once, as the last step of the outermost `content_transaction`. What it raises rolls all back.
"""

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from asgiref.local import Local
from django.db import transaction
from django.db.models import Model
from django.dispatch import Signal

content_changed = Signal()
publish_requested = Signal()
records_changed = Signal()
content_committing = Signal()


class ChangeKind(enum.StrEnum):
    """What happened to the object of `content_changed`."""

    SAVED = "saved"
    MOVED = "moved"
    DELETED = "deleted"


@dataclass(frozen=True)
class Refusal:
    """Why something may not go live: a translated sentence for people and a stable code."""

    reason: str
    code: str


class PublishRefused(Exception):
    """Raised when a receiver of `publish_requested` refused; nothing was written.

    It is no `ValidationError`, because views that expect one would swallow it, or show it without its reasons.
    """

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(" ".join(refusal.reason for refusal in refusals))
        self.refusals = refusals

    @property
    def messages(self) -> list[str]:
        """The reasons, as sentences for people."""
        return [refusal.reason for refusal in self.refusals]


_open = Local()


def content_transaction_is_open() -> bool:
    """Tell whether this thread is inside a `content_transaction`."""
    return bool(getattr(_open, "depth", 0))


def open_content_transaction() -> object | None:
    """Return a mark that is this thread's outermost `content_transaction`'s own, None outside."""
    return getattr(_open, "mark", None)


@contextmanager
def content_transaction() -> Iterator[None]:
    """Open (or join) the transaction in which content changes; its last step writes what is delivered.

    Nested use joins the outermost one, with a savepoint of its own. On SQLite it takes the write lock at once, so no
    image work, mail or network belongs inside.
    """
    depth = getattr(_open, "depth", 0)
    with transaction.atomic():
        _open.depth = depth + 1
        if depth == 0:
            _open.mark = object()
        try:
            yield
            if depth == 0 and not transaction.get_rollback():
                content_committing.send(sender=None)
        finally:
            _open.depth = depth
            if depth == 0:
                _open.mark = None


def announce_change(instance: Model, kind: ChangeKind) -> None:
    """Send `content_changed` for an object; call it inside a `content_transaction`."""
    content_changed.send(sender=type(instance), instance=instance, kind=kind)


def refusals_for(instance: Model, user: Any = None) -> list[Refusal]:
    """Ask every receiver of `publish_requested` and return their refusals, empty when it may go live."""
    answers = publish_requested.send(sender=type(instance), instance=instance, user=user)
    return [answer for _, answer in cast("list[tuple[Any, Any]]", answers) if isinstance(answer, Refusal)]


def demand_publishable(instance: Model, user: Any = None) -> None:
    """Raise when somebody refuses that `instance` goes live.

    Raises:
        PublishRefused: with every reason.
    """
    refusals = refusals_for(instance, user)
    if refusals:
        raise PublishRefused(refusals)

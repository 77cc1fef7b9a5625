"""What a content transaction has touched so far: collected by signals, taken by the publisher at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from asgiref.local import Local

from pages.signals import content_transaction, content_transaction_is_open, open_content_transaction

PAGE_MODEL = "wagtailcore.page"
ObjectKey = tuple[str, int]


@dataclass
class Pending:
    """Touched things: objects as (model label, primary key), media by number, and whether places in the tree moved.

    What was deleted stands in `objects` too; `deleted_entry_ids` are the ids under which other entries name it.
    """

    objects: set[ObjectKey] = field(default_factory=set)
    deleted_objects: set[ObjectKey] = field(default_factory=set)
    deleted_entry_ids: set[str] = field(default_factory=set)
    images: set[int] = field(default_factory=set)
    files: set[int] = field(default_factory=set)
    structure: bool = False

    def __bool__(self) -> bool:
        return bool(self.objects or self.deleted_entry_ids or self.images or self.files or self.structure)


_state = Local()


@contextmanager
def touching() -> Iterator[Pending]:
    """Give the pending work of this thread to write into; opens a content transaction when none is open."""
    if content_transaction_is_open():
        yield _current()
    else:
        with content_transaction():
            yield _current()


def _current() -> Pending:
    """Return the work of the open transaction; what one that failed has left behind is never taken over."""
    mark = open_content_transaction()
    if getattr(_state, "mark", None) is not mark or mark is None:
        _state.mark, _state.pending = mark, Pending()
    pending: Pending = _state.pending
    return pending


def take() -> Pending:
    """Return what has been touched and start anew."""
    pending = _current()
    _state.pending = Pending()
    return pending

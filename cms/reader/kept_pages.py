"""Keeps pages that were made in the memory of this process, for as long as nothing has been published since.

Everything that a page shows comes from entries, and whatever changes entries draws a new content version in the same transaction.
So a page may be shown again if the version that it was made from is still the present one; every request asks the database for that.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.utils.timezone import localdate

from cms.delivery.feed import content_version
from cms.delivery.snapshot import read_snapshot

MAKERS = 64


@dataclass(frozen=True)
class State:
    """What a page depends on: the content version, and the day, which tells past events from those to come."""

    version: int
    day: date


@dataclass(frozen=True)
class KeptPage:
    """A page, and the state that it was made from."""

    state: State
    content: bytes
    headers: dict[str, str]

    def response(self) -> HttpResponse:
        """Return a response that the caller may change."""
        return HttpResponse(self.content, headers=self.headers)


class KeptPages:
    """Pages by their place, together not larger than `KEPT_PAGES_BYTES`; what was not asked for the longest is forgotten first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._making = [Lock() for _ in range(MAKERS)]
        self._pages: OrderedDict[tuple[str, str], KeptPage] = OrderedDict()
        self._bytes = 0

    def page(self, place: tuple[str, str], make: Callable[[], HttpResponse]) -> HttpResponse:
        """Return the page of a place as it is now: the kept one, or one that is made in a snapshot.

        Threads that want the same page wait for the first of them to make it. One statement for a kept page. Inside a transaction
        nothing is kept, because what it has written may never be committed.

        Args:
            place: language, and path below its home page.
            make: returns the page; only an answer with status 200 is kept.
        """
        if not settings.KEPT_PAGES_BYTES or connection.in_atomic_block:
            return make()
        kept = self._find(place, State(content_version(), localdate()))
        if kept is not None:
            return kept.response()
        with self._making[hash(place) % MAKERS], read_snapshot() as version:
            state = State(version, localdate())
            kept = self._find(place, state)
            if kept is not None:
                return kept.response()
            response = make()
        if response.status_code == 200:
            self._keep(place, KeptPage(state, response.content, dict(response.items())))
        return response

    def _find(self, place: tuple[str, str], state: State) -> KeptPage | None:
        with self._lock:
            page = self._pages.get(place)
            if page is None or page.state != state:
                return None
            self._pages.move_to_end(place)
            return page

    def _keep(self, place: tuple[str, str], page: KeptPage) -> None:
        with self._lock:
            former = self._pages.pop(place, None)
            self._bytes += len(page.content) - (len(former.content) if former else 0)
            self._pages[place] = page
            while self._bytes > settings.KEPT_PAGES_BYTES:
                _place, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.content)


kept_pages = KeptPages()

"""Keeps pages that were made, for as long as nothing has been published since: in memory, and for the server's other processes.

Everything that a page shows comes from entries, and whatever changes entries draws a new content version in the same transaction.
So a page may be shown again if the version that it was made from is still the present one; every request asks the database for that.
"""

import hashlib
import json
import logging
import os
import tempfile
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.utils.timezone import localdate

from cms.delivery.feed import content_version
from cms.delivery.snapshot import read_snapshot

logger = logging.getLogger(__name__)

MAKERS = 64
Place = tuple[str, str]


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


class SharedPages:
    """Pages that the processes of one web server make for each other: one file for each place, in a folder of their own.

    A page takes the room of its former version, so there are never more files than pages.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, place: Place, state: State) -> KeptPage | None:
        """Return the page of a place if it was made from this state. No statement."""
        try:
            head, content = self._path(place).read_bytes().split(b"\n", 1)
            facts = json.loads(head)
        except (OSError, ValueError):
            return None
        if facts.get("state") != [state.version, state.day.isoformat()]:
            return None
        return KeptPage(state, content, facts["headers"])

    def keep(self, place: Place, page: KeptPage) -> None:
        """Write a page for the others; where that is not possible, each makes its own."""
        state = [page.state.version, page.state.day.isoformat()]
        head = json.dumps({"state": state, "headers": page.headers}).encode()
        try:
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as file:
                file.write(head + b"\n" + page.content)
            os.replace(file.name, self._path(place))
        except OSError as error:
            logger.warning("page not shared with other processes: %s", error)

    def _path(self, place: Place) -> Path:
        return self.folder / hashlib.sha256("\0".join(place).encode()).hexdigest()


class KeptPages:
    """Pages by their place, together not larger than `KEPT_PAGES_BYTES`; what was not asked for the longest is forgotten first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._making = [Lock() for _ in range(MAKERS)]
        self._pages: OrderedDict[Place, KeptPage] = OrderedDict()
        self._bytes = 0
        self._shared: SharedPages | None = None

    def share(self, folder: Path) -> None:
        """Exchange pages through a folder with the processes that are forked from this one from now on."""
        self._shared = SharedPages(folder)

    def page(self, place: Place, make: Callable[[], HttpResponse]) -> HttpResponse:
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
            kept = self._find(place, state) or self._find_shared(place, state)
            if kept is not None:
                return kept.response()
            response = make()
        if response.status_code == 200:
            made = KeptPage(state, response.content, dict(response.items()))
            self._keep(place, made)
            if self._shared is not None:
                self._shared.keep(place, made)
        return response

    def _find_shared(self, place: Place, state: State) -> KeptPage | None:
        page = self._shared.find(place, state) if self._shared is not None else None
        if page is not None:
            self._keep(place, page)
        return page

    def _find(self, place: Place, state: State) -> KeptPage | None:
        with self._lock:
            page = self._pages.get(place)
            if page is None or page.state != state:
                return None
            self._pages.move_to_end(place)
            return page

    def _keep(self, place: Place, page: KeptPage) -> None:
        with self._lock:
            former = self._pages.pop(place, None)
            self._bytes += len(page.content) - (len(former.content) if former else 0)
            self._pages[place] = page
            while self._bytes > settings.KEPT_PAGES_BYTES:
                _place, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.content)


kept_pages = KeptPages()

"""Work that is done again and again, by whichever background process comes first.

An app adds jobs in its `apps.py`, as `timetable = [("name", every_seconds, "dotted.path.of.a.function")]`; the function
takes no arguments. A job may be run twice (a process died after the work and before it said so), so it is harmless when
repeated.
"""

import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from cms.models import TimetableRun

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=90)
RENEW_SECONDS = 30.0
LOOK_SECONDS = 5.0


@dataclass(frozen=True)
class Job:
    """One line of the timetable: a name that no other has, the seconds between two runs, and what is done."""

    name: str
    every_seconds: int
    run: Callable[[], object]


def jobs() -> list[Job]:
    """Return the jobs of all installed apps, by name.

    Raises:
        ImproperlyConfigured: when two jobs share a name, or a function cannot be imported.
    """
    found: dict[str, Job] = {}
    for config in apps.get_app_configs():
        for name, every_seconds, path in getattr(config, "timetable", ()):
            if name in found:
                raise ImproperlyConfigured(f"Two jobs of the timetable are named {name!r}.")
            try:
                found[name] = Job(name, every_seconds, import_string(path))
            except ImportError as error:
                raise ImproperlyConfigured(f"The job {name!r} names {path!r}, which cannot be imported.") from error
    return sorted(found.values(), key=lambda job: job.name)


def this_process() -> str:
    """Return a name of the caller that no other process or thread has, to hold a lease with."""
    return f"{socket.gethostname()[:50]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def due_jobs(known: Sequence[Job]) -> list[Job]:
    """Return the jobs that are due and held by nobody; new ones are due at once. One statement, more for new jobs."""
    now = timezone.now()
    seen = {run.name: run for run in TimetableRun.objects.filter(name__in=[job.name for job in known])}
    for job in known:
        if job.name not in seen:
            seen[job.name], _ = TimetableRun.objects.get_or_create(name=job.name, defaults={"due_at": now})
    free = {name for name, run in seen.items() if run.leased_until is None or run.leased_until < now}
    return [job for job in known if job.name in free and seen[job.name].due_at <= now]


def claim(job: Job, holder: str) -> bool:
    """Take a due job for `holder`; False when somebody else was faster. One statement decides."""
    now = timezone.now()
    taken = (
        TimetableRun.objects.filter(name=job.name, due_at__lte=now)
        .filter(Q(leased_until=None) | Q(leased_until__lt=now))
        .update(
            holder=holder,
            leased_until=now + LEASE,
            started_at=now,
            due_at=now + timedelta(seconds=job.every_seconds),
        )
    )
    return taken == 1


def run_claimed(job: Job, holder: str) -> None:
    """Run a job that `holder` has claimed, keep its lease while it lasts, and note how it went. It never raises."""
    began = time.monotonic()
    error = ""
    with _LeaseKeeper(job, holder):
        try:
            job.run()
        except Exception as exception:
            logger.exception("timetable job failed job=%s", job.name)
            error = f"{type(exception).__name__}: {exception}"
    TimetableRun.objects.filter(name=job.name, holder=holder).update(
        leased_until=None,
        holder="",
        finished_at=timezone.now(),
        duration_seconds=time.monotonic() - began,
        error=error,
    )


def run_due(known: Sequence[Job], holder: str) -> list[str]:
    """Run every job that is due and return the names of those that this process ran, in order."""
    ran = []
    for job in due_jobs(known):
        if claim(job, holder):
            run_claimed(job, holder)
            ran.append(job.name)
    return ran


class TimetableThread(threading.Thread):
    """Runs the timetable beside the queue until `stop` is set; a database that is away is tried again."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(name="timetable")
        self.stop_asked = stop

    def run(self) -> None:
        """Look for due jobs every few seconds."""
        known, holder = jobs(), this_process()
        while not self.stop_asked.wait(LOOK_SECONDS):
            try:
                close_old_connections()
                run_due(known, holder)
            except DatabaseError as error:
                logger.warning("timetable cannot reach the database: %s", error)
        connection.close()


class _LeaseKeeper:
    """Renews the lease of a running job from a thread of its own, so that a long run is not started twice."""

    def __init__(self, job: Job, holder: str) -> None:
        self.job = job
        self.holder = holder
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._renew, name=f"lease of {job.name}", daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.thread.join()

    def _renew(self) -> None:
        while not self.done.wait(RENEW_SECONDS):
            try:
                TimetableRun.objects.filter(name=self.job.name, holder=self.holder).update(
                    leased_until=timezone.now() + LEASE
                )
            except DatabaseError as error:
                logger.warning("lease not renewed job=%s: %s", self.job.name, error)
        connection.close()

"""The one background process: the queue of tasks in the main thread, the timetable in a thread beside it."""

import logging
import random
import threading

from django.db import OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from cms.timetable import TimetableThread, jobs, run_due, this_process

logger = logging.getLogger(__name__)

QUEUE_LOOK_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0
PATIENCE_SECONDS = 600.0
TIMETABLE_STOP_SECONDS = 20.0


def queue_worker(*, batch: bool) -> Worker:
    """Return a worker of all queues; with `batch` it ends when nothing is left to do."""
    return Worker(
        queue_names=["*"],
        interval=QUEUE_LOOK_SECONDS,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=this_process()[:64],
        excluded_queue_names=[],
    )


def work_once() -> list[str]:
    """Run the jobs that are due and then every task that is ready; return the names of the jobs."""
    ran = run_due(jobs(), this_process())
    queue_worker(batch=True).run()
    return ran


def work_until_stopped() -> None:
    """Work until SIGTERM or SIGINT; what runs at that moment is finished first.

    Raises:
        OperationalError: when the database stays away for ten minutes.
    """
    stop = threading.Event()
    timetable = TimetableThread(stop)
    worker = queue_worker(batch=False)
    worker.configure_signals()
    timetable.start()
    try:
        _run_with_patience(worker)
    finally:
        stop.set()
        timetable.join(TIMETABLE_STOP_SECONDS)


def _run_with_patience(worker: Worker) -> None:
    wait, waited = 1.0, 0.0
    nap = threading.Event()
    while worker.running:
        tasks_before = worker._run_tasks
        try:
            worker.run()
        except OperationalError as error:
            if worker._run_tasks > tasks_before:
                wait, waited = 1.0, 0.0
            if waited > PATIENCE_SECONDS:
                raise
            pause = wait * random.uniform(0.8, 1.2)
            logger.warning("the queue cannot reach the database, next try in %.0f s: %s", pause, error)
            nap.wait(pause)
            waited, wait = waited + pause, min(wait * 2, LONGEST_WAIT_SECONDS)
            close_old_connections()

"""The timetable: each job once per period, whichever process comes first."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from cms.checks import check_timetable
from cms.models import TimetableRun
from cms.timetable import LEASE, Job, claim, jobs, run_claimed, run_due

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def counting_job(every_seconds: int = 60) -> tuple[Job, list[int]]:
    calls: list[int] = []
    return Job("count", every_seconds, lambda: calls.append(1)), calls


@pytest.mark.django_db
def test_job_runs_at_once_and_then_once_per_period() -> None:
    job, calls = counting_job(60)

    with time_machine.travel(START, tick=False) as clock:
        assert run_due([job], "a") == ["count"]
        assert run_due([job], "b") == []
        clock.shift(59)
        assert run_due([job], "a") == []
        clock.shift(1)
        assert run_due([job], "b") == ["count"]

    assert len(calls) == 2


@pytest.mark.django_db
def test_run_is_noted_with_its_end_and_without_a_lease() -> None:
    job, _ = counting_job(60)

    with time_machine.travel(START, tick=False):
        run_due([job], "a")

    run = TimetableRun.objects.get()
    assert (run.name, run.started_at, run.finished_at) == ("count", START, START)
    assert (run.due_at, run.leased_until, run.holder, run.error) == (START + timedelta(seconds=60), None, "", "")
    assert run.duration_seconds is not None


@pytest.mark.django_db
def test_failing_job_is_noted_and_stops_no_other() -> None:
    def fail() -> None:
        raise ValueError("no paper left")

    job, calls = counting_job()

    assert run_due([Job("broken", 60, fail), job], "a") == ["broken", "count"]
    assert TimetableRun.objects.get(name="broken").error == "ValueError: no paper left"
    assert TimetableRun.objects.get(name="broken").leased_until is None
    assert len(calls) == 1


@pytest.mark.django_db
def test_error_is_gone_after_the_next_good_run() -> None:
    job, _ = counting_job()
    TimetableRun.objects.create(name="count", due_at=START, error="ValueError: once")

    run_due([job], "a")

    assert TimetableRun.objects.get().error == ""


@pytest.mark.django_db
def test_lease_of_a_process_that_died_ends_by_itself() -> None:
    job, calls = counting_job(10)

    with time_machine.travel(START, tick=False) as clock:
        run_due([job], "a")
        clock.shift(10)
        assert claim(job, "dies") is True
        clock.shift(LEASE.total_seconds())
        assert run_due([job], "b") == []
        clock.shift(1)
        assert run_due([job], "b") == ["count"]

    assert len(calls) == 2


@pytest.mark.django_db
def test_late_end_of_a_lost_lease_does_not_end_the_new_one() -> None:
    job, _ = counting_job(10)
    TimetableRun.objects.create(name="count", due_at=START, holder="new", leased_until=START + timedelta(days=9999))

    run_claimed(job, "old")

    run = TimetableRun.objects.get()
    assert run.holder == "new"
    assert run.finished_at is None


@pytest.mark.django_db(transaction=True)
def test_of_many_processes_exactly_one_claims_a_job() -> None:
    job, _ = counting_job()
    TimetableRun.objects.create(name="count", due_at=START)
    together = threading.Barrier(4)
    won: list[bool] = []

    def compete(name: str) -> None:
        connection.ensure_connection()
        together.wait()
        won.append(claim(job, name))
        connection.close()

    threads = [threading.Thread(target=compete, args=(f"process {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(won) == [False, False, False, True]


def test_jobs_of_the_edge_are_in_the_timetable() -> None:
    known = {job.name: job.every_seconds for job in jobs()}

    assert known["publish scheduled content"] == 60
    assert known["prune finished tasks"] == 86_400
    assert known["recover lost tasks"] == 300


def test_apps_add_jobs_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps.get_app_config("home"), "timetable", [("extra", 5, "time.time")], raising=False)

    extra = [job for job in jobs() if job.name == "extra"]

    assert [(job.every_seconds, job.run.__name__) for job in extra] == [(5, "time")]


def test_two_jobs_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = [("prune finished tasks", 5, "time.time")]
    monkeypatch.setattr(apps.get_app_config("home"), "timetable", wrong, raising=False)

    with pytest.raises(ImproperlyConfigured, match="Two jobs of the timetable are named 'prune finished tasks'."):
        jobs()


def test_job_that_cannot_be_imported_fails_the_system_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps.get_app_config("home"), "timetable", [("extra", 5, "time.nothing")], raising=False)

    found = check_timetable(None)

    assert [(item.id, item.msg) for item in found] == [
        ("cms.E004", "The job 'extra' names 'time.nothing', which cannot be imported.")
    ]

"""Scheduled publishing, and the upkeep of the queue."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page
from wagtail.signals import page_published

from cms.delivery.models import Entry
from cms.models import TimetableRun
from cms.schedule import prune_tasks, publish_scheduled, rebuild_outdated, recover_tasks
from pages.entries import PAYLOAD_VERSION
from pages.models import Topic
from pages.signals import PublishRefused, Refusal, content_transaction, content_transaction_is_open

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("root_page")]


@pytest.fixture(autouse=True)
def _no_refusal_is_remembered() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def scheduled_page(title: str, *, minutes: int) -> Page:
    """Make a draft that shall go live in so many minutes; negative means that its time has come."""
    page = Page.get_first_root_node().add_child(instance=Page(title=title, slug=title, live=False))
    page.go_live_at = timezone.now() + timedelta(minutes=minutes)
    page.save_revision(approved_go_live_at=page.go_live_at)
    return page


def expiring_page(title: str, *, minutes: int) -> Page:
    page = Page.get_first_root_node().add_child(instance=Page(title=title, slug=title))
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() + timedelta(minutes=minutes))
    return page


def is_live(page: Page) -> bool:
    return bool(Page.objects.get(pk=page.pk).live)


def task(status: str, *, minutes_ago: int, attempts: int = 1) -> DBTaskResult:
    then = timezone.now() - timedelta(minutes=minutes_ago)
    return DBTaskResult.objects.create(
        status=status,
        task_path="nothing.here",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=then,
        started_at=then,
        finished_at=then if status in ("SUCCESSFUL", "FAILED") else None,
        worker_ids=[f"w{number}" for number in range(attempts)],
        exception_class_path="",
        traceback="",
    )


def test_page_goes_live_when_its_time_has_come() -> None:
    due, later = scheduled_page("due", minutes=-1), scheduled_page("later", minutes=5)

    publish_scheduled()

    assert (is_live(due), is_live(later)) == (True, False)
    assert (due.scheduled_revision, later.scheduled_revision) == (None, later.latest_revision)


def test_page_goes_away_when_its_time_is_over() -> None:
    over, lasting = expiring_page("over", minutes=-1), expiring_page("lasting", minutes=5)

    publish_scheduled()

    assert (is_live(over), is_live(lasting)) == (False, True)
    assert Page.objects.get(pk=over.pk).expired is True


def test_each_publication_is_one_content_transaction() -> None:
    scheduled_page("due", minutes=-1)
    seen: list[bool] = []

    def look(**kwargs: Any) -> None:
        seen.append(content_transaction_is_open())

    page_published.connect(look)
    try:
        publish_scheduled()
    finally:
        page_published.disconnect(look)

    assert seen == [True]


def test_refused_publication_stays_scheduled_is_logged_once_and_stops_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    refused, welcome = scheduled_page("refused", minutes=-2), scheduled_page("welcome", minutes=-1)

    def refuse(instance: Page, **kwargs: Any) -> None:
        if instance.slug == "refused":
            raise PublishRefused([Refusal("Three strings are not reviewed.", "unreviewed")])

    page_published.connect(refuse)
    try:
        with caplog.at_level(logging.WARNING, logger="cms.schedule"):
            publish_scheduled()
            publish_scheduled()
    finally:
        page_published.disconnect(refuse)

    assert (is_live(refused), is_live(welcome)) == (False, True)
    assert [record.getMessage() for record in caplog.records if record.name == "cms.schedule"] == [
        f"scheduled change refused object=revision:{refused.latest_revision.pk} reason=Three strings are not reviewed."
    ]
    assert refused.scheduled_revision is not None


def test_failing_publication_leaves_nothing_behind_and_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    failing, welcome = scheduled_page("failing", minutes=-2), scheduled_page("welcome", minutes=-1)

    def fail(instance: Page, **kwargs: Any) -> None:
        if instance.slug == "failing":
            raise RuntimeError("disk full")

    page_published.connect(fail)
    try:
        publish_scheduled()
    finally:
        page_published.disconnect(fail)

    assert (is_live(failing), is_live(welcome)) == (False, True)
    assert "scheduled change failed" in caplog.text


def test_only_old_finished_tasks_are_pruned() -> None:
    day = 24 * 60
    kept = [
        task("SUCCESSFUL", minutes_ago=13 * day),
        task("RUNNING", minutes_ago=20 * day),
        task("READY", minutes_ago=99),
    ]
    task("SUCCESSFUL", minutes_ago=15 * day)
    task("FAILED", minutes_ago=15 * day)

    prune_tasks()

    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {item.pk for item in kept}


def test_task_of_a_dead_worker_is_queued_again() -> None:
    lost, running = task("RUNNING", minutes_ago=61), task("RUNNING", minutes_ago=59)

    recover_tasks()

    lost.refresh_from_db()
    running.refresh_from_db()
    assert (lost.status, lost.started_at) == ("READY", None)
    assert running.status == "RUNNING"


def test_task_that_killed_every_worker_is_given_up() -> None:
    lost = task("RUNNING", minutes_ago=61, attempts=3)

    recover_tasks()

    lost.refresh_from_db()
    assert lost.status == "FAILED"
    assert lost.traceback == "The worker died while it ran this task, every time."


@pytest.mark.django_db(transaction=True)
def test_work_once_runs_due_jobs_and_the_queue(capsys: pytest.CaptureFixture[str]) -> None:
    page = scheduled_page("due", minutes=-1)
    broken = task("READY", minutes_ago=1)

    call_command("work", once=True)

    broken.refresh_from_db()
    assert is_live(page)
    assert broken.status == "FAILED"
    assert "ran: publish scheduled content" in capsys.readouterr().out.splitlines()
    assert TimetableRun.objects.get(name="publish scheduled content").error == ""


def test_entries_of_an_older_version_of_the_code_are_built_again() -> None:
    with content_transaction():
        Topic.objects.create(name="Gender")
    Entry.objects.update(payload_version=PAYLOAD_VERSION - 1, payload={"old": True})
    before = Entry.objects.get()

    rebuild_outdated()

    after = Entry.objects.get()
    assert (before.payload_version, after.payload_version) == (PAYLOAD_VERSION - 1, PAYLOAD_VERSION)
    assert after.payload["name"] == "Gender"

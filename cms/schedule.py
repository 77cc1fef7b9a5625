"""What the timetable of the edge does: content goes live and away on time, the queue is kept clean."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import DraftStateMixin, Page, Revision

from cms.delivery.rebuild import chunks, outdated_keys, rebuild_chunk
from pages.signals import PublishRefused, content_transaction

logger = logging.getLogger(__name__)

REFUSAL_LOGGED_EVERY_SECONDS = 3600


def publish_scheduled() -> None:
    """Unpublish what has expired, then publish what is due; each object in a transaction of its own.

    What is refused or fails stays scheduled, is logged at most once an hour, and stops nothing else.
    """
    for expired in expired_objects():
        _attempt(f"{expired._meta.label}:{expired.pk}", partial(_unpublish, expired))
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at", "pk")
    for key in list(due.values_list("pk", flat=True)):
        _attempt(f"revision:{key}", partial(_publish, key))


def expired_objects() -> Iterator[Any]:
    """Yield every live page (specific) and snippet whose time is over, the longest expired first in each model."""
    models: list[Any] = [Page, *(model for model in apps.get_models() if _is_draft_snippet(model))]
    for model in models:
        expired = model.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at", "pk")
        yield from (expired.specific() if model is Page else expired)


def prune_tasks() -> None:
    """Delete the records of tasks that finished `TASK_RESULTS_KEPT_DAYS` ago."""
    before = timezone.now() - timedelta(days=settings.TASK_RESULTS_KEPT_DAYS)
    deleted, _ = DBTaskResult.objects.finished().filter(finished_at__lte=before).delete()
    logger.info("pruned task results count=%d", deleted)


def recover_tasks() -> None:
    """Queue again the tasks whose worker died, and give up on those that were tried `TASK_ATTEMPTS` times."""
    before = timezone.now() - timedelta(seconds=settings.TASK_LOST_AFTER_SECONDS)
    for task in DBTaskResult.objects.running().filter(started_at__lte=before):
        lost = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
        if len(task.worker_ids) < settings.TASK_ATTEMPTS:
            lost.update(status=TaskResultStatus.READY, started_at=None)
            logger.warning("lost task queued again task=%s", task.task_path)
        else:
            lost.update(
                status=TaskResultStatus.FAILED,
                finished_at=timezone.now(),
                traceback="The worker died while it ran this task, every time.",
            )
            logger.error("lost task given up task=%s attempts=%d", task.task_path, len(task.worker_ids))


def rebuild_outdated() -> None:
    """Build the entries again whose payload an older version of the code wrote; interrupted, it goes on the next time."""
    for keys in chunks(outdated_keys()):
        rebuild_chunk(keys)


def _is_draft_snippet(model: type[Model]) -> bool:
    return issubclass(model, DraftStateMixin) and not issubclass(model, Page)


def _publish(revision_id: int) -> None:
    revision = Revision.objects.select_for_update(of=("self",)).filter(pk=revision_id).first()
    if revision is not None and revision.approved_go_live_at is not None:
        revision.publish(log_action="wagtail.publish.scheduled")


def _unpublish(expired: Any) -> None:
    expired.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _attempt(name: str, action: Callable[[], None]) -> None:
    try:
        with content_transaction():
            action()
    except (PublishRefused, ValidationError) as refusal:
        reason = "; ".join(refusal.messages)
        if cache.add(f"cms.schedule.refused:{name}", reason, REFUSAL_LOGGED_EVERY_SECONDS):
            logger.warning("scheduled change refused object=%s reason=%s", name, reason)
    except Exception:
        if cache.add(f"cms.schedule.failed:{name}", True, REFUSAL_LOGGED_EVERY_SECONDS):
            logger.exception("scheduled change failed object=%s", name)

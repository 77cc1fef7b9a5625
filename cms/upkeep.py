"""What `doctor` says about the running of a site: first pages, queue, mail, and room on the disk."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from cms.findings import Finding, Level
from cms.setup.models import SetupStep
from cms.setup.site import has_home_page
from cms.setup.texts import PAGES

QUEUE_OLD = timedelta(minutes=10)
FAILURES_TOLD = timedelta(days=1)
MAIL_SECONDS = 5
MAIL_ADVICE = "notices and forgotten passwords need it: set EMAIL_HOST, EMAIL_PORT and the login"
DISK_LOW_BYTES = 1024**3
DISK_FULL_BYTES = 200 * 1024**2


def look_at_pages() -> Iterator[Finding]:
    """An entrance that readers can see, and what the law asks for."""
    if not has_home_page():
        yield Finding(Level.WARN, "pages", "no home page is published", "run 'manage.py setup_site'")
        return
    keys = [f"page:{page.key}" for page in PAGES if not page.is_published]
    made = SetupStep.objects.filter(key__in=keys).values("object_pk")
    drafts = list(Page.objects.filter(pk__in=made, live=False).order_by("path").values_list("title", flat=True))
    if drafts:
        yield Finding(
            Level.WARN, "pages", f"{', '.join(drafts)} not published", "complete and publish them in every language"
        )
    else:
        yield Finding(Level.OK, "pages", "home page published")


def look_at_queue() -> Iterator[Finding]:
    """Tasks that wait too long, and tasks that failed."""
    ready = DBTaskResult.objects.ready()
    oldest = ready.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    count = ready.count()
    if oldest is not None and oldest < timezone.now() - QUEUE_OLD:
        seen = f"{count} tasks wait, the oldest since {oldest:%Y-%m-%d %H:%M} UTC"
        yield Finding(Level.WARN, "queue", seen, "start 'manage.py work', or more of them")
    else:
        yield Finding(Level.OK, "queue", f"{count} tasks wait")
    failed = DBTaskResult.objects.filter(
        status=TaskResultStatus.FAILED, finished_at__gte=timezone.now() - FAILURES_TOLD
    ).order_by("-finished_at")
    last = failed.first()
    if last is not None:
        seen = f"{failed.count()} since yesterday, last {last.task_path}"
        yield Finding(Level.WARN, "failed tasks", seen, "see the log of the background process")


def look_at_mail() -> Iterator[Finding]:
    """Whether mails leave, and under a sender that can be answered."""
    backend = settings.EMAIL_DELIVERY_BACKEND
    if not backend.endswith("smtp.EmailBackend"):
        where = f"written to {settings.EMAIL_FILE_PATH}" if "filebased" in backend else f"handed to {backend}"
        if settings.DEMONSTRATION_ALLOWED:
            yield Finding(Level.OK, "mail", where)
        else:
            yield Finding(Level.WARN, "mail", f"no mail server is named, mails are {where}", MAIL_ADVICE)
        return
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        connection = get_connection(backend, timeout=MAIL_SECONDS)
        connection.open()
        connection.close()
    except OSError as error:
        yield Finding(Level.WARN, "mail", f"{server}: {error}", MAIL_ADVICE)
        return
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield Finding(Level.WARN, "mail", f"sender {settings.DEFAULT_FROM_EMAIL}", "set DEFAULT_FROM_EMAIL")
    else:
        yield Finding(Level.OK, "mail", f"{server}, sender {settings.DEFAULT_FROM_EMAIL}")


def look_at_disk() -> Iterator[Finding]:
    """Room where database, uploads and mails are kept; the folder may not be there yet."""
    folder = Path(settings.DATA_DIR)
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    seen = f"{free / 1024**3:.1f} GiB free at {settings.DATA_DIR}"
    if free < DISK_FULL_BYTES:
        yield Finding(Level.FAIL, "disk", seen, "make room now: nothing can be saved on a full disk")
    elif free < DISK_LOW_BYTES:
        yield Finding(Level.WARN, "disk", seen, "make room, or move the data folder to a larger disk")
    else:
        yield Finding(Level.OK, "disk", seen)

"""Looks at everything that can be missing or wrong and says in plain words what to do."""

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale

from cms.accounts import look_at_administrators, look_at_guesses, look_at_hashes, look_at_known_passwords
from cms.catalogs import catalog_sources
from cms.database import database_name, database_problem
from cms.delivery.rebuild import check_entries
from cms.findings import Finding as Finding
from cms.findings import Level as Level
from cms.health import unapplied_migrations
from cms.models import TimetableRun
from cms.timetable import jobs
from cms.upkeep import look_at_disk, look_at_mail, look_at_pages, look_at_queue
from search import rebuild

LOWEST_PYTHON = (3, 11)
PACKAGES = {"wagtail": "8.0.", "django": "5.2.", "wagtail-localize": "1.14.", "graphene-django": "3.2."}
WORKER_LATE = timedelta(minutes=5)


def examine() -> Iterator[Finding]:
    """Yield the findings in order; what needs the database is left out when it cannot be reached."""
    for look in (look_at_python, look_at_packages, look_at_settings, look_at_secret, look_at_media, look_at_static):
        yield from look()
    for look in (look_at_catalogs, look_at_cache, look_at_disk, look_at_mail):
        yield from look()
    problem = database_problem()
    if problem:
        yield Finding(Level.FAIL, "database", f"{database_name()}: {problem}", "check DATABASE_URL or LINKS_DATA_DIR")
        return
    yield Finding(Level.OK, "database", database_name())
    yield from look_at_sqlite()
    missing = unapplied_migrations()
    if missing:
        yield Finding(Level.FAIL, "migrations", f"{missing} are missing", "run 'manage.py migrate'")
        return
    yield Finding(Level.OK, "migrations", "all applied")
    for look in IN_THE_DATABASE:
        yield from look()


def look_at_python() -> Iterator[Finding]:
    """The interpreter's version."""
    seen = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] >= LOWEST_PYTHON:
        yield Finding(Level.OK, "Python", seen)
    else:
        yield Finding(Level.FAIL, "Python", seen, "install Python 3.11 or newer and delete .venv")


def look_at_packages() -> Iterator[Finding]:
    """The packages that everything stands on, in the series that they were tested in."""
    for name, series in PACKAGES.items():
        try:
            seen = version(name)
        except PackageNotFoundError:
            yield Finding(Level.FAIL, name, "not installed", "install requirements.lock")
            continue
        fits = f"{seen}.".startswith(series)
        advice = "" if fits else f"{series}x is needed: install requirements.lock"
        yield Finding(Level.OK if fits else Level.FAIL, name, seen, advice)


def look_at_settings() -> Iterator[Finding]:
    """Django's and our own system checks; in production those of a deployment too."""
    production = os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith("production")
    messages = [m for m in checks.run_checks(include_deployment_checks=production) if not m.is_silenced()]
    for message in messages:
        level = Level.FAIL if message.is_serious() else Level.WARN
        yield Finding(level, f"settings ({message.id})", str(message.msg).split("\n")[0], str(message.hint or ""))
    if not messages:
        yield Finding(Level.OK, "settings", os.environ.get("DJANGO_SETTINGS_MODULE", ""))


def look_at_secret() -> Iterator[Finding]:
    """The key that sessions and tokens are signed with."""
    if len(settings.SECRET_KEY) >= 32:
        yield Finding(Level.OK, "secret key", "set")
    else:
        yield Finding(Level.FAIL, "secret key", "shorter than 32 characters", "set SECRET_KEY to a long random text")


def look_at_media() -> Iterator[Finding]:
    """The folder that uploads go to, when they go to a folder."""
    if not settings.STORAGES["default"]["BACKEND"].endswith("FileSystemStorage"):
        yield Finding(Level.OK, "media", settings.STORAGES["default"]["BACKEND"])
        return
    folder = Path(settings.MEDIA_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield Finding(Level.FAIL, "media", f"{folder}: {error.strerror}", "make the folder writable for this user")
    else:
        yield Finding(Level.OK, "media", str(folder))


def look_at_static() -> Iterator[Finding]:
    """Style sheets and scripts, collected."""
    if not settings.STORAGES["staticfiles"]["BACKEND"].endswith("ManifestStaticFilesStorage"):
        return
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield Finding(Level.OK, "static files", str(settings.STATIC_ROOT))
    else:
        yield Finding(Level.FAIL, "static files", "not collected", "run 'manage.py collectstatic'")


def look_at_catalogs() -> Iterator[Finding]:
    """Compiled message catalogs."""
    sources = [path for code, _ in settings.LANGUAGES for path in catalog_sources(settings.BASE_DIR, code)]
    missing = sorted({path.parts[-3] for path in sources if not path.with_suffix(".mo").exists()})
    if missing:
        yield Finding(
            Level.WARN,
            "languages of the admin",
            f"{', '.join(missing)} not compiled",
            "run 'manage.py catalogs --compile'",
        )
    else:
        yield Finding(Level.OK, "languages of the admin", "compiled")


def look_at_cache() -> Iterator[Finding]:
    """The cache, by writing and reading one value."""
    backend = settings.CACHES["default"]["BACKEND"].rsplit(".", 1)[-1]
    try:
        cache.set("cms.doctor", "seen", 5)
        works = cache.get("cms.doctor") == "seen"
    except Exception as error:
        yield Finding(Level.FAIL, "cache", f"{backend}: {type(error).__name__}", "check REDIS_URL")
        return
    yield Finding(Level.OK if works else Level.FAIL, "cache", backend, "" if works else "check REDIS_URL")


def look_at_sqlite() -> Iterator[Finding]:
    """The three settings without which SQLite loses writes under load."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        timeout = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    kind = getattr(connection, "transaction_mode", None)
    seen = f"journal {mode}, busy timeout {timeout} ms, transactions {kind}"
    if mode == "wal" and timeout >= 5000 and kind == "IMMEDIATE":
        yield Finding(Level.OK, "SQLite", seen)
    else:
        yield Finding(Level.FAIL, "SQLite", seen, "keep it on a local disk and use the settings of cms.settings")


def look_at_locales() -> Iterator[Finding]:
    """A locale in the database for every configured language."""
    present = set(Locale.objects.values_list("language_code", flat=True))
    missing = [code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES if code not in present]
    if missing:
        yield Finding(Level.WARN, "locales", f"{', '.join(missing)} missing", "add them in the admin, under Settings")
    else:
        yield Finding(Level.OK, "locales", ", ".join(sorted(present)))


def look_at_entries() -> Iterator[Finding]:
    """What is delivered, compared with what is live."""
    found = check_entries()
    if found:
        yield Finding(
            Level.FAIL,
            "entries",
            f"{len(found)} differ from what is live, first {found[0]}",
            "run 'manage.py rebuild_entries'",
        )
    else:
        yield Finding(Level.OK, "entries", "equal to what is live")


def look_at_search() -> Iterator[Finding]:
    """The search index, compared with what is delivered."""
    if rebuild.is_outdated():
        yield Finding(Level.WARN, "search index", "not made by this version yet", "run 'manage.py rebuild_search'")
        return
    found = list(rebuild.differences())
    if found:
        seen = f"differs from what is delivered in {len(found)} places, first: {found[0]}"
        yield Finding(Level.FAIL, "search index", seen, "run 'manage.py rebuild_search'")
    else:
        yield Finding(Level.OK, "search index", "equal to what is delivered")


def look_at_worker() -> Iterator[Finding]:
    """When each job of the timetable ran last, and how."""
    runs = {run.name: run for run in TimetableRun.objects.all()}
    now = timezone.now()
    for job in jobs():
        run = runs.get(job.name)
        if run is not None and run.leased_until is not None and run.leased_until > now:
            yield Finding(Level.OK, f"job '{job.name}'", f"running since {run.started_at:%Y-%m-%d %H:%M:%S} UTC")
        elif run is None or run.finished_at is None:
            yield Finding(Level.WARN, f"job '{job.name}'", "never ran", "start 'manage.py work'")
        elif run.due_at + WORKER_LATE < now:
            seen = f"overdue since {run.due_at:%Y-%m-%d %H:%M} UTC"
            yield Finding(Level.WARN, f"job '{job.name}'", seen, "start 'manage.py work'")
        elif run.error:
            yield Finding(
                Level.WARN, f"job '{job.name}'", f"failed: {run.error}", "see the log of the background process"
            )
        else:
            seen = f"ran {run.finished_at:%Y-%m-%d %H:%M:%S} UTC in {run.duration_seconds:.1f} s"
            yield Finding(Level.OK, f"job '{job.name}'", seen)


IN_THE_DATABASE = (
    look_at_locales,
    look_at_pages,
    look_at_entries,
    look_at_search,
    look_at_worker,
    look_at_queue,
    look_at_administrators,
    look_at_hashes,
    look_at_known_passwords,
    look_at_guesses,
)

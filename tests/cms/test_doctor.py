"""`manage.py doctor`: plain words, one line per thing, 1 when something failed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Locale

from cms import doctor
from cms.doctor import Level, examine
from cms.models import TimetableRun
from search.models import Word

pytestmark = pytest.mark.django_db


def finding(subject: str) -> doctor.Finding:
    return next(item for item in examine() if item.subject == subject)


def test_versions_are_fine_here() -> None:
    assert [finding(name).level for name in ("Python", "wagtail", "django")] == [Level.OK] * 3


def test_line_says_level_subject_what_was_seen_and_what_to_do() -> None:
    line = str(doctor.Finding(Level.FAIL, "database", "down", "check DATABASE_URL"))

    assert line == "FAIL  database: down -> check DATABASE_URL"


def test_wrong_wagtail_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "version", lambda name: "7.4.1")

    assert str(finding("wagtail")) == "FAIL  wagtail: 7.4.1 -> 8.0.x is needed: install requirements.lock"


def test_short_secret_key_fails(settings: Settings) -> None:
    settings.SECRET_KEY = "short"

    assert finding("secret key").level == Level.FAIL


def test_media_folder_that_cannot_be_written_fails(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"

    found = finding("media")

    assert (found.level, found.advice) == (Level.FAIL, "make the folder writable for this user")


def test_missing_migration_fails_and_what_needs_it_is_left_out() -> None:
    MigrationRecorder(connection).record_unapplied("cms", "0001_initial")

    subjects = [item.subject for item in examine()]

    assert str(finding("migrations")) == "FAIL  migrations: 1 are missing -> run 'manage.py migrate'"
    assert subjects[-1] == "migrations"


def test_database_that_is_away_fails_without_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "database_problem", lambda: "Nothing answers at db:5432.")

    last = list(examine())[-1]

    assert (last.level, last.subject) == (Level.FAIL, "database")
    assert last.seen.endswith("Nothing answers at db:5432.")


def test_missing_locales_are_named() -> None:
    Locale.objects.exclude(language_code="en").delete()
    Locale.objects.get_or_create(language_code="en")
    Locale.objects.create(language_code="fi")

    found = finding("locales")

    assert (found.level, found.seen) == (Level.WARN, "fr, it, de missing")


def test_job_that_never_ran_warns() -> None:
    assert str(finding("job 'publish scheduled content'")) == (
        "WARN  job 'publish scheduled content': never ran -> start 'manage.py work'"
    )


@pytest.mark.parametrize(
    ("due_minutes", "error", "level", "seen"),
    [
        (1, "", Level.OK, "ran "),
        (-4, "", Level.OK, "ran "),
        (-6, "", Level.WARN, "overdue since "),
        (1, "ValueError: no", Level.WARN, "failed: ValueError: no"),
    ],
)
def test_last_run_of_a_job_is_told(due_minutes: int, error: str, level: Level, seen: str) -> None:
    now = timezone.now()
    TimetableRun.objects.create(
        name="prune finished tasks",
        due_at=now + timedelta(minutes=due_minutes),
        started_at=now,
        finished_at=now,
        duration_seconds=0.5,
        error=error,
    )

    found = finding("job 'prune finished tasks'")

    assert (found.level, found.seen[: len(seen)]) == (level, seen)


def test_embedded_database_is_set_up_to_wait() -> None:
    if connection.vendor == "sqlite":
        assert finding("SQLite").seen == "journal wal, busy timeout 20000 ms, transactions IMMEDIATE"
    else:
        assert "SQLite" not in [item.subject for item in examine()]


def test_search_index_is_compared_with_what_is_delivered() -> None:
    assert str(finding("search index")) == (
        "WARN  search index: not made by this version yet -> run 'manage.py rebuild_search'"
    )

    call_command("rebuild_search", verbosity=0)
    assert str(finding("search index")) == "OK    search index: equal to what is delivered"

    Word.objects.create(locale="en", word="lost", plain="lost", stem="lost", key="lost", entries=1)
    assert str(finding("search index")) == (
        "FAIL  search index: differs from what is delivered in 1 places, first: "
        "0 words (en) are counted wrongly, 1 are not used -> run 'manage.py rebuild_search'"
    )


def test_command_ends_with_1_when_something_failed(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SECRET_KEY = "short"

    with pytest.raises(SystemExit) as end:
        call_command("doctor")

    assert end.value.code == 1
    assert "FAIL  secret key: shorter than 32 characters" in capsys.readouterr().out


def test_command_ends_well_when_nothing_failed(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SECRET_KEY = "s" * 50

    call_command("doctor")

    assert capsys.readouterr().out.splitlines()[-1].endswith(" 0 failures")

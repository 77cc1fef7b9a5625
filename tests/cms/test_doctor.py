"""`manage.py doctor`: plain words, one line per thing, 1 when something failed."""

import socket
import threading
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from wagtail.models import Locale, Page

from cms import accounts, doctor, upkeep
from cms.demo.people import PASSWORD
from cms.doctor import Level, examine
from cms.models import TimetableRun
from cms.setup.ledger import Ledger
from cms.upkeep import look_at_mail
from pages.models import InformationPage
from search.models import Word
from tests.factories import make_home

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


def person(name: str, **fields: object) -> object:
    """An active person whose password is kept in a strong way."""
    user = get_user_model()(username=name, email=f"{name}@example.org", **fields)
    user.password = make_password("quite-my-Own-1", hasher="pbkdf2_sha256")
    user.save()
    return user


@pytest.fixture
def strong_hashes(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]


def test_job_that_runs_now_is_not_late() -> None:
    now = timezone.now()
    TimetableRun.objects.create(
        name="prune finished tasks",
        due_at=now - timedelta(hours=1),
        started_at=now,
        leased_until=now + timedelta(minutes=1),
    )

    found = finding("job 'prune finished tasks'")

    assert (found.level, found.seen[:14]) == (Level.OK, "running since ")


def task(**fields: object) -> DBTaskResult:
    now = timezone.now()
    made: DBTaskResult = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="cms.media.tasks.prepare",
        backend_name="default",
        exception_class_path="",
        traceback="",
        **{"run_after": now, **fields},
    )
    return made


@pytest.mark.parametrize(("minutes", "level"), [(9, Level.OK), (11, Level.WARN)])
def test_old_queue_warns(minutes: int, level: Level) -> None:
    DBTaskResult.objects.all().delete()
    task()
    old = task()
    enqueued = timezone.now() - timedelta(minutes=minutes)
    DBTaskResult.objects.filter(pk=old.pk).update(enqueued_at=enqueued)

    found = finding("queue")

    assert (found.level, found.seen[:12]) == (level, "2 tasks wait")
    assert found.seen.endswith(f"the oldest since {enqueued:%Y-%m-%d %H:%M} UTC") is (level == Level.WARN)


def test_task_for_later_does_not_wait() -> None:
    DBTaskResult.objects.all().delete()
    later = task(run_after=timezone.now() + timedelta(days=1))
    DBTaskResult.objects.filter(pk=later.pk).update(enqueued_at=timezone.now() - timedelta(days=1))

    assert str(finding("queue")) == "OK    queue: 0 tasks wait"


def test_failed_tasks_of_the_last_day_are_counted() -> None:
    now = timezone.now()
    task(status="FAILED", finished_at=now - timedelta(hours=2))
    task(status="FAILED", finished_at=now - timedelta(hours=25))

    assert str(finding("failed tasks")) == (
        "WARN  failed tasks: 1 since yesterday, last cms.media.tasks.prepare -> see the log of the background process"
    )


def test_mail_server_that_does_not_answer_warns(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused at once
        settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", taken.getsockname()[1]

        found = finding("mail")

    assert found.level == Level.WARN
    assert found.seen == f"127.0.0.1:{settings.EMAIL_PORT}: [Errno 111] Connection refused"
    assert found.advice == "notices and forgotten passwords need it: set EMAIL_HOST, EMAIL_PORT and the login"


def greet_once(listener: socket.socket) -> None:
    """Answer as a mail server does, until the guest says goodbye."""
    guest, _ = listener.accept()
    with guest, guest.makefile("rwb") as talk:
        talk.write(b"220 here\r\n")
        talk.flush()
        for line in talk:
            talk.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")
            talk.flush()


@pytest.mark.parametrize(
    ("sender", "level", "seen"),
    [
        ("no-reply@localhost", Level.WARN, "sender no-reply@localhost"),
        ("office@example.org", Level.OK, "127.0.0.1:{port}, sender office@example.org"),
    ],
)
def test_mail_server_that_answers_is_fine_with_a_sender_that_exists(
    settings: Settings, sender: str, level: Level, seen: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.DEFAULT_FROM_EMAIL = "127.0.0.1", port, sender
        thread = threading.Thread(target=greet_once, args=(listener,))
        thread.start()

        found = next(look_at_mail())
        thread.join()

    assert (found.level, found.seen) == (level, seen.format(port=port))


def test_mails_of_one_machine_are_written_to_its_folder(settings: Settings) -> None:
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

    assert str(finding("mail")) == f"OK    mail: written to {settings.EMAIL_FILE_PATH}"

    settings.DEMONSTRATION_ALLOWED = False

    found = finding("mail")
    assert found.level == Level.WARN
    assert found.seen == f"no mail server is named, mails are written to {settings.EMAIL_FILE_PATH}"


@pytest.mark.parametrize(
    ("free_mebibytes", "level"), [(199, Level.FAIL), (201, Level.WARN), (1023, Level.WARN), (1025, Level.OK)]
)
def test_disk_that_fills_up_is_told_in_time(
    monkeypatch: pytest.MonkeyPatch, free_mebibytes: int, level: Level
) -> None:
    monkeypatch.setattr(upkeep.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free_mebibytes * 1024**2))

    found = finding("disk")

    assert found.level == level
    assert found.seen.startswith(f"{free_mebibytes / 1024:.1f} GiB free at ")


def test_nobody_who_may_do_everything_warns() -> None:
    assert str(finding("administrators")) == (
        "WARN  administrators: nobody -> run 'manage.py setup_site' or 'createsuperuser'"
    )


@pytest.mark.usefixtures("strong_hashes")
def test_people_with_strong_hashes_are_fine() -> None:
    person("anna", is_superuser=True)

    assert str(finding("administrators")) == "OK    administrators: anna"
    assert str(finding("passwords stored")) == "OK    passwords stored: 1 people, all in a strong way"
    assert str(finding("guessed passwords")) == (
        "OK    guessed passwords: none of 11 guesses fits 1 of 1 administrators"
    )


@pytest.mark.usefixtures("strong_hashes")
def test_passwords_stored_badly_are_told_by_name() -> None:
    person("anna")
    people = get_user_model().objects
    people.create(username="open", password="")
    people.create(username="old", password=make_password("quite-my-Own-1", hasher="md5"))
    people.create(username="odd", password="plain text")
    people.create(username="invited", password=make_password(None))
    people.create(username="gone", password="", is_active=False)

    lines = {item.subject: (item.level, item.seen) for item in examine() if item.subject.startswith("passwords")}

    assert lines == {
        "passwords empty": (Level.FAIL, "open"),
        "passwords stored in a weak way": (Level.WARN, "old, odd"),
        "passwords unusable": (Level.WARN, "invited"),
    }


@pytest.mark.parametrize("password", ["password", "changeme", "anna", "anna@example.org"])
def test_administrator_whose_password_is_guessed_fails(password: str) -> None:
    get_user_model().objects.create_superuser("anna", "anna@example.org", password)
    get_user_model().objects.create_superuser("berta", "berta@example.org", "quite-my-Own-1")

    found = finding("guessed passwords")

    assert (found.level, found.seen) == (Level.FAIL, "anna")


def test_time_for_guessing_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("anna", "berta", "carla"):
        get_user_model().objects.create_superuser(name, f"{name}@example.org", "quite-my-Own-1")
    clock = iter([0.0, 1.0, 7.9, 8.1])
    monkeypatch.setattr(accounts.time, "monotonic", lambda: next(clock))

    found = next(accounts.look_at_guesses())

    assert found.seen == "none of 11 guesses fits 2 of 3 administrators"


@pytest.mark.parametrize(("is_allowed", "level"), [(True, Level.OK), (False, Level.FAIL)])
def test_password_of_the_demonstration_fails_in_production(settings: Settings, is_allowed: bool, level: Level) -> None:
    settings.DEMONSTRATION_ALLOWED = is_allowed
    get_user_model().objects.create_user("author", password=PASSWORD)

    found = finding("demonstration's password")

    assert (found.level, found.seen.partition(";")[0]) == (level, "author")
    assert found.advice.startswith("Run 'manage.py remove_demo'") is not is_allowed


def test_site_without_pages_is_led_to_the_setup(root_page: Page) -> None:
    for page in root_page.get_children():
        page.specific.delete()

    assert str(finding("pages")) == "WARN  pages: no home page is published -> run 'manage.py setup_site'"


def test_drafts_of_what_the_law_asks_for_are_named(root_page: Page) -> None:
    home = make_home()
    home.save_revision().publish()
    legal = InformationPage(title="Legal notice", locale=home.locale, live=False)
    home.add_child(instance=legal)
    Ledger().once("page:legal", lambda: legal)
    assert finding("pages").seen == "Legal notice not published"

    legal.save_revision().publish()

    assert str(finding("pages")) == "OK    pages: home page published"

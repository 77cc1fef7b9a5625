"""Saving a site and bringing it back in its own place, with the real commands."""

import io
import sys
import tarfile
import threading
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from wagtail.models import Page

from cms.backups import restoring
from cms.backups.media import referred_files
from cms.backups.saving import save_site
from cms.delivery.feed import content_version
from cms.delivery.models import Change, Entry
from cms.delivery.rebuild import check_entries
from cms.media.models import Image
from pages.models import ChapterPage
from tests import factories
from tests.backups.site import SmallSite, all_rows, file_sums

pytestmark = pytest.mark.django_db(transaction=True)


def backup(target: Path, *options: str) -> str:
    """Run `manage.py backup` and return what it told."""
    told = io.StringIO()
    call_command("backup", str(target), *options, stderr=told)
    return told.getvalue()


def restore(source: Path, *options: str) -> str:
    """Run `manage.py restore` and return what it told."""
    told = io.StringIO()
    call_command("restore", str(source), *options, stdout=told)
    return told.getvalue()


def publish(page: Any, **values: Any) -> None:
    """Give a page new values and publish it, as the editor does."""
    page = type(page).objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_everything_comes_back_as_it_was(site: SmallSite, tmp_path: Path) -> None:
    archive = tmp_path / "site.tar"
    backup(archive)
    rows, files = all_rows(), file_sums()

    publish(site.chapters[0], title="Changed since")
    site.chapters[1].delete()
    added = factories.make_image("Added since")
    site.image.delete()
    get_user_model().objects.all().delete()
    assert all_rows() != rows
    told = restore(archive, "--force", "--no-input")

    assert all_rows() == rows
    assert file_sums() == files
    assert not Image.objects.filter(title=added.title).exists()
    assert get_user_model().objects.get().check_password("a long secret of hers")
    assert check_entries() == []
    assert told.splitlines()[-1] == "The site is restored. Restart the web and worker processes."


def test_new_rows_get_numbers_that_nothing_ever_had(site: SmallSite, tmp_path: Path) -> None:
    archive = tmp_path / "site.tar"
    backup(archive)
    later = factories.make_chapter(site.study, "Later")

    restore(archive, "--force", "--no-input", "--no-safety-copy")
    newest = factories.make_chapter(type(site.study).objects.get(pk=site.study.pk), "Newest")

    assert newest.pk > later.pk


def test_nothing_kept_by_readers_is_met_again(site: SmallSite, tmp_path: Path) -> None:
    archive = tmp_path / "site.tar"
    backup(archive)
    later = factories.make_chapter(site.study, "Later")
    gone = Entry.objects.get(entry_id=later.translation_key)
    number = content_version()

    restore(archive, "--force", "--no-input", "--no-safety-copy")

    assert content_version() == 1_000_000
    assert content_version() > number
    told = Change.objects.filter(number=1_000_000)
    stood = set(Entry.objects.values_list("entry_id", "locale"))
    assert set(told.filter(kind="upserted").values_list("entry_id", "locale")) == stood
    assert list(told.filter(kind="deleted").values_list("entry_id", "previous_path")) == [(gone.entry_id, gone.path)]


def test_log_still_refuses_changes_after_a_restore(site: SmallSite, tmp_path: Path) -> None:
    archive = tmp_path / "site.tar"
    backup(archive)

    restore(archive, "--force", "--no-input", "--no-safety-copy")

    with pytest.raises(DatabaseError, match="append-only"):
        Change.objects.update(locale="xx")
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM delivery_change")


def test_what_stood_there_is_saved_first(site: SmallSite, tmp_path: Path, settings: Any) -> None:
    archive = tmp_path / "site.tar"
    backup(archive)
    publish(site.chapters[0], title="Changed since")
    rows = all_rows()

    told = restore(archive, "--force", "--no-input")
    (kept,) = (settings.DATA_DIR / "backups").iterdir()
    restore(kept, "--force", "--no-input", "--no-safety-copy")

    assert f"What was here is kept in {kept}." in told
    assert all_rows() == rows


def test_backup_is_one_moment_while_others_publish(site: SmallSite, tmp_path: Path) -> None:
    stop, errors = threading.Event(), []

    def publish_often() -> None:
        try:
            turn = 0
            while not stop.is_set():
                turn += 1
                for chapter in site.chapters:
                    publish(chapter, title=f"Turn {turn}")
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    writer = threading.Thread(target=publish_often)
    writer.start()
    archives = [tmp_path / f"{number}.tar" for number in range(5)]
    try:
        for archive in archives:
            save_site(archive, lambda line: None)
    finally:
        stop.set()
        writer.join(60)

    assert errors == []
    for archive in archives:
        restore(archive, "--force", "--no-input", "--no-safety-copy")
        assert check_entries() == []
        assert len(set(ChapterPage.objects.values_list("title", flat=True))) <= 2


@pytest.mark.parametrize("fault", ["load_tables", "bring_schema_forward", "announce_restored", "referred_files"])
def test_failure_leaves_the_site_as_it_was(
    site: SmallSite, tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "site.tar"
    backup(archive)
    publish(site.chapters[0], title="Changed since")
    stored = Path(site.image.file.path)
    stored.write_bytes(b"another picture")
    Path(site.file.file.path).unlink()
    rows, files, number = all_rows(), file_sums(), content_version()
    real = getattr(restoring, fault)
    calls = []

    def fail_afterwards(*arguments: Any) -> Any:
        answer = real(*arguments)
        calls.append(fault)
        if fault != "referred_files" or len(calls) > 1:
            raise OSError(28, "No space left on device")
        return answer

    monkeypatch.setattr(restoring, fault, fail_afterwards)
    with pytest.raises(CommandError, match=r"The disk of the storage is full: .* The site is as it was before\."):
        restore(archive, "--force", "--no-input", "--no-safety-copy")

    assert calls
    assert all_rows() == rows
    assert file_sums() == files
    assert content_version() == number


def test_file_with_other_content_is_replaced(site: SmallSite, tmp_path: Path) -> None:
    archive = tmp_path / "site.tar"
    backup(archive)
    files = file_sums()
    Path(site.image.file.path).write_bytes(b"another picture")

    told = restore(archive, "--force", "--no-input", "--no-safety-copy")

    assert file_sums() == files
    assert f"Files: 0 added, 1 replaced, {len(files) - 1} as they were." in told


def test_files_go_through_the_storage_alone(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    request.getfixturevalue("site")
    archive = tmp_path / "site.tar"
    contents = {name: default_storage.open(name).read() for name in referred_files()}
    backup(archive)
    first, second, *others = sorted(contents)
    default_storage.delete(first)
    default_storage.delete(second)
    default_storage.save(second, ContentFile(b"another picture"))

    told = restore(archive, "--force", "--no-input", "--no-safety-copy")

    assert file_sums() == {}
    assert {name: default_storage.open(name).read() for name in referred_files()} == contents
    assert f"Files: 1 added, 1 replaced, {len(others)} as they were." in told


def test_missing_file_is_named_and_the_rest_is_saved(site: SmallSite, tmp_path: Path) -> None:
    archive = tmp_path / "site.tar"
    Path(site.file.file.path).unlink()

    with pytest.raises(CommandError, match="1 files that the content refers to are not in the storage") as caught:
        backup(archive)

    assert caught.value.returncode == 2
    assert site.file.file.name in str(caught.value)
    told = restore(archive, "--check")
    assert f"Already missing when it was written: {site.file.file.name}" in told


def test_archive_can_go_to_the_standard_output(
    site: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "site.tar"
    with archive.open("wb") as target, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", io.TextIOWrapper(target, write_through=True))
        told = io.StringIO()
        call_command("backup", "-", stderr=told)
        sys.stdout.detach()

    assert "Every sum is right." in restore(archive, "--check")
    assert told.getvalue().splitlines()[-1].startswith("- is complete: ")


def test_sessions_are_not_saved(site: SmallSite, tmp_path: Path, client: Any) -> None:
    client.force_login(get_user_model().objects.get())
    archive = tmp_path / "site.tar"

    backup(archive)

    with tarfile.open(archive) as tar:
        names = tar.getnames()
    assert "database/auth_user.jsonl.gz" in names
    assert [name for name in names if "session" in name] == []


def test_site_is_not_replaced_without_being_told(
    site: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "site.tar"
    backup(archive)
    publish(site.chapters[0], title="Changed since")
    rows = all_rows()

    with pytest.raises(CommandError, match=r"Here is a site already \(1 people, .*\): --force replaces it\. Nothing"):
        restore(archive)
    monkeypatch.setattr(sys, "stdin", io.StringIO("no\n"))
    with pytest.raises(CommandError, match=r"Not confirmed .* Nothing was changed\."):
        restore(archive, "--force")

    assert all_rows() == rows
    assert Page.objects.filter(title="Changed since").exists()

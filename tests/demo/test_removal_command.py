"""The real commands, one after the other: seed, people edit, remove with an interruption, set up a site of one's own."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Installation, new_installation


@pytest.fixture
def installation(tmp_path: Path, root: Path) -> Iterator[Installation]:
    with new_installation(root, tmp_path / "data") as made:
        yield made


EDIT = """
from django.contrib.auth import get_user_model
from pages.models import InformationPage, StudyPage
editor = get_user_model().objects.get(username="editor")
page = InformationPage.objects.get(locale__language_code="en", slug="about")
page.title = "Changed by hand"
page.save_revision(user=editor).publish(user=editor)
"""
LOOK = """
import json
from pathlib import Path
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from cms.delivery.models import Entry
from cms.demo.models import Seeded
from cms.media.models import Image
from wagtail.models import Page, Site
from django_tasks_db.models import DBTaskResult
client = Client(SERVER_NAME="localhost")
print(json.dumps({
    "pages": sorted(Page.objects.filter(depth__gt=1, locale__language_code="en").values_list("title", flat=True)),
    "entries": Entry.objects.count(),
    "users": sorted(get_user_model().objects.values_list("username", "is_active")),
    "images": Image.objects.count(),
    "files": len([path for path in (Path(settings.MEDIA_ROOT) / "original_images").iterdir()]),
    "failed": DBTaskResult.objects.filter(status="FAILED").count(),
    "open": Seeded.objects.filter(released_at=None).count(),
    "home": client.get("/en/").status_code,
    "about": "Changed by hand" in client.get("/en/about/").content.decode(),
}))
"""
LOGIN = {"ADMIN_USER_NAME": "anna", "ADMIN_EMAIL": "anna@example.org", "ADMIN_PASSWORD": "the-first-Kangaroo"}


def test_demonstration_is_seeded_edited_removed_and_replaced(installation: Installation) -> None:
    installation.run("migrate", "-v0")
    installation.run("seed_demo", "--small")
    refused = installation.attempt("setup_site", "--no-input")
    assert (refused.returncode, "run 'manage.py remove_demo' first" in refused.stderr) == (1, True)
    installation.shell(EDIT)

    listed = installation.run("remove_demo", "--dry-run")
    assert "    Changed by hand: “Changed by hand” (en) changed by editor on " in listed
    assert ": “Changed by hand” stands below it" in listed
    assert "    editor: people worked under this name" in listed
    before = json.loads(installation.shell(LOOK))
    assert (before["home"], before["about"]) == (200, True)
    assert len(before["users"]) == 7

    installation.interrupt("remove_demo", "--no-input", when="Removing content")
    assert "The demonstration is removed." in installation.run("remove_demo", "--no-input")
    installation.run("work", "--once")

    assert "are equal to what is live" in installation.run("rebuild_entries", "--check")
    after = json.loads(installation.shell(LOOK))
    assert len(after["pages"]) == 2
    assert "Changed by hand" in after["pages"]
    assert (after["home"], after["about"], after["open"], after["failed"]) == (200, True, 0, 0)
    assert after["users"] == [["editor", False]]
    assert after["entries"] == 10
    assert 0 < after["images"] < before["images"]
    assert after["files"] == after["images"]
    assert "There is no demonstration in this database" in installation.run("remove_demo", "--no-input")

    installation.extra = LOGIN
    said = installation.run("setup_site", "--no-input")

    assert "Administrator: anna (made now)." in said
    assert "Changed by hand" in said
    site = json.loads(installation.shell(LOOK))
    assert (len(site["pages"]), site["home"], site["about"]) == (11, 200, True)
    assert site["users"] == [["anna", True], ["editor", False]]
    assert "are equal to what is live" in installation.run("rebuild_entries", "--check")

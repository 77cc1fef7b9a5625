"""The real command on a real database of its own: interrupted, continued, edited by people, repeated."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from pypdf import PdfReader

LOCALES = ["en", "fr", "fi", "it", "de"]


@dataclass
class Installation:
    """A data folder and a database of its own, and the commands on them."""

    root: Path
    data: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "LINKS_DATA_DIR": str(self.data),
            "DATABASE_URL": self.url,
            "LOG_LEVEL": "WARNING",
            "PYTHONWARNINGS": "ignore",
        }

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "manage.py", *arguments]

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            self.command(*arguments), cwd=self.root, env=self.environment, capture_output=True, text=True, timeout=900
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def shell(self, code: str) -> str:
        return self.run("shell", "-v0", "-c", code).strip()

    def interrupt(self, *arguments: str, when: str) -> None:
        """Start a command and kill it without warning as soon as its output says `when`."""
        process = subprocess.Popen(
            self.command(*arguments),
            cwd=self.root,
            env={**self.environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        assert process.stdout is not None
        for line in process.stdout:
            if when in line:
                time.sleep(0.5)
                break
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def installation(tmp_path: Path, root: Path) -> Iterator[Installation]:
    address = os.environ.get("TEST_DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield Installation(root, tmp_path / "data", "")
        return
    name = f"seeding_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield Installation(root, tmp_path / "data", urlunsplit(urlsplit(address)._replace(path=f"/{name}")))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


EDIT = """
from wagtail.models import Page
from pages.models import InformationPage, EventPage
page = InformationPage.objects.get(locale__language_code="en", slug="about")
page.title = "Changed by hand"; page.save_revision().publish()
EventPage.objects.filter(locale__language_code="en").first().delete()
"""
LOOK = """
import json
from collections import Counter
from cms.delivery.models import Entry
from pages.models import InformationPage, EventPage
from cms.media.models import File
print(json.dumps({
    "types": Counter(f"{kind} {locale}" for kind, locale in Entry.objects.values_list("entry_type", "locale")),
    "about": InformationPage.objects.get(locale__language_code="en", slug="about").title,
    "events": EventPage.objects.filter(locale__language_code="en").count(),
    "files": [file.file.path for file in File.objects.all()],
    "fallback": list(Entry.objects.filter(source_locale="de", entry_type__in=["Chapter", "Event", "Organisation"])
        .order_by("entry_type", "locale").values_list("entry_type", "locale")),
}))
"""


def test_the_demonstration_survives_interruption_and_people(installation: Installation) -> None:
    installation.run("migrate", "-v0")
    installation.interrupt("seed_demo", when="Creating pages")
    assert "The demonstration is complete" in installation.run("seed_demo")

    seen = json.loads(installation.shell(LOOK))
    types = seen["types"]
    for locale in LOCALES:
        assert types[f"HomePage {locale}"] == 1
        assert types[f"GuidanceTool {locale}"] == 5
        assert types[f"Brochure {locale}"] == 5
        assert types[f"Event {locale}"] == 6
        assert types[f"Footer {locale}"] == types[f"MainMenu {locale}"] == 1
    assert [types[f"Chapter {locale}"] for locale in LOCALES] == [7, 2, 2, 2, 3]
    assert seen["fallback"][0] == ["Chapter", "de"]
    assert {kind for kind, _ in seen["fallback"]} == {"Chapter", "Event", "Organisation"}
    texts = {"".join(page.extract_text() for page in PdfReader(path).pages) for path in seen["files"]}
    assert len(seen["files"]) == len(texts) == 25
    assert min(len(text) for text in texts) > 1000
    assert "are equal to what is live" in installation.run("rebuild_entries", "--check")

    installation.shell(EDIT)
    started = time.monotonic()
    assert "Nothing to seed" in installation.run("seed_demo")
    assert time.monotonic() - started < 30

    again = json.loads(installation.shell(LOOK))
    assert again["about"] == "Changed by hand"
    assert again["events"] == seen["events"] - 1 == 5
    assert again["types"] == {**types, "Event en": 5}

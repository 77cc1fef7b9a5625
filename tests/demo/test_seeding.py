"""The real command on a real database of its own: interrupted, continued, edited by people, repeated."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.installation import Installation, new_installation

LOCALES = ["en", "fr", "fi", "it", "de"]


@pytest.fixture
def installation(tmp_path: Path, root: Path) -> Iterator[Installation]:
    with new_installation(root, tmp_path / "data") as made:
        yield made


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
    assert again["events"] == seen["events"] - 1 == 6
    assert again["types"] == {**types, "Event en": 5}

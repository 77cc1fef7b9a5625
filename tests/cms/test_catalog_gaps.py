"""Gap catalogs: what installed packages leave in English is known, demanded, filled and then spoken."""

from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation.trans_real import DjangoTranslation

from cms.catalog_gaps import gap_catalog_path, missing_upstream, package_gaps, update_package_gaps
from cms.catalogs import Gap, Message, catalog_path, compile_changed

FOOTNOTE = "Choose a footnote"
LANGUAGES = ["en", "fr", "fi", "it", "de"]


def fill(path: Path, texts: dict[str, str] | None = None) -> None:
    """Translate every message, by itself where no text is given."""
    catalog = polib.pofile(str(path))
    for entry in catalog:
        text = (texts or {}).get(entry.msgid, entry.msgid)
        if entry.msgid_plural:
            entry.msgstr_plural = {0: text, 1: entry.msgid_plural}
        else:
            entry.msgstr = text
    catalog.save()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose German gap catalog is filled."""
    update_package_gaps(tmp_path, LANGUAGES)
    fill(gap_catalog_path(tmp_path, "de", "django"), {FOOTNOTE: "Fußnote wählen"})
    return tmp_path


def test_message_that_a_package_translates_is_no_gap_and_one_that_it_lacks_is(tmp_path: Path) -> None:
    missing = missing_upstream(tmp_path, "de", "django")

    assert missing[Message("", FOOTNOTE, "")] == ["wagtail_footnotes"]
    assert Message("", "Dashboard", "") not in missing
    assert Message("", FOOTNOTE, "") not in missing_upstream(tmp_path, "fr", "django")


def test_message_of_ours_with_the_same_text_fills_the_gap(tmp_path: Path) -> None:
    path = catalog_path(tmp_path, "de")
    path.parent.mkdir(parents=True)
    catalog = polib.POFile()
    catalog.append(polib.POEntry(msgid=FOOTNOTE, msgstr="Fußnote wählen"))
    catalog.save(str(path))

    assert Message("", FOOTNOTE, "") not in missing_upstream(tmp_path, "de", "django")


def test_applications_inside_a_package_that_are_not_installed_make_no_gap(tmp_path: Path) -> None:
    assert "wagtail.contrib.styleguide" not in settings.INSTALLED_APPS
    texts = {message.text for message in missing_upstream(tmp_path, "fi", "django")}

    assert "Styleguide" not in texts
    assert "Add a locale" not in {message.text for message in missing_upstream(tmp_path, "fr", "django")}


def test_update_makes_a_catalog_of_each_domain_that_has_gaps(project: Path) -> None:
    made = sorted(path.relative_to(project / "locale" / "packages").as_posix() for path in project.rglob("*.po"))

    assert made == [
        "de/LC_MESSAGES/django.po",
        "fi/LC_MESSAGES/django.po",
        "fi/LC_MESSAGES/djangojs.po",
        "fr/LC_MESSAGES/django.po",
        "it/LC_MESSAGES/django.po",
    ]


def test_gap_is_told_until_it_is_filled(project: Path) -> None:
    assert package_gaps(project, ["de"]) == []

    fill(gap_catalog_path(project, "de", "django"), {FOOTNOTE: ""})

    assert package_gaps(project, ["de"]) == [Gap("de", "not translated (package, django)", FOOTNOTE)]


def test_message_that_its_package_translates_meanwhile_is_superfluous_and_is_removed(project: Path) -> None:
    path = gap_catalog_path(project, "de", "django")
    catalog = polib.pofile(str(path))
    catalog.append(polib.POEntry(msgid="Dashboard", msgstr="Übersicht"))
    catalog.save()
    assert package_gaps(project, ["de"]) == [Gap("de", "translated by its package (django)", "Dashboard")]

    update_package_gaps(project, ["de"])

    assert package_gaps(project, ["de"]) == []


def test_update_that_has_nothing_to_do_changes_no_byte(project: Path) -> None:
    update_package_gaps(project, ["de"])
    before = gap_catalog_path(project, "de", "django").read_bytes()

    update_package_gaps(project, ["de"])

    assert gap_catalog_path(project, "de", "django").read_bytes() == before


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("%(classname)s object (%(id)s)", "Objekt (%(id)s)"),
        ("%s (descending)", "absteigend"),
        ("%(action)s by <b>%(who)s</b>", "%(action)s von %(who)s"),
    ],
)
def test_translation_that_lost_a_placeholder_or_a_tag_is_a_gap(project: Path, message: str, text: str) -> None:
    fill(gap_catalog_path(project, "fi", "django"), {message: text})

    assert Gap("fi", "placeholders or tags differ (package, django)", message) in package_gaps(project, ["fi"])


def test_filled_gap_is_spoken_in_pages_and_in_scripts(project: Path, settings: Any) -> None:
    for domain in ("django", "djangojs"):
        fill(
            gap_catalog_path(project, "fi", domain),
            {FOOTNOTE: "Valitse alaviite", "Toggle section": "Näytä tai piilota"},
        )
    compile_changed(project, ["fi"])
    settings.LOCALE_PATHS = [project / "locale" / "packages"]

    with override("fi"):
        assert gettext(FOOTNOTE) == "Valitse alaviite"
        assert DjangoTranslation("fi", domain="djangojs").gettext("Toggle section") == "Näytä tai piilota"

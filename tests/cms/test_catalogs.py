"""Message catalogs: found in code and templates, complete, and compiled."""

import gettext
from pathlib import Path

import polib
import pytest

from cms.catalogs import (
    Gap,
    Message,
    catalog_path,
    compile_changed,
    gaps,
    messages_in_python,
    messages_in_template,
    update,
)

LANGUAGES = ["en", "fi"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two messages, one of them with a plural."""
    (tmp_path / "home" / "templates").mkdir(parents=True)
    (tmp_path / "home" / "models.py").write_text('label = _("title of %(name)s")')
    (tmp_path / "home" / "templates" / "page.html").write_text(
        "{% blocktranslate count n=pages %}one page{% plural %}{{ n }} pages{% endblocktranslate %}"
    )
    return tmp_path


def translate(project: Path, texts: dict[str, str]) -> None:
    catalog = polib.pofile(str(catalog_path(project, "fi")))
    for entry in catalog:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: texts[entry.msgid], 1: texts[entry.msgid_plural]}
        else:
            entry.msgstr = texts[entry.msgid]
    catalog.save()


FINNISH = {"title of %(name)s": "otsikko: %(name)s", "one page": "yksi sivu", "%(n)s pages": "%(n)s sivua"}


def test_messages_of_python_are_found_by_each_function() -> None:
    source = """
_("plain"); gettext_lazy("lazy"); translation.gettext("dotted"); ngettext("one", "many", n)
pgettext("verb", "open"); npgettext_lazy("noun", "hit", "hits", n); _(variable); _(f"no {text}"); print("not this")
_("joined "
  "lines")
"""

    assert sorted(messages_in_python(source)) == [
        Message("", "dotted", ""),
        Message("", "joined lines", ""),
        Message("", "lazy", ""),
        Message("", "one", "many"),
        Message("", "plain", ""),
        Message("noun", "hit", "hits"),
        Message("verb", "open", ""),
    ]


def test_messages_of_templates_are_found_by_each_tag() -> None:
    source = """
{% translate "It's here" %}{% translate 'open' context 'verb' %}{{ _("shown") }}{{ a|default:_("filtered") }}
{% blocktranslate trimmed %}
  Two
  lines of {{ name }}
{% endblocktranslate %}{% blocktranslate count n=n %}one{% plural %}{{ n }} many{% endblocktranslate %}
"""

    assert sorted(messages_in_template(source)) == [
        Message("", "It's here", ""),
        Message("", "Two lines of %(name)s", ""),
        Message("", "filtered", ""),
        Message("", "one", "%(n)s many"),
        Message("", "shown", ""),
        Message("verb", "open", ""),
    ]


def test_new_messages_are_missing_then_not_translated_then_complete(project: Path) -> None:
    assert {gap.problem for gap in gaps(project, LANGUAGES)} == {"missing"}

    update(project, LANGUAGES)
    assert gaps(project, LANGUAGES) == [
        Gap("fi", "not translated", "one page"),
        Gap("fi", "not translated", "title of %(name)s"),
    ]

    translate(project, FINNISH)
    assert gaps(project, LANGUAGES) == []


def test_update_keeps_translations_and_removes_what_is_no_longer_used(project: Path) -> None:
    update(project, LANGUAGES)
    translate(project, FINNISH)
    (project / "home" / "models.py").write_text("")
    assert gaps(project, ["fi"]) == [Gap("fi", "no longer used", "title of %(name)s")]

    update(project, LANGUAGES)

    assert gaps(project, LANGUAGES) == []
    assert [entry.msgid for entry in polib.pofile(str(catalog_path(project, "fi")))] == ["one page"]


def test_update_that_has_nothing_to_do_changes_no_byte(project: Path) -> None:
    update(project, LANGUAGES)
    translate(project, FINNISH)
    update(project, LANGUAGES)
    before = catalog_path(project, "fi").read_bytes()

    update(project, LANGUAGES)

    assert catalog_path(project, "fi").read_bytes() == before


def test_fuzzy_translation_is_a_gap(project: Path) -> None:
    update(project, LANGUAGES)
    translate(project, FINNISH)
    catalog = polib.pofile(str(catalog_path(project, "fi")))
    catalog.find("one page").flags.append("fuzzy")
    catalog.save()

    assert gaps(project, ["fi"]) == [Gap("fi", "fuzzy", "one page")]


def test_translation_that_lost_a_placeholder_is_a_gap(project: Path) -> None:
    update(project, LANGUAGES)
    translate(project, FINNISH | {"title of %(name)s": "otsikko: %(nimi)s"})

    assert gaps(project, ["fi"]) == [Gap("fi", "placeholders or tags differ", "title of %(name)s")]


def test_compiled_catalog_is_read_by_the_standard_library_and_made_once(project: Path) -> None:
    update(project, LANGUAGES)
    translate(project, FINNISH)

    assert compile_changed(project, LANGUAGES) == LANGUAGES
    assert compile_changed(project, LANGUAGES) == []
    with catalog_path(project, "fi").with_suffix(".mo").open("rb") as file:
        finnish = gettext.GNUTranslations(file)
    assert finnish.gettext("title of %(name)s") == "otsikko: %(name)s"
    assert finnish.ngettext("one page", "%(n)s pages", 2) == "%(n)s sivua"

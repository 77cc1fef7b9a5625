"""Sentences stay whole in wagtail-localize, and what their inline elements carry comes back."""

import re
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from wagtail_localize import strings
from wagtail_localize.strings import StringValue, extract_strings, restore_strings, validate_translation_links

from cms.translation import inline_tags
from cms.translation.inline_tags import install_inline_tags

NOTE = "6f2b3c1e-7d14-4c6e-9a51-0d3f6a1b2c3d"
SENTENCE = (
    f'<p>CO<sub>2</sub> rises<footnote id="{NOTE}">[6f2b3c]</footnote> by 3 m<sup>2</sup>, '
    '<a lang="fr" linktype="lang">dit-on</a>, <span lang="de">sagt man</span>.</p>'
)


def test_wagtail_localize_is_the_version_that_was_patched() -> None:
    from importlib.metadata import version

    assert version("wagtail-localize") == "1.14.5"


def test_sentence_with_inline_elements_is_one_segment() -> None:
    template, found = extract_strings(SENTENCE)

    assert template == '<p><text position="0"></text></p>'
    assert [string.data for string, attributes in found] == [
        'CO<sub>2</sub> rises<footnote id="footnote1">[6f2b3c]</footnote> by 3 m<sup>2</sup>, '
        '<a id="a1">dit-on</a>, <span id="span1">sagt man</span>.'
    ]


def test_footnote_and_language_survive_a_round_trip() -> None:
    template, found = extract_strings(SENTENCE)

    assert restore_strings(template, found) == SENTENCE


def test_translator_may_move_a_footnote() -> None:
    template, [(_, attributes)] = extract_strings(SENTENCE)
    moved = StringValue.from_translated_html('<footnote id="footnote1">[6f2b3c]</footnote> CO<sub>2</sub>')

    assert restore_strings(template, [(moved, attributes)]) == (
        f'<p><footnote id="{NOTE}">[6f2b3c]</footnote> CO<sub>2</sub></p>'
    )


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("a <p>b</p>", "The element <p> cannot stand inside a sentence. Inline elements such as <b> and <a> can."),
        ('<b id="b1">a</b>', "The element <b> cannot have attributes here, except the id of the source."),
        ('<span lang="fr">a</span>', "The element <span> cannot have attributes here, except the id of the source."),
        (
            '<footnote onclick="x">a</footnote>',
            "The element <footnote> cannot have attributes here, except the id of the source.",
        ),
    ],
)
def test_translation_with_other_markup_is_refused(html: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        StringValue.from_translated_html(html)


def test_invented_footnote_is_refused() -> None:
    source = '<a id="a1">x</a> <footnote id="footnote1">y</footnote>'

    validate_translation_links(source, '<footnote id="footnote1">y</footnote>')

    with pytest.raises(ValueError, match="footnote2"):
        validate_translation_links(source, '<footnote id="footnote2">y</footnote>')


def test_installing_twice_changes_nothing() -> None:
    before = (list(strings.INLINE_TAGS), strings.validate_element, strings.extract_ids)

    install_inline_tags()

    assert (strings.INLINE_TAGS, strings.validate_element, strings.extract_ids) == before
    assert before[1] is inline_tags.validate_element
    assert before[2] is inline_tags.extract_ids
    assert len(before[0]) == len(set(before[0]))


def test_changed_original_is_refused(monkeypatch: Any) -> None:
    def changed(element: Any) -> None:
        """Stand for a newer release."""

    monkeypatch.setattr(strings, "validate_element", changed)

    with pytest.raises(ImproperlyConfigured, match=r"^wagtail_localize\.strings\.validate_element has changed"):
        install_inline_tags()

    assert strings.validate_element is changed

"""Keeps sentences whole in wagtail-localize: more inline elements than it knows, each with its id in the text.

wagtail-localize 1.14.5 cuts a sentence at `<sub>`, `<sup>` and `<footnote>`, and lets only links stand for attributes that
were taken out of a string. Its list of tags is extended and two of its functions are replaced; both are global names of its module, so
every caller follows. `tests/translation/test_inline_tags.py` fails when the originals change.
"""

import hashlib
import inspect
from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from wagtail_localize import strings

# Inline elements that carry meaning, beside those that wagtail-localize knows.
MEANINGFUL_TAGS = ("sub", "sup", "footnote", "span", "small", "mark", "s", "u", "q", "cite", "dfn", "kbd", "var")

# Elements whose attributes are kept aside while the string is translated and put back by their id.
TAGS_WITH_ID = frozenset(("a", "footnote", "span", "abbr"))

# SHA-256 of the source of what is replaced, in the version that this was written for.
KNOWN_SOURCES = {
    "validate_element": "4b5fd9141ef768d8a9ee09987357de00a6549ffc10c5e4a93b9777369590fbbd",
    "extract_ids": "a7ca167ce3df3d043fec4573b2f7e1b5010f72f65a6d94b2345d14e3d2464841",
}


def source_digest(function: Callable[..., Any]) -> str:
    """Return the SHA-256 of a function's source."""
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()


def install_inline_tags() -> None:
    """Teach wagtail-localize our inline elements; doing it twice changes nothing.

    Raises:
        ImproperlyConfigured: when wagtail-localize's functions are not the ones that this replaces.
    """
    for tag in MEANINGFUL_TAGS:
        if tag not in strings.INLINE_TAGS:
            strings.INLINE_TAGS.append(tag)
    for name, replacement in (("validate_element", validate_element), ("extract_ids", extract_ids)):
        original = getattr(strings, name)
        if original is replacement:
            continue
        if source_digest(original) != KNOWN_SOURCES[name]:
            raise ImproperlyConfigured(
                f"wagtail_localize.strings.{name} has changed; compare it with cms.translation.inline_tags and renew both."
            )
        setattr(strings, name, replacement)


def validate_element(element: Any) -> None:
    """Check that a string holds only inline elements, with no attribute but the id that stands for those taken out.

    Raises:
        ValueError: naming the element.
    """
    if isinstance(element, NavigableString):
        return
    if isinstance(element, Tag) and element.name != "[document]":
        if element.name not in strings.INLINE_TAGS:
            raise ValueError(
                _("The element <%(tag)s> cannot stand inside a sentence. Inline elements such as <b> and <a> can.")
                % {"tag": element.name}
            )
        allowed = {"id"} if element.name in TAGS_WITH_ID else set()
        if set(element.attrs) - allowed:
            raise ValueError(
                _("The element <%(tag)s> cannot have attributes here, except the id of the source.")
                % {"tag": element.name}
            )
    for child in element.children:
        validate_element(child)


def extract_ids(template: str) -> set[str]:
    """Return the ids that a string uses for attributes taken out, of every element that can have one."""
    found = BeautifulSoup(template, "html.parser").find_all(TAGS_WITH_ID)
    return {str(tag["id"]) for tag in found if "id" in tag.attrs}

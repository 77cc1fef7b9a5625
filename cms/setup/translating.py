"""Translates through wagtail-localize, so that translators meet real segments.

The translated text is written into an unsaved object with the same ids as the source. Both are taken apart by
wagtail-localize; equal places give source and translation of each segment.
"""

from collections.abc import Mapping
from typing import Any

from wagtail.models import Locale

from cms.translation import store


def translate(
    source: Any,
    twin: Any,
    locale: Locale,
    kept: dict[str, Any],
    swap: dict[int, int] | None = None,
    *,
    is_published: bool = True,
) -> Any:
    """Submit an object, save the twin's texts as its translation, and publish the target or leave it a draft."""
    (translation,) = store.submit(source, [locale])
    texts = matched_texts(source, twin)
    store.save_strings(translation, texts)
    if swap:
        store.replace_for_locale(translation, lambda value: swap.get(value) if isinstance(value, int) else None)
    target = store.make_target(translation, kept=kept)
    if is_published:
        store.publish_target(target)
    return target


def matched_texts(source: Any, twin: Any) -> dict[store.Place, str]:
    """Return place to translated text, after checking that both have the same places.

    Raises:
        ValueError: naming the first place where they differ.
    """
    return matched_fragments(store.strings_in(source), twin)


def matched_fragments(ours: Mapping[store.Place, store.Fragment], twin: Any) -> dict[store.Place, str]:
    """Return the same as `matched_texts` for a source that has been taken apart already."""
    theirs = store.strings_in(twin)
    missing = sorted(set(ours) ^ set(theirs))
    if missing:
        raise ValueError(f"The source of {twin} and its translation into {twin.locale} differ at {missing[0]}")
    return {place: aligned(ours[place], theirs[place]) for place in ours}


def aligned(ours: store.Fragment, theirs: store.Fragment) -> str:
    """Return the translated fragment with the ids that the source gives to the same links."""
    text = theirs.text
    used: set[str] = set()
    marks: list[tuple[str, str]] = []
    for own_id, attributes in theirs.attributes.items():
        match = next((key for key, value in ours.attributes.items() if value == attributes and key not in used), None)
        if match is None:
            raise ValueError(f"{theirs.text!r} has a link that {ours.text!r} does not have")
        used.add(match)
        marks.append((f'id="{own_id}"', f'id="\0{match}"'))
    for before, after in marks:
        text = text.replace(before, after)
    return text.replace("\0", "")

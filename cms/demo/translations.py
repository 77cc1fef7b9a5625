"""Translates the demonstration through wagtail-localize, so that translators meet real segments.

The translated text is written into an unsaved object with the same ids as the source. Both are taken apart by
wagtail-localize; equal places give source and translation of each segment.
"""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from wagtail.models import Locale, Page

from cms.demo.content import PageText
from cms.demo.ledger import Ledger
from cms.demo.raw import Writer
from cms.demo.sources import add_footnotes, apply_values, names_of
from cms.demo.values import page_values
from cms.translation import store
from guidance.models import BrochurePage


def translate_page(text: PageText, code: str, ledger: Ledger) -> Page:
    """Translate a page into one language and publish the translation.

    Raises:
        ValueError: when the translated text has other segments than the source; it names the first place.
    """
    source = Page.objects.get(pk=ledger.pk(f"page:{text.key}")).specific
    locale = Locale.objects.get(language_code=code)
    own = text.text(code)
    twin = apps.get_model(text.model)(locale=locale, slug=own["slug"])
    names = names_of(ledger, text.source, text.source)
    writer = Writer(text.key, names)
    apply_values(twin, page_values(text.model, own, writer))
    add_footnotes(twin, own, writer)
    kept: dict[str, Any] = {"slug": own["slug"]} if text.parent else {}
    if isinstance(source, BrochurePage):
        files = names_of(ledger, code, text.source).files
        kept["file_id"] = files[text.key.removeprefix("brochures/")]
    swap = picture_swap(ledger, text.source, code)
    page: Page = translate(source, twin, locale, kept, swap)
    return page


def picture_swap(ledger: Ledger, source: str, code: str) -> dict[int, int]:
    """Return which picture of the source language stands for which one of another."""
    ours, theirs = names_of(ledger, source, source).pictures, names_of(ledger, code, source).pictures
    return {pk: theirs[name] for name, pk in ours.items() if theirs[name] != pk}


def translate(source: Any, twin: Any, locale: Locale, kept: dict[str, Any], swap: dict[int, int] | None = None) -> Any:
    """Submit an object, save the twin's texts as its translation, and publish the target."""
    (translation,) = store.submit(source, [locale])
    texts = matched_texts(source, twin)
    store.save_strings(translation, texts)
    if swap:
        store.replace_for_locale(translation, lambda value: swap.get(value) if isinstance(value, int) else None)
    target = store.make_target(translation, kept=kept)
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

"""Translates the pages of the demonstration."""

from typing import Any

from django.apps import apps
from wagtail.models import Locale, Page

from cms.demo.content import PageText
from cms.demo.ledger import Ledger
from cms.demo.sources import names_of
from cms.setup.raw import Writer
from cms.setup.translating import translate
from cms.setup.values import page_values
from cms.setup.writing import add_footnotes, apply_values
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

"""Creates the pages of the demonstration in the language they were written in."""

import uuid
from typing import Any, cast

from django.apps import apps
from wagtail.models import Locale, Page

from cms.demo.content import PageText, Text
from cms.demo.ledger import Ledger
from cms.setup.raw import Names, Writer, made_id
from cms.setup.values import page_values
from cms.setup.writing import add_footnotes, apply_values, make_site, tree_root
from guidance.models import BrochurePage, GuidanceToolPage
from home.models import HomePage
from pages.models import Audience, ChapterPage, Organisation, Topic


def names_of(ledger: Ledger, locale: str, source: str) -> Names:
    """Return what texts name by key; pictures in the language at hand, or in the source's where not drawn in it."""
    pictures = _in_locale(ledger.with_prefix("picture:"), source) | _in_locale(ledger.with_prefix("picture:"), locale)
    return Names(
        pages=ledger.with_prefix("page:"),
        organisations=ledger.with_prefix("organisation:"),
        pictures=pictures,
        files=_in_locale(ledger.with_prefix("file:"), locale),
    )


def _in_locale(known: dict[str, int], locale: str) -> dict[str, int]:
    ending = f":{locale}"
    return {key.removesuffix(ending): pk for key, pk in known.items() if key.endswith(ending)}


def create_page(text: PageText, ledger: Ledger) -> Page:
    """Create a page as a draft with title and slug, so that other texts can link to it."""
    model = apps.get_model(text.model)
    own = text.text(text.source)
    locale = Locale.objects.get(language_code=text.source)
    page = model(
        title=own["title"],
        slug=own["slug"],
        locale=locale,
        live=False,
        translation_key=uuid.UUID(made_id("page", text.key)),
    )
    return cast(Page, _parent(text, ledger, locale).add_child(instance=page))


def _parent(text: PageText, ledger: Ledger, locale: Locale) -> Page:
    if not text.parent:
        return tree_root()
    parent = Page.objects.get(pk=ledger.pk(f"page:{text.parent}"))
    return parent if parent.locale_id == locale.pk else parent.get_translation(locale)


def fill_page(text: PageText, ledger: Ledger) -> Page:
    """Write the whole content of a page and publish it."""
    page = Page.objects.get(pk=ledger.pk(f"page:{text.key}")).specific
    writer = Writer(text.key, names_of(ledger, text.source, text.source))
    own = text.text(text.source)
    apply_values(page, page_values(text.model, own, writer))
    add_footnotes(page, own, writer)
    add_relations(page, own, ledger)
    if isinstance(page, BrochurePage):
        page.file_id = writer.names.files[text.key.removeprefix("brochures/")]
    page.save_revision().publish()
    if isinstance(page, HomePage):
        make_site(page, "localhost", 80, "LINKS")
    return page


def add_relations(page: Any, text: Text, ledger: Ledger) -> None:
    """Connect a page with topics, audiences and chapters."""
    if isinstance(page, ChapterPage):
        page.topics = list(Topic.objects.filter(pk__in=[ledger.pk(f"topic:{key}") for key in text["topics"]]))
    if isinstance(page, GuidanceToolPage):
        page.issue_id = ledger.pk(f"topic:{text['topic']}")
        page.audience = list(
            Audience.objects.filter(pk__in=[ledger.pk(f"audience:{key}") for key in text["audience"]])
        )
        chapters = [ledger.pk(f"page:{key}") for key in text["related_chapters"]]
        page.related_chapters = list(ChapterPage.objects.filter(pk__in=chapters))
    if text.get("organisers"):
        page.organisers = list(
            Organisation.objects.filter(pk__in=[ledger.pk(f"organisation:{key}") for key in text["organisers"]])
        )


def order_events(ledger: Ledger) -> None:
    """Put the event that was written in German where its number says, in every language."""
    third = Page.objects.get(pk=ledger.pk("page:event-3"))
    second = Page.objects.get(pk=ledger.pk("page:event-2"))
    for page in Page.objects.filter(translation_key=third.translation_key):
        neighbour = Page.objects.get(translation_key=second.translation_key, locale=page.locale)
        page.specific.move(neighbour, "right")

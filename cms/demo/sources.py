"""Creates the pages of the demonstration in the language they were written in."""

import uuid
from typing import Any, cast

from django.apps import apps
from wagtail.models import Locale, Page, Site
from wagtail_footnotes.models import Footnote

from cms.demo.content import PageText, Text
from cms.demo.ledger import Ledger
from cms.demo.raw import Names, Writer, made_id
from cms.demo.values import page_values
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
        return _tree_root()
    parent = Page.objects.get(pk=ledger.pk(f"page:{text.parent}"))
    return parent if parent.locale_id == locale.pk else parent.get_translation(locale)


def _tree_root() -> Page:
    """Return the root of the tree; the empty page of a new Wagtail is taken away."""
    welcome = Page.objects.filter(depth=2, slug="home", content_type__model="page").first()
    if welcome is not None:
        welcome.delete()
    root: Page = Page.get_first_root_node()
    return root


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
        make_site(page)
    return page


def apply_values(page: Any, values: dict[str, Any]) -> None:
    """Set fields; raw StreamField data becomes values of its block."""
    for name, value in values.items():
        field = page._meta.get_field(name.removesuffix("_id") if name.endswith("_id") else name)
        setattr(page, name, field.stream_block.to_python(value) if hasattr(field, "stream_block") else value)


def add_footnotes(page: Any, text: Text, writer: Writer) -> None:
    """Add the footnotes of a chapter."""
    for name, note in text.get("footnotes", {}).items():
        number = uuid.UUID(writer.footnote_id(name))
        page.footnotes.add(Footnote(uuid=number, text=writer.inline(note), locale=page.locale, translation_key=number))


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


def make_site(home: HomePage) -> None:
    """Make the home page the root of the default site."""
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.site_name, site.root_page = "localhost", 80, "LINKS", home
    site.save()


def order_events(ledger: Ledger) -> None:
    """Put the event that was written in German where its number says, in every language."""
    third = Page.objects.get(pk=ledger.pk("page:event-3"))
    second = Page.objects.get(pk=ledger.pk("page:event-2"))
    for page in Page.objects.filter(translation_key=third.translation_key):
        neighbour = Page.objects.get(translation_key=second.translation_key, locale=page.locale)
        page.specific.move(neighbour, "right")

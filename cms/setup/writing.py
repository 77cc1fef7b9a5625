"""Writes values into pages and snippets as an author would have typed them, and makes the frame that pages stand in."""

import uuid
from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page, Site
from wagtail_footnotes.models import Footnote

from cms.setup.raw import Text, Writer
from home.models import HomePage


def make_locales() -> None:
    """Create the site's languages."""
    for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def tree_root() -> Page:
    """Return the root of the tree; the empty page of a new Wagtail is taken away."""
    welcome = Page.objects.filter(depth=2, slug="home", content_type__model="page").first()
    if welcome is not None:
        welcome.delete()
    root: Page = Page.get_first_root_node()
    return root


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


def make_site(home: HomePage, hostname: str, port: int, name: str) -> Site:
    """Make a home page the root of the default site."""
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.site_name, site.root_page = hostname, port, name, home
    site.save()
    return site


def publish_snippet(made: Any, translation_key: uuid.UUID) -> Any:
    """Save a new snippet as a draft, publish it and return it."""
    made.translation_key = translation_key
    made.live = False
    made.save()
    made.save_revision().publish()
    return made

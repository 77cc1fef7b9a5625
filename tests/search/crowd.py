"""Fills a database with many entries at once: for our search through its own door, for Wagtail's as pages in its index."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import TextField
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, get_page_models
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from cms.delivery.feed import record_of
from cms.delivery.models import Entry
from cms.delivery.pending import PAGE_MODEL
from cms.demo.content import LOCALES
from cms.setup.raw import made_id
from home.models import HomePage
from pages.entries import PAYLOAD_VERSION
from pages.models import InformationPage
from search.index import lock_index, write_records
from tests.search.varied_text import VariedText, VariedTexts

PER_LOCALE = 2_000
CHUNK = 500
STEPS_TAKEN = 100


def index_whole_texts() -> None:
    """Make Wagtail index every text of our pages, not their titles alone, in this process."""
    for model in get_page_models():
        own = [field.name for field in model._meta.local_fields if isinstance(field, StreamField | TextField)]
        model.search_fields = [*model.search_fields, *(index.SearchField(name) for name in own)]


def add_entries() -> None:
    """Write the entries, 2,000 in each language, and bring the database's statistics up to date."""
    for locale in LOCALES:
        for pages, texts in _chunks(locale):
            with transaction.atomic():
                _add_pages(pages)
                rows = [_entry(page, text) for page, text in zip(pages, texts, strict=True)]
                Entry.objects.bulk_create(rows)
                lock_index()
                write_records([record_of(row) for row in rows])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def counted() -> int:
    """Return how many entries there are."""
    return Entry.objects.count()


def _chunks(locale: str) -> Iterator[tuple[list[InformationPage], list[VariedText]]]:
    """Give unsaved pages below the home page, and their texts."""
    home = HomePage.objects.get(locale__language_code=locale)
    writer, row = VariedTexts(locale), Locale.objects.get(language_code=locale)
    kind = ContentType.objects.get_for_model(InformationPage)
    last = Page.objects.order_by("-pk").values_list("pk", flat=True)[0]
    for start in range(0, PER_LOCALE, CHUNK):
        numbers = range(start, start + CHUNK)
        texts = [writer.text(number) for number in numbers]
        yield (
            [
                _page(home, row, kind, last + 1 + number, number, text)
                for number, text in zip(numbers, texts, strict=True)
            ],
            texts,
        )


def _page(home: Page, locale: Locale, kind: ContentType, pk: int, number: int, text: VariedText) -> InformationPage:
    return InformationPage(
        pk=pk,
        page_ptr_id=pk,
        path=Page._get_path(home.path, home.depth + 1, STEPS_TAKEN + number),
        depth=home.depth + 1,
        url_path=f"{home.url_path}varied-{number}/",
        title=text.title,
        draft_title=text.title,
        slug=f"varied-{number}",
        content_type=kind,
        locale=locale,
        translation_key=uuid.UUID(made_id("varied", number)),
        summary=text.summary,
        body=InformationPage._meta.get_field("body").stream_block.to_python(text.stream()),
    )


def _add_pages(pages: list[InformationPage]) -> None:
    """Write the rows of both tables without a page's own way of saving, and put them into Wagtail's index."""
    shared = [field.attname for field in Page._meta.concrete_fields]
    Page.objects.bulk_create([Page(**{name: getattr(page, name) for name in shared}) for page in pages])
    own = InformationPage._meta.local_concrete_fields
    names = ", ".join(connection.ops.quote_name(field.column) for field in own)
    places = ", ".join(["%s"] * len(own))
    rows = [[field.get_db_prep_save(field.pre_save(page, add=True), connection) for field in own] for page in pages]
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(InformationPage._meta.db_table)
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)
    get_search_backend().get_index_for_model(InformationPage).add_items(InformationPage, pages)


def _entry(page: Any, text: VariedText) -> Entry:
    now = timezone.now()
    return Entry(
        entry_id=page.translation_key,
        locale=page.locale.language_code,
        content_locale=page.locale.language_code,
        source_locale="en",
        entry_type="InformationPage",
        model=PAGE_MODEL,
        object_id=page.pk,
        path=f"/{page.slug}/",
        slug=page.slug,
        tree_path=page.path,
        tree_url_path=page.url_path,
        payload=text.payload(),
        payload_version=PAYLOAD_VERSION,
        version=0,
        first_published_at=now,
        updated_at=now,
    )

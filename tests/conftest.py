"""What all tests share: compiled message catalogs before the first test, no temporary data after the last."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure(config: pytest.Config) -> None:
    """Compile the message catalogs once, before the workers start."""
    from django.conf import settings

    from cms.catalogs import compile_changed

    if not hasattr(config, "workerinput"):
        compile_changed(ROOT, [code for code, _ in settings.LANGUAGES])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test that commits the rows that migrations made, whichever tests ran before it.

    Mixing tests that ask for them with tests that do not fails: what empties the database after the latter makes half of them
    again.
    """
    for item in items:
        for marker in item.iter_markers("django_db"):
            if marker.kwargs.get("transaction"):
                marker.kwargs.setdefault("serialized_rollback", True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder of this process's test data."""
    from django.conf import settings

    shutil.rmtree(settings.TEST_DIR, ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def change_log_can_be_emptied() -> Iterator[None]:
    """Let tests that commit empty the database afterwards: its change log refuses that by itself."""
    from django.test import TransactionTestCase

    from cms.delivery.feed import prune_changes

    empty = TransactionTestCase._fixture_teardown

    def prune_and_empty(self: TransactionTestCase) -> None:
        prune_changes(datetime.max.replace(tzinfo=UTC))
        empty(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", prune_and_empty)
        yield


@pytest.fixture(autouse=True, scope="session")
def panels_have_english_names() -> None:
    """Let Wagtail name panels, which it does once, in English and not in the language of whoever comes first."""
    from django.apps import apps
    from wagtail.models import Page

    with translation.override("en"):
        for model in apps.get_models():
            if issubclass(model, Page):
                _name_panels(model.get_edit_handler())


def _name_panels(panel: Any) -> None:
    for child in getattr(panel, "children", ()):
        _name_panels(child)
    getattr(panel, "child_identifiers", None)


@pytest.fixture(autouse=True)
def language_ends_with_its_test() -> Iterator[None]:
    """Leave no test the language that another one's request has chosen, nor menu items named in it."""
    from wagtail.admin import menu

    yield
    translation.deactivate()
    for one in (menu.admin_menu, menu.reports_menu, menu.settings_menu, menu.help_menu):
        one.__dict__.pop("registered_menu_items", None)


@pytest.fixture
def root() -> Path:
    """Return the folder of the project."""
    return ROOT


@pytest.fixture
def root_page(db: None) -> Any:
    """Return Wagtail's root page; made again, with the first locale, after a test that emptied the database."""
    from django.conf import settings
    from wagtail.models import Locale, Page

    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    return Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))

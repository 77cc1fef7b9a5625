"""Addresses of moved and renamed pages lead to where they are now, in every language."""

from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from pages.models import InformationPage
from tests import factories
from tests.reader.conftest import LOCALES, Place, Visit


@pytest.fixture
def rename(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Any:
    """Return a function that gives a page another slug and publishes it."""

    def change(page: Any, slug: str) -> None:
        page = type(page).objects.get(pk=page.pk)
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return change


def test_renamed_page_and_those_below_it_are_found_in_every_language(place: Place, visit: Visit, rename: Any) -> None:
    for locale in LOCALES[1:]:
        for page in (place.home, place.study, place.chapter):
            translated = factories.translate(page, locale)
        rename(translated.get_parent().specific, f"research-{locale}")
    rename(place.study, "research")

    assert visit("/en/study/inquiry/", 301)["Location"] == "/en/research/inquiry/"
    for locale in LOCALES[1:]:
        assert visit(f"/{locale}/study/", 301)["Location"] == f"/{locale}/research-{locale}/"
        assert visit(f"/{locale}/study/inquiry/", 301)["Location"] == f"/{locale}/research-{locale}/inquiry/"


def test_twice_renamed_page_is_found_by_both_former_addresses(place: Place, visit: Visit, rename: Any) -> None:
    rename(place.study, "research")
    rename(place.study, "results")

    assert visit("/en/study/", 301)["Location"] == "/en/results/"
    assert visit("/en/research/", 301)["Location"] == "/en/results/"


def test_page_without_translation_is_found_by_its_former_path_in_other_languages(
    place: Place, visit: Visit, rename: Any
) -> None:
    factories.translate(place.home, "fi")
    rename(place.study, "research")

    assert visit("/fi/study/", 302)["Location"] == "/fi/research/"
    assert visit("/de/study/inquiry/", 302)["Location"] == "/de/research/inquiry/"


def test_former_path_of_the_original_leads_to_the_translation(place: Place, visit: Visit, rename: Any) -> None:
    factories.translate(place.home, "fi")
    factories.translate(place.study, "fi", kept={"slug": "tutkimus"})
    rename(place.study, "research")

    assert visit("/fi/study/", 302)["Location"] == "/fi/tutkimus/"


def test_moved_page_is_found_in_its_own_and_in_other_languages(
    place: Place, visit: Visit, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    below = factories.add_page(place.home, InformationPage, "Below", slug="below")
    above = factories.add_page(place.home, InformationPage, "Above", slug="above")
    with django_capture_on_commit_callbacks(execute=True):
        below.move(above, pos="last-child")

    assert visit("/en/below/", 301)["Location"] == "/en/above/below/"
    assert visit("/it/below/", 302)["Location"] == "/it/above/below/"


def test_former_address_of_a_page_that_is_gone_is_not_found(place: Place, visit: Visit, rename: Any) -> None:
    rename(place.study, "research")
    factories.restrict(place.study)

    visit("/fi/study/", 404)

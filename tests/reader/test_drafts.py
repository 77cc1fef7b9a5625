"""The preview of a draft is what readers will see."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory
from wagtail.models import Locale

from cms.delivery.models import Entry
from cms.reader.views import draft
from home.models import Footer, MainMenu
from pages.models import ChapterPage
from tests import factories
from tests.reader.conftest import Place, Visit

MARKS = re.compile(r"<!-- preview -->.*?<!-- /preview -->\n?", re.DOTALL)
TIMES = re.compile(
    r'(<meta property="article:(?:published|modified)_time" content=|"date(?:Published|Modified)":)"[^"]+"'
)


def request_of_admin() -> HttpRequest:
    """Return a request as the admin makes it for a preview."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return request


def preview(source: Any) -> str:
    """Return the preview of a draft without the marks that only editors see."""
    html = draft(request_of_admin(), source).content.decode()
    assert len(MARKS.findall(html)) == 1
    return timeless(MARKS.sub("", html))


def timeless(html: str) -> str:
    """Return a page without the times of its publication, which a draft cannot know."""
    return TIMES.sub(r"\1", html)


def test_preview_of_an_edited_chapter_equals_the_page_after_publication(place: Place, visit: Visit) -> None:
    image, file = factories.make_image(), factories.make_file()
    institute = factories.make_organisation()
    factories.make_chapter(place.study, "Last")
    factories.translate(place.home, "fi")
    chapter = ChapterPage.objects.get(pk=place.chapter.pk)
    chapter.title = "Inquiry & more"
    chapter.slug = "inquiry-and-more"
    chapter.hero = image
    chapter.body = factories.every_block(image, file, file, place.study, institute)
    revision = chapter.save_revision()

    shown = preview(revision.as_object())
    before = timeless(visit("/en/study/inquiry/").content.decode())
    revision.publish()
    live = timeless(visit("/en/study/inquiry-and-more/").content.decode())

    assert shown == live
    assert shown != before


def test_preview_of_a_new_chapter_equals_the_page_after_publication(place: Place, visit: Visit) -> None:
    chapter = place.study.add_child(
        instance=ChapterPage(title="New", slug="new", locale=place.study.locale, live=False, summary="<p>Soon</p>")
    )
    revision = chapter.save_revision()

    shown = preview(revision.as_object())
    assert not Entry.objects.filter(entry_id=chapter.translation_key).exists()
    revision.publish()

    assert '<span class="number">Chapter 2</span>' in shown
    assert shown == timeless(visit("/en/study/new/").content.decode())


def test_preview_of_a_page_that_was_never_saved(place: Place) -> None:
    chapter = ChapterPage(title="Unsaved", slug="unsaved", locale=place.study.locale)
    chapter.depth = place.study.depth + 1
    chapter.path = ChapterPage._get_path(place.study.path, chapter.depth, place.study.numchild + 1)

    html = preview(chapter)

    assert "<h1>Unsaved</h1>" in html
    assert '<li><a href="/en/study/">Study</a></li>' in html
    assert '<span class="number">Chapter 2</span>' in html


def test_preview_tells_a_formula_that_cannot_be_read(place: Place) -> None:
    chapter = ChapterPage.objects.get(pk=place.chapter.pk)
    chapter.body = [factories.block("formula", {"latex": r"\frac{1", "alt": "one over"})]

    response = draft(request_of_admin(), chapter)

    html = response.content.decode()
    assert response.status_code == 200
    assert "<h1>A formula cannot be read yet</h1>" in html
    assert '<p class="place">1 (Formula): ' in html


def test_preview_of_a_translation_is_in_its_language(place: Place) -> None:
    target = factories.translate(place.home, "fi")
    target.title = "Etusivu"

    html = preview(target)

    assert '<html lang="fi">' in html
    assert "<h1>Etusivu</h1>" in html


def test_preview_of_menu_and_footer_shows_them_in_place(place: Place) -> None:
    english = Locale.objects.get(language_code="en")
    menu = MainMenu(locale=english, items=[("item", {"text": "Read", "page": place.study, "url": ""})])
    footer = Footer(locale=english, coordination="Somebody coordinates")

    assert '<li><a href="/en/study/">Read</a></li>' in preview(menu)
    assert "<p>Somebody coordinates</p>" in preview(footer)


def test_preview_of_an_edited_menu_replaces_the_live_one(place: Place) -> None:
    menu, _, _ = factories.make_frame(place.study, factories.make_image())
    menu.items = [("item", {"text": "Changed", "page": place.study, "url": ""})]

    html = preview(menu)

    assert '<li><a href="/en/study/">Changed</a></li>' in html
    assert "Inside" not in html.split("</header>")[0]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: factories.make_topic("Climate"), '<li class="issue issue-1">Climate</li>'),
        (lambda: factories.make_audience("Teachers"), "<h1>Teachers</h1>"),
        (lambda: factories.make_organisation("Institute", country="FI"), "<h2>Finland</h2>"),
        (lambda: factories.make_contact(factories.make_organisation("Institute"), "Office"), "<p>Institute</p>"),
    ],
)
def test_preview_of_snippets(place: Place, make: Any, words: str) -> None:
    assert words in preview(make())


def test_preview_is_private_and_may_be_framed_by_the_admin(place: Place) -> None:
    response = draft(request_of_admin(), place.chapter)

    assert response["Cache-Control"] == "private, no-store"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_admin_shows_the_preview_of_a_page(place: Place, client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("ed", "ed@site.example", "secret"))
    place.chapter.title = "Edited"
    place.chapter.save_revision()

    response = client.get(f"/admin/pages/{place.chapter.pk}/view_draft/")

    html = response.content.decode()
    assert response.status_code == 200
    assert "<h1>Edited</h1>" in html
    assert "<wagtail-userbar" in html

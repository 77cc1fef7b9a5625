"""The page editor in a real Chromium tells how many pictures are ready, and says no more once all are."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from playwright.sync_api import expect, sync_playwright
from pytest_django import Settings
from wagtail.models import Locale, Page

from cms.delivery.pictures import prepare_pictures
from cms.media.models import Image
from home.models import HomePage
from pages.models import StudyPage
from tests.media.pictures import as_bytes, photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def prepare_as_the_worker(image_id: int) -> None:
    prepare_pictures([image_id])
    connection.close()


def test_editor_shows_pictures_that_are_being_prepared(
    live_server: object, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    image = Image(title="Garden", file=ContentFile(as_bytes(photo(900, 600), "JPEG"), name="garden.jpg"))
    image.save()
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Home", slug="start", locale=english))
    study = home.add_child(instance=StudyPage(title="Study", slug="study", locale=english, live=False, hero=image))
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor"))

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        context = browser.new_context(base_url=str(live_server))
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
        page = context.new_page()
        page.goto(f"/admin/pages/{study.pk}/edit/")
        notice = page.locator("#page-edit-form > [role=status][aria-live=polite]")
        expect(notice).to_have_text("0 of 1 picture is ready.")
        with ThreadPoolExecutor(1) as worker:
            worker.submit(prepare_as_the_worker, image.pk).result()
        expect(notice).to_be_empty()
        browser.close()

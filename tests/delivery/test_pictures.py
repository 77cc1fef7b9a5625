"""Publishing waits for pictures: refused inside the transaction, prepared outside it, told while it is edited."""

import time
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.models import Locale, Page, Site
from wagtail.test.utils.form_data import querydict_from_html

from cms.delivery.models import Entry
from cms.delivery.pictures import prepare_pictures, readiness, refuse_pending_pictures, shown_images
from cms.media.models import Image, Rendition
from home.models import HomePage
from pages.entries import build_payload
from pages.models import ChapterPage, StudyPage
from pages.signals import PublishRefused
from tests.media.pictures import as_bytes, photo


@pytest.fixture(autouse=True)
def media_root(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def study(db: None) -> StudyPage:
    """A study on a site, both live and without pictures."""
    Page.objects.filter(depth=2).delete()
    english, _ = Locale.objects.get_or_create(language_code="en")
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Home", slug="home", locale=english))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    page: StudyPage = home.add_child(instance=StudyPage(title="Study", slug="study", locale=english))
    return page


def make_image(number: int = 1) -> Image:
    data = as_bytes(photo(900 + number, 600), "JPEG")
    image = Image(title=f"Picture {number}", file=ContentFile(data, name=f"picture-{number}.jpg"))
    image.save()
    return image


def add_chapter(study: StudyPage, images: list[Image]) -> ChapterPage:
    """Add a draft whose hero is the first picture, the others figures."""
    body = [("figure", {"image": image, "caption": "<p>A figure</p>"}) for image in images[1:]]
    chapter = ChapterPage(title="Chapter", slug="chapter", locale=study.locale, live=False, hero=images[0], body=body)
    study.add_child(instance=chapter)
    chapter.save_revision()
    return chapter


def sign_in(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("editor"))


def pressed_publish(client: Client, page: Page, **values: Any) -> Any:
    """Open a page in the editor, change some fields and press its publish button."""
    html = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    data = querydict_from_html(html, form_id="page-edit-form")
    data.update({"authors-count": "0", "action-publish": "action-publish", **values})
    return client.post(f"/admin/pages/{page.pk}/edit/", data)


def test_chapter_with_pending_pictures_is_refused_and_nothing_is_written(study: StudyPage) -> None:
    images = [make_image(number) for number in (1, 2, 3)]
    prepare_pictures([images[1].pk])
    made = Rendition.objects.count()
    chapter = add_chapter(study, images)

    with pytest.raises(PublishRefused) as refused:
        chapter.get_latest_revision().publish()

    assert [(refusal.code, refusal.reason) for refusal in refused.value.refusals] == [
        (
            "pictures_pending",
            "1 of 3 pictures are ready. Still missing: “Picture 1”, “Picture 3”. Prepare them first, then publish again.",
        )
    ]
    chapter.refresh_from_db()
    assert chapter.live is False
    assert Entry.objects.filter(slug="chapter").exists() is False
    assert Rendition.objects.count() == made


def test_prepared_chapter_is_published(study: StudyPage) -> None:
    chapter = add_chapter(study, [make_image(number) for number in (1, 2)])

    assert prepare_pictures(shown_images(chapter.get_latest_revision_as_object())) == 2
    chapter.get_latest_revision().publish()

    assert Entry.objects.get(slug="chapter").visibility == "public"


def test_chapter_with_12_ready_pictures_needs_no_image_work(study: StudyPage, media_root: Path) -> None:
    chapter = add_chapter(study, [make_image(number) for number in range(12)])
    prepare_pictures(shown_images(chapter))
    made = Rendition.objects.count()
    for original in (media_root / "original_images").iterdir():
        original.unlink()  # whoever opens a picture now fails
    began = time.process_time()

    with CaptureQueriesContext(connection) as statements:
        chapter.get_latest_revision().publish()

    assert time.process_time() - began < 2
    checks = [one["sql"] for one in statements.captured_queries if "media_rendition" in one["sql"]]
    assert len(checks) == 1
    assert Rendition.objects.count() == made
    assert Entry.objects.get(slug="chapter").references.filter(kind="image").count() == 12


def test_check_is_one_statement(study: StudyPage, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    chapter = add_chapter(study, [make_image(number) for number in (1, 2)])
    prepare_pictures(shown_images(chapter))

    with django_assert_num_queries(1):
        assert refuse_pending_pictures(ChapterPage, chapter) is None
    with django_assert_num_queries(0):
        assert refuse_pending_pictures(StudyPage, study) is None


def test_shown_images_are_those_of_the_payload(study: StudyPage) -> None:
    images = [make_image(number) for number in range(4)]
    chapter = add_chapter(study, images[:3])
    chapter.social_image = images[3]

    _, references = build_payload(chapter)

    assert shown_images(chapter) == {image.pk for image in images}
    assert {int(one.key) for one in references if one.kind == "image"} == shown_images(chapter)


def test_editors_click_prepares_and_publishes_at_once(study: StudyPage, client: Client) -> None:
    sign_in(client)
    image = make_image()

    response = pressed_publish(client, study, hero=image.pk, subtitle="With a picture")

    assert response.status_code == 302
    study.refresh_from_db()
    assert (study.hero_id, study.subtitle, study.live) == (image.pk, "With a picture", True)
    assert str(readiness(study)) == "1 of 1 picture is ready."
    assert study.revisions.count() == 1
    assert Entry.objects.get(slug="study").payload["subtitle"] == "With a picture"
    assert len(list(get_messages(response.wsgi_request))) == 1


def test_picture_that_cannot_be_read_is_named_and_nothing_typed_is_lost(study: StudyPage, client: Client) -> None:
    sign_in(client)
    image = make_image(7)
    Path(image.file.path).unlink()

    response = pressed_publish(client, study, hero=image.pk, subtitle="Typed just now")

    assert response.status_code == 200
    page = response.content.decode()
    assert "0 of 1 picture is ready. Still missing: “Picture 7”." in page
    assert 'value="Typed just now"' in page
    study.refresh_from_db()
    assert (study.hero_id, study.subtitle) == (None, "")


def test_replacing_an_unreadable_picture_publishes(study: StudyPage, client: Client) -> None:
    sign_in(client)
    broken, sound = make_image(1), make_image(2)
    Path(broken.file.path).unlink()
    study.hero = broken
    study.save_revision()

    response = pressed_publish(client, study, hero=sound.pk)

    assert response.status_code == 302
    study.refresh_from_db()
    assert study.hero_id == sound.pk


def test_saving_a_draft_prepares_nothing(study: StudyPage, client: Client) -> None:
    sign_in(client)
    image = make_image()
    html = client.get(f"/admin/pages/{study.pk}/edit/").content.decode()
    data = querydict_from_html(html, form_id="page-edit-form")
    data.update({"authors-count": "0", "hero": str(image.pk)})

    assert client.post(f"/admin/pages/{study.pk}/edit/", data).status_code == 302

    assert Rendition.objects.count() == 0
    study.refresh_from_db()
    assert study.get_latest_revision_as_object().hero_id == image.pk


def test_editor_is_told_how_many_pictures_of_the_draft_are_ready(study: StudyPage, client: Client) -> None:
    sign_in(client)
    images = [make_image(number) for number in (1, 2)]
    chapter = add_chapter(study, images)
    address = f"/admin/pictures/page/{chapter.pk}/"

    prepare_pictures([images[0].pk])
    assert client.get(address).json() == {"ready": 1, "total": 2, "text": "1 of 2 pictures are ready."}
    prepare_pictures([images[1].pk])
    assert client.get(address).json() == {"ready": 2, "total": 2, "text": ""}
    assert 'data-pictures="/admin/pictures/page/0/"' in client.get(f"/admin/pages/{chapter.pk}/edit/").content.decode()


def test_others_learn_nothing_of_a_draft(study: StudyPage, client: Client) -> None:
    chapter = add_chapter(study, [make_image()])
    address = f"/admin/pictures/page/{chapter.pk}/"
    visitor = get_user_model().objects.create_user("visitor")
    group = Group.objects.create(name="Admin only")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    visitor.groups.add(group)

    assert client.get(address).status_code == 302
    client.force_login(visitor)
    answer = client.get(address)

    assert (answer.status_code, answer.json()["total"]) == (403, 0)

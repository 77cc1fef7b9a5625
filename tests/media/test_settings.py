"""Where media are stored, and whether the application serves them."""

import importlib

import pytest
from pytest_django import Settings

from cms.media import urls
from cms.media.licences import default_licence, licence_choices
from cms.settings import media


def test_media_lie_on_the_disk_by_default() -> None:
    assert media.media_storage() == {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    assert media.MEDIA_SERVED_HERE is True
    assert [pattern.name for pattern in urls.urlpatterns] == ["serve_media"]


def test_bucket_in_the_environment_moves_media_to_s3(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_S3_BUCKET", "pictures")
    monkeypatch.setenv("MEDIA_S3_PUBLIC_HOST", "cdn.example.test")
    try:
        storage = importlib.reload(media).media_storage()
        served_here = media.MEDIA_SERVED_HERE
    finally:
        monkeypatch.undo()
        importlib.reload(media)

    assert served_here is False
    assert storage["BACKEND"] == "storages.backends.s3.S3Storage"
    assert storage["OPTIONS"]["bucket_name"] == "pictures"
    assert storage["OPTIONS"]["custom_domain"] == "cdn.example.test"
    assert storage["OPTIONS"]["querystring_auth"] is False
    assert storage["OPTIONS"]["file_overwrite"] is False


def test_there_is_no_address_for_media_while_s3_serves_them(settings: Settings) -> None:
    settings.MEDIA_SERVED_HERE = False
    try:
        assert importlib.reload(urls).urlpatterns == []
    finally:
        settings.MEDIA_SERVED_HERE = True
        importlib.reload(urls)


def test_default_licence_is_one_that_can_be_chosen() -> None:
    assert default_licence() == "CC-BY-4.0"
    assert default_licence() in dict(licence_choices())

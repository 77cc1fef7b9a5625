"""Images and files of the library, stored in a folder of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from cms.media.models import File, Image
from cms.media.signals import media_changed
from tests.media.pictures import as_bytes, photo

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def media_root(settings: Settings, tmp_path: Path) -> Path:
    """Give each test a media folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BASE_URL = "https://example.test"
    return tmp_path / "media"


@pytest.fixture
def make_image(db: None) -> Callable[..., Image]:
    """Return a function that stores an image without preparing it; a photograph as JPEG unless told otherwise."""

    def make(content: bytes | None = None, name: str = "photo.jpg", **fields: Any) -> Image:
        fields.setdefault("title", "A picture")
        image = Image(file=ContentFile(content or as_bytes(photo(), "JPEG"), name=name), **fields)
        image.save()
        return image

    return make


@pytest.fixture
def make_file(db: None) -> Callable[..., File]:
    """Return a function that stores a file; a small PDF unless told otherwise."""

    def make(content: bytes = PDF, name: str = "brochure.pdf", **fields: Any) -> File:
        fields.setdefault("title", "A brochure")
        file = File(file=ContentFile(content, name=name), **fields)
        file.save()
        return file

    return make


@pytest.fixture
def announced() -> Iterator[list[tuple[str, set[int]]]]:
    """Return the list into which every `media_changed` goes as (kind, ids)."""
    heard: list[tuple[str, set[int]]] = []

    def hear(kind: str, ids: set[int], **kwargs: Any) -> None:
        heard.append((kind, set(ids)))

    media_changed.connect(hear, weak=False, dispatch_uid="test-hear")
    yield heard
    media_changed.disconnect(dispatch_uid="test-hear")


@pytest.fixture
def admin_client(db: None) -> Client:
    """Return a client signed in as a person who may do everything in the admin."""
    user = get_user_model().objects.create_superuser("editor", "editor@example.test", "secret")
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def committing(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[[], Any]:
    """Return a context in which what waits for the commit runs at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)

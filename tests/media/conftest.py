"""Real pictures, drawn by Pillow, and media stored in a folder of their own."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image as Picture
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import SettingsWrapper

from cms.media.models import File, Image
from cms.media.signals import media_changed

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def media_root(settings: SettingsWrapper, tmp_path: Path) -> Path:
    """Give each test a media folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BASE_URL = "https://example.test"
    return tmp_path / "media"


def photo(width: int = 1700, height: int = 1200) -> Picture.Image:
    """Return a picture with very many colours: mostly red, blue on the right."""
    ramp = Picture.linear_gradient("L").resize((width, height))
    turned = Picture.linear_gradient("L").rotate(90).resize((width, height))
    picture = Picture.merge("RGB", (Picture.new("L", (width, height), 200), ramp.point(lambda v: v // 8), turned))
    picture.paste((0, 0, 255), (width * 3 // 4, 0, width, height))
    return picture


def drawing(width: int = 600, height: int = 400) -> Picture.Image:
    """Return a picture with three colours."""
    picture = Picture.new("RGB", (width, height), "white")
    picture.paste((10, 90, 160), (0, 0, width // 4, height))
    picture.paste((200, 30, 30), (width // 2, 0, width // 2 + 20, height))
    return picture


def as_bytes(picture: Picture.Image, picture_format: str, **options: Any) -> bytes:
    """Encode a picture."""
    output = io.BytesIO()
    picture.save(output, picture_format, **options)
    return output.getvalue()


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


def stored_names(root: Path) -> set[str]:
    """Return the paths of all files under a folder, relative to it."""
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}

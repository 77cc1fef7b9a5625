"""Stored media served from this machine's disk."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Collection, CollectionViewRestriction

from cms.media.models import Image
from cms.media.renditions import prepare_image
from tests.media.pictures import as_bytes, drawing

FILM = bytes(range(256)) * 1000
pytestmark = pytest.mark.django_db


def body(response: HttpResponseBase) -> bytes:
    """Return the whole body of an answer."""
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


@pytest.fixture
def film(media_root: Path) -> str:
    """Return the address of a stored film."""
    (media_root / "documents").mkdir(parents=True)
    (media_root / "documents" / "film.mp4").write_bytes(FILM)
    return "/media/documents/film.mp4"


@pytest.fixture
def ready(make_image: Any) -> Image:
    """Return a small picture with its minimum."""
    image: Image = make_image(as_bytes(drawing(60, 40), "PNG"), "chart.png")
    prepare_image(image, minimum=True)
    return image


def test_rendition_is_served_for_ever_to_everyone(
    client: Client, ready: Image, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = ready.renditions.order_by("pk").first()
    assert row is not None

    with django_assert_num_queries(1):
        response = client.get(row.url)

    with row.file.open("rb") as stored:
        assert body(response) == stored.read()
    assert {name: response[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Type": "image/webp",
        "Cache-Control": "public, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
    }
    assert response["Content-Disposition"].startswith("inline")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert not response.cookies


def test_unchanged_file_is_answered_without_a_body(client: Client, film: str) -> None:
    etag = client.get(film)["ETag"]

    response = client.get(film, headers={"If-None-Match": etag})

    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-99", 206, 0, 99),
        ("bytes=255990-", 206, 255_990, 255_999),
        ("bytes=-10", 206, 255_990, 255_999),
        ("bytes=100000-999999", 206, 100_000, 255_999),
        ("bytes=5-2", 200, 0, 255_999),
        ("bytes=-", 200, 0, 255_999),
        ("bytes=0-1,5-6", 200, 0, 255_999),
        ("lines=0-1", 200, 0, 255_999),
    ],
)
def test_film_is_served_in_ranges(client: Client, film: str, asked: str, status: int, start: int, end: int) -> None:
    response = client.get(film, headers={"Range": asked})

    assert (response.status_code, body(response)) == (status, FILM[start : end + 1])
    assert response["Content-Length"] == str(end - start + 1)
    assert response.get("Content-Range") == (f"bytes {start}-{end}/256000" if status == 206 else None)
    assert (response["Content-Type"], response["Accept-Ranges"]) == ("video/mp4", "bytes")
    assert response["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=-0"])
def test_range_beyond_the_end_is_refused(client: Client, film: str, asked: str) -> None:
    response = client.get(film, headers={"Range": asked})

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */256000")


def test_range_of_an_older_version_gets_the_whole_file(client: Client, film: str) -> None:
    response = client.get(film, headers={"Range": "bytes=0-9", "If-Range": '"older"'})

    assert (response.status_code, len(body(response))) == (200, 256_000)


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("page.html", 'attachment; filename="page.html"'),
        ("drawing.svg", 'attachment; filename="drawing.svg"'),
        ("table.csv", 'attachment; filename="table.csv"'),
        ("brochure.pdf", 'inline; filename="brochure.pdf"'),
        ("captions.vtt", 'inline; filename="captions.vtt"'),
    ],
)
def test_what_a_browser_could_run_is_an_attachment(
    client: Client, media_root: Path, name: str, disposition: str
) -> None:
    (media_root / "documents").mkdir(parents=True)
    (media_root / "documents" / name).write_bytes(b"content")

    response = client.get(f"/media/documents/{name}")

    assert response["Content-Disposition"] == disposition


@pytest.mark.parametrize(
    "path",
    [
        "/media/documents/../../secret-key",
        "/media/documents/%2e%2e/%2e%2e/secret-key",
        "/media//etc/passwd",
        "/media/documents/none.pdf",
        "/media/documents/",
        "/media/documents/none\x00.pdf",
    ],
)
def test_nothing_outside_the_media_folder_is_served(client: Client, media_root: Path, film: str, path: str) -> None:
    (media_root.parent / "secret-key").write_text("secret")

    assert client.get(path).status_code == 404


def test_post_is_refused(client: Client, film: str) -> None:
    assert client.post(film).status_code == 405


def test_originals_are_for_people_with_access_to_the_admin(client: Client, admin_client: Client, ready: Image) -> None:
    assert client.get(ready.file.url).status_code == 404

    response = admin_client.get(ready.file.url)

    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert len(body(response)) == os.path.getsize(ready.file.path)


def test_private_collections_are_for_people_with_access_to_the_admin(
    client: Client,
    admin_client: Client,
    ready: Image,
    make_file: Any,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type=CollectionViewRestriction.LOGIN)
    inner = private.add_child(name="Inner")
    hidden, public = make_file(name="hidden.pdf", collection=inner), make_file(name="public.pdf")
    row = ready.renditions.order_by("pk").first()
    assert row is not None
    addresses = [hidden.file.url, public.file.url, row.url]

    with django_assert_num_queries(6):
        assert [client.get(one).status_code for one in addresses] == [404, 200, 200]
    Image.objects.filter(pk=ready.pk).update(collection=inner)
    assert client.get(row.url).status_code == 404

    response = admin_client.get(hidden.file.url)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert "Access-Control-Allow-Origin" not in response

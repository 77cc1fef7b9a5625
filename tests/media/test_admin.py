"""Uploading and describing media through the admin's own views."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.models import Collection, UploadedFile

from cms.media.models import File, Image
from cms.media.renditions import missing_minimum, prepare_image
from tests.media.pictures import as_bytes, drawing, photo, stored_names

Heard = list[tuple[str, set[int]]]
JPEG = as_bytes(photo(900, 700), "JPEG")
PDF = b"%PDF-1.4\n%%EOF\n"


def upload(client: Client, content: bytes, name: str, to: str = "wagtailimages:add_multiple") -> dict[str, Any]:
    """Send a file as the multiple uploader does and return its answer."""
    response = client.post(
        reverse(to),
        {"title": "Spring", "files[]": SimpleUploadedFile(name, content)},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    return answer


def bomb() -> bytes:
    """Return a small PNG that claims 30,000 times 30,000 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_multiple_uploader_stores_the_picture_and_makes_the_minimum_at_once(
    admin_client: Client, committing: Any
) -> None:
    with committing():
        answer = upload(admin_client, JPEG, "spring.jpg")

    assert answer["success"] is True
    image = Image.objects.get()
    assert (answer["image_id"], image.title, image.width, image.height) == (image.pk, "Spring", 900, 700)
    assert (image.licence, image.file_size, len(image.file_hash)) == ("CC-BY-4.0", len(JPEG), 40)
    assert missing_minimum([image.pk]) == set()
    assert image.renditions.filter(filter_spec="fill-800x450|format-webp").count() == 1
    assert image.renditions.filter(filter_spec__endswith="format-avif").count() == 0
    assert f'name="image-{image.pk}-alt_fi"' in answer["form"]


def test_second_step_of_the_multiple_uploader_stores_texts(admin_client: Client, committing: Any) -> None:
    image_id = upload(admin_client, JPEG, "spring.jpg")["image_id"]
    prefix = f"image-{image_id}"

    with committing():
        response = admin_client.post(
            reverse("wagtailimages:edit_multiple", args=[image_id]),
            {
                f"{prefix}-title": "Spring",
                f"{prefix}-description": "A field in spring",
                f"{prefix}-licence": "CC0-1.0",
                f"{prefix}-alt_fi": "Pelto keväällä",
            },
            headers={"X-Requested-With": "XMLHttpRequest"},
        )

    assert response.json() == {"success": True, "image_id": image_id}
    image = Image.objects.get()
    assert (image.description, image.licence) == ("A field in spring", "CC0-1.0")
    assert list(image.texts.values_list("locale", "alt", "caption")) == [("fi", "Pelto keväällä", "")]


def test_chooser_upload_makes_the_minimum_at_once(admin_client: Client, committing: Any) -> None:
    with committing():
        response = admin_client.post(
            reverse("wagtailimages_chooser:create"),
            {
                "image-chooser-upload-title": "Spring",
                "image-chooser-upload-licence": "CC-BY-4.0",
                "image-chooser-upload-collection": Collection.get_first_root_node().pk,
                "image-chooser-upload-file": SimpleUploadedFile("spring.jpg", JPEG),
            },
        )

    assert response.json()["step"] == "chosen"
    assert missing_minimum([Image.objects.get().pk]) == set()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (SVG, "a.svg", "Not a supported image format. Supported formats: AVIF, GIF, JPG, JPEG, PNG, WEBP."),
        (SVG, "a.png", "Not a valid .png image. The extension does not match the file format (svg)"),
        (
            b"This is no picture.",
            "a.jpg",
            "Upload a valid image. The file you uploaded was either not an image or a corrupted image.",
        ),
        (
            JPEG[: len(JPEG) // 2],
            "a.jpg",
            "“a.jpg” is damaged or incomplete. Save it again in your picture program and upload it anew.",
        ),
        (
            as_bytes(drawing(), "PNG")[:900],
            "a.png",
            "“a.png” is damaged or incomplete. Save it again in your picture program and upload it anew.",
        ),
        (JPEG, "a.png", "Not a valid .png image. The extension does not match the file format (jpeg)"),
        (bomb(), "a.png", "“a.png” has too many pixels. At most 40 million are allowed; make it smaller first."),
        (
            as_bytes(drawing(8000, 5001), "PNG"),
            "a.png",
            "“a.png” has too many pixels. At most 40 million are allowed; make it smaller first.",
        ),
    ],
    ids=["svg", "svg-as-png", "text", "cut-jpeg", "cut-png", "jpeg-as-png", "bomb", "too-many-pixels"],
)
def test_upload_is_refused_and_leaves_nothing(
    admin_client: Client, media_root: Path, content: bytes, name: str, message: str
) -> None:
    answer = upload(admin_client, content, name)

    assert answer == {"success": False, "error_message": message}
    assert (Image.objects.count(), UploadedFile.objects.count()) == (0, 0)
    assert stored_names(media_root) == set()


def test_upload_with_too_many_bytes_is_refused(admin_client: Client, media_root: Path, settings: Settings) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024

    answer = upload(admin_client, JPEG, "a.jpg")

    assert answer["success"] is False
    assert answer["error_message"].endswith("Maximum filesize 10.0\xa0KB.")
    assert (Image.objects.count(), stored_names(media_root)) == (0, set())


def edit_data(image: Image, **fields: Any) -> dict[str, Any]:
    """Return what the edit form sends for a picture."""
    return {
        "title": image.title,
        "description": image.description,
        "licence": image.licence,
        "credit": image.credit,
        "tags": "",
        "collection": Collection.get_first_root_node().pk,
        **fields,
    }


def test_edit_form_shows_and_stores_texts_and_announces_once(
    admin_client: Client, make_image: Any, announced: Heard
) -> None:
    image = make_image(as_bytes(drawing(60, 40), "PNG"), "chart.png")
    image.texts.create(locale="de", alt="Ein Diagramm", caption="Von 2017")
    image.texts.create(locale="it", alt="Un grafico")
    address = reverse("wagtailimages:edit", args=[image.pk])
    page = admin_client.get(address).content.decode()
    for expected in ('name="alt_de"', "Ein Diagramm", "Alt text (Suomi)"):
        assert expected in page
    announced.clear()

    response = admin_client.post(
        address,
        edit_data(
            image,
            credit="Jane Doe",
            alt_en="A chart",
            alt_de="Ein Säulendiagramm",
            caption_de="Von 2017",
            alt_it="",
        ),
    )

    assert response.status_code == 302
    assert Image.objects.get().credit == "Jane Doe"
    assert list(image.texts.values_list("locale", "alt", "caption")) == [
        ("de", "Ein Säulendiagramm", "Von 2017"),
        ("en", "A chart", ""),
    ]
    assert announced == [("image", {image.pk})]


def test_replacing_the_file_in_the_edit_form_removes_the_old_one_after_the_commit(
    admin_client: Client, make_image: Any, media_root: Path, committing: Any
) -> None:
    image = make_image()
    prepare_image(image, minimum=True)
    old = {image.file.name, *image.renditions.values_list("file", flat=True)}

    with committing():
        response = admin_client.post(
            reverse("wagtailimages:edit", args=[image.pk]),
            edit_data(image, file=SimpleUploadedFile("photo.jpg", JPEG)),
        )
        assert image.file.name in stored_names(media_root)

    assert response.status_code == 302
    image = Image.objects.get()
    assert (image.width, image.height, image.file_size) == (900, 700, len(JPEG))
    assert image.file.name not in stored_names(media_root) & old
    assert missing_minimum([image.pk]) == set()
    assert image.file.name in stored_names(media_root)


def test_refused_replacement_keeps_the_picture_as_it_was(
    admin_client: Client, make_image: Any, media_root: Path
) -> None:
    image = make_image()
    prepare_image(image, minimum=True)
    before = stored_names(media_root)

    response = admin_client.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        edit_data(image, title="Other", file=SimpleUploadedFile("new.jpg", JPEG[: len(JPEG) // 2])),
    )

    assert response.status_code == 200
    assert "is damaged or incomplete" in response.content.decode()
    assert Image.objects.get().title == "A picture"
    assert missing_minimum([image.pk]) == set()
    assert before <= stored_names(media_root)
    assert not [name for name in stored_names(media_root) if "new" in name]


def test_focal_point_set_in_the_edit_form_makes_new_cuts_at_once(
    admin_client: Client, make_image: Any, committing: Any
) -> None:
    image = make_image()
    prepare_image(image, minimum=True)
    focal = {"focal_point_x": 100, "focal_point_y": 100, "focal_point_width": 50, "focal_point_height": 50}

    with committing():
        admin_client.post(reverse("wagtailimages:edit", args=[image.pk]), edit_data(image, **focal))

    assert Image.objects.get().focal_point_x == 100
    assert missing_minimum([image.pk]) == set()
    assert image.renditions.filter(filter_spec__startswith="fill-160x160|").count() == 2


def test_bulk_move_to_a_collection_is_announced(
    admin_client: Client, make_image: Any, make_file: Any, announced: Heard
) -> None:
    image, file = make_image(as_bytes(drawing(60, 40), "PNG"), "a.png"), make_file()
    target = Collection.get_first_root_node().add_child(name="Target")
    announced.clear()

    for model, number in (("image", image.pk), ("file", file.pk)):
        address = reverse("wagtail_bulk_action", args=["media", model, "add_to_collection"])
        response = admin_client.post(f"{address}?id={number}", {"collection": target.pk})
        assert response.status_code == 302

    assert (Image.objects.get().collection, File.objects.get().collection) == (target, target)
    assert announced == [("image", {image.pk}), ("file", {file.pk})]


def test_file_is_uploaded_and_described_per_locale(admin_client: Client, announced: Heard) -> None:
    answer = upload(admin_client, PDF, "brochure.pdf", to="wagtaildocs:add_multiple")
    number = answer["doc_id"]
    prefix = f"doc-{number}"

    response = admin_client.post(
        reverse("wagtaildocs:edit_multiple", args=[number]),
        {
            f"{prefix}-title": "Brochure",
            f"{prefix}-licence": "CC-BY-4.0",
            f"{prefix}-title_fi": "Esite",
            f"{prefix}-description_fi": "Tulostettava",
        },
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    assert response.json() == {"success": True, "doc_id": number}
    file = File.objects.get()
    assert (file.title, file.file_size, len(file.file_hash)) == ("Brochure", len(PDF), 40)
    assert list(file.texts.values_list("locale", "title", "description")) == [("fi", "Esite", "Tulostettava")]
    assert announced == [("file", {number}), ("file", {number})]


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"<html></html>", "a.pdf", "“a.pdf” is not a .pdf file. Check that you chose the right file."),
        (PDF, "a.docx", "“a.docx” is not a .docx file. Check that you chose the right file."),
        (b"\0\0\0\x18moov", "a.mp4", "“a.mp4” is not a .mp4 file. Check that you chose the right file."),
    ],
)
def test_file_that_is_not_what_its_name_says_is_refused(
    admin_client: Client, media_root: Path, content: bytes, name: str, message: str
) -> None:
    answer = upload(admin_client, content, name, to="wagtaildocs:add_multiple")

    assert answer == {"success": False, "error_message": message}
    assert (File.objects.count(), stored_names(media_root)) == (0, set())


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.exe"])
def test_file_of_another_kind_is_refused(admin_client: Client, media_root: Path, name: str) -> None:
    answer = upload(admin_client, b"<html></html>", name, to="wagtaildocs:add_multiple")

    assert answer["success"] is False
    assert answer["error_message"].startswith(f"File extension “{name[2:]}” is not allowed.")
    assert (File.objects.count(), stored_names(media_root)) == (0, set())


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\xef\xbb\xbfWEBVTT\n", "captions.vtt"),
        (b"\0\0\0\x18ftypmp42", "film.mp4"),
        (b"PK\x03\x04rest", "letter.odt"),
        (b"a;b\n", "table.csv"),
    ],
)
def test_file_of_an_allowed_kind_is_stored(admin_client: Client, content: bytes, name: str) -> None:
    assert upload(admin_client, content, name, to="wagtaildocs:add_multiple")["success"] is True

    with File.objects.get().open_file() as stored:
        assert io.BytesIO(stored.read()).getvalue() == content


def test_replaced_file_goes_after_the_commit(
    admin_client: Client, make_file: Any, media_root: Path, committing: Any
) -> None:
    file = make_file()

    with committing():
        response = admin_client.post(
            reverse("wagtaildocs:edit", args=[file.pk]),
            {
                "title": "Brochure",
                "licence": "CC-BY-4.0",
                "tags": "",
                "collection": Collection.get_first_root_node().pk,
                "file": SimpleUploadedFile("second.pdf", PDF),
            },
        )
        assert stored_names(media_root) == {"documents/brochure.pdf", "documents/second.pdf"}

    assert response.status_code == 302
    assert File.objects.get().file.name == "documents/second.pdf"
    assert stored_names(media_root) == {"documents/second.pdf"}


def test_failed_save_removes_the_new_file(make_image: Any, media_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = make_image()
    before = stored_names(media_root)
    image.file = SimpleUploadedFile("second.jpg", JPEG)
    image.title = None

    with pytest.raises(IntegrityError, match=r"(?i)null"):
        image.save()

    assert stored_names(media_root) == before

"""Named renditions: what is made, in which order, when, and what is never left behind."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import transaction
from PIL import Image as Picture
from pytest_django import DjangoAssertNumQueries

from cms.media.models import Image, Rendition
from cms.media.pixels import UnreadablePicture
from cms.media.presets import ImageFormat, ImagePreset, all_renditions, preset_specs
from cms.media.renditions import missing_minimum, pending_count, prepare_image
from cms.media.tasks import prepare_image_renditions
from tests.media.pictures import as_bytes, drawing, photo, stored_names

MINIMUM = [
    ("fill-1600x900|format-webp", 1600, 900),
    ("fill-160x160|format-webp", 160, 160),
    ("fill-320x320|format-webp", 320, 320),
    ("fill-400x225|format-webp", 400, 225),
    ("fill-800x450|format-webp", 800, 450),
]


def rows_of(image: Image) -> list[tuple[str, int, int]]:
    return list(image.renditions.order_by("filter_spec").values_list("filter_spec", "width", "height"))


def test_minimum_is_thumb_card_and_hero_as_webp(make_image: Any) -> None:
    image = make_image()

    assert prepare_image(image, minimum=True) == 5

    assert rows_of(image) == MINIMUM
    for row in image.renditions.all():
        with row.file.open("rb") as stored:
            picture = Picture.open(stored)
            assert (picture.format, *picture.size) == ("WEBP", row.width, row.height)


def test_rest_adds_jpeg_social_and_avif_for_a_photograph(make_image: Any) -> None:
    image = make_image()
    prepare_image(image, minimum=True)

    assert prepare_image(image, minimum=False) == 20

    specs = set(image.renditions.values_list("filter_spec", flat=True))
    assert image.renditions.count() == 25
    assert {spec.rsplit("-", 1)[1] for spec in specs} == {"webp", "jpeg", "avif"}
    assert "fill-1200x630|format-jpeg" in specs
    assert Image.objects.get(pk=image.pk).fallback_format == "jpeg"


def test_avif_is_made_last(make_image: Any) -> None:
    image = make_image()

    prepare_image(image, minimum=False)

    formats = [
        spec.rsplit("-", 1)[1] for spec in image.renditions.order_by("pk").values_list("filter_spec", flat=True)
    ]
    assert formats == ["webp"] * 8 + ["jpeg"] * 9 + ["avif"] * 8


def test_nothing_is_enlarged(make_image: Any) -> None:
    image = make_image(as_bytes(drawing(600, 400), "PNG"), "chart.png")

    prepare_image(image, minimum=False)

    full = image.renditions.filter(filter_spec__in=preset_specs(ImagePreset.FULL, ImageFormat.WEBP))
    assert list(full.values_list("filter_spec", "width", "height")) == [("width-800|format-webp", 600, 400)]
    assert image.renditions.get(filter_spec="fill-800x450|format-webp").width == 600
    assert not image.renditions.filter(filter_spec__startswith="fill-1600x900").exists()


@pytest.mark.parametrize(
    ("picture", "picture_format", "expected"),
    [
        (photo(400, 300), "JPEG", "jpeg"),
        (photo(400, 300), "PNG", "jpeg"),
        (drawing(400, 300), "PNG", "png"),
        (drawing(400, 300), "JPEG", "jpeg"),
        (Picture.new("RGBA", (40, 30), (255, 0, 0, 128)), "PNG", "png"),
        (Picture.new("RGB", (40, 30), "red").convert("P"), "GIF", "png"),
        (Picture.new("CMYK", (40, 30), (0, 255, 255, 0)), "JPEG", "jpeg"),
    ],
    ids=["photo", "photo-as-png", "drawing", "drawing-as-jpeg", "transparent", "gif", "cmyk"],
)
def test_fallback_is_png_for_drawings_and_transparency(
    make_image: Any, picture: Picture.Image, picture_format: str, expected: str
) -> None:
    extension = {"JPEG": "jpg"}.get(picture_format, picture_format.lower())
    image = make_image(as_bytes(picture, picture_format), f"one.{extension}")

    prepare_image(image, minimum=False)

    assert Image.objects.get(pk=image.pk).fallback_format == expected
    assert image.renditions.filter(filter_spec=f"fill-160x160|format-{expected}").count() == 1


def test_second_run_makes_nothing_and_opens_nothing(make_image: Any, media_root: Path) -> None:
    image = make_image()
    prepare_image(image, minimum=False)
    before = stored_names(media_root)
    Path(image.file.path).unlink()

    assert prepare_image(Image.objects.get(pk=image.pk), minimum=False) == 0

    assert stored_names(media_root) == before - {image.file.name}


def test_run_that_comes_second_throws_its_files_away(
    make_image: Any, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = make_image()
    from cms.media import renditions

    real = renditions._write
    ran: list[int] = []

    def overtaken(late: Image, batch: Any) -> list[Rendition]:
        if not ran:
            ran.append(1)
            prepare_image(Image.objects.get(pk=late.pk), minimum=True)
        return real(late, batch)

    monkeypatch.setattr(renditions, "_write", overtaken)
    assert prepare_image(image, minimum=True) == 0

    assert rows_of(image) == MINIMUM
    kept = {image.file.name, *image.renditions.values_list("file", flat=True)}
    assert stored_names(media_root) == kept


def test_picture_replaced_meanwhile_keeps_nothing_of_the_old_one(
    make_image: Any, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = make_image()
    from cms.media import renditions

    real = renditions._write

    def overtaken(late: Image, batch: Any) -> list[Rendition]:
        current = Image.objects.get(pk=late.pk)
        current.file = ContentFile(as_bytes(drawing(), "PNG"), name="other.png")
        current.save()
        return real(late, batch)

    monkeypatch.setattr(renditions, "_write", overtaken)
    assert prepare_image(image, minimum=True) == 0

    assert image.renditions.count() == 0
    assert not [name for name in stored_names(media_root) if name.startswith("images/")]


def test_picture_deleted_meanwhile_leaves_no_files(
    make_image: Any, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = make_image()
    from cms.media import renditions

    real = renditions._write

    def overtaken(late: Image, batch: Any) -> list[Rendition]:
        Image.objects.filter(pk=late.pk).delete()
        return real(late, batch)

    monkeypatch.setattr(renditions, "_write", overtaken)
    assert prepare_image(image, minimum=True) == 0

    assert Rendition.objects.count() == 0
    assert stored_names(media_root) == {image.file.name}


def test_pixels_are_refused_inside_a_transaction(make_image: Any, media_root: Path) -> None:
    image = make_image()

    with transaction.atomic(), pytest.raises(RuntimeError, match=r"^Renditions are made outside transactions"):
        prepare_image(image, minimum=True)

    assert image.renditions.count() == 0
    assert stored_names(media_root) == {image.file.name}


def test_damaged_source_writes_nothing(make_image: Any, media_root: Path) -> None:
    image = make_image()
    path = Path(image.file.path)
    path.write_bytes(path.read_bytes()[:3000])

    with pytest.raises(UnreadablePicture):
        prepare_image(image, minimum=False)

    assert image.renditions.count() == 0
    assert Image.objects.get(pk=image.pk).placeholder_colour == ""
    assert stored_names(media_root) == {image.file.name}


def test_placeholder_is_the_dominant_colour_and_a_tiny_picture(make_image: Any) -> None:
    image = make_image(as_bytes(drawing(), "PNG"), "chart.png")

    prepare_image(image, minimum=True)

    stored = Image.objects.get(pk=image.pk)
    assert stored.placeholder_colour == "#ffffff"
    assert stored.placeholder_data_url.startswith("data:image/webp;base64,")
    assert len(stored.placeholder_data_url) < 400


def test_focal_point_decides_the_cut_and_old_cuts_stay_until_the_new_exist(make_image: Any) -> None:
    image = make_image()
    prepare_image(image, minimum=False)
    old = set(image.renditions.filter(filter_spec__startswith="fill-").values_list("pk", flat=True))
    assert len(old) == 16

    image.focal_point_x, image.focal_point_y = 1600, 600
    image.focal_point_width = image.focal_point_height = 100
    image.save()
    assert missing_minimum([image.pk]) == {image.pk}
    assert image.renditions.filter(pk__in=old).count() == 16

    prepare_image(image, minimum=True)
    assert image.renditions.filter(pk__in=old).count() == 16
    assert missing_minimum([image.pk]) == set()

    prepare_image(image, minimum=False)
    assert image.renditions.filter(pk__in=old).count() == 0
    assert image.renditions.count() == 25
    thumb = image.renditions.get(filter_spec="fill-160x160|format-jpeg")
    with thumb.file.open("rb") as stored:
        red, _green, blue = Picture.open(stored).convert("RGB").getpixel((150, 80))  # type: ignore[misc]
    assert (red < 40, blue > 215) == (True, True)


def test_sideways_photograph_stands_upright_without_its_camera_notes(make_image: Any) -> None:
    exif = Picture.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera of somebody"
    image = make_image(as_bytes(photo(1200, 800), "JPEG", exif=exif))
    assert (image.width, image.height) == (800, 1200)

    prepare_image(image, minimum=False)

    full = image.renditions.get(filter_spec="width-800|format-jpeg")
    assert (full.width, full.height) == (800, 1200)
    for row in image.renditions.all():
        with row.file.open("rb") as stored:
            content = stored.read()
            assert b"Camera of somebody" not in content
            assert dict(Picture.open(io.BytesIO(content)).getexif()) == {}


def test_missing_minimum_is_one_statement_for_12_ready_images(
    make_image: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    content = as_bytes(photo(500, 400), "JPEG")
    images = [make_image(content, f"{number}.jpg") for number in range(13)]
    for image in images[:12]:
        prepare_image(image, minimum=True)
    ids = [image.pk for image in images]

    with django_assert_num_queries(1):
        assert missing_minimum(ids[:12]) == set()
    with django_assert_num_queries(1):
        assert missing_minimum([*ids, 999_999]) == {ids[12]}
    with django_assert_num_queries(1):
        assert pending_count(ids) == 4
    with django_assert_num_queries(0):
        assert missing_minimum([]) == set()


def test_worker_makes_everything_after_the_commit(make_image: Any, committing: Any) -> None:
    with committing() as callbacks:
        image = make_image(as_bytes(photo(500, 400), "JPEG"))
        assert image.renditions.count() == 0
    assert len(callbacks) == 1

    wanted = len(all_renditions(500, 400, ImageFormat.JPEG))
    assert prepare_image_renditions.call(image.pk) == wanted
    assert image.renditions.count() == wanted
    assert prepare_image_renditions.call(999_999) == 0


def test_replaced_picture_loses_its_renditions_and_file(make_image: Any, media_root: Path, committing: Any) -> None:
    image = make_image()
    prepare_image(image, minimum=True)
    old = {image.file.name, *image.renditions.values_list("file", flat=True)}

    with committing():
        image.file = ContentFile(as_bytes(drawing(), "PNG"), name="other.png")
        image.save()
    prepare_image(image, minimum=True)

    assert (image.width, image.height) == (600, 400)
    assert image.file.name not in old
    assert not Path(media_root, "original_images/photo.jpg").exists()
    assert [row.width for row in image.renditions.filter(filter_spec="fill-800x450|format-webp")] == [600]
    assert Image.objects.get(pk=image.pk).fallback_format == "png"


def test_command_prepares_all_and_names_what_it_cannot_read(
    make_image: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    good = make_image(as_bytes(drawing(100, 100), "PNG"), "good.png")
    bad = make_image(as_bytes(drawing(100, 100), "PNG"), "bad.png")
    Path(bad.file.path).unlink()

    with pytest.raises(CommandError, match=rf"^These pictures cannot be read: {bad.pk} \("):
        call_command("prepare_renditions", verbosity=0)

    wanted = len(all_renditions(100, 100, ImageFormat.PNG))
    assert capsys.readouterr().out == f"2 pictures, {wanted} renditions made.\n"
    assert good.renditions.count() == wanted

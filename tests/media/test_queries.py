"""What is read about images and files: texts per locale, addresses, and nothing that is private."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.models import Collection, CollectionViewRestriction

from cms.media.models import FileText, ImageText
from cms.media.presets import ImageFormat, ImagePreset
from cms.media.queries import PlaceholderRecord, SourceRecord, files_by_id, images_by_id
from cms.media.renditions import prepare_image
from tests.media.pictures import as_bytes, drawing, photo


def private_tree() -> tuple[Collection, Collection]:
    """Return a private collection and a public one inside it."""
    private = Collection.get_first_root_node().add_child(name="Private")
    inner = private.add_child(name="Inner")
    CollectionViewRestriction.objects.create(collection=private, restriction_type=CollectionViewRestriction.LOGIN)
    return private, inner


def test_image_speaks_the_locale_and_falls_back_to_its_description(make_image: Any) -> None:
    image = make_image(description="A red field", credit="Jane Doe", licence="CC0-1.0")
    ImageText.objects.create(image=image, locale="fi", alt="Punainen kenttä", caption="Kuvattu keväällä")
    ImageText.objects.create(image=image, locale="fr", alt="", caption="Prise au printemps")

    found = {locale: images_by_id([image.pk], locale)[image.pk] for locale in ("fi", "fr", "de")}

    assert {locale: (one.alt, one.caption) for locale, one in found.items()} == {
        "fi": ("Punainen kenttä", "Kuvattu keväällä"),
        "fr": ("A red field", "Prise au printemps"),
        "de": ("A red field", ""),
    }
    one = found["fi"]
    assert (one.id, one.credit, one.licence, one.width, one.height) == (image.pk, "Jane Doe", "CC0-1.0", 1700, 1200)
    assert (one.focal_point, one.placeholder, one.renditions) == (None, None, {})
    assert one.rendition(ImagePreset.CARD) is None
    assert one.sources(ImagePreset.CARD) == []


def test_focal_point_is_a_part_of_width_and_height(make_image: Any) -> None:
    image = make_image(focal_point_x=850, focal_point_y=300, focal_point_width=10, focal_point_height=10)

    assert images_by_id([image.pk], "en")[image.pk].focal_point == (0.5, 0.25)


def test_rendition_is_the_widest_with_an_absolute_address(make_image: Any) -> None:
    image = make_image()
    prepare_image(image, minimum=False)
    stored = image.renditions.get(filter_spec="fill-1600x900|format-avif")

    record = images_by_id([image.pk], "en")[image.pk]

    found = record.rendition(ImagePreset.HERO, ImageFormat.AVIF)
    assert found is not None
    assert (found.url, found.width, found.height, found.type) == (
        f"https://example.test/media/{stored.file.name}",
        1600,
        900,
        "image/avif",
    )
    elsewhere = images_by_id([image.pk], "en", base_url="https://other.test")[image.pk]
    assert elsewhere.renditions[stored.filter_spec].url == f"https://other.test/media/{stored.file.name}"
    image.refresh_from_db()
    assert record.placeholder == PlaceholderRecord(image.placeholder_colour, image.placeholder_data_url)


def test_nearest_rendition_stands_in_for_one_that_does_not_exist_yet(make_image: Any) -> None:
    image = make_image()
    prepare_image(image, minimum=True)
    record = images_by_id([image.pk], "en")[image.pk]

    def asked(preset: ImagePreset, picture_format: ImageFormat) -> tuple[int, int, str] | None:
        found = record.rendition(preset, picture_format)
        return (found.width, found.height, found.type) if found else None

    assert asked(ImagePreset.CARD, ImageFormat.AVIF) == (800, 450, "image/webp")
    assert asked(ImagePreset.CARD, ImageFormat.PNG) == (800, 450, "image/webp")
    assert asked(ImagePreset.FULL, ImageFormat.WEBP) == (1600, 900, "image/webp")
    assert asked(ImagePreset.SOCIAL, ImageFormat.JPEG) == (1600, 900, "image/webp")
    assert image.renditions.count() == 5


def test_sources_name_avif_then_webp_then_the_fallback(make_image: Any) -> None:
    image = make_image(as_bytes(drawing(600, 400), "PNG"), "chart.png")
    prepare_image(image, minimum=False)
    record = images_by_id([image.pk], "en")[image.pk]
    names = {row.filter_spec: f"https://example.test{row.file.url}" for row in image.renditions.all()}

    assert record.sources(ImagePreset.THUMB) == [
        SourceRecord(
            f"image/{kind}",
            f"{names[f'fill-160x160|format-{kind}']} 160w, {names[f'fill-320x320|format-{kind}']} 320w",
            "160px",
        )
        for kind in ("avif", "webp", "png")
    ]
    assert [source.type for source in record.sources(ImagePreset.SOCIAL)] == ["image/png"]


def test_cuts_of_an_earlier_focal_point_are_served_until_the_new_ones_exist(make_image: Any) -> None:
    image = make_image()
    prepare_image(image, minimum=False)
    old = images_by_id([image.pk], "en")[image.pk].renditions
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 1600, 600, 50, 50
    image.save()

    waiting = images_by_id([image.pk], "en")[image.pk].renditions
    prepare_image(image, minimum=True)
    started = images_by_id([image.pk], "en")[image.pk].renditions

    assert waiting == old
    changed = {spec for spec in old if started[spec] != old[spec]}
    assert changed == {spec for spec in old if spec.startswith("fill-") and spec.endswith("webp")}


def test_private_collections_and_all_inside_them_are_absent(make_image: Any, make_file: Any) -> None:
    private, inner = private_tree()
    images = [make_image(as_bytes(drawing(), "PNG"), "a.png", **where) for where in _places(private, inner)]
    files = [make_file(**where) for where in _places(private, inner)]

    assert set(images_by_id([one.pk for one in images], "en")) == {images[0].pk}
    assert set(files_by_id([one.pk for one in files], "en")) == {files[0].pk}


def _places(private: Collection, inner: Collection) -> list[dict[str, Any]]:
    return [{}, {"collection": private}, {"collection": inner}]


def test_file_speaks_the_locale_and_falls_back_to_its_title(make_file: Any) -> None:
    file = make_file(title="Brochure", credit="Jane Doe", licence="CC-BY-SA-4.0")
    FileText.objects.create(file=file, locale="de", title="Broschüre", description="Zum Ausdrucken")

    german, french = (files_by_id([file.pk], locale)[file.pk] for locale in ("de", "fr"))

    assert (german.title, german.description) == ("Broschüre", "Zum Ausdrucken")
    assert (french.title, french.description) == ("Brochure", "")
    assert (german.url, german.size, german.type, german.extension) == (
        "https://example.test/media/documents/brochure.pdf",
        48,
        "application/pdf",
        "pdf",
    )
    assert (german.id, german.credit, german.licence) == (file.pk, "Jane Doe", "CC-BY-SA-4.0")


@pytest.mark.parametrize("count", [1, 10, 50])
def test_statements_do_not_grow_with_the_number_of_ids(
    make_image: Any, make_file: Any, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    content = as_bytes(photo(60, 40), "JPEG")
    images = [make_image(content, f"{number}.jpg") for number in range(count)]
    files = [make_file(name=f"{number}.pdf") for number in range(count)]
    prepare_image(images[0], minimum=True)

    with django_assert_num_queries(3):
        assert len(images_by_id([one.pk for one in images], "fr")) == count
    with django_assert_num_queries(2):
        assert len(files_by_id([one.pk for one in files], "fr")) == count
    with django_assert_num_queries(0):
        assert (images_by_id([], "fr"), files_by_id([], "fr")) == ({}, {})


def test_addresses_of_an_s3_store_are_its_own(make_file: Any, settings: Settings) -> None:
    file = make_file()
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {"bucket_name": "pictures", "custom_domain": "cdn.example.test", "querystring_auth": False},
        },
    }

    found = files_by_id([file.pk], "en")[file.pk]

    assert found.url == "https://cdn.example.test/documents/brochure.pdf"

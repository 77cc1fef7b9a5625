"""What the API and the website read about images and files. Nothing here writes or makes a rendition."""

import os
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import F, FilteredRelation, Q
from wagtail.images.models import get_rendition_storage

from cms.media.content_types import media_type
from cms.media.models import FOCAL_FIELDS, File, Image, Rendition
from cms.media.presets import PRESETS, ImageFormat, ImagePreset, every_spec, preset_specs
from cms.media.privacy import lies_within, private_paths
from cms.media.renditions import focal_key

NEAREST_FORMATS = {
    ImageFormat.AVIF: (ImageFormat.AVIF, ImageFormat.WEBP, ImageFormat.JPEG, ImageFormat.PNG),
    ImageFormat.WEBP: (ImageFormat.WEBP, ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.AVIF),
    ImageFormat.JPEG: (ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.AVIF),
    ImageFormat.PNG: (ImageFormat.PNG, ImageFormat.JPEG, ImageFormat.WEBP, ImageFormat.AVIF),
}
NEAREST_PRESETS = {
    ImagePreset.THUMB: (ImagePreset.THUMB, ImagePreset.CARD, ImagePreset.HERO, ImagePreset.FULL),
    ImagePreset.CARD: (ImagePreset.CARD, ImagePreset.HERO, ImagePreset.FULL, ImagePreset.THUMB),
    ImagePreset.HERO: (ImagePreset.HERO, ImagePreset.CARD, ImagePreset.FULL, ImagePreset.THUMB),
    ImagePreset.FULL: (ImagePreset.FULL, ImagePreset.HERO, ImagePreset.CARD, ImagePreset.THUMB),
    ImagePreset.SOCIAL: (ImagePreset.SOCIAL, ImagePreset.HERO, ImagePreset.CARD, ImagePreset.FULL, ImagePreset.THUMB),
}
SOURCE_ORDER = (ImageFormat.AVIF, ImageFormat.WEBP, ImageFormat.JPEG, ImageFormat.PNG)


@dataclass(frozen=True)
class RenditionRecord:
    """One picture file: its name in the store of renditions, what relative addresses begin with, size in pixels, media type."""

    name: str
    base_url: str
    width: int
    height: int
    type: str

    @property
    def url(self) -> str:
        """The absolute address. Most renditions of a picture are never shown, so it is put together when it is asked for."""
        return urljoin(self.base_url + "/", get_rendition_storage().url(self.name))


@dataclass(frozen=True)
class SourceRecord:
    """What goes into one `<source>` of a `<picture>`: media type, `srcset` (narrowest first) and `sizes`."""

    type: str
    srcset: str
    sizes: str


@dataclass(frozen=True)
class PlaceholderRecord:
    """What is shown while a picture loads: dominant colour (`#rrggbb`) and a data URL under 400 characters."""

    colour: str
    data_url: str


@dataclass(frozen=True)
class ImageRecord:
    """A picture as it is delivered in one locale.

    Attributes:
        id: primary key.
        alt: in the locale, else the picture's own description, else empty.
        caption: in the locale, else empty.
        credit: as printed, or empty.
        licence: SPDX code.
        width: of the original, upright, in pixels.
        height: of the original, upright, in pixels.
        focal_point: x and y from the upper left corner as parts of width and height (0 to 1), or None.
        placeholder: None until the worker has seen the picture.
        renditions: by Wagtail's filter specification.
    """

    id: int
    alt: str
    caption: str
    credit: str
    licence: str
    width: int
    height: int
    focal_point: tuple[float, float] | None
    placeholder: PlaceholderRecord | None
    renditions: dict[str, RenditionRecord]

    def rendition(self, preset: ImagePreset, picture_format: ImageFormat = ImageFormat.WEBP) -> RenditionRecord | None:
        """Return the widest rendition of a preset, or the nearest that exists: another format, then another preset.

        None only while the picture has no rendition at all. No statement.
        """
        for near_preset in NEAREST_PRESETS[preset]:
            for near_format in NEAREST_FORMATS[picture_format]:
                found = self._existing(near_preset, near_format)
                if found:
                    return found[-1]
        return None

    def sources(self, preset: ImagePreset) -> list[SourceRecord]:
        """Return one source per format that exists: AVIF, WebP, then JPEG or PNG (for the `<img>`). No statement."""
        sources = []
        for picture_format in SOURCE_ORDER:
            found = self._existing(preset, picture_format)
            if found:
                srcset = ", ".join(f"{one.url} {one.width}w" for one in found)
                sources.append(SourceRecord(picture_format.media_type, srcset, PRESETS[preset].sizes))
        return sources

    def _existing(self, preset: ImagePreset, picture_format: ImageFormat) -> list[RenditionRecord]:
        return [self.renditions[spec] for spec in preset_specs(preset, picture_format) if spec in self.renditions]


@dataclass(frozen=True)
class FileRecord:
    """A file as it is delivered in one locale.

    Attributes:
        id: primary key.
        title: in the locale, else the file's own title.
        description: in the locale, else empty.
        credit: as printed, or empty.
        licence: SPDX code.
        url: absolute address.
        size: in bytes.
        type: media type.
        extension: lower case, without the dot.
    """

    id: int
    title: str
    description: str
    credit: str
    licence: str
    url: str
    size: int
    type: str
    extension: str


def images_by_id(ids: Collection[int], locale: str, base_url: str | None = None) -> dict[int, ImageRecord]:
    """Return the deliverable images among these ids.

    Images that do not exist or lie in a private collection are absent. At most three statements, however many.

    Args:
        ids: primary keys.
        locale: language code of alt text and caption.
        base_url: what relative addresses are made absolute with; the setting `BASE_URL` when None.
    """
    if not ids:
        return {}
    private = private_paths()
    images = (
        Image.objects.filter(pk__in=set(ids))
        .annotate(text=FilteredRelation("texts", condition=Q(texts__locale=locale)))
        .annotate(path=F("collection__path"), local_alt=F("text__alt"), local_caption=F("text__caption"))
    )
    public = {image.pk: image for image in images if not lies_within(image.path, private)}
    renditions = _renditions_of(public, settings.BASE_URL if base_url is None else base_url)
    return {pk: _image_record(image, renditions[pk]) for pk, image in public.items()}


def _renditions_of(images: dict[int, Image], base_url: str) -> dict[int, dict[str, RenditionRecord]]:
    """Return the renditions of each image by specification; those of an earlier focal point until newer exist."""
    rows = Rendition.objects.filter(image_id__in=images, filter_spec__in=every_spec()).order_by("pk")
    found: dict[int, dict[str, RenditionRecord]] = defaultdict(dict)
    current: set[tuple[int, str]] = set()
    for pk, spec, key, name, width, height in rows.values_list(
        "image_id", "filter_spec", "focal_point_key", "file", "width", "height"
    ):
        if (pk, spec) in current:
            continue
        if key == focal_key(images[pk], spec):
            current.add((pk, spec))
        found[pk][spec] = RenditionRecord(name, base_url, width, height, _media_type_of(spec))
    return found


@cache
def _media_type_of(spec: str) -> str:
    return ImageFormat(spec.rsplit("-", 1)[1].upper()).media_type


def _image_record(image: Image, renditions: dict[str, RenditionRecord]) -> ImageRecord:
    x, y, *_size = (getattr(image, name) for name in FOCAL_FIELDS)
    placed = image.has_focal_point() and image.width and image.height
    focal_point = (min(x / image.width, 1.0), min(y / image.height, 1.0)) if placed else None
    placeholder = None
    if image.placeholder_colour:
        placeholder = PlaceholderRecord(image.placeholder_colour, image.placeholder_data_url)
    return ImageRecord(
        id=image.pk,
        alt=getattr(image, "local_alt") or image.description,
        caption=getattr(image, "local_caption") or "",
        credit=image.credit,
        licence=image.licence,
        width=image.width,
        height=image.height,
        focal_point=focal_point,
        placeholder=placeholder,
        renditions=renditions,
    )


def files_by_id(ids: Collection[int], locale: str, base_url: str | None = None) -> dict[int, FileRecord]:
    """Return the deliverable files among these ids.

    Files that do not exist or lie in a private collection are absent. Two statements however many ids, none for none.

    Args:
        ids: primary keys.
        locale: language code of title and description.
        base_url: what relative addresses are made absolute with; the setting `BASE_URL` when None.
    """
    if not ids:
        return {}
    private = private_paths()
    files = (
        File.objects.filter(pk__in=set(ids))
        .annotate(text=FilteredRelation("texts", condition=Q(texts__locale=locale)))
        .annotate(path=F("collection__path"), local_title=F("text__title"), local_description=F("text__description"))
    )
    base = settings.BASE_URL if base_url is None else base_url
    return {file.pk: _file_record(file, base) for file in files if not lies_within(file.path, private)}


def _file_record(file: File, base_url: str) -> FileRecord:
    name = file.file.name
    return FileRecord(
        id=file.pk,
        title=getattr(file, "local_title") or file.title,
        description=getattr(file, "local_description") or "",
        credit=file.credit,
        licence=file.licence,
        url=urljoin(base_url + "/", default_storage.url(name)),
        size=file.file_size or 0,
        type=media_type(name),
        extension=os.path.splitext(name)[1][1:].lower(),
    )

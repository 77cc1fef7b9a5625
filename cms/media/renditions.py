"""Makes the renditions of pictures, and says which are missing. Nothing here runs inside a write transaction."""

import hashlib
import logging
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import F, FilteredRelation, Q
from wagtail.images.models import get_rendition_storage

from cms.media.changes import media_transaction, note_change
from cms.media.models import FOCAL_FIELDS, Image, Rendition
from cms.media.pixels import OpenPicture, Placeholder, encode, open_picture, placeholder_of
from cms.media.presets import (
    MINIMUM_PRESETS,
    ImageFormat,
    Wanted,
    all_renditions,
    every_spec,
    filter_for,
    minimum_renditions,
    preset_specs,
)

logger = logging.getLogger(__name__)

MINIMUM_SPECS = tuple(sorted({spec for preset in MINIMUM_PRESETS for spec in preset_specs(preset, ImageFormat.WEBP)}))


@dataclass
class _Batch:
    """What one run made of one picture, before it is written: placeholder, fallback format and stored files."""

    fallback: ImageFormat
    placeholder: Placeholder
    rows: list[Rendition] = field(default_factory=list)


def prepare_image(image: Image, *, minimum: bool) -> int:
    """Make the renditions and the placeholder that a picture lacks, and announce it when any was made.

    The minimum is written before the rest is begun. The source is opened once; pixels are worked on outside any
    transaction, then the rows are written in one short one. Running it twice, even at the same time, does no harm: who
    comes second throws its files away. A picture that was replaced or refocused meanwhile is left to the run that
    this started.

    Args:
        image: the picture as it is in the database.
        minimum: make only what must exist before it is published.

    Returns:
        How many renditions were added.

    Raises:
        RuntimeError: inside a transaction.
        UnreadablePicture: when the source is missing or damaged; nothing is written then.
    """
    refuse_transaction()
    if not image.fallback_format or not image.placeholder_colour or _missing(image, minimum=minimum):
        with open_picture(image) as picture:
            placeholder = placeholder_of(picture)
            made = _make(image, picture, placeholder, minimum_renditions(image.width, image.height))
            if not minimum:
                rest = all_renditions(image.width, image.height, picture.fallback)
                made += _make(image, picture, placeholder, rest)
    else:
        made = 0
    if not minimum:
        _forget_outdated(image.pk)
    return made


def refuse_transaction() -> None:
    """Raise when a transaction is open in this thread, except the one that wraps a test.

    Raises:
        RuntimeError: because work on pixels would hold the database's write lock.
    """
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise RuntimeError("Renditions are made outside transactions: work on pixels must not hold the write lock.")


def missing_minimum(image_ids: Collection[int]) -> set[int]:
    """Return which of these pictures cannot be published yet because a rendition of the minimum is missing.

    Pictures that do not exist are not named. One statement, none for no ids.
    """
    return {image_id for image_id, count in _minimum_gaps(image_ids).items() if count}


def pending_count(image_ids: Collection[int]) -> int:
    """Return how many renditions of the minimum these pictures still lack together. One statement."""
    return sum(_minimum_gaps(image_ids).values())


def _minimum_gaps(image_ids: Collection[int]) -> dict[int, int]:
    if not image_ids:
        return {}
    images = (
        Image.objects.filter(pk__in=set(image_ids))
        .only("pk", "width", "height", *FOCAL_FIELDS)
        .annotate(ready=FilteredRelation("renditions", condition=Q(renditions__filter_spec__in=MINIMUM_SPECS)))
        .annotate(ready_spec=F("ready__filter_spec"), ready_key=F("ready__focal_point_key"))
    )
    lacking: dict[int, set[tuple[str, str]]] = {}
    for image in images:  # one for each rendition that exists
        if image.pk not in lacking:
            wanted = minimum_renditions(image.width, image.height)
            lacking[image.pk] = {(one.spec, focal_key(image, one.spec)) for one in wanted}
        lacking[image.pk].discard((image.ready_spec, image.ready_key))
    return {pk: len(pairs) for pk, pairs in lacking.items()}


def focal_key(image: Image, spec: str) -> str:
    """Return Wagtail's key of the focal point for one filter: empty where the focal point makes no difference."""
    return _key_of(spec, tuple(getattr(image, name) for name in FOCAL_FIELDS))


@lru_cache(maxsize=10_000)
def _key_of(spec: str, focal_point: tuple[int | None, ...]) -> str:
    """Return the key for the values of `FOCAL_FIELDS`; a page asks for hundreds of keys of a few pictures."""
    key: str = filter_for(spec).get_cache_key(SimpleNamespace(**dict(zip(FOCAL_FIELDS, focal_point, strict=True))))
    return key


def _missing(image: Image, *, minimum: bool) -> list[Wanted]:
    if minimum:
        return _lacking(image, minimum_renditions(image.width, image.height))
    return _lacking(image, all_renditions(image.width, image.height, ImageFormat(image.fallback_format.upper())))


def _lacking(image: Image, wanted: Iterable[Wanted]) -> list[Wanted]:
    existing = set(image.renditions.values_list("filter_spec", "focal_point_key"))
    return [one for one in wanted if (one.spec, focal_key(image, one.spec)) not in existing]


def _make(image: Image, picture: OpenPicture, placeholder: Placeholder, wanted: Iterable[Wanted]) -> int:
    batch = _Batch(picture.fallback, placeholder)
    written: list[Rendition] = []
    try:
        for one in _lacking(image, wanted):
            batch.rows.append(_store(image, picture, one))
        written = _write(image, batch)
    finally:
        storage = get_rendition_storage()
        kept = {row.file.name for row in written}
        for row in batch.rows:
            if row.file.name not in kept:
                storage.delete(row.file.name)
    return len(written)


def _store(image: Image, picture: OpenPicture, wanted: Wanted) -> Rendition:
    made = encode(picture, image, wanted)
    # The name tells the content apart from every other, so that a browser may keep it for ever.
    digest = hashlib.sha256(made.content).hexdigest()[:12]
    stem = os.path.splitext(os.path.basename(image.file.name))[0][:40]
    name = get_rendition_storage().save(
        f"images/{stem}.{digest}.{wanted.picture_format.extension}", ContentFile(made.content)
    )
    key = focal_key(image, wanted.spec)
    size = {"width": made.width, "height": made.height}
    return Rendition(image=image, filter_spec=wanted.spec, focal_point_key=key, file=name, **size)


def _write(image: Image, batch: _Batch) -> list[Rendition]:
    """Write rows unless the picture changed since its pixels were read; return those that are now in the database."""
    with media_transaction():
        current = Image.objects.select_for_update().filter(pk=image.pk).first()
        if current is None or _source_of(current) != _source_of(image):
            logger.info("Renditions of image %s are thrown away: it changed while they were made.", image.pk)
            return []
        existing = set(current.renditions.values_list("filter_spec", "focal_point_key"))
        rows = [row for row in batch.rows if (row.filter_spec, row.focal_point_key) not in existing]
        Rendition.objects.bulk_create(rows)
        if rows or current.placeholder_colour != batch.placeholder.colour:
            image.fallback_format = batch.fallback.value.lower()
            image.placeholder_colour = batch.placeholder.colour
            image.placeholder_data_url = batch.placeholder.data_url
            Image.objects.filter(pk=image.pk).update(
                fallback_format=image.fallback_format,
                placeholder_colour=image.placeholder_colour,
                placeholder_data_url=image.placeholder_data_url,
            )
            note_change("image", [image.pk])
        return rows


def _source_of(image: Image) -> tuple[object, ...]:
    return (image.file.name, *(getattr(image, name) for name in FOCAL_FIELDS))


def _forget_outdated(image_id: int) -> None:
    """Delete named renditions of earlier focal points; they were served until the new ones were complete."""
    image = Image.objects.filter(pk=image_id).first()
    if image is None or not image.fallback_format:
        return
    outdated = [
        row.pk
        for row in image.renditions.filter(filter_spec__in=every_spec())
        if row.focal_point_key != focal_key(image, row.filter_spec)
    ]
    if outdated and not _missing(image, minimum=False):
        with media_transaction():
            Rendition.objects.filter(pk__in=outdated).delete()
            note_change("image", [image_id])

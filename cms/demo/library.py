"""Draws the pictures and sets the brochures of the demonstration, and puts them into the media library."""

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.models import Collection

from cms.demo.content import LOCALES, picture_paths
from cms.demo.pictures import PictureSpec, draw_picture, load_spec
from cms.demo.pictures.emblem import draw_flag
from cms.media.models import File, Image, ImageText

COLLECTION = "Demonstration"


def collection() -> Collection:
    """Return the collection of the demonstration, made when it is missing."""
    found = Collection.objects.filter(name=COLLECTION).first()
    return found or Collection.get_first_root_node().add_child(name=COLLECTION)


def spec_locales(spec: PictureSpec) -> list[str]:
    """Return the languages in which a picture is drawn."""
    return [code for code in LOCALES if code in spec.title]


def pictures_to_draw(done: set[str]) -> list[tuple[Path, str]]:
    """Return specification and language of every picture that does not exist yet."""
    return [
        (path, locale)
        for path in picture_paths()
        for locale in spec_locales(load_spec(path))
        if picture_key(path.stem, locale) not in done
    ]


def picture_key(name: str, locale: str) -> str:
    """Name a picture in one language among the seeded things."""
    return f"picture:{name}:{locale}"


def _draw(job: tuple[Path, str]) -> bytes:
    path, locale = job
    return draw_picture(load_spec(path), locale)


def drawn(jobs: list[tuple[Path, str]]) -> Iterator[tuple[Path, str, bytes]]:
    """Draw pictures on all cores and yield them in order."""
    workers = max(1, min(os.cpu_count() or 1, 4))
    with ProcessPoolExecutor(max_workers=workers) as pool:
        for (path, locale), data in zip(jobs, pool.map(_draw, jobs, chunksize=2), strict=True):
            yield path, locale, data


def save_picture(path: Path, locale: str, data: bytes, place: Collection) -> Image:
    """Store a drawn picture with its alt text."""
    spec = load_spec(path)
    width, height = Picture.open(BytesIO(data)).size
    image = Image(
        title=f"{spec.say(spec.title, locale)} ({locale})",
        file=ImageFile(BytesIO(data), name=f"{path.stem}-{locale}.png"),
        width=width,
        height=height,
        description=spec.say(spec.description, locale),
        collection=place,
        credit="Demonstration",
    )
    image.save()
    for code in spec_locales(spec):
        ImageText.objects.create(image=image, locale=code, alt=spec.say(spec.description, code))
    return image


def save_emblem(alts: Mapping[str, str], place: Collection) -> Image:
    """Store the emblem of the European Union.

    Args:
        alts: what it shows, by language.
        place: where it is stored.
    """
    image = Image(
        title=alts["en"],
        file=ImageFile(BytesIO(draw_flag()), name="european-union.png"),
        description=alts["en"],
        collection=place,
    )
    image.save()
    for code, alt in alts.items():
        ImageText.objects.create(image=image, locale=code, alt=alt)
    return image


def save_file(name: str, title: str, data: bytes, place: Collection) -> File:
    """Store a file."""
    file = File(title=title, file=ContentFile(data, name=name), collection=place)
    file.save()
    return file

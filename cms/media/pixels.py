"""All work on pixels: opening a source picture, cutting, encoding, and the placeholder shown while it loads."""

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from PIL import Image as Picture
from PIL import ImageOps

from cms.media.presets import ImageFormat, Wanted, filter_for

PLACEHOLDER_URL_LENGTH = 399
PLACEHOLDER_SIDES = (24, 16, 12, 8, 4)
FEW_COLOURS = 24
FEW_COLOURS_SHARE = 0.6
LOSSLESS_SOURCES = frozenset({"PNG", "GIF", "WEBP", "AVIF"})
SAVE_OPTIONS: dict[ImageFormat, dict[str, Any]] = {
    ImageFormat.AVIF: {"quality": 60, "speed": 8},
    ImageFormat.WEBP: {"quality": 80, "method": 4},
    ImageFormat.JPEG: {"quality": 80, "progressive": True, "optimize": True},
    ImageFormat.PNG: {"optimize": True},
}
DRAWN_OPTIONS: dict[ImageFormat, dict[str, Any]] = {
    ImageFormat.AVIF: {"quality": 75, "speed": 8},
    ImageFormat.WEBP: {"quality": 92, "method": 4},
}


PILLOW_LIMIT = 2 * (Picture.MAX_IMAGE_PIXELS or 0)
# Pillow's readers raise all of these on damaged data.
DAMAGE = (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, ArithmeticError)


class UnreadablePicture(Exception):
    """The source picture is damaged, incomplete or not a picture."""


class TooManyPixels(UnreadablePicture):
    """The source picture is so large that decoding it is unsafe."""


@dataclass(frozen=True)
class Placeholder:
    """What is shown while a picture loads: its dominant colour (`#rrggbb`) and a data URL under 400 characters."""

    colour: str
    data_url: str


@dataclass(frozen=True)
class OpenPicture:
    """A decoded source picture, upright, in RGB or RGBA, without the notes of its camera.

    Attributes:
        pixels: the decoded picture.
        fallback: JPEG for photographs, PNG where there is transparency or it was drawn with few colours.
        icc_profile: the colour profile that the renditions carry on, or None.
    """

    pixels: Picture.Image
    fallback: ImageFormat
    icc_profile: bytes | None


def size_by_header(stream: IO[bytes]) -> tuple[int, int]:
    """Return width and height as the header of a picture claims them; nothing is decoded.

    Raises:
        TooManyPixels: when it claims more than Pillow ever decodes (`PILLOW_LIMIT`).
        UnreadablePicture: when there is no header that can be read.
    """
    return _opened(stream).size


def read_fully(stream: IO[bytes]) -> Picture.Image:
    """Decode every pixel of a picture.

    Raises:
        TooManyPixels: when decoding it is unsafe.
        UnreadablePicture: when it is damaged, cut off or not a picture.
    """
    picture = _opened(stream)
    try:
        picture.load()
    except DAMAGE as error:
        raise UnreadablePicture(str(error)) from error
    return picture


def _opened(stream: IO[bytes]) -> Picture.Image:
    try:
        return Picture.open(stream)
    except (Picture.DecompressionBombError, Picture.DecompressionBombWarning) as error:
        raise TooManyPixels(str(error)) from error
    except DAMAGE as error:
        raise UnreadablePicture(str(error)) from error


@contextmanager
def open_picture(image: Any) -> Iterator[OpenPicture]:
    """Open and decode the source of an `Image` once.

    Raises:
        UnreadablePicture: when the file is missing or cannot be decoded.
    """
    try:
        with image.open_file() as stream:
            source = read_fully(stream)
            upright = ImageOps.exif_transpose(source)
    except OSError as error:
        raise UnreadablePicture(str(error)) from error
    pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    if pixels.mode == "RGBA" and pixels.getchannel("A").getextrema() == (255, 255):
        pixels = pixels.convert("RGB")
    kept_colours = source.mode in ("RGB", "RGBA")
    profile = source.info.get("icc_profile") if kept_colours else None
    drawn = source.format in LOSSLESS_SOURCES and _has_few_colours(pixels)
    fallback = ImageFormat.PNG if drawn or pixels.mode == "RGBA" else ImageFormat.JPEG
    yield OpenPicture(pixels, fallback, profile)


def _has_few_colours(pixels: Picture.Image) -> bool:
    sample = pixels.convert("RGB")
    sample.thumbnail((256, 256), Picture.Resampling.NEAREST)
    counts = sorted((count for count, _colour in sample.getcolors(256 * 256) or []), reverse=True)
    return sum(counts[:FEW_COLOURS]) >= FEW_COLOURS_SHARE * sum(counts)


def cut(picture: OpenPicture, image: Any, spec: str) -> Picture.Image:
    """Cut and scale a picture exactly as Wagtail's filter would; nothing is enlarged."""
    transform = filter_for(spec).get_transform(image, picture.pixels.size)
    rect = transform.get_rect().round()
    size = (int(transform.size[0]), int(transform.size[1]))
    return picture.pixels.resize(size, Picture.Resampling.LANCZOS, box=tuple(rect), reducing_gap=3.0)


@dataclass(frozen=True)
class Encoded:
    """One finished rendition: the bytes of its file, its width and its height in pixels."""

    content: bytes
    width: int
    height: int


def encode(picture: OpenPicture, image: Any, wanted: Wanted) -> Encoded:
    """Make one rendition; transparency becomes white where the format has none."""
    pixels = cut(picture, image, wanted.spec)
    if wanted.picture_format is ImageFormat.JPEG and pixels.mode == "RGBA":
        ground = Picture.new("RGBA", pixels.size, "white")
        pixels = Picture.alpha_composite(ground, pixels).convert("RGB")
    options = dict(SAVE_OPTIONS[wanted.picture_format])
    if picture.fallback is ImageFormat.PNG:
        options |= DRAWN_OPTIONS.get(wanted.picture_format, {})
    if picture.icc_profile:
        options["icc_profile"] = picture.icc_profile
    output = io.BytesIO()
    pixels.save(output, wanted.picture_format.value, **options)
    return Encoded(output.getvalue(), *pixels.size)


def placeholder_of(picture: OpenPicture) -> Placeholder:
    """Return the dominant colour of the opaque pixels and the largest tiny WebP that stays under 400 characters."""
    small = picture.pixels.copy()
    small.thumbnail((48, 48), Picture.Resampling.BOX)
    return Placeholder(_dominant_colour(small), _tiny_data_url(small))


def _dominant_colour(small: Picture.Image) -> str:
    solid, visible = small.convert("RGB"), small.convert("RGBA").getchannel("A").point(lambda alpha: alpha >= 128)
    opaque = [colour for colour, seen in zip(_values(solid), _values(visible), strict=True) if seen]
    if not opaque:
        return "#ffffff"
    strip = Picture.new("RGB", (len(opaque), 1))
    strip.putdata(opaque)
    few = strip.quantize(6)
    palette = few.getpalette() or [0, 0, 0]
    index = few.histogram().index(max(few.histogram()))
    red, green, blue = palette[index * 3 : index * 3 + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _values(picture: Picture.Image) -> list[Any]:
    """Return the pixels of a picture, row by row."""
    return list(picture.get_flattened_data())


def _tiny_data_url(small: Picture.Image) -> str:
    for side in PLACEHOLDER_SIDES:
        tiny = small.copy()
        tiny.thumbnail((side, side), Picture.Resampling.BOX)
        output = io.BytesIO()
        tiny.save(output, "WEBP", quality=20, method=6, alpha_quality=20)
        url = "data:image/webp;base64," + base64.b64encode(output.getvalue()).decode()
        if len(url) <= PLACEHOLDER_URL_LENGTH:
            return url
    return ""

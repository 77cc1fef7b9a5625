"""The named renditions: which widths exist of each, how they are cut, and in which formats."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from wagtail.images.models import Filter


class ImagePreset(enum.StrEnum):
    """What a picture is used for. The values are names in the API."""

    THUMB = "THUMB"
    CARD = "CARD"
    HERO = "HERO"
    FULL = "FULL"
    SOCIAL = "SOCIAL"


class ImageFormat(enum.StrEnum):
    """How a rendition is stored. The values are names in the API."""

    AVIF = "AVIF"
    WEBP = "WEBP"
    JPEG = "JPEG"
    PNG = "PNG"

    @property
    def media_type(self) -> str:
        """Return the media type, such as `image/webp`."""
        return f"image/{self.value.lower()}"

    @property
    def extension(self) -> str:
        """Return the usual file extension without the dot."""
        return "jpg" if self is ImageFormat.JPEG else self.value.lower()


@dataclass(frozen=True)
class PresetShape:
    """How the renditions of a preset are cut.

    Attributes:
        widths: the widths in pixels, ascending; a smaller picture has fewer, because nothing is enlarged.
        ratio: width and height of the cut, placed by the focal point; None keeps the whole picture.
        sizes: the `sizes` attribute that goes with the widths in a `srcset`.
        fallback_only: only JPEG or PNG are made, for readers that know nothing newer.
    """

    widths: tuple[int, ...]
    ratio: tuple[int, int] | None
    sizes: str
    fallback_only: bool = False

    def spec(self, width: int, picture_format: ImageFormat) -> str:
        """Return Wagtail's filter specification of one width in one format."""
        return f"{self._cut(width)}|format-{picture_format.value.lower()}"

    def _cut(self, width: int) -> str:
        if self.ratio is None:
            return f"width-{width}"
        across, down = self.ratio
        return f"fill-{width}x{width * down // across}"

    def widths_for(self, picture_width: int, picture_height: int) -> tuple[int, ...]:
        """Return the widths that are worth making: all that the picture fills, and the first beyond it."""
        available = float(picture_width)
        if self.ratio is not None:
            available = min(available, picture_height * self.ratio[0] / self.ratio[1])
        filled = sum(width < available for width in self.widths)
        return self.widths[: filled + 1]


PRESETS: dict[ImagePreset, PresetShape] = {
    ImagePreset.THUMB: PresetShape((160, 320), (1, 1), "160px"),
    ImagePreset.CARD: PresetShape((400, 800), (16, 9), "(min-width: 60rem) 25rem, 100vw"),
    ImagePreset.HERO: PresetShape((800, 1600), (16, 9), "100vw"),
    ImagePreset.FULL: PresetShape((800, 1600, 2400), None, "(min-width: 60rem) 50rem, 100vw"),
    ImagePreset.SOCIAL: PresetShape((1200,), (1200, 630), "1200px", fallback_only=True),
}
MINIMUM_PRESETS = (ImagePreset.THUMB, ImagePreset.CARD, ImagePreset.HERO)


@dataclass(frozen=True)
class Wanted:
    """One rendition that should exist: Wagtail's filter specification and the format it is stored in."""

    spec: str
    picture_format: ImageFormat


def minimum_renditions(width: int, height: int) -> tuple[Wanted, ...]:
    """Return what must exist before a picture of this size is published: THUMB, CARD and HERO as WebP."""
    return tuple(dict.fromkeys(_wanted(MINIMUM_PRESETS, ImageFormat.WEBP, width, height)))


def all_renditions(width: int, height: int, fallback: ImageFormat) -> tuple[Wanted, ...]:
    """Return every rendition of a picture of this size in the order of making: the minimum first, AVIF last.

    Args:
        width: of the picture, in pixels.
        height: of the picture, in pixels.
        fallback: JPEG for photographs, PNG for pictures with transparency or few colours.
    """
    new_kinds = [preset for preset, shape in PRESETS.items() if not shape.fallback_only]
    return tuple(
        dict.fromkeys(
            [
                *minimum_renditions(width, height),
                *_wanted(new_kinds, ImageFormat.WEBP, width, height),
                *_wanted(list(PRESETS), fallback, width, height),
                *_wanted(new_kinds, ImageFormat.AVIF, width, height),
            ]
        )
    )


def _wanted(
    presets: tuple[ImagePreset, ...] | list[ImagePreset], picture_format: ImageFormat, width: int, height: int
) -> Iterator[Wanted]:
    for preset in presets:
        for one in PRESETS[preset].widths_for(width, height):
            yield Wanted(PRESETS[preset].spec(one, picture_format), picture_format)


def preset_specs(preset: ImagePreset, picture_format: ImageFormat) -> tuple[str, ...]:
    """Return the filter specifications of a preset in one format, narrowest first."""
    return tuple(PRESETS[preset].spec(width, picture_format) for width in PRESETS[preset].widths)


@cache
def every_spec() -> tuple[str, ...]:
    """Return the filter specification of every named rendition that any picture can have."""
    return tuple(sorted({spec for preset in PRESETS for one in ImageFormat for spec in preset_specs(preset, one)}))


@cache
def filter_for(spec: str) -> Filter:
    """Return Wagtail's filter of a specification, parsed once."""
    return Filter(spec=spec)

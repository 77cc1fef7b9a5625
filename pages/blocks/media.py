"""Blocks that show an image, a film or a file."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from pages.blocks.base import DeliveredStruct, InlineText, KeptUrl, LongText, optional, optional_rich_text, title_block
from pages.entries import EntryBuilder, Payload

CAPTION_EXTENSION = ".vtt"


def image_payload(image: Any, builder: EntryBuilder) -> Payload | None:
    """Return the payload of an `ImageBlock`'s value: number, alt text of this place, decorative or not."""
    if image is None:
        return None
    return builder.image(image, "body", optional(image.contextual_alt_text), decorative=bool(image.decorative))


def image_value(image: Any, alt: str = "", *, decorative: bool = False) -> Payload:
    """Return the stored form of an image with the alt text of its place, for code that writes content.

    An empty place is `image_value(None)`.
    """
    return {"image": image and image.pk, "alt_text": alt, "decorative": decorative}


def example_figure() -> Payload:
    """Return the newest image as a figure, for the block picker."""
    image = get_image_model().objects.order_by("-pk").first()
    return {
        "image": {"image": image, "alt_text": _("An example picture"), "decorative": False},
        "caption": _("The cycle of inquiry"),
    }


class PicturedStruct(DeliveredStruct):
    """A block with an image, whose image keeps its place's own words through a translation.

    wagtail-localize reads an image from the stored form only in the shape of `image_value`, and puts it back without its
    contextual alt text and as not decorative.
    """

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """Offer every text, and each image as something that may be replaced in a language."""
        stored = {"value": self.get_prep_value(value)}
        segments: list[Any] = StreamFieldSegmentExtractor(field=None).handle_struct_block(value, raw_value=stored)
        return segments

    def restore_translated_segments(self, value: Any, segments: Sequence[Any]) -> Any:
        """Put texts and images back; an image stays decorative, or without an alt text of its own, as in the source."""
        names = [name for name, child in self.child_blocks.items() if isinstance(child, ImageBlock) and value[name]]
        own_words = {name: (value[name].contextual_alt_text, value[name].decorative) for name in names}
        writer = StreamFieldSegmentsWriter(field=None, src_locale=None, tgt_locale=None)
        restored = writer.handle_struct_block(value, list(segments))
        for name, (alt, decorative) in own_words.items():
            image = restored[name]
            image.decorative = decorative
            if image.contextual_alt_text is None:
                image.contextual_alt_text = alt
        return restored


class FigureBlock(PicturedStruct):
    """An image with caption, credit and, where a short alt text is not enough, a long description."""

    image = ImageBlock(label=_("Image"))
    caption = InlineText(label=_("Caption"), required=False)
    credit = blocks.CharBlock(label=_("Credit"), required=False, max_length=255)
    long_description = blocks.TextBlock(
        label=_("Long description"),
        required=False,
        rows=3,
        help_text=_("For charts and diagrams: everything that a reader who cannot see the image needs to know."),
    )

    class Meta:
        icon = "image"
        label = _("Figure")
        group = _("Media")
        description = _("An image with a description, a caption and its credit.")
        template = "pages/blocks/figure.html"
        preview_value = staticmethod(example_figure)

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return image, caption, credit and long description."""
        return {
            "image": image_payload(value["image"], builder),
            "caption": optional_rich_text(value["caption"], builder, inline=True),
            "credit": optional(value["credit"]),
            "long_description": optional(value["long_description"]),
        }


class VideoBlock(PicturedStruct):
    """A film: an uploaded file with captions, or a link behind our own poster; always with a transcript."""

    title = title_block()
    poster = ImageBlock(label=_("Poster"), required=False)
    file = DocumentChooserBlock(label=_("File"), required=False, help_text=_("An MP4 or WebM file."))
    captions = DocumentChooserBlock(
        label=_("Captions"), required=False, help_text=_("A WebVTT file (.vtt); needed with an uploaded file.")
    )
    external_url = KeptUrl(
        label=_("Outside address"),
        required=False,
        help_text=_("Instead of a file. Nobody is contacted before the reader presses play."),
    )
    transcript = LongText(label=_("Transcript"), help_text=_("What is said and what is to be seen."))

    class Meta:
        icon = "media"
        label = _("Video")
        group = _("Media")
        description = _("An uploaded film with captions, or a link to one; with a transcript.")
        template = "pages/blocks/video.html"
        preview_value = {
            "title": _("A lesson outdoors"),
            "external_url": "https://video.example/lesson",
            "transcript": "<p>Pupils measure the height of a tree.</p>",
        }

    def clean(self, value: Any) -> Any:
        """Demand either a file with captions or an outside address.

        Raises:
            StructBlockValidationError: naming the field.
        """
        cleaned = super().clean(value)
        file, captions, address = cleaned["file"], cleaned["captions"], cleaned["external_url"]
        if file and address:
            self.refuse(external_url=_("Give a file or an outside address, not both."))
        if captions and not captions.filename.lower().endswith(CAPTION_EXTENSION):
            self.refuse(captions=_("Captions are a WebVTT file; its name ends in .vtt."))
        if not self.is_deferred_validation:
            if not file and not address:
                self.refuse(file=_("Give a file or an outside address."))
            if file and not captions:
                self.refuse(captions=_("An uploaded film needs captions."))
        return cleaned

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return title, poster, file and captions (numbers), outside address and transcript."""
        return {
            "title": optional(value["title"]),
            "poster": image_payload(value["poster"], builder),
            "file": builder.file(value["file"], "body"),
            "external_url": optional(value["external_url"]),
            "transcript": builder.rich_text(value["transcript"]),
            "captions": builder.file(value["captions"], "body"),
        }


class DownloadBlock(DeliveredStruct):
    """A file to download."""

    title = title_block(help_text=_("Leave it empty to use the file's own title."))
    file = DocumentChooserBlock(label=_("File"))

    class Meta:
        icon = "download"
        label = _("Download")
        group = _("Media")
        description = _("A file that readers can download; each language may have its own.")
        template = "pages/blocks/download.html"
        preview_value = {"title": _("Worksheet")}

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return title and file (its number)."""
        return {"title": optional(value["title"]), "file": builder.file(value["file"], "body")}

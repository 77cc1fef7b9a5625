"""Image and file models: credit, licence, what is said about them per locale, and the renditions of an image."""

import functools
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image as Picture
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, WagtailImageField, WagtailImageFieldFile
from wagtail.images.models import Image as WagtailImage
from wagtail.images.models import get_upload_to as image_upload_to

from cms.media.changes import media_transaction, note_change
from cms.media.licences import default_licence, language_choices, licence_choices

EXIF_ORIENTATION = 0x0112
QUARTER_TURNS = (5, 6, 7, 8)
FOCAL_FIELDS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
BOOKKEEPING_FIELDS = frozenset({"file_size", "file_hash"})


class UprightImageFieldFile(WagtailImageFieldFile):
    """A picture's file that measures the picture as it is seen: turned as its camera noted it."""

    def get_image_dimensions(self) -> tuple[int, int]:
        """Return width and height in pixels after the turn that the EXIF orientation asks for."""
        width, height = super().get_image_dimensions()
        was_closed = self.closed
        self.open()
        try:
            with suppress(OSError):
                turned = Picture.open(self).getexif().get(EXIF_ORIENTATION) in QUARTER_TURNS
                return (height, width) if turned else (width, height)
        finally:
            self.close() if was_closed else self.seek(0)
        return width, height


class UprightImageField(WagtailImageField):
    """Wagtail's image field with `UprightImageFieldFile`."""

    attr_class = UprightImageFieldFile


class Owned(models.Model):
    """Who made a picture or file and under which licence it may be used again."""

    credit = models.CharField(
        _("credit"), max_length=255, blank=True, help_text=_("Who made it, as it is printed beside it.")
    )
    licence = models.CharField(
        _("licence"),
        max_length=64,
        choices=licence_choices,
        default=default_licence,
        help_text=_("Under which licence others may use it."),
    )

    class Meta:
        abstract = True


class Image(Owned, AbstractImage):  # type: ignore[django-manager-missing]  # Wagtail has no types
    """A picture with its credit and licence; `description` is its alt text where `texts` has none for a locale.

    Saving announces `media_changed`; a new, replaced or refocused picture gets its renditions from the worker.

    Attributes:
        prepare_at_once: set by upload forms: the smallest set of renditions is made right after the commit, so that
            the picture can be published without waiting for the worker.
    """

    file = UprightImageField(
        verbose_name=_("file"), upload_to=image_upload_to, width_field="width", height_field="height"
    )
    # Wagtail's own model has the same name, so the ways back from people and tags need names of their own.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by user"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="uploaded_images",
    )
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    tags = TaggableManager(help_text=None, blank=True, verbose_name=_("tags"), related_name="media_images")
    fallback_format = models.CharField(max_length=4, blank=True, editable=False)
    placeholder_colour = models.CharField(
        max_length=7, blank=True, editable=False, validators=[RegexValidator(r"^#[0-9a-f]{6}$")]
    )
    placeholder_data_url = models.CharField(max_length=400, blank=True, editable=False)

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit", "licence")
    prepare_at_once = False

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the picture; what the old file left behind goes once the new one is safe in the database."""
        if set(kwargs.get("update_fields") or ["all"]) <= BOOKKEEPING_FIELDS:
            super().save(*args, **kwargs)
            return
        with _stored_first(self, "_set_image_file_metadata"), media_transaction():
            before = Image.objects.filter(pk=self.pk).values("file", *FOCAL_FIELDS).first() if self.pk else None
            replaced = before is not None and before["file"] != self.file.name
            refocused = before is not None and any(before[name] != getattr(self, name) for name in FOCAL_FIELDS)
            if replaced:
                self.fallback_format = self.placeholder_colour = self.placeholder_data_url = ""
            super().save(*args, **kwargs)
            if before is not None and replaced:
                self.renditions.all().delete()
                transaction.on_commit(functools.partial(self.file.storage.delete, before["file"]), robust=True)
            if before is None or replaced or refocused:
                self._ask_for_renditions()
            note_change("image", [self.pk])

    def _ask_for_renditions(self) -> None:
        # The services stand above the models, so they are imported when they are needed.
        from cms.media.tasks import request_renditions

        # Robust: the picture is safe by then, so a failure is logged and does not fail the upload.
        transaction.on_commit(
            functools.partial(request_renditions, self.pk, at_once=self.prepare_at_once), robust=True
        )


class _stored_first:  # noqa: N801 - it is used as a function
    """Store an uploaded file before the transaction opens, and remove it again when the block fails."""

    def __init__(self, instance: Any, measure: str) -> None:
        self.instance, self.measure, self.stored = instance, measure, ""

    def __enter__(self) -> None:
        file = self.instance.file
        if file and not file._committed:
            getattr(self.instance, self.measure)()
            file.save(file.name, file.file, save=False)
            self.stored = file.name

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if error is not None and self.stored:
            self.instance.file.storage.delete(self.stored)


class ImageText(models.Model):
    """What is said about a picture in one language. An empty alt text falls back to the picture's own description."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="texts")
    locale = models.CharField(_("language"), max_length=20, choices=language_choices)
    alt = models.CharField(_("alt text"), max_length=255, blank=True)
    caption = models.TextField(_("description"), max_length=2000, blank=True)

    class Meta:
        ordering = ["image", "locale"]
        constraints = [models.UniqueConstraint(fields=["image", "locale"], name="media_imagetext_unique_locale")]

    def __str__(self) -> str:
        return self.alt

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the text and announce its picture as changed."""
        with media_transaction():
            super().save(*args, **kwargs)
            note_change("image", [self.image_id])


class Rendition(AbstractRendition):
    """One raster version of an image."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="media_rendition_unique")
        ]


class File(Owned, AbstractDocument):  # type: ignore[django-manager-missing]  # Wagtail has no types
    """An uploaded document, such as the PDF of a brochure; `title` is its name where `texts` has none for a locale."""

    admin_form_fields = ("title", "file", "collection", "tags", "credit", "licence")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the file; a replaced one goes once the new one is safe in the database."""
        if set(kwargs.get("update_fields") or ["all"]) <= BOOKKEEPING_FIELDS:
            super().save(*args, **kwargs)
            return
        with _stored_first(self, "_set_document_file_metadata"), media_transaction():
            before = File.objects.filter(pk=self.pk).values_list("file", flat=True).first() if self.pk else None
            super().save(*args, **kwargs)
            if before and before != self.file.name:
                transaction.on_commit(functools.partial(self.file.storage.delete, before), robust=True)
            note_change("file", [self.pk])

    def clean(self) -> None:
        """Check the extension of the file; an upload that the form already refused has none to be checked."""
        if self.file:
            super().clean()


class FileText(models.Model):
    """What a file is called and said to hold in one language."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="texts")
    locale = models.CharField(_("language"), max_length=20, choices=language_choices)
    title = models.CharField(_("title"), max_length=255, blank=True)
    description = models.TextField(_("description"), max_length=2000, blank=True)

    class Meta:
        ordering = ["file", "locale"]
        constraints = [models.UniqueConstraint(fields=["file", "locale"], name="media_filetext_unique_locale")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the text and announce its file as changed."""
        with media_transaction():
            super().save(*args, **kwargs)
            note_change("file", [self.file_id])

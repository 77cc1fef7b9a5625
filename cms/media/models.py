"""Image and file models: credit, licence, alt text and description per locale, and the renditions of an image."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class Image(AbstractImage):
    """A picture with its credit and licence; what is said about it exists per locale in `texts`."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)
    licence = models.CharField(_("licence"), max_length=64, blank=True, help_text=_("SPDX code, for example CC-BY-4.0"))

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit", "licence")


class Rendition(AbstractRendition):
    """One raster version of an image."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="media_rendition_unique")
        ]


class File(AbstractDocument):
    """An uploaded document, such as the PDF of a brochure."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)
    licence = models.CharField(_("licence"), max_length=64, blank=True, help_text=_("SPDX code, for example CC-BY-4.0"))

    admin_form_fields = ("title", "file", "collection", "tags", "credit", "licence")

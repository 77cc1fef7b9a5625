"""The admin's forms of images and files: what is said about them per locale, and refusals of what cannot be read."""

from collections.abc import Sequence
from typing import IO, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.media.changes import media_transaction
from cms.media.licences import default_licence
from cms.media.models import FileText, ImageText
from cms.media.pixels import PILLOW_LIMIT, TooManyPixels, UnreadablePicture, read_fully, size_by_header

# How files of a kind begin, and at which byte: RFC 8118 (PDF), APPNOTE 4.3.7 (ZIP), ISO/IEC 14496-12 (MP4),
# RFC 8794 (WebM), WebVTT section 4.1.
ZIP_START = (0, b"PK\x03\x04")
FILE_STARTS: dict[str, tuple[int, bytes]] = {
    "pdf": (0, b"%PDF-"),
    "docx": ZIP_START,
    "odt": ZIP_START,
    "xlsx": ZIP_START,
    "ods": ZIP_START,
    "pptx": ZIP_START,
    "odp": ZIP_START,
    "zip": ZIP_START,
    "mp4": (4, b"ftyp"),
    "webm": (0, b"\x1aE\xdf\xa3"),
    "vtt": (0, b"WEBVTT"),
}
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class LocaleTexts:
    """Adds one field per text and language to the form of something that exists, and stores them as rows.

    Attributes:
        text_model: the model of the rows; it has `locale` and the fields of `text_fields`.
        owner: the name of the rows' foreign key.
        text_fields: the fields of one row.
    """

    text_model: type[Model]
    owner: str
    text_fields: Sequence[str]

    def add_text_fields(self, form: Any) -> None:
        """Append the fields; a new upload has none yet, because it is described once it is stored."""
        if not form.instance.pk:
            return
        rows = {row.locale: row for row in form.instance.texts.all()}
        for code, language in settings.LANGUAGES:
            for name in self.text_fields:
                field: Any = self.text_model._meta.get_field(name)
                form.fields[f"{name}_{code}"] = forms.CharField(
                    label=_("%(field)s (%(language)s)")
                    % {"field": str(field.verbose_name).capitalize(), "language": language},
                    max_length=field.max_length,
                    required=False,
                    widget=AdminAutoHeightTextInput(attrs={"lang": code, "rows": 1}),
                )
                form.initial[f"{name}_{code}"] = getattr(rows.get(code), name, "")

    def save_texts(self, form: Any) -> None:
        """Store the rows whose fields changed; a row without any text is removed."""
        for code, _language in settings.LANGUAGES:
            names = [f"{name}_{code}" for name in self.text_fields]
            if not set(names) & set(form.changed_data):
                continue
            values = {name: form.cleaned_data[f"{name}_{code}"] for name in self.text_fields}
            key = {self.owner: form.instance, "locale": code}
            if any(values.values()):
                self.text_model._default_manager.update_or_create(**key, defaults=values)
            else:
                self.text_model._default_manager.filter(**key).delete()


class ImageTexts(LocaleTexts):
    """Alt text and description of an image per locale."""

    text_model = ImageText
    owner = "image"
    text_fields = ("alt", "caption")


class FileTexts(LocaleTexts):
    """Title and description of a file per locale."""

    text_model = FileText
    owner = "file"
    text_fields = ("title", "description")


class DefaultLicence:
    """Lets a form without a licence through (an upload's first step has none yet); the default takes its place."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def relax_licence(self) -> None:
        """Make the licence optional."""
        if "licence" in self.fields:
            self.fields["licence"].required = False

    def clean_licence(self) -> str:
        """Return the licence chosen, or the default."""
        return self.cleaned_data["licence"] or default_licence()


class ReadableImageField(WagtailImageField):
    """Wagtail's upload field; it measures before it decodes, and then decodes all, so that nothing damaged gets in."""

    def check_image_pixel_size(self, f: Any) -> None:
        """Refuse a picture with too many pixels by its header alone, and one that cannot be decoded to its end.

        Raises:
            ValidationError: with the name of the file.
        """
        stream = f.image.f
        stream.seek(0)
        try:
            width, height = size_by_header(stream)
            if self.max_image_pixels is None or width * height <= self.max_image_pixels:
                stream.seek(0)
                read_fully(stream)
                return
        except TooManyPixels:
            pass
        except UnreadablePicture as error:
            raise ValidationError(
                _("“%(name)s” is damaged or incomplete. Save it again in your picture program and upload it anew.")
                % {"name": f.name},
                code="unreadable_image",
            ) from error
        finally:
            stream.seek(0)
        raise ValidationError(
            _("“%(name)s” has too many pixels. At most %(count)s million are allowed; make it smaller first.")
            % {"name": f.name, "count": (self.max_image_pixels or PILLOW_LIMIT) // 1_000_000},
            code="file_too_many_pixels",
        )


class ImageForm(DefaultLicence, BaseImageForm):
    """Wagtail's form of an image with texts per locale; a damaged picture is refused before anything is stored."""

    locale_texts = ImageTexts()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given: Any = self.fields["file"]
            self.fields["file"] = ReadableImageField(
                label=given.label, required=given.required, widget=given.widget, max_length=given.max_length
            )
        if "description" in self.fields:
            self.fields["description"].label = _("Alt text")
            self.fields["description"].help_text = _(
                "What the picture shows, in the language you write in. It is used for every language that has no alt "
                "text of its own below. A decorative picture is marked where it is placed."
            )
        self.relax_licence()
        self.locale_texts.add_text_fields(self)

    def save(self, commit: bool = True) -> Any:
        """Store the image, then its texts, and announce both together; the minimum follows after the commit."""
        self.instance.prepare_at_once = True
        self.original_file = None  # the model removes a replaced file, after the commit
        with media_transaction():
            saved = super().save(commit=commit)
            if commit:
                self.locale_texts.save_texts(self)
        return saved


class FileForm(DefaultLicence, BaseDocumentForm):
    """Wagtail's form of a document with texts per locale; a file that is not what its name says is refused."""

    locale_texts = FileTexts()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].help_text = _("Used for every language that has no title of its own below.")
        self.relax_licence()
        self.locale_texts.add_text_fields(self)

    def clean_file(self) -> Any:
        """Compare the beginning of a new upload with what its extension promises.

        Raises:
            ValidationError: when they do not agree.
        """
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            extension = (upload.name or "").rsplit(".", 1)[-1].lower()
            if not _begins_as(upload, extension):
                raise ValidationError(
                    _("“%(name)s” is not a .%(extension)s file. Check that you chose the right file.")
                    % {"name": upload.name, "extension": extension},
                    code="wrong_content",
                )
        return upload

    def save(self, commit: bool = True) -> Any:
        """Store the file, then its texts, and announce both together."""
        self.original_file = None  # the model removes a replaced file, after the commit
        with media_transaction():
            saved = super().save(commit=commit)
            if commit:
                self.locale_texts.save_texts(self)
        return saved


def _begins_as(upload: IO[bytes], extension: str) -> bool:
    if extension not in FILE_STARTS:
        return True
    offset, start = FILE_STARTS[extension]
    upload.seek(0)
    head = upload.read(64).removeprefix(BYTE_ORDER_MARK)
    upload.seek(0)
    return head[offset:].startswith(start)

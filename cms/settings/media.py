"""Settings of pictures and files: limits, licence, and where they are stored (this machine, or an S3 store)."""

from typing import Any

from cms.settings.environment import read_text

MEDIA_URL = "/media/"
MEDIA_DEFAULT_LICENCE = "CC-BY-4.0"

WAGTAILIMAGES_IMAGE_MODEL = "media.Image"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "media.File"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.media.forms.FileForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "csv", "vtt", "mp4", "webm", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024

MEDIA_S3_BUCKET = read_text("MEDIA_S3_BUCKET")
MEDIA_S3_ENDPOINT = read_text("MEDIA_S3_ENDPOINT")
MEDIA_S3_REGION = read_text("MEDIA_S3_REGION")
MEDIA_S3_ACCESS_KEY = read_text("MEDIA_S3_ACCESS_KEY")
MEDIA_S3_SECRET_KEY = read_text("MEDIA_S3_SECRET_KEY")
MEDIA_S3_PUBLIC_HOST = read_text("MEDIA_S3_PUBLIC_HOST")

# The application itself serves MEDIA_URL only while the files lie on its own disk.
MEDIA_SERVED_HERE = not MEDIA_S3_BUCKET


def media_storage() -> dict[str, Any]:
    """Return the `STORAGES["default"]` entry: the disk, or the bucket that the environment names.

    The store's addresses are unsigned, so that one address stays one cacheable thing; the bucket must allow reading
    of `images/` and `documents/`, and only those.
    """
    if not MEDIA_S3_BUCKET:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    options: dict[str, Any] = {
        "bucket_name": MEDIA_S3_BUCKET,
        "endpoint_url": MEDIA_S3_ENDPOINT or None,
        "region_name": MEDIA_S3_REGION or None,
        "access_key": MEDIA_S3_ACCESS_KEY or None,
        "secret_key": MEDIA_S3_SECRET_KEY or None,
        "custom_domain": MEDIA_S3_PUBLIC_HOST or None,
        "querystring_auth": False,
        "file_overwrite": False,
        "object_parameters": {"CacheControl": "public, max-age=3600"},
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}

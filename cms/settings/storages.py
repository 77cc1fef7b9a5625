"""Where uploaded files live in production: the data folder, or a bucket of any S3 store."""

from typing import Any


def media_storage(bucket: str, endpoint_url: str, public_host: str) -> dict[str, Any]:
    """Return the `STORAGES["default"]` entry: the local folder when `bucket` is empty, an S3 bucket otherwise.

    Args:
        bucket: the bucket's name.
        endpoint_url: address of the S3 service, empty for Amazon's.
        public_host: host name under which readers fetch the files, empty for the service's own.
    """
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint_url or None,
            "custom_domain": public_host or None,
            "querystring_auth": False,
            "file_overwrite": False,
        },
    }

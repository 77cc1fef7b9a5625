"""Serves stored pictures and files from this machine's disk, for installations without an S3 store."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils._os import safe_join
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from cms.media.content_types import media_type
from cms.media.models import File, Rendition
from cms.media.privacy import lies_within, private_paths

RENDITIONS = "images/"
FILES = "documents/"
SHOWN_INLINE = frozenset(
    {
        "application/pdf",
        "image/avif",
        "image/gif",
        "image/jpeg",
        "image/png",
        "image/webp",
        "text/vtt",
        "video/mp4",
        "video/webm",
    }
)
CHUNK_BYTES = 64 * 1024
ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with a stored file: whole, one byte range of it (RFC 9110, section 14), or 304.

    Renditions and files of public collections are for everyone; originals, private collections and all else are for
    people with access to the admin. One statement, two while any collection is private.

    Args:
        request: GET or HEAD.
        path: relative to the media folder.

    Raises:
        Http404: when there is no such file, or the caller may not know of it.
    """
    try:
        location = safe_join(settings.MEDIA_ROOT, path)
    except SuspiciousFileOperation as error:
        raise Http404 from error
    public = _is_public(path)
    if not public and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    if not os.path.isfile(location):
        raise Http404
    facts = os.stat(location)
    etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
    response = get_conditional_response(request, etag, int(facts.st_mtime)) or _content(
        request, location, facts.st_size, etag
    )
    response["ETag"] = etag
    response["Last-Modified"] = http_date(facts.st_mtime)
    response["Cache-Control"] = _caching(path, public)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    if public:
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _is_public(path: str) -> bool:
    if not path.startswith((RENDITIONS, FILES)):
        return False
    private = private_paths()
    if not private:
        return True
    if path.startswith(FILES):
        owners = File.objects.filter(file=path).values_list("collection__path", flat=True)
    else:
        owners = Rendition.objects.filter(file=path).values_list("image__collection__path", flat=True)
    owner = owners.first()
    return owner is not None and not lies_within(owner, private)


def _caching(path: str, public: bool) -> str:
    if not public:
        return "private, no-store"
    # A rendition's name holds a hash of its content; a file's name may be used again.
    return "public, max-age=31536000, immutable" if path.startswith(RENDITIONS) else "public, max-age=3600"


def _content(request: HttpRequest, location: str, size: int, etag: str) -> HttpResponseBase:
    kind = media_type(location)
    span = _asked_range(request, size, etag)
    if span is not None and span[0] >= size:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    if span is None:
        response = FileResponse(Path(location).open("rb"), content_type=kind)  # noqa: SIM115 - Django closes it
    else:
        start, end = span
        response = StreamingHttpResponse(_part(location, start, end), status=206, content_type=kind)
        response["Content-Length"] = str(end - start + 1)
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Accept-Ranges"] = "bytes"
    attached = kind not in SHOWN_INLINE
    response["Content-Disposition"] = content_disposition_header(attached, os.path.basename(location)) or "inline"
    return response


def _asked_range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """Return first and last byte of the one range asked for; None for the whole file, also when it cannot be read."""
    found = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or request.headers.get("If-Range", etag) != etag or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return (max(size - int(last), 0), size - 1) if int(last) else (size, size)
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(location: str, start: int, end: int) -> Iterator[bytes]:
    with open(location, "rb") as stream:
        stream.seek(start)
        left = end - start + 1
        while left and (chunk := stream.read(min(CHUNK_BYTES, left))):
            left -= len(chunk)
            yield chunk

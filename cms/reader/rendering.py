"""Puts content and frame together and answers with a page that loads nothing from elsewhere and sets no cookie."""

import hashlib
from base64 import b64encode
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString, mark_safe

from cms.delivery.loading import Delivered, Loader
from cms.reader.contents import content_of
from cms.reader.frame import Frame, build_frame, build_head
from cms.reader.structured import structured_data


def render_entry(loader: Loader, item: Delivered, marks: str = "") -> HttpResponse:
    """Return the page of a delivered entry, live or draft; the language of the reader is the active one.

    Args:
        loader: of this request; `item` came from it.
        item: what is shown.
        marks: HTML that tells editors that this is a preview; empty for readers.
    """
    frame = build_frame(loader, item)
    own = content_of(loader, item)
    head = build_head(loader, item, frame.facts)
    context = {"loader": loader, "frame": frame, **own, "head": head}
    context["data"] = structured_data(loader, item, frame, head, own)
    content = render_to_string(f"reader/pages/{item.row.entry_type}.html", context)
    return _page({**context, "content": content, "marks": marks})


def render_message(
    loader: Loader, template: str, status: int, marks: str = "", frame: Frame | None = None, **words: Any
) -> HttpResponse:
    """Return a page of ours that is no entry, such as the message that an address leads nowhere.

    Args:
        loader: of this request.
        template: name of the template of the message.
        status: HTTP status.
        marks: as in `render_entry`.
        frame: of the page; that of a message by default.
        words: context of the template; `title` also stands in the head; `stylesheet` and `script` are static files
            of this page.
    """
    context = {"loader": loader, "frame": frame or build_frame(loader, None), **words}
    content = render_to_string(template, context)
    return _page({**context, "content": content, "marks": marks}, status)


def with_validator(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let caches keep the page if they ask every time, and answer 304 to those who have it."""
    response["ETag"] = '"' + hashlib.sha256(response.content).hexdigest()[:32] + '"'
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    assert isinstance(answer, HttpResponse)
    return answer


def _page(context: dict[str, Any], status: int = 200) -> HttpResponse:
    style = _placeholder_style(context["loader"], context["content"])
    html = render_to_string("reader/base.html", {**context, "style": style})
    response = HttpResponse(html, status=status)
    response["Content-Language"] = context["frame"].locale
    data = context.get("data", "")
    response["Content-Security-Policy"] = content_security_policy(
        style, data, is_preview=bool(context["marks"]), has_script="script" in context
    )
    response["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return response


def _placeholder_style(loader: Loader, html: str) -> SafeString:
    """Return the rules that colour the place of every picture on the page until it has loaded."""
    rules = {
        f'.picture-{record.id} img{{background:{record.placeholder.colour} url("{record.placeholder.data_url}") center/cover}}'
        for record in loader.loaded_images()
        if record.placeholder and f'picture-{record.id}"' in html
    }
    return mark_safe("".join(sorted(rules)))  # noqa: S308 - colours and data of our own making


def content_security_policy(style: str, data: str = "", *, is_preview: bool = False, has_script: bool = False) -> str:
    """Return the policy of a page: our own pictures, films and stylesheets, and two elements with exactly these texts.

    Args:
        style: text of the page's one style element, empty without one.
        data: text of the page's one script element, which holds data and no program; empty without one.
        is_preview: allow what the admin needs.
        has_script: allow a script file of ours, and that it asks this site for more.

    A preview is shown inside the admin and carries its checks, so it may run the admin's own scripts and styles.
    """
    origins = " ".join(sorted(_media_origins()))
    if is_preview:
        return (
            f"default-src 'self'; img-src 'self' data: {origins}; media-src 'self' {origins}; "
            "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'"
        )
    styles = f"'self' {hash_source(style)}" if style else "'self'"
    sources = [*(["'self'"] if has_script else []), *([hash_source(data)] if data else [])]
    scripts = f"script-src {' '.join(sources)}; " if sources else ""
    asking = "connect-src 'self'; " if has_script else ""
    return (
        f"default-src 'none'; img-src 'self' data: {origins}; media-src 'self' {origins}; style-src {styles}; {scripts}{asking}"
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def hash_source(text: str) -> str:
    """Return what a policy allows an inline element with this text by (CSP level 3, section 2.3.1)."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _media_origins() -> set[str]:
    """Return the origins that pictures and films come from: this site's, and that of the store of media."""
    found = set()
    for address in (settings.BASE_URL, default_storage.url("media")):
        parts = urlsplit(address)
        if parts.netloc:
            found.add(f"{parts.scheme}://{parts.netloc}")
    return found

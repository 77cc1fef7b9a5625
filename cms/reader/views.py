"""The built-in website: every entry as a page, the preview of a draft, and the entrance."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from cms.delivery.drafts import DraftUnreadable, draft_entry
from cms.delivery.loading import Loader
from cms.delivery.queries import Fallback, Reading, content_locales, entry_by_path
from cms.reader.frame import local_address
from cms.reader.kept_pages import kept_pages
from cms.reader.rendering import render_entry, render_message, with_validator


@require_safe
def entry(request: HttpRequest, path: str) -> HttpResponse:
    """Show the page at a path below the home page of the active language.

    What is not translated is shown in the language it was written in. A path of another version of the page, such as
    that of the original, leads to the right one.
    """
    reading = website_reading()

    def make() -> HttpResponse:
        row = entry_by_path(reading, path)
        if row is None:
            return not_found(request)
        if row.path.strip("/") != path.strip("/"):
            return HttpResponseRedirect(local_address(reading.locale, row.path))
        loader = Loader(reading)
        return render_entry(loader, loader.deliver([row])[0])

    response = kept_pages.page((reading.locale, path), make)
    return with_validator(request, response) if response.status_code == 200 else response


@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """Lead to the home page in the language that the visitor's browser asks for."""
    response = HttpResponseRedirect(local_address(translation.get_language_from_request(request), "/"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say in the reader's language that nothing is here."""
    return render_message(Loader(website_reading()), "reader/not_found.html", 404)


def draft(request: HttpRequest, source: Any) -> HttpResponse:
    """Show a page or snippet as it is in memory, exactly as readers would see it after publication.

    Args:
        request: of the admin; its user is offered the admin's checks.
        source: a page or snippet, saved or not.
    """
    locale = source.locale.language_code
    with translation.override(locale if locale in content_locales() else settings.LANGUAGE_CODE):
        reading = website_reading()
        loader = Loader(reading)
        marks = render_to_string("reader/preview_marks.html", {"request": request, "page": source})
        try:
            row = draft_entry(source)
        except DraftUnreadable as error:
            return render_message(loader, "reader/formula_error.html", 200, marks, error=error)
        response = render_entry(loader, loader.deliver_draft(row), marks)
    response["Cache-Control"] = "private, no-store"
    return response


def website_reading() -> Reading:
    """Return how readers of the website read: their language, else the language of the original."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return Reading(language if language in content_locales() else settings.LANGUAGE_CODE, Fallback.SOURCE)

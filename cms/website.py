"""What is for pages that people read, and keeps out of the way of addresses that programs ask for."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseNotFound, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from cms.reader.failures import BAD_REQUEST, FORBIDDEN, SERVER_ERROR, Failure, failure_page, failure_text
from cms.reader.moved import moved_address
from cms.reader.views import not_found as reader_not_found

# Beginnings of addresses that have no language and were never a page.
PROGRAMS = ("/graphql", "/documents/", "/footnotes/", "/healthz", "/readyz", settings.MEDIA_URL, settings.STATIC_URL)


def is_for_programs(request: HttpRequest) -> bool:
    """Tell whether an address belongs to programs, not to the website or the admin."""
    return request.path_info.startswith(PROGRAMS)


class WebsiteLocaleMiddleware(LocaleMiddleware):
    """Django's choice of language, for people only: answers to programs neither vary by language nor lead elsewhere."""

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language of a person's request; programs get the default language."""
        if is_for_programs(request):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        else:
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Lead to the address with a language and say that the answer varies by it."""
        return response if is_for_programs(request) else super().process_response(request, response)


class WebsiteRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects of moved pages, in every language, without look-ups for addresses that were never a page."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Lead from a former address to the present one."""
        if response.status_code != HTTPStatus.NOT_FOUND or is_for_programs(request):
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        locale = translation.get_language_from_path(request.path_info)
        if answer is not response or not locale:
            return answer
        address = moved_address(locale, request.path_info.removeprefix(f"/{locale}"))
        return HttpResponseRedirect(address) if address else answer


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Say that nothing is here: to people with a page in their language, to programs in two words."""
    if is_for_programs(request):
        return HttpResponseNotFound("Not found\n", content_type="text/plain")
    return reader_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Say that the fault is ours, whatever is broken: nothing but templates and message catalogs is needed for it."""
    return _failure(request, SERVER_ERROR)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Say that a page is not open to the visitor."""
    return _failure(request, FORBIDDEN)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Say that a request cannot be understood."""
    return _failure(request, BAD_REQUEST)


def _failure(request: HttpRequest, failure: Failure) -> HttpResponseBase:
    """Answer people with a page and programs with a line: by the address, or because they do not read HTML."""
    if is_for_programs(request) or not request.accepts("text/html"):
        return failure_text(failure)
    return failure_page(request, failure)

"""What is for pages that people read, and keeps out of the way of addresses that programs ask for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from wagtail.contrib.redirects.middleware import RedirectMiddleware

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
    """Wagtail's redirects of moved pages, without look-ups for addresses that were never a page."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Lead from a former address to the present one."""
        return response if is_for_programs(request) else super().process_response(request, response)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Say that nothing is here: to people with a page in their language, to programs in two words."""
    if is_for_programs(request):
        return HttpResponseNotFound("Not found\n", content_type="text/plain")
    return reader_not_found(request, exception)

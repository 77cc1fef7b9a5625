"""The language of the admin, for what Wagtail says outside its own screens: that something is not allowed, or not there."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

ADMIN = "/admin/"


class AdminLanguageMiddleware:
    """Speaks the language of the account on every address of the admin, until its answer is made.

    Wagtail does so only while a screen is made; its refusals came in the language of the browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Choose the language before the view is asked. At most one statement, which Wagtail would need anyway."""
        if not request.path_info.startswith(ADMIN) or not request.user.is_authenticated:
            return self.get_response(request)
        profile: Any = getattr(request.user, "wagtail_userprofile", None)
        if profile is None:
            return self.get_response(request)
        language = profile.get_preferred_language()
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

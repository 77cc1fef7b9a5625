"""The language of the admin, for what Wagtail says outside its own screens: that something is not allowed, or not there."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation


class AdminLanguageMiddleware:
    """Speaks the language of the account on every address of the admin.

    Wagtail does so only while a screen is made; its refusals came in the language of the browser. The choice ends with
    the request: the next one begins with a choice of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Choose the language before the view is asked. At most one statement, which Wagtail would need anyway."""
        if request.path_info.startswith(reverse("wagtailadmin_home")) and request.user.is_authenticated:
            profile: Any = getattr(request.user, "wagtail_userprofile", None)
            if profile is not None:
                translation.activate(profile.get_preferred_language())
        return self.get_response(request)

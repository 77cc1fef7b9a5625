"""Every unsafe admin request runs in one content transaction: page, entry and change are written together or not at all."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse

from pages.signals import content_transaction

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Uploads do image work, which must not happen while a write transaction is open; signing in needs no content.
OUTSIDE_NAMESPACES = {"wagtailimages", "wagtaildocs"}
OUTSIDE_NAMES = {"wagtailadmin_login", "wagtailadmin_logout"}


class ContentTransactionMiddleware:
    """Opens a `content_transaction` around unsafe requests to the admin and rolls it back on a server error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, inside a transaction when it may change content."""
        if not _may_change_content(request):
            return self.get_response(request)
        with content_transaction():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


def _may_change_content(request: HttpRequest) -> bool:
    if request.method in SAFE_METHODS or not request.path_info.startswith(reverse("wagtailadmin_home")):
        return False
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return False
    return not OUTSIDE_NAMESPACES.intersection(match.namespaces) and match.url_name not in OUTSIDE_NAMES

"""Every unsafe admin request runs in one content transaction: page, entry and change are written together or not at all."""

from collections.abc import Callable, Collection

from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from cms.delivery.pictures import noted_pictures, prepare_pictures
from pages.signals import PublishRefused, content_transaction

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Uploads do image work, which must not happen while a write transaction is open; signing in needs no content.
OUTSIDE_NAMESPACES = {"wagtailimages", "wagtaildocs"}
OUTSIDE_NAMES = {"wagtailadmin_login", "wagtailadmin_logout"}


class ContentTransactionMiddleware:
    """Opens a `content_transaction` around unsafe requests to the admin and rolls it back on an error.

    A refused publication is no server error: nothing is written, and the person is told why.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, inside a transaction when it may change content.

        When something was refused for the sake of pictures that are not ready, what was done is rolled back, the pictures are
        prepared while no transaction is open, and the request is answered once more.
        """
        if not _may_change_content(request):
            return self.get_response(request)
        with noted_pictures() as missing:
            response = self._answer(request, missing)
        if not missing:
            return response
        prepare_pictures(missing)
        _rewind(request)
        return self._answer(request, ())

    def _answer(self, request: HttpRequest, missing: Collection[int]) -> HttpResponse:
        """Answer in one transaction; it is rolled back on an error, a refusal, and when pictures were found missing."""
        try:
            with content_transaction():
                response = self.get_response(request)
                if response.status_code >= 500 or hasattr(response, "publish_refused") or missing:
                    transaction.set_rollback(True)
        except PublishRefused as refused:  # by what runs as the transaction commits, or right after
            return refusal_response(request, refused)
        except Exception:
            _withdraw_messages(request)
            raise
        if response.status_code >= 500:
            _withdraw_messages(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal that a view has not caught into an answer; other exceptions stay what they are."""
        if isinstance(exception, PublishRefused) and _may_change_content(request):
            return refusal_response(request, exception)
        return None


def refusal_response(request: HttpRequest, refused: PublishRefused) -> HttpResponse:
    """Say why nothing was published: as messages on the page where the person came from, or as JSON for scripts."""
    _withdraw_messages(request)
    if not request.accepts("text/html"):
        error = {"success": False, "error_code": "publish_refused", "error_message": str(refused)}
        response: HttpResponse = JsonResponse(error, status=400)
    else:
        for reason in refused.messages:
            messages.error(request, reason)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":  # one of Wagtail's dialogues, which goes there
            response = JsonResponse({"step": "success", "redirect": _way_back(request)})
        else:
            response = HttpResponseRedirect(_way_back(request))
    setattr(response, "publish_refused", True)  # noqa: B010 - a name that the type does not know
    return response


def _withdraw_messages(request: HttpRequest) -> None:
    """Forget what the view has said so far: it tells of things that were rolled back."""
    list(messages.get_messages(request))


def _rewind(request: HttpRequest) -> None:
    """Make a request as it was before a view has seen it: uploads at their beginning, nothing said yet."""
    for name in request.FILES:
        for upload in request.FILES.getlist(name):
            upload.seek(0)
    if hasattr(request, "_messages"):
        setattr(request, "_messages", default_storage(request))  # noqa: B010 - a name that the type does not know


def _way_back(request: HttpRequest) -> str:
    for address in (request.POST.get("next"), request.GET.get("next"), request.headers.get("referer")):
        if address and url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
            return address
    return reverse("wagtailadmin_home")


def _may_change_content(request: HttpRequest) -> bool:
    if request.method in SAFE_METHODS or not request.path_info.startswith(reverse("wagtailadmin_home")):
        return False
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return False
    return not OUTSIDE_NAMESPACES.intersection(match.namespaces) and match.url_name not in OUTSIDE_NAMES

"""What delivery adds to Wagtail's admin: how many pictures of a page are ready, told while it is edited."""

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.models import Page

from cms.delivery.pictures import readiness


@require_safe
@never_cache
def page_pictures(request: HttpRequest, page_id: int) -> JsonResponse:
    """Answer `{"ready", "total", "text"}` of the newest draft of a page, for people who may edit it.

    `text` is a sentence in the language of the screen, empty when nothing is missing. 403 for pages that do not exist or that
    the caller may not edit. A handful of statements.
    """
    page = Page.objects.filter(pk=page_id).first()
    if page is None or not page.permissions_for_user(request.user).can_edit():
        return JsonResponse({"ready": 0, "total": 0, "text": ""}, status=403)
    state = readiness(page.get_latest_revision_as_object())
    return JsonResponse({"ready": state.ready, "total": state.total, "text": "" if state.is_complete else str(state)})


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """Add the address that the page editor asks; only people who may enter the admin get it."""
    return [path("pictures/page/<int:page_id>/", page_pictures, name="delivery_page_pictures")]


@hooks.register("insert_editor_js")
def insert_pictures_notice() -> SafeString:
    """Add the notice to editors; it shows itself on the pages of the tree only."""
    return format_html(
        '<script src="{}" data-pages="{}" data-pictures="{}" defer></script>',
        static("delivery/js/pictures-notice.js"),
        reverse("wagtailadmin_pages:edit", args=[0]),
        reverse("delivery_page_pictures", args=[0]),
    )

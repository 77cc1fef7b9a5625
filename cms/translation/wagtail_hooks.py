"""What we put in front of wagtail-localize's own screens."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.permissions import get_permission_name
from wagtail_localize.views.update_translations import UpdateTranslationsView

from cms.translation import store


@hooks.register("register_admin_urls", order=-1)
def guard_update() -> list[URLPattern]:
    """Answer at wagtail-localize's address, which itself lets everybody publish who may submit."""
    return [path("localize/update/<int:translation_source_id>/", update_translations)]


def update_translations(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """Synchronise translations with their source; "publish immediately" is only for those who may publish them all.

    Raises:
        PermissionDenied: when the person may not.
    """
    if request.POST.get("publish_translations") and not _may_publish(
        request.user, store.source_of(translation_source_id)
    ):
        raise PermissionDenied
    response: HttpResponse = UpdateTranslationsView.as_view()(request, translation_source_id=translation_source_id)
    return response


def _may_publish(user: Any, source: Model) -> bool:
    if isinstance(source, Page):
        return all(page.permissions_for_user(user).can_publish() for page in source.get_translations())
    return bool(user.has_perm(get_permission_name("publish", type(source))))

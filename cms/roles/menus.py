"""Which items of Wagtail's menus a person sees: what their role works with, and nothing else."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

MEDIA_ITEMS = {"images", "documents"}
MEDIA_ORDER = 300
# Links to Wagtail's own site: what editors need stands in our guides.
HELP_ELSEWHERE = ("whats-new", "editor-guide")


def may_publish(request: HttpRequest) -> bool:
    """Tell whether the person publishes pages anywhere."""
    return bool(policy_registry.get_by_type(Page).user_has_permission(request.user, "publish"))


def may_submit_translations(request: HttpRequest) -> bool:
    """Tell whether the person submits content for translation."""
    return bool(request.user.has_perm("wagtail_localize.submit_translation"))


# Reports that Wagtail shows to everybody who writes, or to everybody: name of the item and who needs it.
REPORTS: dict[str, Callable[[HttpRequest], bool]] = {
    "translations": may_submit_translations,
    "site-history": may_publish,
    "aging-pages": may_publish,
    "page-types-usage": may_publish,
    "locked-pages": may_publish,
}


def group_media(items: list[Any]) -> None:
    """Put images and documents under one item, in place."""
    media = [item for item in items if item.name in MEDIA_ITEMS]
    if media:
        items[:] = [item for item in items if item.name not in MEDIA_ITEMS]
        items.append(
            SubmenuMenuItem(_("Media"), Menu(items=media), name="media", icon_name="image", order=MEDIA_ORDER)
        )


def keep_needed_reports(request: HttpRequest, items: list[Any]) -> None:
    """Leave only the reports that somebody of this role reads, in place."""
    items[:] = [item for item in items if REPORTS.get(_plain(item.name), _everybody)(request)]


def keep_own_help(items: list[Any]) -> None:
    """Leave out links to other people's sites, in place."""
    items[:] = [item for item in items if not item.name.startswith(HELP_ELSEWHERE)]


def _everybody(request: HttpRequest) -> bool:
    return True


def _plain(name: str) -> str:
    """wagtail-localize names its report by its label."""
    return name.lower()

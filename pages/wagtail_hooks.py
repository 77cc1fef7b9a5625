"""What `pages` adds to Wagtail's admin."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.snippets.models import register_snippet

from pages.formula_preview import formula_preview
from pages.permissions import demand_own_text_or_translation
from pages.richtext_editor import register_formula, register_language
from pages.viewsets import ChapterViewSet, DirectoryGroup, EventListing, InformationListing, StudyGroup


@hooks.register("register_rich_text_features")
def register_rich_text_features(features: Any) -> None:
    """Offer formulas and phrases in another language in rich text."""
    register_formula(features)
    register_language(features)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """Add the preview of a formula; only people who may enter the admin get it."""
    return [path("formula/preview/", formula_preview, name="pages_formula_preview")]


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    """Add the icon of formulas."""
    return [*icons, "pages/icons/formula.svg"]


@hooks.register("insert_global_admin_css")
def add_admin_style() -> str:
    """Keep listings readable on a phone."""
    return format_html('<link rel="stylesheet" href="{}">', static("pages/css/admin.css"))


@hooks.register("before_edit_snippet", order=-1)
def demand_permission_for_text(request: HttpRequest, instance: Model) -> None:
    """Keep people who only translate away from the snippets of the source language."""
    demand_own_text_or_translation(request.user, instance)


@hooks.register("register_admin_viewset")
def register_listings() -> list[ViewSet | ViewSetGroup]:
    """Add the listings of chapters, studies, events and information pages."""
    return [ChapterViewSet(), StudyGroup(), EventListing(), InformationListing()]


register_snippet(DirectoryGroup)

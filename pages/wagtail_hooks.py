"""What `pages` adds to Wagtail's admin."""

from typing import Any

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from pages.formula_preview import formula_preview
from pages.richtext_editor import register_formula, register_language
from pages.viewsets import DirectoryGroup


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


register_snippet(DirectoryGroup)

"""Formulas and phrases in another language in the rich-text editor: Draftail features and how they are stored."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from pages.formulas import MAX_LENGTH

SCRIPT = "pages/js/rich-text-entities.js"
PREVIEW_SCRIPT = "pages/js/formula-preview.js"
STYLE = "pages/css/formula.css"


class FormulaElementHandler(InlineEntityElementHandler):
    """Reads a stored formula: its text is the spoken form."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: Mapping[str, str]) -> dict[str, str]:
        """Return the LaTeX."""
        return {"latex": attrs.get("latex", "")}


class LanguageElementHandler(InlineEntityElementHandler):
    """Reads a stored phrase in another language."""

    mutability = "MUTABLE"

    def get_attribute_data(self, attrs: Mapping[str, str]) -> dict[str, str]:
        """Return the language's code."""
        return {"lang": attrs.get("lang", "")}


def store_formula(props: Mapping[str, Any]) -> Any:
    """Write a formula of the editor as database HTML."""
    return DOM.create_element("a", {"linktype": "formula", "latex": props.get("latex", "")}, props["children"])


def store_language(props: Mapping[str, Any]) -> Any:
    """Write a phrase in another language as database HTML."""
    return DOM.create_element("a", {"linktype": "lang", "lang": props.get("lang", "")}, props["children"])


def register_formula(features: Any) -> None:
    """Register the feature `formula`."""
    control = {
        "type": "FORMULA",
        "icon": "formula",
        "description": _("Formula"),
        "attributes": ["latex"],
        "previewUrl": reverse_lazy("pages_formula_preview"),
        "maxLength": MAX_LENGTH,
        "words": {
            "heading": _("Formula"),
            "latex": _("LaTeX, for example H_2O"),
            "spoken": _("Spoken form"),
            "preview": _("Preview"),
            "save": _("Insert"),
            "cancel": _("Cancel"),
        },
    }
    _register(features, "formula", control, FormulaElementHandler("FORMULA"), "formula", store_formula)


def register_language(features: Any) -> None:
    """Register the feature `language`."""
    control = {
        "type": "LANGUAGE",
        "icon": "globe",
        "description": _("Language of a phrase"),
        "attributes": ["lang"],
        "languages": [{"code": code, "name": name} for code, name in settings.LANGUAGES],
        "words": {
            "heading": _("Language of a phrase"),
            "phrase": _("Phrase"),
            "language": _("Language"),
            "other": _("Another language (code, for example sv)"),
            "save": _("Insert"),
            "cancel": _("Cancel"),
        },
    }
    _register(features, "language", control, LanguageElementHandler("LANGUAGE"), "lang", store_language)


def _register(features: Any, name: str, control: dict[str, Any], handler: Any, linktype: str, store: Any) -> None:
    features.register_editor_plugin(
        "draftail",
        name,
        EntityFeature(control, js=["wagtailadmin/js/draftail.js", PREVIEW_SCRIPT, SCRIPT], css={"all": [STYLE]}),
    )
    features.register_converter_rule(
        "contentstate",
        name,
        {
            "from_database_format": {f'a[linktype="{linktype}"]': handler},
            "to_database_format": {"entity_decorators": {control["type"]: store}},
        },
    )

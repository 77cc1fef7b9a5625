"""Form widgets of the editor: a line whose length is told while typing, and a formula shown while it is typed."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.widgets import AdminAutoHeightTextInput


class CountedTextInput(forms.TextInput):
    """A line that tells how many of its `maxlength` characters are used."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"data-controller": "pages-counted", **(attrs or {})})

    @property
    def media(self) -> forms.Media:
        """Return the script that counts."""
        return forms.Media(js=[versioned_static("pages/js/counted-text.js")])


class FormulaInput(AdminAutoHeightTextInput):
    """LaTeX with the formula, or what is wrong with it, beneath."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            attrs={
                "data-controller": "w-autosize pages-formula",
                "data-pages-formula-url-value": reverse_lazy("pages_formula_preview"),
                "spellcheck": "false",
                "autocapitalize": "off",
                **(attrs or {}),
            }
        )

    @property
    def media(self) -> forms.Media:
        """Return the script that asks for the preview."""
        return forms.Media(
            js=[versioned_static("pages/js/formula-preview.js")],
            css={"all": [versioned_static("pages/css/formula.css")]},
        )

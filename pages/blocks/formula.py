"""A formula on a line of its own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.base import DeliveredStruct, Synchronised
from pages.entries import EntryBuilder, Payload
from pages.formulas import MAX_LENGTH, FormulaError, mathml
from pages.widgets import FormulaInput


class LatexBlock(Synchronised, blocks.TextBlock):
    """A formula in LaTeX, shown while it is typed; the same in every language."""

    @cached_property
    def field(self) -> forms.CharField:
        """Return the form field, with the widget that shows the formula while it is typed."""
        return forms.CharField(widget=FormulaInput(attrs={"maxlength": MAX_LENGTH}), **self.field_options)

    def clean(self, value: str) -> str:
        """Refuse what cannot be read.

        Raises:
            ValidationError: saying what is wrong and where.
        """
        cleaned: str = super().clean(value)
        if cleaned:
            try:
                mathml(cleaned, display=True)
            except FormulaError as error:
                raise ValidationError(str(error), code="formula") from error
        return cleaned


class FormulaBlock(DeliveredStruct):
    """A formula with the words in which it is read aloud."""

    latex = LatexBlock(label=_("LaTeX"), help_text=_(r"For example E = m c^2 or \frac{s}{t}."))
    alt = blocks.CharBlock(
        label=_("Spoken form"), max_length=255, help_text=_("How the formula is read aloud in this language.")
    )

    class Meta:
        icon = "formula"
        label = _("Formula")
        group = _("Data")
        description = _("A formula on a line of its own, written in LaTeX.")
        template = "pages/blocks/formula.html"
        preview_value = {"latex": r"v = \frac{s}{t}", "alt": _("v equals s over t")}

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return LaTeX, MathML and the spoken form.

        Raises:
            pages.formulas.FormulaError: when the LaTeX cannot be read.
        """
        return {
            "latex": value["latex"],
            "mathml": mathml(value["latex"], display=True, alt=value["alt"]),
            "alt": value["alt"],
        }

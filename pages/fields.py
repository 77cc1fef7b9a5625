"""Model fields that several models share: planned availability as month and year, licence, rich text."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from pages.blocks import FEATURES, INLINE_FEATURES
from pages.richtext import validate_rich_text

DEFAULT_LICENCE = "CC-BY-4.0"

# SPDX code to the address of the licence's text (https://spdx.org/licenses/).
LICENCES: dict[str, str] = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC-BY-NC-SA-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")


def validate_month(value: str) -> None:
    """Accept a month written as YYYY-MM.

    Raises:
        ValidationError: for anything else.
    """
    if not MONTH.match(value):
        raise ValidationError(
            _("“%(value)s” is not a month. Write year and month, for example 2018-01."), params={"value": value}
        )


class MonthField(models.CharField):  # type: ignore[type-arg]
    """A month of a year, kept as `YYYY-MM`, or empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 7
        kwargs["validators"] = [validate_month]
        kwargs.setdefault("help_text", _("Year and month, for example 2018-01."))
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Describe the field for migrations, without what is fixed."""
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "validators"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs


class LicenceField(models.CharField):  # type: ignore[type-arg]
    """An SPDX code of a free licence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 32
        kwargs["choices"] = [(code, code) for code in LICENCES]
        kwargs["default"] = DEFAULT_LICENCE
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Describe the field for migrations, without what is fixed."""
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "choices", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs


def licence_payload(code: str) -> dict[str, str]:
    """Return `{"spdx", "url"}` of a licence."""
    return {"spdx": code, "url": LICENCES[code]}


class CheckedRichTextField(RichTextField):
    """Rich text whose formulas can be read."""

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuse a formula that cannot be read.

        Raises:
            ValidationError: quoting the formula and naming the place in it.
        """
        super().validate(value, model_instance)
        validate_rich_text(value)


class LongTextField(CheckedRichTextField):
    """Rich text of one or more paragraphs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["features"] = FEATURES
        super().__init__(*args, **kwargs)


class InlineTextField(CheckedRichTextField):
    """Rich text of one paragraph: emphasis, sub and sup, links, formulas."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["features"] = INLINE_FEATURES
        super().__init__(*args, **kwargs)

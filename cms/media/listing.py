"""The library of pictures in the admin, with one filter more than Wagtail's: whether a picture has a description."""

from typing import Any, ClassVar

import django_filters
from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _
from wagtail.images.views.images import ImagesFilterSet, IndexView


class DescribedFilter(django_filters.ChoiceFilter):
    """Pictures with or without a description, which is the alt text where a page gives none."""

    def filter(self, qs: Any, value: str) -> Any:
        """Return the pictures that were asked for."""
        if value == "no":
            return qs.filter(description="")
        return qs.exclude(description="") if value == "yes" else qs


class PicturesFilterSet(ImagesFilterSet):
    """Wagtail's filters and ours."""

    described = DescribedFilter(
        label=_("Description"),
        empty_label=_("Any"),
        choices=[("no", _("missing")), ("yes", _("there"))],
        widget=RadioSelect,
    )

    class Meta(ImagesFilterSet.Meta):
        fields: ClassVar[list[str]] = []


class PicturesView(IndexView):
    """The library."""

    filterset_class = PicturesFilterSet

"""How guidance tools and brochures appear in the admin."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageViewSet

from guidance.models import BrochurePage, GuidanceToolIndexPage, GuidanceToolPage
from pages.listings import ContentListing, OrderedIndexView, number_column


class ToolListing(ContentListing):
    """All guidance tools, in the order in which readers see them."""

    model = GuidanceToolPage
    icon = "clipboard-list"
    menu_label = _("Tools")
    sections = (GuidanceToolIndexPage,)
    own_columns: ClassVar[list[Column]] = [number_column()]


class ToolViewSet(PageViewSet):
    """The explorer of the list of tools: tools in their order."""

    model = GuidanceToolPage
    index_view_class = OrderedIndexView
    parent_models = (GuidanceToolIndexPage,)


class BrochureListing(ContentListing):
    """All brochures, and whether each language has its file."""

    model = BrochurePage
    icon = "doc-full-inverse"
    menu_label = _("Brochures")
    sections = (GuidanceToolIndexPage,)
    own_columns: ClassVar[list[Column]] = [
        BooleanColumn("has_file", label=_("File"), accessor=lambda page: page.file_id is not None)
    ]


class GuidanceGroup(ViewSetGroup):
    """The menu of the guidance tools."""

    menu_label = _("Guidance tools")
    menu_icon = "clipboard-list"
    menu_order = 220
    items = (ToolListing("tools"), BrochureListing("brochures"))

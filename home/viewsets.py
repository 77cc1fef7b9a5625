"""How menu and footer appear in the admin."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LiveStatusTagColumn, LocaleColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.models import Footer, MainMenu


class FrameViewSet(SnippetViewSet):
    """What menu and footer have in common: one per language."""

    list_display: ClassVar[list[Any]] = ["__str__", LocaleColumn(), LiveStatusTagColumn(), UpdatedAtColumn()]


class MainMenuViewSet(FrameViewSet):
    """Listing and forms of main menus."""

    model = MainMenu
    icon = "list-ul"
    menu_label = _("Main menu")


class FooterViewSet(FrameViewSet):
    """Listing and forms of footers."""

    model = Footer
    icon = "minus"
    menu_label = _("Footer")


class SiteFrameGroup(SnippetViewSetGroup):
    """The menu of what stands around every page."""

    menu_label = _("Site frame")
    menu_icon = "site"
    menu_order = 260
    items = (MainMenuViewSet, FooterViewSet)

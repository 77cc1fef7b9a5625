"""How the directory appears in the admin: grouped by what people do, with columns and filters."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import LiveStatusTagColumn, LocaleColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from pages.models import Audience, Contact, Organisation, Topic


class OrganisationFilterSet(WagtailFilterSet):
    """Organisations by country, role and status."""

    class Meta:
        model = Organisation
        fields: ClassVar[list[str]] = ["country", "role", "live"]


class OrganisationViewSet(SnippetViewSet):
    """Listing and forms of organisations."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    list_display: ClassVar[list[Any]] = ["name", "acronym", "country", "role", LocaleColumn(), LiveStatusTagColumn()]
    filterset_class = OrganisationFilterSet
    search_fields: ClassVar[list[str]] = ["name", "acronym"]
    list_per_page = 50
    inspect_view_enabled = False


class ContactViewSet(SnippetViewSet):
    """Listing and forms of contacts."""

    model = Contact
    icon = "mail"
    menu_label = _("Contacts")
    list_display: ClassVar[list[Any]] = ["name", "organisation", "email", LocaleColumn(), LiveStatusTagColumn()]
    list_filter: ClassVar[list[str]] = ["live"]
    search_fields: ClassVar[list[str]] = ["name", "role", "email"]
    list_per_page = 50


class TermViewSet(SnippetViewSet):
    """What topics and audiences have in common."""

    list_display: ClassVar[list[Any]] = [
        "name",
        "sort_order",
        LocaleColumn(),
        LiveStatusTagColumn(),
        UpdatedAtColumn(),
    ]
    list_filter: ClassVar[list[str]] = ["live"]
    search_fields: ClassVar[list[str]] = ["name", "description"]
    ordering: ClassVar[list[str]] = ["sort_order", "name"]


class TopicViewSet(TermViewSet):
    """Listing and forms of topics."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")


class AudienceViewSet(TermViewSet):
    """Listing and forms of audiences."""

    model = Audience
    icon = "user"
    menu_label = _("Audiences")


class DirectoryGroup(SnippetViewSetGroup):
    """The menu of the directory."""

    menu_label = _("Directory")
    menu_icon = "globe"
    menu_order = 250
    items = (OrganisationViewSet, ContactViewSet, TopicViewSet, AudienceViewSet)

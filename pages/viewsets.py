"""How the study, its events and the directory appear in the admin: grouped by what people do, with columns and filters."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn, UpdatedAtColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from pages.listings import ContentListing, OrderedIndexView, number_column
from pages.models import (
    Audience,
    ChapterPage,
    Contact,
    EventIndexPage,
    EventPage,
    InformationPage,
    Organisation,
    StudyPage,
    Topic,
)


class ChapterListing(ContentListing):
    """All chapters of all studies, with the number under which readers see them."""

    model = ChapterPage
    icon = "doc-full"
    menu_label = _("Chapters")
    sections = (StudyPage,)
    own_columns: ClassVar[list[Column]] = [number_column()]


class ChapterViewSet(PageViewSet):
    """The explorer of a study: chapters in their order."""

    model = ChapterPage
    index_view_class = OrderedIndexView
    parent_models = (StudyPage,)


class StudyListing(ContentListing):
    """All studies; their chapters are put in order in the explorer."""

    model = StudyPage
    icon = "openquote"
    menu_label = _("Studies")


class StudyGroup(ViewSetGroup):
    """The menu of the study."""

    menu_label = _("Study")
    menu_icon = "doc-full"
    menu_order = 210
    items = (ChapterListing("chapters"), StudyListing("studies"))


class EventListing(ContentListing):
    """All events, with their place and whether they are provisional."""

    model = EventPage
    name = "events"
    icon = "calendar"
    menu_label = _("Events")
    menu_order = 230
    add_to_admin_menu = True
    sections = (EventIndexPage,)
    own_columns: ClassVar[list[Column]] = [
        Column("when", label=_("When"), accessor=lambda page: page.when_in_words()),
        Column("country", label=_("Country"), accessor=lambda page: page.country.name),
    ]


class InformationListing(ContentListing):
    """All information pages."""

    model = InformationPage
    name = "information"
    icon = "doc-empty"
    menu_label = _("Information pages")
    menu_order = 240
    add_to_admin_menu = True


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

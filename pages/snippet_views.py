"""The directory in the admin: organisations, contacts, topics and audiences under one menu."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from pages.models import Audience, Contact, Organisation, Topic

FIRST_IN_MENU = 200


class OrganisationViewSet(SnippetViewSet):
    """Institutions and networks, by country and role."""

    model = Organisation
    icon = "group"
    list_filter: ClassVar[list[str]] = ["role", "live"]
    search_fields: ClassVar[list[str]] = ["name", "acronym"]


class ContactViewSet(SnippetViewSet):
    """Whom to write to."""

    model = Contact
    icon = "mail"
    list_filter: ClassVar[list[str]] = ["live"]
    search_fields: ClassVar[list[str]] = ["name", "role", "email"]


class TopicViewSet(SnippetViewSet):
    """Cross-cutting issues."""

    model = Topic
    icon = "tag"
    search_fields: ClassVar[list[str]] = ["name"]


class AudienceViewSet(SnippetViewSet):
    """People for whom something is made."""

    model = Audience
    icon = "user"
    search_fields: ClassVar[list[str]] = ["name"]


class DirectoryViewSetGroup(SnippetViewSetGroup):
    """Who takes part and what it is about."""

    items = (OrganisationViewSet, ContactViewSet, TopicViewSet, AudienceViewSet)
    menu_label = _("Directory")
    menu_name = "directory"
    menu_icon = "group"
    menu_order = FIRST_IN_MENU

"""The base of flat page listings in the admin: columns, filters, and a menu item for those who work on such pages."""

from typing import Any, ClassVar

import django_filters
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry


class StatusFilter(django_filters.ChoiceFilter):
    """Pages by the state in which they are: live, changed since, in review, scheduled, draft."""

    STATES: ClassVar[dict[str, dict[str, Any]]] = {
        "live": {"live": True, "has_unpublished_changes": False},
        "changed": {"live": True, "has_unpublished_changes": True},
        "review": {"_workflow_states__status": "in_progress"},
        "scheduled": {"_approved_schedule": True},
        "draft": {"live": False},
    }

    def __init__(self) -> None:
        super().__init__(
            label=_("Status"),
            empty_label=_("Any"),
            choices=[
                ("live", _("Live")),
                ("changed", _("Live, with a newer draft")),
                ("review", _("In review")),
                ("scheduled", _("Scheduled")),
                ("draft", _("Draft")),
            ],
            widget=RadioSelect,
        )

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Return the pages in the chosen state, each once."""
        if value not in self.STATES:
            return qs
        found = Page.objects.annotate_approved_schedule().filter(**self.STATES[value]).order_by().values("pk")
        return qs.filter(pk__in=found)


def owners(request: HttpRequest) -> QuerySet[Any]:
    """Return the people who own a page."""
    return get_user_model()._default_manager.filter(pk__in=Page.objects.order_by().values("owner_id"))


class ContentFilterSet(WagtailFilterSet):
    """Pages by status and owner; Wagtail adds the language."""

    status = StatusFilter()
    owner = MultipleUserFilter(label=_("Owner"), queryset=owners, widget=CheckboxSelectMultiple)

    class Meta:
        model = Page
        fields: ClassVar[list[str]] = []


class ContentIndexView(IndexView):
    """A listing in the order of the site: language by language, as the pages stand in the tree."""

    default_ordering = "path"
    show_locale_labels = False  # the language has a column of its own

    def get_valid_orderings(self) -> list[str]:
        """Allow the order of the tree beside the orders of the columns."""
        return [*super().get_valid_orderings(), "path"]

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return the pages with their owner."""
        pages: QuerySet[Any] = super().get_base_queryset().select_related("owner")
        return pages

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give every listed page the number under which readers see it, with one statement for all."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        listed = context["object_list"]
        numbers = import_string(settings.PAGES_POSITIONS)([page.pk for page in listed])
        for page in listed:
            page.delivered_number = numbers.get(page.pk)
        return context


class OrderedIndexView(ExplorableIndexView):
    """The explorer of a section whose pages have numbers: drag handles for those who may put them in order."""

    def get_reorder_url(self) -> str | None:
        """Return where a new position is sent to; None for people who may not reorder."""
        return super().get_reorder_url() if self.permissions.can_reorder_children() else None


class SectionMenuItem(MenuItem):
    """A menu item for people who have page permissions where pages of some models stand.

    Needs no statement beyond the cached permissions of the user.
    """

    models: ClassVar[tuple[type[Page], ...]] = ()

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether any permission holds on the whole site, a home page, or one of the models' pages."""
        if request.user.is_superuser:
            return True
        types = {content_type.pk for content_type in ContentType.objects.get_for_models(*self.models).values()}
        held = policy_registry.get_by_type(Page).get_cached_permissions_for_user(request.user)
        return any(one.page.depth <= 2 or one.page.content_type_id in types for one in held)


class ContentListing(PageListingViewSet):
    """Base of the listings.

    Attributes:
        sections: models of pages below which the listed ones are written; who works there sees the menu item.
        own_columns: columns between title and language.
    """

    index_view_class = ContentIndexView
    filterset_class = ContentFilterSet
    list_per_page = 50
    sections: ClassVar[tuple[type[Page], ...]] = ()
    own_columns: ClassVar[list[Column]] = []

    @cached_property
    def columns(self) -> list[Column]:
        """Return the columns: title, the type's own, language, owner, status, last change."""
        base = {column.name: column for column in IndexView.base_columns}
        return [
            BulkActionsColumn("bulk_actions"),
            PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
            *self.own_columns,
            LocaleColumn(label=_("Language"), sort_key="locale__language_code"),
            Column(
                "owner", label=_("Owner"), accessor=_owner_name, sort_key="owner__username", classname="page-owner"
            ),
            PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
            base["latest_revision_created_at"],
        ]

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        """Return a menu item that only people who work in these sections see."""
        return type(f"{type(self).__name__}MenuItem", (SectionMenuItem,), {"models": (self.model, *self.sections)})


def number_column() -> Column:
    """Return the column of chapter numbers; what is not live has none."""
    return Column("number", label=_("Number"), accessor=lambda page: page.delivered_number or "", width="6%")


def _owner_name(page: Page) -> str:
    return str(page.owner.get_full_name() or page.owner.get_username()) if page.owner else ""

"""The screens behind the start page: lists of pages that wait, and putting the first steps away or back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.admin.ui.tables.pages import ParentPageColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.roles.start import PageList, page_list, visitor_of
from cms.roles.steps import HIDDEN


@require_POST
def show_steps(request: HttpRequest) -> HttpResponse:
    """Put the things to try first away (`show` is empty) or back, for this person; then the start page."""
    profile = UserProfile.get_for_user(request.user)
    profile.dismissibles[HIDDEN] = not request.POST.get("show")
    profile.save(update_fields=["dismissibles"])
    return redirect("wagtailadmin_home")


class WaitingPagesView(IndexView):
    """The pages of one registered list that wait for the person who is signed in; nobody sees another's list."""

    any_permission_required = None  # everybody who may enter the admin has a list, if an empty one
    template_name = "roles/page_list.html"
    results_template_name = "roles/page_list_results.html"
    show_locale_labels = False  # the language has a column of its own
    show_export_buttons = False
    is_searchable = False
    index_url_name = "start_page_list"
    index_results_url_name = "start_page_list_results"

    @cached_property
    def page_list(self) -> PageList:
        """Return the list that the address names.

        Raises:
            Http404: when there is no such list, or it is not this person's work.
        """
        found = page_list(self.kwargs["name"])
        if found is None or found.pages(self.visitor) is None:
            raise Http404
        return found

    @cached_property
    def visitor(self) -> Any:
        """Return the person with their roles."""
        return visitor_of(self.request.user)

    @property
    def page_title(self) -> Any:
        """Return the heading of the list."""
        return self.page_list.heading

    @property
    def header_icon(self) -> str:
        """Return the icon of the list."""
        return self.page_list.icon

    @cached_property
    def columns(self) -> list[Column]:
        """Return title, place, language, status and last change."""
        base = {column.name: column for column in self.base_columns}
        language = LocaleColumn(label=_("Language"), sort_key="locale__language_code")
        parent = ParentPageColumn("parent", label=_("Parent"), classname="start-parent")
        return [base["title"], parent, language, base["status"], base["latest_revision_created_at"]]

    def get_base_queryset(self) -> Any:
        """Return the pages that wait, wherever in the tree."""
        pages = self.page_list.pages(self.visitor)
        return self.annotate_queryset(Page.objects.filter(pk__in=pages.values("pk")))

    def get_index_url(self) -> str:
        """Return the address of this list."""
        return reverse(self.index_url_name, args=[self.page_list.name])

    def get_index_results_url(self) -> str:
        """Return the address of its rows."""
        return reverse(self.index_results_url_name, args=[self.page_list.name])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what to do with these pages."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["advice"] = self.page_list.advice
        return context

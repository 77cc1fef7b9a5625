"""How enquiries appear in the admin: a listing with what waits first, one page for each, and what became of it."""

from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from django_filters import ChoiceFilter, DateFromToRangeFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

from cms.enquiries.models import Enquiry, EnquiryState
from cms.enquiries.services import mark_enquiry


class EnquiryFilterSet(WagtailFilterSet):
    """Enquiries by state, language and day."""

    language = ChoiceFilter(label=_("Language"), choices=settings.WAGTAIL_CONTENT_LANGUAGES)
    received_at = DateFromToRangeFilter(label=_("Received"), widget=DateRangePickerWidget)

    class Meta:
        model = Enquiry
        fields: ClassVar[list[str]] = ["state", "language", "received_at"]


class EnquiryIndexView(IndexView):
    """The listing; nobody adds an enquiry, and what somebody wrote is not edited."""

    default_ordering = "-received_at"

    def get_add_url(self) -> None:
        """Offer no way to add one."""


class EnquiryInspectView(InspectView):
    """One enquiry: what was written first, then what can be done, then all that is kept."""

    def get_page_title(self) -> str:
        """Return who wrote."""
        return str(self.object.name)

    def get_page_subtitle(self) -> str:
        """Return what it is about."""
        return str(self.object.subject_title or self.object)

    def get_fields_context(self) -> list[dict[str, Any]]:
        """Return what is known; nobody has answered a new one."""
        return [field for field in super().get_fields_context() if field["value"] is not None]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the buttons: every state but the present one, and an answer by mail."""
        may_change = self.user_has_permission("change")
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["enquiry"] = self.object
        context["states"] = [one for one in STATE_BUTTONS if one[0] != self.object.state] if may_change else []
        context["answer_address"] = answer_address(self.object)
        return context


# State, icon and words of each button, in their order.
STATE_BUTTONS = (
    (EnquiryState.ANSWERED, "check", _("Mark as answered")),
    (EnquiryState.SPAM, "warning", _("Mark as spam")),
    (EnquiryState.NEW, "undo", _("Mark as new")),
)


class MarkView(PermissionCheckedMixin, View):
    """Notes what became of an enquiry and leads back to it."""

    model: ClassVar[type[Enquiry]] = Enquiry
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the state from the form; another word than a state is refused."""
        enquiry = get_object_or_404(Enquiry, pk=pk)
        word = request.POST.get("state", "")
        if word not in EnquiryState.values:
            messages.error(request, gettext("There is no state “%(word)s”. Nothing was changed.") % {"word": word})
        else:
            mark_enquiry(enquiry, EnquiryState(word), request.user)
            said = gettext("The enquiry of %(name)s is now marked as %(state)s.")
            messages.success(request, said % {"name": enquiry.name, "state": enquiry.get_state_display()})
        return HttpResponseRedirect(reverse("enquiries:inspect", args=(pk,)))


class EnquiryViewSet(ModelViewSet):
    """Listing, page, marking and deleting of enquiries."""

    model = Enquiry
    name = "enquiries"
    icon = "mail"
    menu_label = _("Enquiries")
    menu_order = 245
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = EnquiryIndexView
    inspect_view_class = EnquiryInspectView
    template_prefix = "enquiries/admin/"
    filterset_class = EnquiryFilterSet
    search_fields: ClassVar[list[str]] = ["name", "email", "message", "subject_title"]
    search_backend_name = None
    list_per_page = 50
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("subject_title", label=_("About"), sort_key="subject_title"),
        Column("language", label=_("Language"), accessor=lambda one: one.language.upper(), width="8%"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda one: one.state == EnquiryState.NEW,
            sort_key="state",
            width="12%",
        ),
        DateColumn("received_at", label=_("Received"), sort_key="received_at", width="14%"),
        Column("expires_at", label=_("Will be deleted"), accessor=lambda one: _day(one.expires_at), width="14%"),
    ]
    inspect_view_fields: ClassVar[list[str]] = [
        "name",
        "email",
        "consent_text",
        "consented_at",
        "expires_at",
        "mailed_at",
        "answered_by",
        "answered_at",
    ]
    exclude_form_fields: ClassVar[list[str]] = []

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Offer no form: there is nothing to add or to edit."""
        unused = ("add_url_name", "edit_url_name", "history_url_name", "usage_url_name")
        return super().get_common_view_kwargs(**dict.fromkeys(unused, self.UNDEFINED), **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        """Return the addresses of listing, page, marking and deleting."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("mark/<int:pk>/", MarkView.as_view(), name="mark"),
            path("delete/<int:pk>/", self.delete_view, name="delete"),
        ]

    def register_admin_url_finder(self) -> None:
        """Tell Wagtail of no form to edit one with."""


def answer_address(enquiry: Enquiry) -> str:
    """Return a `mailto:` address (RFC 6068) that begins an answer, with what was written quoted below."""
    about = enquiry.subject_title or gettext("your message")
    quoted = "\n".join(f"> {line}" for line in enquiry.message.splitlines())
    written = gettext("On %(day)s %(name)s wrote:") % {
        "day": _day(enquiry.received_at),
        "name": enquiry.name,
    }
    body = f"\n\n{written}\n{quoted}"[:1500]
    return f"mailto:{quote(enquiry.email, safe='@')}?subject={quote(f'Re: {about}')}&body={quote(body)}"


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")

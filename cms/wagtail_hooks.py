"""What the edge adds to the admin: the report of background jobs, and the mailbox."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.job_report import job_report
from cms.mailbox import is_kept
from cms.mailbox_views import mailbox, read_mail


class AdministratorsItem(MenuItem):
    """An item that only administrators see."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may do everything."""
        return bool(request.user.is_superuser)


class MailboxItem(MenuItem):
    """An item that is there while no mail server is set up."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether mails are kept."""
        return is_kept()


class AdministratorsMailboxItem(AdministratorsItem):
    """The same among the settings, where administrators look for it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether mails are kept, and the person may do everything."""
        return super().is_shown(request) and is_kept()


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """Add the screens of the edge."""
    return [
        path("reports/jobs/", job_report, name="background_jobs"),
        path("mailbox/", mailbox, name="mailbox"),
        path("mailbox/<str:file>/<int:turn>/", read_mail, name="mailbox_mail"),
    ]


@hooks.register("register_reports_menu_item")
def register_job_report() -> Any:
    """Offer the report to administrators."""
    return AdministratorsItem(
        _("Background jobs"), reverse("background_jobs"), name="background-jobs", icon_name="cogs", order=1100
    )


@hooks.register("register_help_menu_item")
def register_mailbox() -> Any:
    """Offer everybody the mails to their own address."""
    return MailboxItem(_("Mailbox"), reverse("mailbox"), name="mailbox", icon_name="mail", order=500)


@hooks.register("register_settings_menu_item")
def register_mailbox_of_all() -> Any:
    """Offer administrators the mails of everybody."""
    return AdministratorsMailboxItem(
        _("Mailbox"), reverse("mailbox"), name="mailbox-of-all", icon_name="mail", order=1000
    )

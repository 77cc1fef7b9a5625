"""What the edge adds to the admin: the report of background jobs."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.job_report import job_report


class AdministratorsItem(MenuItem):
    """An item that only administrators see."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may do everything."""
        return bool(request.user.is_superuser)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """Add the screens of the edge."""
    return [path("reports/jobs/", job_report, name="background_jobs")]


@hooks.register("register_reports_menu_item")
def register_job_report() -> Any:
    """Offer the report to administrators."""
    return AdministratorsItem(
        _("Background jobs"), reverse("background_jobs"), name="background-jobs", icon_name="cogs", order=1100
    )

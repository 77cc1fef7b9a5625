"""The report of background jobs in the admin: when each job of the timetable ran, and which tasks failed."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.generic.base import TemplateView
from django_tasks_db.models import DBTaskResult
from wagtail.admin.auth import user_passes_test
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, Table
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.models import TimetableRun

FAILED_TASKS_SHOWN = 50
ERROR_LENGTH = 300


def administrators_only(view: Callable[..., HttpResponse]) -> Any:
    """Let a view answer administrators; everybody else is led to the start page with a message."""
    return user_passes_test(lambda user: user.is_superuser)(view)


class JobReportView(WagtailAdminTemplateMixin, TemplateView):
    """Both tables, the failures first. Two statements."""

    template_name = "cms/job_report.html"
    page_title = gettext_lazy("Background jobs")
    header_icon = "cogs"
    _show_breadcrumbs = True

    @property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the path of the screen."""
        home = {"url": reverse("wagtailadmin_home"), "label": gettext("Home")}
        return [home, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the tables."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        runs = sorted(TimetableRun.objects.all(), key=lambda run: (not run.error, run.name))
        tasks = list(DBTaskResult.objects.failed().order_by("-finished_at")[:FAILED_TASKS_SHOWN])
        context["runs"] = Table(_run_columns(), runs)
        context["tasks"] = Table(_task_columns(), tasks) if tasks else None
        return context


def job_report(request: HttpRequest) -> HttpResponse:
    """Answer with the report; for administrators."""
    answer: HttpResponse = administrators_only(JobReportView.as_view())(request)
    return answer


def _run_columns() -> list[Column]:
    return [
        Column("name", label=gettext("Job"), accessor="name", classname="title"),
        StatusTagColumn(
            "state",
            label=gettext("Last time"),
            accessor=_state,
            primary=lambda run: bool(run.finished_at) and not run.error,
        ),
        DateColumn("finished_at", label=gettext("Finished")),
        DateColumn("due_at", label=gettext("Next time")),
        Column("error", label=gettext("What went wrong"), accessor=lambda run: truncatechars(run.error, ERROR_LENGTH)),
    ]


def _task_columns() -> list[Column]:
    return [
        Column("task_path", label=gettext("Task"), accessor="task_path", classname="title"),
        DateColumn("finished_at", label=gettext("Failed")),
        Column("error", label=gettext("What went wrong"), accessor=_last_line),
    ]


def _state(run: TimetableRun) -> str:
    if not run.finished_at:
        return gettext("never ran")
    return gettext("failed") if run.error else gettext("done")


def _last_line(task: Any) -> str:
    lines = task.traceback.strip().splitlines() or [task.exception_class_path]
    return str(truncatechars(lines[-1], ERROR_LENGTH))

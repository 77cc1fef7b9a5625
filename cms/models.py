"""What the edge remembers: when each job of the timetable ran last, and who runs it now."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TimetableRun(models.Model):
    """The last run of one job, and the lease of the process that runs it now.

    `leased_until` is empty while nobody runs the job; a process that dies leaves a lease that ends by itself.
    """

    name = models.CharField(_("job"), max_length=100)
    due_at = models.DateTimeField(_("due at"))
    holder = models.CharField(_("held by"), max_length=100, blank=True)
    leased_until = models.DateTimeField(_("held until"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    duration_seconds = models.FloatField(_("duration in seconds"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("run of the timetable")
        verbose_name_plural = _("runs of the timetable")
        constraints = [models.UniqueConstraint(fields=["name"], name="cms_timetable_run_unique_name")]

    def __str__(self) -> str:
        return self.name

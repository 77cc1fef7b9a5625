"""What readers wrote to the coordination, kept until a date that they agreed to."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EnquiryState(models.TextChoices):
    """What became of an enquiry."""

    NEW = "new", _("new")
    ANSWERED = "answered", _("answered")
    SPAM = "spam", _("spam")


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Enquiries by what is to be done with them."""

    def new(self) -> "EnquiryQuerySet":
        """Return those that nobody has answered yet."""
        return self.filter(state=EnquiryState.NEW)

    def waiting_for_mail(self) -> "EnquiryQuerySet":
        """Return those that the coordination has not been told of."""
        return self.new().filter(mailed_at=None)


class Enquiry(models.Model):
    """One message of a reader, with what it is about and what the reader agreed to. Personal data: it goes at `expires_at`.

    The text of a message never changes. `fingerprint` is the same for what was sent twice from one form.
    """

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    message = models.TextField(_("message"))
    language = models.CharField(_("language"), max_length=20)
    subject_entry_id = models.UUIDField(null=True, editable=False)
    subject_locale = models.CharField(max_length=20, blank=True, editable=False)
    subject_title = models.CharField(_("about"), max_length=255, blank=True)
    subject_url = models.CharField(_("address of the page"), max_length=1200, blank=True)
    consent_text = models.TextField(_("agreed to"))
    consented_at = models.DateTimeField(_("agreed on"))
    received_at = models.DateTimeField(_("received"), db_index=True)
    expires_at = models.DateTimeField(_("will be deleted on"), db_index=True)
    state = models.CharField(_("state"), max_length=8, choices=EnquiryState.choices, default=EnquiryState.NEW)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("sent to the coordination on"), null=True, blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering: ClassVar[list[str]] = ["-received_at", "-pk"]
        default_permissions = ("view", "change", "delete")  # nobody adds one by hand
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["fingerprint"], name="enquiries_enquiry_once_per_sending"),
            models.CheckConstraint(
                condition=(
                    models.Q(state=EnquiryState.ANSWERED, answered_at__isnull=False)
                    | models.Q(state__in=[EnquiryState.NEW, EnquiryState.SPAM], answered_at=None)
                ),
                name="enquiries_enquiry_answered_at_a_time",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["state", "-received_at"], name="enquiries_by_state")]

    def __str__(self) -> str:
        """Return words without personal data: Wagtail's log keeps them when the enquiry has gone."""
        return str(_("Enquiry %(number)s") % {"number": self.pk})

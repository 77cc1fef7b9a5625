"""The enquiries application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnquiriesConfig(AppConfig):
    """Django's configuration of `cms.enquiries`."""

    name = "cms.enquiries"
    label = "enquiries"
    verbose_name = _("enquiries")
    timetable = [
        ("mail waiting enquiries", 300, "cms.enquiries.mailing.mail_waiting"),
        ("delete expired enquiries", 3600, "cms.enquiries.services.delete_expired"),
    ]

"""The edge of the system: commands, health and system checks."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Django's configuration of the edge."""

    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"
    timetable = [
        ("publish scheduled content", 60, "cms.schedule.publish_scheduled"),
        ("rebuild outdated entries", 300, "cms.schedule.rebuild_outdated"),
        ("recover lost tasks", 300, "cms.schedule.recover_tasks"),
        ("prune finished tasks", 86_400, "cms.schedule.prune_tasks"),
        ("prune kept mails", 86_400, "cms.mailbox.prune_mails"),
    ]

    def ready(self) -> None:
        """Register the system checks and offer the start page what waits."""
        from cms import checks, waiting  # noqa: F401

        waiting.register()

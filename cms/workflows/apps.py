"""The workflows application."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Django's configuration of `cms.workflows`."""

    name = "cms.workflows"
    label = "workflows"

    def ready(self) -> None:
        """Connect the receivers."""
        from cms.workflows import receivers

        receivers.connect()

"""The workflows application."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Django's configuration of `cms.workflows`."""

    name = "cms.workflows"
    label = "workflows"

    def ready(self) -> None:
        """Connect the receivers and offer the start page what waits."""
        from cms.workflows import receivers, waiting

        receivers.connect()
        waiting.register()

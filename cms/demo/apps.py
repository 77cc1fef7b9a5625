"""The demo application."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Django's configuration of `cms.demo`."""

    name = "cms.demo"
    label = "demo"

    def ready(self) -> None:
        """Connect what notes the rows of each step."""
        from cms.demo import ledger

        ledger.connect()

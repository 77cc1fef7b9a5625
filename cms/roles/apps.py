"""The roles application."""

from django.apps import AppConfig


class RolesConfig(AppConfig):
    """Django's configuration of `cms.roles`."""

    name = "cms.roles"
    label = "roles"

    def ready(self) -> None:
        """Connect the receivers."""
        from cms.roles import receivers

        receivers.connect()

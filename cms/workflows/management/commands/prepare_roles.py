"""`manage.py prepare_roles`: the groups of the roles and the workflows, on a site without the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.roles.groups import ensure_groups
from cms.workflows.approval import ensure_workflows


class Command(BaseCommand):
    """Make what is missing of groups and workflows; what was added by hand stays."""

    help = "Makes the groups of the roles with their permissions, and the workflows."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them and name them."""
        names = [group.name for group in ensure_groups()] + [workflow.name for workflow in ensure_workflows()]
        self.stdout.write(", ".join(names))

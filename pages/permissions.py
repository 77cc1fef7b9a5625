"""What somebody may do with a page of ours, beyond the permissions that are given for parts of the tree."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from wagtail.models import Page, PagePermissionTester
from wagtail.snippets.permissions import get_permission_name


class ContentPagePermissionTester(PagePermissionTester):
    """Wagtail's rules, and one of ours for translators.

    Who may change pages but neither add nor publish any works on translations only: the source text belongs to its
    authors. Such a person deletes and moves nothing.
    """

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        permissions: set[str] = getattr(self, "permissions", set())
        self.only_translates = "change" in permissions and not {"add", "publish"} & permissions
        if self.only_translates and not page.is_translation:
            permissions.discard("change")

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Tell whether the page may be deleted."""
        return not self.only_translates and bool(super().can_delete(ignore_bulk=ignore_bulk))


def demand_own_text_or_translation(user: Any, instance: Model) -> None:
    """Apply the same rule to snippets, for which Wagtail knows permissions by model only.

    Raises:
        PermissionDenied: when a person who only translates opens a snippet in the language it was written in.
    """
    if not hasattr(instance, "is_translation") or instance.is_translation:
        return
    actions = ("add", "publish")
    if not any(user.has_perm(get_permission_name(action, type(instance))) for action in actions):
        raise PermissionDenied

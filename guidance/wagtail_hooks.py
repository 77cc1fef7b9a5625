"""What `guidance` adds to Wagtail's admin."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from guidance.viewsets import GuidanceGroup, ToolViewSet


@hooks.register("register_admin_viewset")
def register_listings() -> list[ViewSet | ViewSetGroup]:
    """Add the listings of tools and brochures."""
    return [ToolViewSet(), GuidanceGroup()]

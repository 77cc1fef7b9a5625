"""What `guidance` adds to Wagtail's admin."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from guidance.viewsets import GuidanceGroup


@hooks.register("register_admin_viewset")
def register_listings() -> ViewSetGroup:
    """Add the listings of tools and brochures."""
    return GuidanceGroup()

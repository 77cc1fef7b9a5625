"""Registers the enquiries in the admin."""

from wagtail import hooks

from cms.enquiries.viewsets import EnquiryViewSet


@hooks.register("register_admin_viewset")
def register_enquiries() -> EnquiryViewSet:
    """Return the listing of enquiries."""
    return EnquiryViewSet()

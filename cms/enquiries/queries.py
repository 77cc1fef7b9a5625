"""Reads of enquiries."""

from uuid import UUID

from cms.delivery.loading import Delivered, Loader
from cms.delivery.queries import entry_by_id
from cms.enquiries.models import Enquiry, EnquiryQuerySet


def new_enquiries() -> EnquiryQuerySet:
    """Return the enquiries that nobody has answered yet, newest first. One statement when evaluated or counted."""
    return Enquiry.objects.new()


def subject(loader: Loader, entry_id: str) -> Delivered | None:
    """Return the page that a reader asks about, if the reader can see it.

    Args:
        loader: of this request.
        entry_id: as in the address of the form; anything may stand there.

    Returns:
        The delivered page, None when there is none of that id. One statement.
    """
    try:
        wanted = UUID(entry_id)
    except ValueError:
        return None
    item = loader.deliver_one(entry_by_id(loader.reading, wanted))
    return item if item is not None and item.is_page else None

"""Addresses right below a home page that the website needs for pages of its own, such as its search."""

from typing import Any

from django.conf import settings

HOME_DEPTH = 2


def is_reserved(slug: str, parent: Any) -> bool:
    """Tell whether a page of this slug below another page would be hidden behind a page of the website's own.

    Args:
        slug: of the page.
        parent: the page above, None for none.
    """
    return parent is not None and parent.depth == HOME_DEPTH and slug in settings.PAGES_RESERVED_SLUGS

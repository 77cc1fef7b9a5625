"""Pictures that must be ready before something is published: THUMB, CARD and HERO as WebP, of every picture it shows.

`refuse_pending_pictures` receives `publish_requested` and does no image work: that has no place in the transaction that
publishes. Whoever gets the refusal prepares the pictures outside any transaction and asks again. The admin's middleware does
so for people; in code it is the caller's job:

    prepare_pictures(shown_images(page.get_latest_revision_as_object()))
"""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from asgiref.local import Local
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.media.models import Image
from cms.media.pixels import UnreadablePicture
from cms.media.renditions import missing_minimum, prepare_image
from pages.signals import Refusal

logger = logging.getLogger(__name__)

PICTURES_PENDING = "pictures_pending"


@dataclass(frozen=True)
class Readiness:
    """How many of some pictures have the renditions that must exist before they are published."""

    ready: int
    total: int

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is missing."""
        return self.ready == self.total

    def __str__(self) -> str:
        return ngettext(
            "%(ready)d of %(total)d picture is ready.", "%(ready)d of %(total)d pictures are ready.", self.total
        ) % {"ready": self.ready, "total": self.total}


def shown_images(instance: Model) -> set[int]:
    """Return the primary keys of all pictures in a page or snippet, saved or not: its fields, blocks and rich text.

    No statement of our own; blocks that have not been looked at yet load what they name.
    """
    found: set[int] = set()
    columns: list[Any] = list(instance._meta.get_fields())
    for column in columns:
        if column.many_to_one and column.related_model is Image:
            found.add(getattr(instance, column.attname) or 0)
        elif hasattr(column, "extract_references"):
            references = column.extract_references(column.value_from_object(instance))
            found.update(int(key) for model, key, *_place in references if model is Image and key)
    return found - {0}


def readiness(instance: Model) -> Readiness:
    """Return how many of the pictures of a page or snippet are ready. One statement."""
    shown = shown_images(instance)
    return Readiness(len(shown) - len(missing_minimum(shown)), len(shown))


def refuse_pending_pictures(sender: type[Model], instance: Model, **kwargs: Any) -> Refusal | None:
    """Refuse what shows pictures that are not ready, and note which they are for `noted_pictures`.

    One statement, none without pictures; one more to name those that are missing.
    """
    shown = shown_images(instance)
    missing = missing_minimum(shown)
    if not missing:
        return None
    _noted().update(missing)
    titles = Image.objects.filter(pk__in=missing).order_by("pk").values_list("title", flat=True)
    reason = _("%(state)s Still missing: %(titles)s. Prepare them first, then publish again.") % {
        "state": Readiness(len(shown) - len(missing), len(shown)),
        "titles": ", ".join(f"“{title}”" for title in titles),
    }
    return Refusal(reason, PICTURES_PENDING)


def prepare_pictures(image_ids: Collection[int]) -> int:
    """Make what these pictures lack before they can be published and return how many are ready now.

    A picture that cannot be read is logged and stays as it is: publishing will name it.

    Raises:
        RuntimeError: inside a transaction.
    """
    ready = 0
    for image in Image.objects.filter(pk__in=image_ids).order_by("pk"):
        try:
            prepare_image(image, minimum=True)
            ready += 1
        except UnreadablePicture:
            logger.warning("The renditions of image %s cannot be made.", image.pk, exc_info=True)
    return ready


_state = Local()


def _noted() -> set[int]:
    if not hasattr(_state, "noted"):
        _state.noted = set()
    noted: set[int] = _state.noted
    return noted


@contextmanager
def noted_pictures() -> Iterator[set[int]]:
    """Give the set into which go the pictures for whose sake something was refused in this thread meanwhile."""
    noted: set[int] = set()
    _state.noted = noted
    try:
        yield noted
    finally:
        _state.noted = set()

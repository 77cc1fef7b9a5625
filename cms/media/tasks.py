"""Background work of the media library."""

import logging

from django_tasks import task

from cms.media.models import Image
from cms.media.pixels import UnreadablePicture
from cms.media.renditions import prepare_image

logger = logging.getLogger(__name__)


@task()
def prepare_image_renditions(image_id: int) -> int:
    """Make every missing rendition and the placeholder of a picture; return how many were made, 0 when it is gone."""
    image = Image.objects.filter(pk=image_id).first()
    return prepare_image(image, minimum=False) if image else 0


def request_renditions(image_id: int, *, at_once: bool) -> None:
    """Ask the worker for the renditions of a picture; run it after the commit that stored the picture.

    Args:
        image_id: of the picture.
        at_once: also make the minimum now, so that it can be published without waiting for the worker.
    """
    prepare_image_renditions.enqueue(image_id)
    image = Image.objects.filter(pk=image_id).first() if at_once else None
    if image is None:
        return
    try:
        prepare_image(image, minimum=True)
    except UnreadablePicture:
        logger.exception("The renditions of image %s cannot be made.", image_id)

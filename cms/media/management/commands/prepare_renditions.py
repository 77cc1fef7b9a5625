"""Makes every rendition and placeholder that is missing, of all pictures or of some."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from cms.media.models import Image
from cms.media.pixels import UnreadablePicture
from cms.media.renditions import prepare_image


class Command(BaseCommand):
    """Prepare pictures here and now instead of in the worker; pictures that are ready cost one statement or two."""

    help = "Make the missing renditions and placeholders of all pictures, or of those named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the numbers of pictures, and `--minimum`."""
        parser.add_argument("ids", nargs="*", type=int, help="numbers of pictures; all when none is given")
        parser.add_argument("--minimum", action="store_true", help="only what a picture needs before it is published")

    def handle(self, *args: Any, ids: list[int], minimum: bool, **options: Any) -> None:
        """Prepare one picture after the other; a picture that cannot be read is named and does not stop the others.

        Raises:
            CommandError: at the end, when a picture could not be read.
        """
        images = Image.objects.filter(pk__in=ids) if ids else Image.objects.all()
        numbers = list(images.order_by("pk").values_list("pk", flat=True))
        made, unreadable = 0, []
        for number in tqdm(numbers, unit="picture", file=self.stderr, disable=options["verbosity"] == 0):
            image = Image.objects.filter(pk=number).first()
            try:
                made += prepare_image(image, minimum=minimum) if image else 0
            except UnreadablePicture as error:
                unreadable.append(f"{number} ({error})")
        self.stdout.write(f"{len(numbers)} pictures, {made} renditions made.")
        if unreadable:
            raise CommandError(f"These pictures cannot be read: {', '.join(unreadable)}")

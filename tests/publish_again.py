"""An editor for measurements: publishes a new state of a chapter for every line that it is given.

    python tests/publish_again.py ADDRESS

ADDRESS is the slug of an English chapter. Each line of the input is a number; the chapter is published with it in its title, and the
number is written to the output once that has committed. Settings come from the environment.
"""

import sys

import django

django.setup()

from django.apps import apps  # noqa: E402


def publish(slug: str, number: int) -> None:
    """Publish the chapter with a number at the end of its title, as an editor's "Publish" does."""
    page = apps.get_model("pages.ChapterPage").objects.get(slug=slug, locale__language_code="en")
    page.title = f"{page.title.partition(' (state')[0]} (state {number})"
    page.save_revision(log_action=True).publish()


if __name__ == "__main__":
    for line in sys.stdin:
        publish(sys.argv[1], int(line))
        print(int(line), flush=True)

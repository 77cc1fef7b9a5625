"""What the media library adds to Wagtail's admin."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks

from cms.media.changes import note_change
from cms.media.listing import PicturesView
from cms.media.models import File, Image


@hooks.register("after_bulk_action")
def announce_bulk_move(request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any) -> None:
    """Announce what was put into another collection together: Wagtail updates those rows without a save."""
    if action_type == "add_to_collection":
        note_change("image", [one.pk for one in objects if isinstance(one, Image)])
        note_change("file", [one.pk for one in objects if isinstance(one, File)])


@hooks.register("register_admin_urls", order=-1)
def register_library() -> list[URLPattern]:
    """Answer at the addresses of Wagtail's library, which keep their names."""
    return [path("images/", PicturesView.as_view()), path("images/results/", PicturesView.as_view(results_only=True))]

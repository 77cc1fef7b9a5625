"""Which collections are private, and telling about it when that changes."""

import functools
from collections.abc import Sequence
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Collection, CollectionViewRestriction

from cms.media.changes import media_transaction, note_change
from cms.media.models import File, FileText, Image, ImageText


def private_paths() -> list[str]:
    """Return the tree paths of the collections with a view restriction of their own. One statement."""
    return list(CollectionViewRestriction.objects.values_list("collection__path", flat=True))


def lies_within(path: str, private: Sequence[str]) -> bool:
    """Tell whether the collection with this tree path, or one above it, is among the private ones."""
    return path.startswith(tuple(private))


def note_collections(path: str) -> None:
    """Announce every image and file in the collection with this tree path and in those below it."""
    with media_transaction():
        note_change("image", Image.objects.filter(collection__path__startswith=path).values_list("pk", flat=True))
        note_change("file", File.objects.filter(collection__path__startswith=path).values_list("pk", flat=True))


def connect() -> None:
    """Listen to deletions, to view restrictions of collections, and to collections that move in the tree."""
    for signal in (post_save, post_delete):
        signal.connect(_restriction_changed, sender=CollectionViewRestriction)
    post_delete.connect(_image_deleted, sender=Image)
    post_delete.connect(_image_deleted, sender=ImageText)
    post_delete.connect(_file_deleted, sender=File)
    post_delete.connect(_file_deleted, sender=FileText)
    # treebeard moves nodes by raw updates and sends no signal, so the method itself is the only place to listen.
    Collection.move = _announced_move(Collection.move)


def _restriction_changed(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    note_collections(instance.collection.path)


def _image_deleted(instance: Image | ImageText, **kwargs: Any) -> None:
    note_change("image", [instance.image_id if isinstance(instance, ImageText) else instance.pk])


def _file_deleted(instance: File | FileText, **kwargs: Any) -> None:
    note_change("file", [instance.file_id if isinstance(instance, FileText) else instance.pk])


def _announced_move(move: Any) -> Any:
    @functools.wraps(move)
    def announced(self: Collection, *args: Any, **kwargs: Any) -> None:
        with media_transaction():
            private = private_paths()
            was_private = lies_within(self.path, private)
            move(self, *args, **kwargs)
            path = Collection.objects.values_list("path", flat=True).get(pk=self.pk)
            if lies_within(path, private_paths()) != was_private:
                note_collections(path)

    return announced

"""Listens to everything that can change what is delivered and notes it as pending; `publisher` does the work at the end."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import post_page_move

from cms.delivery import publisher
from cms.delivery.pending import PAGE_MODEL, ObjectKey, touching
from cms.media.signals import media_changed
from pages.entries import EntrySource
from pages.signals import content_changed, content_committing

STRUCTURE_MODELS = (PageViewRestriction, Site, Locale)


def object_key(instance: Model) -> ObjectKey:
    """Return how an object is named in `Entry`: pages by the base model, snippets by their own."""
    model = PAGE_MODEL if isinstance(instance, Page) else instance._meta.label_lower
    return (model, instance.pk)


def on_saved(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Note a saved page, snippet, or something that moves or hides pages; not while fixtures are loaded, half of which is missing."""
    if kwargs.get("raw"):
        return
    if isinstance(instance, Page | EntrySource):
        with touching() as pending:
            pending.objects.add(object_key(instance))
    elif isinstance(instance, STRUCTURE_MODELS):
        with touching() as pending:
            pending.structure = True


def on_deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Note a deleted page or snippet; entries that name it are built again."""
    if not isinstance(instance, Page | EntrySource):
        on_saved(sender, instance)
        return
    with touching() as pending:
        pending.objects.add(object_key(instance))
        pending.deleted_objects.add(object_key(instance))
        pending.deleted_entry_ids.add(str(instance.translation_key))
        # The database has emptied `alias_of` of its aliases without telling anybody.
        pending.structure = pending.structure or isinstance(instance, Page)


def on_content_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Note an object that its own base announces."""
    if instance.pk is not None:
        on_saved(sender, instance)


def on_moved(sender: type[Model], **kwargs: Any) -> None:
    """Note that places in the tree have changed."""
    with touching() as pending:
        pending.structure = True


def on_media_changed(sender: type[Model], kind: str, ids: set[int], **kwargs: Any) -> None:
    """Note images or files whose delivered form changed."""
    with touching() as pending:
        (pending.images if kind == "image" else pending.files).update(ids)


def on_committing(sender: object, **kwargs: Any) -> None:
    """Write entries, references and changes as the last step of the transaction."""
    publisher.publish_pending()


def connect() -> None:
    """Connect every receiver; called once when the application is ready."""
    post_save.connect(on_saved, dispatch_uid="delivery-saved")
    post_delete.connect(on_deleted, dispatch_uid="delivery-deleted")
    content_changed.connect(on_content_changed, dispatch_uid="delivery-changed")
    post_page_move.connect(on_moved, dispatch_uid="delivery-moved")
    media_changed.connect(on_media_changed, dispatch_uid="delivery-media")
    content_committing.connect(on_committing, dispatch_uid="delivery-committing")

"""Who hears what when the media library changes."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from wagtail.models import Collection, CollectionViewRestriction

from cms.media.changes import media_transaction, note_change
from cms.media.models import File, FileText, Image, ImageText
from cms.media.renditions import prepare_image
from cms.media.signals import media_changed
from tests.media.pictures import as_bytes, drawing

Heard = list[tuple[str, set[int]]]


@pytest.fixture
def small(make_image: Any) -> Image:
    """Return a small picture."""
    image: Image = make_image(as_bytes(drawing(60, 40), "PNG"), "chart.png")
    return image


def test_saving_and_deleting_are_announced(small: Image, make_file: Any, announced: Heard) -> None:
    file = make_file()
    number, other = small.pk, file.pk

    small.save()
    small.delete()
    File.objects.filter(pk=other).delete()

    assert announced == [("file", {other}), ("image", {number}), ("image", {number}), ("file", {other})]


def test_texts_are_announced_as_changes_of_their_owner(small: Image, make_file: Any, announced: Heard) -> None:
    file = make_file()
    announced.clear()

    ImageText.objects.create(image=small, locale="fr", alt="Un graphique")
    FileText.objects.create(file=file, locale="fr", title="Dépliant")
    small.texts.all().delete()

    assert announced == [("image", {small.pk}), ("file", {file.pk}), ("image", {small.pk})]


def test_bookkeeping_is_not_announced(small: Image, announced: Heard) -> None:
    small.save(update_fields=["file_size"])

    assert announced == []


def test_finished_renditions_are_announced_and_an_idle_run_is_not(small: Image, announced: Heard) -> None:
    prepare_image(small, minimum=True)
    assert announced == [("image", {small.pk})]

    prepare_image(small, minimum=True)
    assert announced == [("image", {small.pk})]


def test_one_transaction_announces_each_kind_once_and_inside(small: Image, make_file: Any, announced: Heard) -> None:
    file = make_file()
    announced.clear()
    depths: list[int] = []

    def look(**kwargs: Any) -> None:
        depths.append(len(connection.atomic_blocks))

    before = len(connection.atomic_blocks)
    media_changed.connect(look)
    try:
        with media_transaction():
            small.save()
            ImageText.objects.create(image=small, locale="it", alt="Un grafico")
            note_change("file", [file.pk])
            assert announced == []
    finally:
        media_changed.disconnect(look)

    assert announced == [("image", {small.pk}), ("file", {file.pk})]
    assert depths == [before + 1, before + 1]


def test_failed_transaction_announces_nothing_and_leaves_no_ids_behind(small: Image, announced: Heard) -> None:
    ImageText.objects.create(image=small, locale="fr")
    announced.clear()

    def fail() -> None:
        with media_transaction():
            note_change("file", [5])
            ImageText.objects.create(image=small, locale="fr")

    with pytest.raises(IntegrityError):
        fail()

    assert announced == []
    note_change("image", [7])
    assert announced == [("image", {7})]


def test_restriction_announces_everything_in_its_tree(small: Image, make_file: Any, announced: Heard) -> None:
    outer = Collection.get_first_root_node().add_child(name="Outer")
    inner = outer.add_child(name="Inner")
    file = make_file(collection=inner)
    Image.objects.filter(pk=small.pk).update(collection=outer)
    announced.clear()

    restriction = CollectionViewRestriction.objects.create(
        collection=outer, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert announced == [("image", {small.pk}), ("file", {file.pk})]

    announced.clear()
    restriction.delete()
    assert announced == [("image", {small.pk}), ("file", {file.pk})]


def test_collection_that_moves_into_a_private_one_is_announced(make_file: Any, announced: Heard) -> None:
    root = Collection.get_first_root_node()
    private = root.add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type=CollectionViewRestriction.LOGIN)
    public = Collection.get_first_root_node().add_child(name="Public")
    moved = Collection.get_first_root_node().add_child(name="Moved")
    file = make_file(collection=moved)
    announced.clear()

    moved.move(Collection.objects.get(pk=public.pk), "sorted-child")
    assert announced == []
    Collection.objects.get(pk=moved.pk).move(Collection.objects.get(pk=private.pk), "sorted-child")
    assert announced == [("file", {file.pk})]


@pytest.mark.parametrize(("model", "owner"), [(ImageText, "image"), (FileText, "file")])
def test_one_text_per_locale(small: Image, make_file: Any, model: Any, owner: str) -> None:
    target = small if owner == "image" else make_file()
    model.objects.create(**{owner: target}, locale="fr")

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**{owner: target}, locale="fr")

    assert model.objects.count() == 1

"""Every editable field of every delivered model says whether it is translated, synchronised or kept."""

import pytest
from django.db.models import Model
from modelcluster.fields import ParentalKey
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField, get_translatable_fields

from pages.base import ContentPage, TranslatableSnippet
from pages.entries import entry_models

MODELS = [model for model in entry_models() if issubclass(model, ContentPage | TranslatableSnippet)]
# What Wagtail itself manages, in every model alike.
MANAGED = {"id", "page_ptr", "path", "depth", "numchild", "owner", "locale", "translation_key", "alias_of"}
MANAGED |= {"go_live_at", "expire_at", "live", "has_unpublished_changes", "first_published_at", "last_published_at"}
MANAGED |= {
    "live_revision",
    "latest_revision",
    "expired",
    "locked",
    "locked_at",
    "locked_by",
    "latest_revision_created_at",
}
MANAGED |= {"content_type", "url_path", "draft_title", "source_locale"}


def editable_names(model: type[Model]) -> set[str]:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    names = {field.name for field in fields}
    children = {
        relation.get_accessor_name()
        for relation in model._meta.related_objects
        if isinstance(relation.field, ParentalKey) and relation.related_model._meta.app_label == "wagtail_footnotes"
    }
    return (names | {str(name) for name in children if name}) - MANAGED


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_field_is_declared_once(model: type[Model]) -> None:
    declared = [field.field_name for field in get_translatable_fields(model)]
    kept = list(getattr(model, "kept_fields", []))

    assert sorted(set(declared + kept)) == sorted(declared + kept)
    undeclared = editable_names(model) - set(declared) - set(kept)
    assert undeclared <= ({"footnotes"} if issubclass(model, Page) else set())
    assert not set(declared + kept) - editable_names(model)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_slugs_and_choices_are_not_offered_for_translation(model: type[Model]) -> None:
    declared = {field.field_name: field for field in get_translatable_fields(model)}

    assert "slug" not in declared
    for name, field in declared.items():
        assert isinstance(field, TranslatableField | SynchronizedField)
        if isinstance(field, TranslatableField):
            assert not getattr(model._meta.get_field(name), "choices", None)


def test_every_delivered_type_has_a_name_of_its_own() -> None:
    names = [model.entry_type for model in entry_models()]  # type: ignore[attr-defined]

    assert sorted(names) == sorted(set(names))
    assert len(names) == 18

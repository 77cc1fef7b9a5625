"""What editors do with translations, aliases, times, pictures and snippets; and what fails."""

from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from cms.delivery.models import Entry
from cms.media.models import Image, ImageText
from cms.media.renditions import prepare_image
from cms.schedule import publish_scheduled
from cms.translation import store
from home.models import SiteFacts
from pages.models import Contact, Organisation, Topic
from pages.signals import content_transaction
from tests.delivery.walk import Walk, action
from tests.delivery.walk_pages import MOST_PAGES
from tests.delivery.world import (
    add_image,
    add_snippet,
    edit,
    fresh,
    picture_file,
    publish,
    say,
    start_translation,
)

# Translations and aliases


@action(8)
def translate_page(walk: Walk) -> str:
    page, locale = walk.page(), walk.locale()
    if page is None or page.is_translation or page.locale_id == locale.pk:
        return "not a source"
    if not page.get_parent().has_translation(locale) or Page.objects.count() > MOST_PAGES:
        return "parent is not translated"
    if page.get_latest_revision() is None:
        page.save_revision()
    translation = start_translation(page, locale)
    if translation.source.object.has_translation(locale):
        existing = page.get_translation(locale)
        if existing.alias_of_id:
            return "is an alias"
    missing = walk.random.choice([0, 0, 0, 1])
    say(translation, missing=missing)
    target = store.make_target(translation)
    if walk.random.random() < 0.7:
        store.publish_target(target)
    return f"{page.pk} as {target.pk}, missing={missing}"


@action(3)
def let_localize_publish(walk: Walk) -> str:
    page, locale = walk.page(), walk.locale()
    if page is None or page.is_translation or page.locale_id == locale.pk:
        return "not a source"
    if not page.get_parent().has_translation(locale) or Page.objects.count() > MOST_PAGES:
        return "parent is not translated"
    if page.get_latest_revision() is None:
        page.save_revision()
    translation = start_translation(page, locale)
    say(translation, missing=walk.random.choice([0, 0, 1]))
    translation.save_target(publish=True)
    return f"{page.pk} in {locale.language_code}"


@action(4)
def make_alias(walk: Walk) -> str:
    page, locale = walk.page(live=True), walk.locale()
    if page is None or Page.objects.count() > MOST_PAGES:
        return "none"
    if walk.random.random() < 0.4:
        alias = page.create_alias(update_slug=f"alias-{walk.number}", recursive=walk.random.random() < 0.3)
        return f"{page.pk} as {alias.pk}"
    if page.has_translation(locale) or not page.get_parent().has_translation(locale):
        return "no place"
    alias = page.copy_for_translation(locale, alias=True)
    return f"{page.pk} as {alias.pk} in {locale.language_code}"


@action(2)
def convert_alias(walk: Walk) -> str:
    page = walk.page(alias=True)
    if page is None:
        return "none"
    ConvertAliasPageAction(page, user=walk.editor).execute()
    return f"{page.pk}"


# Visibility and time


@action(3)
def restrict(walk: Walk) -> str:
    restriction = walk.pick(PageViewRestriction.objects.all())
    if restriction and walk.random.random() < 0.6:
        restriction.delete()
        return f"opened {restriction.page_id}"
    page = walk.page(alias=None)
    if page is None or PageViewRestriction.objects.filter(page=page.page_ptr).exists():
        return "none"
    PageViewRestriction.objects.create(page=page.page_ptr, restriction_type=PageViewRestriction.LOGIN)
    return f"closed {page.pk}"


@action(3)
def schedule(walk: Walk) -> str:
    page = walk.page()
    if page is None:
        return "none"
    edit(page, title=walk.name(), go_live_at=timezone.now() + timedelta(minutes=20))
    return f"{page.pk}"


@action(2)
def expire(walk: Walk) -> str:
    page = walk.page(live=True)
    if page is None:
        return "none"
    edit(page, expire_at=timezone.now() + timedelta(minutes=20), go_live_at=None)
    return f"{page.pk}"


@action(3)
def run_timetable(walk: Walk) -> str:
    walk.clock += timedelta(minutes=30)
    with time_machine.travel(walk.clock, tick=False):
        publish_scheduled()
    return "time has passed"


# Media


@action(4, alone=True)
def change_image(walk: Walk) -> str:
    image = walk.pick(Image.objects.all())
    if image is None or Image.objects.count() < 3:
        return f"added {add_image(walk.name()).pk}"
    what = walk.random.choice(["replaced", "refocused", "described", "told in French", "deleted", "renamed"])
    if what == "deleted":
        number = image.pk
        image.delete()
        return f"deleted {number}"
    if what == "told in French":
        ImageText.objects.update_or_create(image=image, locale="fr", defaults={"alt": walk.name()})
    elif what == "replaced":
        image.file = picture_file(walk.random.choice(["red", "blue", "green"]))
        image.save()
    elif what == "refocused":
        image.focal_point_x, image.focal_point_y = walk.number % 40, 5
        image.focal_point_width = image.focal_point_height = 4
        image.save()
    else:
        setattr(image, "description" if what == "described" else "title", walk.name())
        image.save()
    if walk.random.random() < 0.8:  # otherwise it is published before the worker has come to it
        prepare_image(fresh(image), minimum=True)
    return f"{what} {image.pk}"


@action(1)
def change_collection(walk: Walk) -> str:
    restriction = CollectionViewRestriction.objects.first()
    if restriction:
        restriction.delete()
        return "opened"
    CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type=CollectionViewRestriction.LOGIN
    )
    return "closed"


# Snippets


@action(6)
def change_snippet(walk: Walk) -> str:
    model = walk.random.choice([Topic, Topic, Organisation, Contact])
    snippet = walk.pick(model.objects.all())
    if snippet is None or model.objects.count() < 3:
        made = add_snippet(model, walk.locale(), live=walk.random.random() < 0.7, name=walk.name())
        return f"added {model.__name__} {made.pk}"
    what = walk.random.choice(["edited", "edited", "unpublished", "deleted", "saved", "published"])
    if what == "edited":
        fields: dict[str, Any] = {"name": walk.name()}
        if model is Topic:
            fields["sort_order"] = walk.random.randrange(9)
        if model is Contact:
            fields["organisation"] = walk.pick(Organisation.objects.all())
        edit(snippet, live=walk.random.random() < 0.7, **fields)
    elif what == "unpublished":
        snippet.unpublish()
    elif what == "published":
        publish(snippet)
    elif what == "saved":
        snippet.name = walk.name()
        snippet.save()
    else:
        number = snippet.pk
        snippet.delete()
        return f"deleted {model.__name__} {number}"
    return f"{what} {model.__name__} {snippet.pk}"


@action(3)
def translate_snippet(walk: Walk) -> str:
    snippet, locale = walk.pick(Topic.objects.all()), walk.locale()
    if snippet is None or snippet.is_translation or snippet.locale_id == locale.pk:
        return "not a source"
    translation = start_translation(snippet, locale)
    say(translation, missing=walk.random.choice([0, 0, 1]))
    target = store.make_target(translation)
    store.publish_target(target)
    return f"{snippet.pk} as {target.pk}"


@action(1)
def change_facts(walk: Walk) -> str:
    facts, _ = SiteFacts.objects.get_or_create(site=walk.world.homes["en"].get_site())
    facts.email = f"office{walk.number}@example.test"
    facts.logo = walk.pick(Image.objects.all())
    facts.save()
    return facts.email


# Failures


@action(3)
def fail_late(walk: Walk) -> str:
    page = walk.page(live=True)
    if page is None:
        return "none"
    before = walk.observer.state()
    try:
        with content_transaction():
            page.unpublish()
            fresh(page)
            raise RuntimeError
    except RuntimeError:
        pass
    if Entry.objects.exists():
        assert walk.observer.state() == before, "a failed transaction has left something"
    return f"{page.pk}"

"""A random walk through editorial actions, and what must be true after each of them."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction

from cms.delivery.models import Entry
from cms.delivery.pictures import prepare_pictures
from cms.media.models import Image, ImageText
from cms.schedule import publish_scheduled
from cms.translation import store
from home.models import SiteFacts
from pages.models import ChapterPage, Contact, InformationPage, Organisation, StudyPage, Topic
from pages.signals import PublishRefused, content_transaction
from tests.delivery.proof import Observer
from tests.delivery.world import (
    World,
    add,
    add_chapter,
    add_image,
    add_snippet,
    body,
    edit,
    fresh,
    picture_file,
    publish,
    say,
    start_translation,
)

Action = Callable[["Walk"], str]
ACTIONS: list[tuple[int, Action]] = []
MOST_PAGES = 40


def action(weight: int) -> Callable[[Action], Action]:
    """Register an action that is chosen as often as its weight says."""

    def register(function: Action) -> Action:
        ACTIONS.append((weight, function))
        return function

    return register


class Walk:
    """One walk: the same seed takes the same steps."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.random = random.Random(seed)
        self.number = 0
        self.clock = timezone.now()
        self.history: list[str] = []
        self.observer = Observer()
        self.editor = User.objects.create_superuser("walker", "walker@example.test", "x")

    def take(self, steps: int, check_every: int) -> None:
        """Take steps; compare entries with what is live after every few, and the change log after each."""
        for step in range(1, steps + 1):
            self.step()
            try:
                self.observer.look()
                if step % check_every == 0 or step == steps:
                    self.observer.compare()
            except AssertionError as error:
                raise AssertionError("\n".join([*self.history[-12:], str(error)])) from error

    def step(self) -> None:
        """Take one step, in a transaction of its own or as code that opens none; a refusal must leave all as it was."""
        weights, functions = zip(*ACTIONS, strict=True)
        function = self.random.choices(functions, weights)[0]
        in_transaction = self.random.random() < 0.5
        self.number += 1
        self.clock += timedelta(minutes=7)
        before = self.observer.state()
        with time_machine.travel(self.clock, tick=False):
            try:
                if in_transaction:
                    with content_transaction():
                        what = function(self)
                else:
                    what = function(self)
            except (PublishRefused, ValidationError) as refusal:
                what = f"refused: {refusal}"
                if in_transaction:
                    assert self.observer.state() == before, (function.__name__, what)
        self.history.append(f"{self.number} {function.__name__} {'in one' if in_transaction else 'plain'}: {what}")

    def name(self) -> str:
        """Return a name that nothing else has."""
        return f"Thing {self.number}"

    def pick(self, found: Any) -> Any:
        """Choose one of a queryset or list, None when it is empty."""
        choices = sorted(found, key=lambda one: one.pk)
        return self.random.choice(choices) if choices else None

    def page(self, *, alias: bool | None = False, **conditions: Any) -> Any:
        """Choose a page below a home page, as its own type."""
        found = Page.objects.filter(depth__gt=2, **conditions)
        if alias is not None:
            found = found.filter(alias_of__isnull=not alias)
        page = self.pick(found)
        return page.specific if page else None

    def as_wagtail_does(self, page: Any) -> Any:
        """Return a page as its own type, or as a plain `Page` as Wagtail's bulk actions have it."""
        return Page.objects.get(pk=page.pk) if self.random.random() < 0.4 else page

    def locale(self) -> Locale:
        """Choose a language."""
        return self.world.locales[self.random.choice(sorted(self.world.locales))]


# Pages


@action(6)
def create(walk: Walk) -> str:
    parent = walk.pick(Page.objects.filter(depth__gt=1, alias_of=None, depth__lt=7))
    parent = parent.specific
    live = walk.random.random() < 0.7
    if Page.objects.count() > MOST_PAGES:
        return "enough pages"
    if isinstance(parent, StudyPage):
        page = add_chapter(parent, walk.name(), live=live)
    elif isinstance(parent, ChapterPage):
        return "no place"
    else:
        model = walk.random.choice([InformationPage, StudyPage])
        page = add(parent, model(title=walk.name()), live=live)
    return f"{page.pk} below {parent.pk}, live={live}"


@action(3)
def create_live_directly(walk: Walk) -> str:
    if Page.objects.count() > MOST_PAGES:
        return "enough pages"
    parent = walk.pick(Page.objects.filter(depth=2))
    page = parent.specific.add_child(instance=InformationPage(title=walk.name(), locale=parent.locale, live=True))
    return f"{page.pk} below {parent.pk}"


@action(10)
def edit_page(walk: Walk) -> str:
    page = walk.page()
    if page is None:
        return "none"
    fields: dict[str, Any] = {"title": f"{page.title.split(' again')[0]} again {walk.number}"}
    link = walk.pick(Page.objects.filter(depth__gt=1))
    image = walk.pick(Image.objects.all())
    if hasattr(page, "body"):
        fields["body"] = body(f'<p>To <a linktype="page" id="{link.pk}">there</a></p>', image=image)
    if isinstance(page, ChapterPage):
        fields |= {"hero": image, "summary": f"<p>{walk.number}</p>"}
        fields["topics"] = walk.random.sample(list(Topic.objects.order_by("pk")), k=min(2, Topic.objects.count()))
    live = walk.random.random() < 0.7
    edit(page, live=live, **fields)
    return f"{page.pk} live={live}"


@action(4)
def publish_page(walk: Walk) -> str:
    page = walk.page(live=False)
    if page is None:
        return "none"
    if page.get_latest_revision() is None:
        page.save_revision()
    publish(page)
    return f"{page.pk}"


@action(4)
def unpublish_page(walk: Walk) -> str:
    page = walk.page(alias=None, live=True)
    if page is None:
        return "none"
    below = walk.random.random() < 0.5
    UnpublishPageAction(walk.as_wagtail_does(page), user=walk.editor, include_descendants=below).execute()
    return f"{page.pk} below={below}"


@action(4)
def save_plainly(walk: Walk) -> str:
    page = walk.page(alias=None)
    if page is None:
        return "none"
    page = walk.as_wagtail_does(page)
    if type(page) is not Page:
        page.title = f"Saved {walk.number}"
    page.save()
    return f"{type(page).__name__} {page.pk}"


@action(4)
def change_slug(walk: Walk) -> str:
    page = walk.page(alias=None)
    if page is None:
        return "none"
    slug = f"slug-{walk.number}"
    if page.alias_of_id is None and walk.random.random() < 0.5:
        edit(page, slug=slug)
        return f"{page.pk} published"
    page = walk.as_wagtail_does(page)
    page.slug = slug
    page.save()
    return f"{type(page).__name__} {page.pk} saved"


@action(5)
def move(walk: Walk) -> str:
    page = walk.page(alias=None)
    if page is None:
        return "none"
    kind = type(page)
    targets = Page.objects.filter(depth__gt=1).exclude(path__startswith=page.path)
    if kind is ChapterPage:
        targets = targets.type(StudyPage)
    else:
        targets = targets.not_type(ChapterPage).not_type(StudyPage)
    target = walk.pick(targets)
    if target is None:
        return "no place"
    if Page.objects.child_of(target).filter(slug=page.slug).exclude(pk=page.pk).exists():
        return "slug is taken"
    walk.as_wagtail_does(page).move(target, pos=walk.random.choice(["first-child", "last-child"]))
    return f"{page.pk} below {target.pk}"


@action(5)
def reorder(walk: Walk) -> str:
    page = walk.page(alias=None)
    if page is None:
        return "none"
    sibling = walk.pick(page.get_siblings(inclusive=False))
    if sibling is None:
        return "alone"
    walk.as_wagtail_does(page).move(sibling, pos=walk.random.choice(["left", "right"]))
    return f"{page.pk} beside {sibling.pk}"


@action(2)
def delete_page(walk: Walk) -> str:
    page = walk.page(alias=None)
    if page is None or (page.numchild > 3 and walk.random.random() < 0.7):
        return "none"
    what = f"{page.pk} with {page.numchild} children"
    walk.as_wagtail_does(page).delete()
    return what


@action(2)
def copy(walk: Walk) -> str:
    page = walk.page()
    if page is None or Page.objects.count() > MOST_PAGES:
        return "none"
    made = page.copy(
        update_attrs={"slug": f"copy-{walk.number}", "title": walk.name()},
        recursive=walk.random.random() < 0.5,
        keep_live=walk.random.random() < 0.5,
    )
    return f"{page.pk} as {made.pk}"


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


@action(4)
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
    prepare_pictures([image.pk])
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

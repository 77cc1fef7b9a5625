"""What editors do with pages."""

from typing import Any

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from cms.media.models import Image
from pages.models import ChapterPage, InformationPage, StudyPage, Topic
from tests.delivery.walk import Walk, action
from tests.delivery.world import (
    add,
    add_chapter,
    body,
    edit,
    publish,
)

MOST_PAGES = 40


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
    unpublishing = UnpublishPageAction(walk.as_wagtail_does(page), user=walk.editor, include_descendants=below)
    unpublishing.execute(skip_permission_checks=True)  # a scheduled page is locked
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
    targets = targets.type(StudyPage) if kind is ChapterPage else targets.not_type(ChapterPage, StudyPage)
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

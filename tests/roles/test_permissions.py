"""What each role can do through the addresses of the admin, and what it cannot."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import GroupPagePermission, Locale, Page, Workflow
from wagtail_localize.models import TranslationSource

from cms.roles.groups import ensure_groups
from guidance.models import BrochurePage, GuidanceToolPage
from pages.models import ChapterPage, EventPage, InformationPage, Topic
from tests import factories
from tests.admin_forms import NO_BLOCKS, send

Act = Callable[[Client, SimpleNamespace], bool]
ALL = ("author", "reviewer", "editor", "translator", "coordinator", "communications", "administrator")
OWNERS = ("editor", "coordinator", "administrator")


def add_url(model: type[Page], parent: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def adds(model: type[Page], parent: str) -> Act:
    def act(client: Client, site: SimpleNamespace) -> bool:
        send(client, add_url(model, getattr(site, parent)), title="New one", slug="new-one", **NO_BLOCKS)
        return model.objects.filter(slug="new-one").exists()

    return act


def changes(name: str) -> Act:
    def act(client: Client, site: SimpleNamespace) -> bool:
        page = getattr(site, name)
        send(client, edit_url(page), title="Changed", **NO_BLOCKS)
        return type(page).objects.get(pk=page.pk).get_latest_revision_as_object().title == "Changed"

    return act


def publishes(name: str) -> Act:
    def act(client: Client, site: SimpleNamespace) -> bool:
        page = getattr(site, name)
        send(client, edit_url(page), title="Changed", **{"action-publish": "yes"}, **NO_BLOCKS)
        return type(page).objects.get(pk=page.pk).title == "Changed"

    return act


def submits(name: str, workflow: str) -> Act:
    def act(client: Client, site: SimpleNamespace) -> bool:
        page = getattr(site, name)
        send(client, edit_url(page), title="Changed", **{"action-submit": "yes"}, **NO_BLOCKS)
        state = type(page).objects.get(pk=page.pk).current_workflow_state
        return bool(state and state.workflow.name == workflow)

    return act


def unpublishes(client: Client, site: SimpleNamespace) -> bool:
    client.post(reverse("wagtailadmin_pages:unpublish", args=[site.chapter.pk]))
    return not ChapterPage.objects.get(pk=site.chapter.pk).live


def deletes(client: Client, site: SimpleNamespace) -> bool:
    client.post(reverse("wagtailadmin_pages:delete", args=[site.event.pk]))
    return not EventPage.objects.filter(pk=site.event.pk).exists()


def reorders(client: Client, site: SimpleNamespace) -> bool:
    client.post(reverse("wagtailadmin_pages:set_page_position", args=[site.second.pk]) + "?position=0")
    children = Page.objects.get(pk=site.study.pk).get_children()
    return list(children.values_list("slug", flat=True)) == ["second", "first"]


def adds_topic(client: Client, site: SimpleNamespace) -> bool:
    url = reverse("wagtailsnippets_pages_topic:add")
    client.post(url, {"name": "Energy", "description": "", "sort_order": "1"})
    return Topic.objects.filter(name="Energy").exists()


def publishes_topic(client: Client, site: SimpleNamespace) -> bool:
    url = reverse("wagtailsnippets_pages_topic:edit", args=[site.topic.pk])
    client.post(url, {"name": "Weather", "description": "", "sort_order": "1", "action-publish": "yes"})
    return Topic.objects.get(pk=site.topic.pk).name == "Weather"


def submits_for_translation(client: Client, site: SimpleNamespace) -> bool:
    url = reverse("wagtail_localize:submit_page_translation", args=[site.second.pk])
    client.post(url, {"locales": [Locale.objects.get(language_code="fr").pk]})
    return site.second.get_translations().filter(locale__language_code="fr").exists()


def opens(name: str, *args: Any) -> Act:
    def act(client: Client, site: SimpleNamespace) -> bool:
        return client.get(reverse(name, args=args), follow=False).status_code in (200, 302) and (
            client.get(reverse(name, args=args), follow=True).request["PATH_INFO"] != reverse("wagtailadmin_home")
        )

    return act


TABLE: list[tuple[str, Act, tuple[str, ...]]] = [
    ("add a chapter", adds(ChapterPage, "study"), ("author", *OWNERS)),
    ("add a tool", adds(GuidanceToolPage, "tools"), ("author", *OWNERS)),
    ("add a brochure", adds(BrochurePage, "tool"), ("author", *OWNERS)),
    ("add an event", adds(EventPage, "events"), ("communications", *OWNERS)),
    ("add an information page", adds(InformationPage, "about"), ("communications", *OWNERS)),
    ("change a chapter", changes("chapter"), ("author", *OWNERS)),
    ("change a tool", changes("tool"), ("author", *OWNERS)),
    ("change an event", changes("event"), ("communications", *OWNERS)),
    ("change an information page", changes("about"), ("communications", *OWNERS)),
    ("change the home page", changes("home"), OWNERS),
    ("publish a chapter", publishes("chapter"), OWNERS),
    ("publish a tool", publishes("tool"), OWNERS),
    ("publish an event", publishes("event"), ("communications", *OWNERS)),
    ("submit a chapter", submits("chapter", "Chapter review"), ("author", *OWNERS)),
    ("submit a tool", submits("tool", "Editorial approval"), ("author", *OWNERS)),
    ("unpublish a chapter", unpublishes, OWNERS),
    ("delete a live event", deletes, ("communications", *OWNERS)),
    ("put chapters in order", reorders, OWNERS),
    ("add a topic", adds_topic, ("communications", *OWNERS)),
    ("publish a topic", publishes_topic, OWNERS),
    ("submit a page for translation", submits_for_translation, ("translator", *OWNERS)),
    ("manage users", opens("wagtailusers_users:index"), ("administrator",)),
    ("manage groups", opens("wagtailusers_groups:index"), ("administrator",)),
    ("manage workflows", opens("wagtailadmin_workflows:index"), ("administrator",)),
    ("manage languages", opens("wagtaillocales:index"), ("administrator",)),
    ("manage redirects", opens("wagtailredirects:index"), ("coordinator", "administrator")),
    ("change the site's facts", opens("wagtailsettings:edit", "home", "sitefacts"), ("coordinator", "administrator")),
    ("add images", opens("wagtailimages:add_multiple"), ("author", "communications", *OWNERS)),
]


def outcomes(client: Client, site: SimpleNamespace) -> dict[str, bool]:
    """Try every action, each in a savepoint of its own that is taken back."""
    seen = {}
    for action, act, _ in TABLE:
        with transaction.atomic():
            seen[action] = act(client, site)
            transaction.set_rollback(True)
    return seen


@pytest.mark.parametrize("role", ALL)
def test_role_can_do_its_work_and_no_more(site: SimpleNamespace, sign_in: Callable[[str], Client], role: str) -> None:
    assert outcomes(sign_in(role), site) == {action: role in allowed for action, _, allowed in TABLE}


def test_translator_changes_translations_but_not_the_source(
    site: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("translator")

    assert client.get(edit_url(site.french_chapter)).status_code == 200
    assert client.get(edit_url(site.chapter)).status_code == 302
    assert client.get(reverse("wagtailsnippets_pages_topic:edit", args=[site.topic.pk])).status_code == 302


def test_translator_neither_publishes_nor_deletes_a_translation(
    site: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("translator")

    client.post(edit_url(site.french_chapter), {"action": "publish"})
    client.post(reverse("wagtailadmin_pages:delete", args=[site.french_chapter.pk]))

    assert ChapterPage.objects.get(pk=site.french_chapter.pk).live_revision_id == site.french_chapter.live_revision_id


@pytest.mark.parametrize(("role", "publishes_it"), [("translator", False), ("editor", True)])
def test_only_who_may_publish_publishes_by_synchronising(
    site: SimpleNamespace,
    sign_in: Callable[[str], Client],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    role: str,
    publishes_it: bool,
) -> None:
    source = TranslationSource.objects.get_for_instance(site.chapter)
    before = ChapterPage.objects.get(pk=site.french_chapter.pk).live_revision_id

    url = reverse("wagtail_localize:update_translations", args=[source.pk])
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(role).post(url, {"publish_translations": "on"})

    after = ChapterPage.objects.get(pk=site.french_chapter.pk).live_revision_id
    assert (after != before) is publishes_it


def test_new_sections_get_the_permissions_and_the_workflow_of_their_kind(
    site: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    study = factories.make_study(site.home, "Another study")

    assert adds(ChapterPage, "another")(sign_in("author"), SimpleNamespace(another=study))
    assert study.get_workflow() == Workflow.objects.get(name="Chapter review")
    assert site.french_study.get_workflow() == Workflow.objects.get(name="Chapter review")
    assert site.about.get_workflow() == Workflow.objects.get(name="Editorial approval")


def test_groups_can_be_made_again_and_keep_what_was_added_by_hand(site: SimpleNamespace) -> None:
    authors = Group.objects.get(name="Authors")
    extra = GroupPagePermission.objects.create(
        group=authors, page=site.about, permission=GroupPagePermission.objects.filter(group=authors)[0].permission
    )
    before = GroupPagePermission.objects.count()

    ensure_groups()

    assert GroupPagePermission.objects.count() == before
    assert GroupPagePermission.objects.filter(pk=extra.pk).exists()

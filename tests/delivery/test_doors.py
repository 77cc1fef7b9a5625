"""Through every door entry, references and change appear in the transaction that changes the content, or nothing does."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Revision

from cms.delivery.feed import content_version
from cms.delivery.models import Change, Entry, EntryReference
from cms.delivery.rebuild import check_entries
from pages.models import InformationPage, Topic
from pages.signals import content_committing
from tests.delivery.doors import DOORS, bulk, edit_in_admin, live_page
from tests.delivery.proof import Observer
from tests.delivery.world import World, add, add_image, body, fresh, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("editor", "editor@example.test", "x"))
    return client


@pytest.fixture
def broken_end() -> Iterator[None]:
    def fail(**kwargs: Any) -> None:
        raise RuntimeError("the last step fails")

    content_committing.connect(fail, dispatch_uid="test-fail")
    yield
    content_committing.disconnect(dispatch_uid="test-fail")


# wagtail-localize publishes once the transaction has committed, so its test has to commit.
EVERY_DOOR = [
    pytest.param(name, marks=pytest.mark.django_db(transaction=name == "wagtail-localize", serialized_rollback=True))
    for name in DOORS
]


def stored() -> tuple[Any, ...]:
    """Return everything that a failed transaction must not touch."""
    return (
        list(Page.objects.order_by("pk").values("pk", "title", "live", "path", "url_path", "latest_revision")),
        list(Topic.objects.order_by("pk").values("pk", "name", "live", "latest_revision")),
        Revision.objects.count(),
        PageLogEntry.objects.count(),
        sorted(EntryReference.objects.values_list("entry", "kind", "key", "role")),
        Observer().state(),
    )


@pytest.mark.parametrize("name", EVERY_DOOR)
def test_door_writes_entry_and_change(name: str, world: World, client: Client) -> None:
    door = DOORS[name]
    thing = door.prepare(world)
    last, number = Change.objects.count(), content_version()

    door.go(thing, client)

    changes = list(Change.objects.order_by("id")[last:])
    assert [change.kind for change in changes] == [door.kind]
    assert changes[0].number == content_version() == number + 1
    assert check_entries() == []
    if door.kind == "upserted":
        assert Entry.objects.get(entry_id=changes[0].entry_id, locale=changes[0].locale).version == number + 1
    else:
        assert not Entry.objects.filter(entry_id=changes[0].entry_id).exists()


@pytest.mark.parametrize("name", EVERY_DOOR)
def test_door_leaves_nothing_when_the_last_step_fails(
    name: str, world: World, client: Client, request: pytest.FixtureRequest
) -> None:
    door = DOORS[name]
    thing = door.prepare(world)
    before = stored()
    request.getfixturevalue("broken_end")

    try:
        response = door.go(thing, client)
    except RuntimeError:
        response = None

    assert response is None or response.status_code == 500
    assert stored() == before


def test_view_that_fails_leaves_nothing(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = live_page(world)
    before = stored()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the view fails after it has published")

    monkeypatch.setattr("wagtail.admin.views.pages.edit.EditView.redirect_away", fail)
    response = edit_in_admin(page, client, "Typed", "action-publish")

    assert response.status_code == 500
    assert stored() == before
    assert "has been published" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_bulk_move_moves_the_paths_of_all_below(world: World, client: Client) -> None:
    page = live_page(world)
    child = add(page, InformationPage(title="Team", slug="team"))
    target = add(world.homes["en"], InformationPage(title="New place", slug="new"))
    last = Change.objects.count()

    assert bulk(page, client, "move", chooser=target.pk).status_code == 302

    paths = dict(Entry.objects.filter(model="wagtailcore.page").values_list("object_id", "path"))
    assert (paths[page.pk], paths[child.pk]) == ("/new/about/", "/new/about/team/")
    changes = Change.objects.order_by("id")[last:]
    assert {change.previous_path: change.entry_id for change in changes} == {
        "/about/": page.translation_key,
        "/about/team/": child.translation_key,
        "": target.translation_key,  # it stands one place further up
    }
    assert len({change.number for change in changes}) == 1
    assert check_entries() == []


def test_deleting_tells_that_it_was_deleted_from_plain_pages_too(world: World) -> None:
    page = live_page(world)
    add(page, InformationPage(title="Team", slug="team"))
    last = Change.objects.count()

    Page.objects.get(pk=page.pk).delete()

    changes = list(Change.objects.order_by("id")[last:].values_list("kind", "reason"))
    assert changes == [("deleted", "DELETED")] * 2


def test_renaming_a_plain_page_moves_all_below(world: World) -> None:
    page = live_page(world)
    child = add(page, InformationPage(title="Team", slug="team"))
    plain = Page.objects.get(pk=page.pk)

    plain.slug = "who"
    plain.save()

    assert Entry.objects.get(object_id=child.pk, model="wagtailcore.page").path == "/who/team/"
    assert check_entries() == []


def test_restriction_takes_all_below_away_and_gives_it_back(world: World) -> None:
    page = live_page(world)
    add(page, InformationPage(title="Team", slug="team"))
    last = Change.objects.count()

    restriction = PageViewRestriction.objects.create(page=page.page_ptr, restriction_type=PageViewRestriction.LOGIN)
    restriction.delete()

    changes = list(Change.objects.order_by("id")[last:].values_list("kind", "reason", "previous_path"))
    assert sorted(changes[:2]) == [("deleted", "RESTRICTED", "/about/"), ("deleted", "RESTRICTED", "/about/team/")]
    assert changes[2:] == [("upserted", "", "")] * 2
    assert check_entries() == []


def test_redirects_are_no_content(world: World) -> None:
    number = content_version()

    Redirect.objects.create(old_path="/old", redirect_link="/new")

    assert content_version() == number


def test_draft_changes_nothing(world: World, client: Client) -> None:
    page = live_page(world)
    before = Observer().state()

    assert edit_in_admin(page, client, "Only a draft").status_code == 302

    assert fresh(page).draft_title == "Only a draft"
    assert Observer().state() == before


def test_references_follow_the_published_text(world: World) -> None:
    image, other = add_image(), live_page(world)
    page = add(world.homes["en"], InformationPage(title="Page", slug="page"))
    link = f'<p><a linktype="page" id="{other.pk}">there</a></p>'
    page.body = body(link, image=image)
    page.save_revision().publish()
    used = set(EntryReference.objects.filter(entry__object_id=page.pk).values_list("kind", "key", "role"))

    other.delete()

    assert used == {("image", str(image.pk), "body"), ("entry", str(other.translation_key), "link")}
    left = set(EntryReference.objects.filter(entry__object_id=page.pk).values_list("kind", "key", "role"))
    assert left == {("image", str(image.pk), "body")}
    assert check_entries() == []

"""A translation with a missing or machine-made string goes live through no door; what is live stays as it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail_localize.models import StringTranslation, Translation

from cms.delivery.models import Entry
from cms.translation import store
from pages.gate import RECORDS
from pages.models import InformationPage, Topic
from pages.signals import PublishRefused
from tests.delivery.doors import (
    approve,
    as_json,
    bulk,
    edit_in_admin,
    in_workflow,
    let_time_pass,
    live_page,
    messages_of,
    scheduled,
)
from tests.delivery.proof import Observer
from tests.delivery.world import World, edit, fresh, make_world, say, start_translation, translate

pytestmark = pytest.mark.django_db

MISSING = "1 of 2 strings is not translated into French yet."
MACHINE = "2 of 2 strings come from a machine and have not been checked by a person."


@dataclass
class Unready:
    """A French translation that must not go live, and why."""

    source: Any
    target: Any
    translation: Translation
    reason: str


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("editor", "editor@example.test", "x"))
    return client


@pytest.fixture(params=["missing", "machine"])
def unready(request: pytest.FixtureRequest, world: World) -> Unready:
    """A draft translation of a live page of two strings."""
    source = edit(live_page(world), summary="<p>Who we are</p>")
    translation = start_translation(source, world.locales["fr"])
    say(translation, missing=1 if request.param == "missing" else 0)
    target = store.make_target(translation)
    if request.param == "machine":
        make_machine(translation)
    return Unready(source, target, translation, MISSING if request.param == "missing" else MACHINE)


def make_machine(translation: Translation) -> None:
    """Turn all translated strings of a locale into work of a machine."""
    StringTranslation.objects.filter(locale=translation.target_locale).update(
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE
    )


def without_translation_mode(unready: Unready) -> Any:
    """Let the target be edited in the ordinary editor."""
    unready.translation.enabled = False
    unready.translation.save()
    return unready.target


DOORS: dict[str, Callable[[Unready, Client], HttpResponse]] = {
    "bulk publish": lambda unready, client: bulk(unready.target, client, "publish"),
    "wagtail-localize's editor": lambda unready, client: client.post(
        reverse("wagtailadmin_pages:edit", args=[unready.target.pk]),
        {"action": "publish"},
        headers={"referer": reverse("wagtailadmin_pages:edit", args=[unready.target.pk])},
    ),
    "workflow approval": lambda unready, client: approve(in_workflow(without_translation_mode(unready)), client),
}


@pytest.mark.parametrize("door", DOORS)
def test_admin_refuses_with_the_reason(door: str, unready: Unready, client: Client) -> None:
    before = Observer().state()

    response = DOORS[door](unready, client)

    assert response.status_code == 302
    assert messages_of(response) == [unready.reason]
    assert not fresh(unready.target).live
    assert Observer().state() == before


def test_editor_shows_the_reason_and_keeps_what_was_typed(unready: Unready, client: Client) -> None:
    before = Observer().state()

    response = edit_in_admin(without_translation_mode(unready), client, "Ce qui est écrit", "action-publish")

    assert response.status_code == 200
    page = response.content.decode()
    assert unready.reason in page
    assert 'value="Ce qui est écrit"' in page
    assert not fresh(unready.target).live
    assert Observer().state() == before


def test_editor_refuses_a_schedule_too(unready: Unready, client: Client) -> None:
    target = without_translation_mode(unready)

    response = edit_in_admin(target, client, "Plus tard", "action-publish", go_live_at="2099-01-01 10:00")

    assert response.status_code == 200
    assert unready.reason in response.content.decode()
    assert not target.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_approving_while_editing_keeps_what_was_typed(unready: Unready, client: Client) -> None:
    target = in_workflow(without_translation_mode(unready))
    before = Observer().state()

    response = edit_in_admin(
        target,
        client,
        "Ce qui est écrit",
        "action-workflow-action",
        **{"workflow-action-name": "approve", "workflow-action-extra-data": '{"comment": ""}'},
    )

    assert response.status_code == 200
    page = response.content.decode()
    assert unready.reason in page
    assert 'value="Ce qui est écrit"' in page
    assert fresh(target).current_workflow_state is not None
    assert Observer().state() == before


def test_dialogue_is_told_where_the_reason_stands(unready: Unready, client: Client) -> None:
    target = in_workflow(without_translation_mode(unready))

    response = approve(target, client, **{"x-requested-with": "XMLHttpRequest"})

    back = reverse("wagtailadmin_pages:edit", args=[target.pk])
    assert as_json(response) == {"step": "success", "redirect": f"http://testserver{back}"}
    assert messages_of(response) == [unready.reason]
    assert fresh(target).current_workflow_state is not None


def test_scripts_get_the_reason_as_json(unready: Unready, client: Client) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = client.post(f"{address}?id={unready.target.pk}", headers={"accept": "application/json"})

    assert response.status_code == 400
    assert as_json(response) == {
        "success": False,
        "error_code": "publish_refused",
        "error_message": unready.reason,
    }


def test_timetable_refuses(unready: Unready) -> None:
    scheduled(unready.target)
    before = Observer().state()

    let_time_pass()

    assert not fresh(unready.target).live
    assert unready.target.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert Observer().state() == before


def test_localize_refuses_and_leaves_no_draft(unready: Unready) -> None:
    drafts = unready.target.revisions.count()
    before = Observer().state()

    with pytest.raises(PublishRefused) as refused:
        unready.translation.source.create_or_update_translation(unready.translation.target_locale, fallback=True)

    assert refused.value.messages == [unready.reason]
    assert unready.target.revisions.count() == drafts
    assert not fresh(unready.target).live
    assert Observer().state() == before


def test_save_in_code_does_not_make_a_translation_live(unready: Unready) -> None:
    before = Observer().state()
    target = fresh(unready.target)

    target.live = True
    with pytest.raises(PublishRefused, match=r"^[12] of 2 strings"):
        target.save()

    assert not fresh(target).live
    assert Observer().state() == before


def live_but_stale(world: World) -> tuple[Any, Translation]:
    """Return a live translation whose source has got a new string since."""
    source = live_page(world)
    target = translate(source, world.locales["fr"])
    edit(source, summary="<p>Something new</p>")
    return target, start_translation(source, world.locales["fr"])


def test_live_translation_takes_no_other_text_while_strings_are_missing(world: World) -> None:
    target, _ = live_but_stale(world)
    before = Observer().state()

    target.title = "Autre chose"
    with pytest.raises(PublishRefused) as refused:
        target.save()

    assert refused.value.messages == [MISSING]
    assert fresh(target).title == "fr: About us"
    assert Observer().state() == before


@pytest.mark.parametrize("publish", [True, False])
def test_localize_does_not_write_to_a_live_translation_while_strings_are_missing(world: World, publish: bool) -> None:
    target, translation = live_but_stale(world)
    before = Observer().state()

    with pytest.raises(PublishRefused):
        translation.save_target(publish=publish)

    assert fresh(target).summary == ""
    assert Observer().state() == before


def test_records_about_a_live_translation_can_always_be_saved(world: World) -> None:
    target, _ = live_but_stale(world)

    target.locked = True
    target.save()
    target.save_revision()
    fresh(target).save(update_fields=["latest_revision", "locked_by_id"])

    assert fresh(target).locked
    assert RECORDS.isdisjoint({"title", "summary", "body", "alias_of", "live"})


def test_alias_with_the_source_text_cannot_become_a_live_translation(world: World, client: Client) -> None:
    alias = live_page(world).copy_for_translation(world.locales["fr"], alias=True)
    before = Observer().state()

    with pytest.raises(PublishRefused):
        ConvertAliasPageAction(fresh(alias)).execute()
    response = client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))

    assert response.status_code == 302
    assert messages_of(response) == [
        "This French version has not been submitted for translation, so nothing says that it is translated."
    ]
    assert fresh(alias).alias_of_id is not None
    assert Observer().state() == before


def test_alias_in_its_own_language_can_be_converted(world: World) -> None:
    alias = live_page(world).create_alias(update_slug="again")

    ConvertAliasPageAction(fresh(alias)).execute()

    assert fresh(alias).alias_of_id is None


def test_snippets_are_refused_with_the_reason(world: World, client: Client) -> None:
    topic = Topic.objects.create(locale=world.locales["en"], name="Water", description="Wet")
    topic.save_revision().publish()
    translation = start_translation(topic, world.locales["fr"])
    say(translation, missing=1)
    target = store.make_target(translation)
    translation.enabled = False
    translation.save()
    before = Observer().state()

    response = client.post(
        reverse(Topic.snippet_viewset.get_url_name("edit"), args=[target.pk]),
        {"name": "Eau", "description": "", "sort_order": "0", "action-publish": "1"},
    )

    assert response.status_code == 200
    assert MISSING in response.content.decode()
    assert 'value="Eau"' in response.content.decode()
    assert Observer().state() == before


def test_complete_translation_goes_live(world: World, client: Client) -> None:
    source = edit(live_page(world), summary="<p>Who we are</p>")
    translation = start_translation(source, world.locales["fr"])
    say(translation)
    target = store.make_target(translation)

    bulk(target, client, "publish")

    entry = Entry.objects.get(entry_id=target.translation_key, locale="fr")
    assert entry.payload["title"] == "fr: About us"
    assert isinstance(fresh(target), InformationPage)

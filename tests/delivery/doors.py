"""The doors through which content goes live, goes away or changes: the admin's real addresses, the timetable, and code."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import time_machine
from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.schedule import publish_scheduled
from pages.models import InformationPage, Topic
from tests.delivery.world import World, add, add_snippet, fresh, say, start_translation


@dataclass
class Door:
    """One door: `prepare` makes what it needs and returns it, `go` goes through it."""

    prepare: Callable[[World], Any]
    go: Callable[[Any, Client], Any]
    kind: str = "upserted"


def live_page(world: World) -> InformationPage:
    """Return a live page."""
    page: InformationPage = add(world.homes["en"], InformationPage(title="About us", slug="about"))
    return page


def draft_page(world: World) -> InformationPage:
    """Return a page that was never live."""
    page: InformationPage = add(world.homes["en"], InformationPage(title="About us", slug="about"), live=False)
    return page


def page_form(page: Any, title: str, *actions: str, **more: Any) -> dict[str, Any]:
    """Return what the page editor sends."""
    fields = {
        "title": title,
        "slug": page.slug,
        "summary": rich_text("<p>Typed</p>"),
        "body": streamfield([]),
        "seo_title": "",
        "search_description": "",
        "comments": inline_formset([]),
        **more,
        **dict.fromkeys(actions, "1"),
    }
    return nested_form_data(fields)


def edit_in_admin(page: Any, client: Client, title: str, *actions: str, **more: Any) -> HttpResponse:
    """Send the page editor's form."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, page_form(page, title, *actions, **more), headers={"referer": address})


def bulk(page: Any, client: Client, action: str, **data: Any) -> HttpResponse:
    """Confirm a bulk action on one page."""
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return client.post(f"{address}?id={page.pk}", data, headers={"referer": f"http://testserver{address}"})


def make_workflow(page: Page) -> Workflow:
    """Give a page a workflow with one task."""
    group = Group.objects.get_or_create(name="Approvers")[0]
    task = GroupApprovalTask.objects.create(name="Approval")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow


def in_workflow(page: Any) -> Any:
    """Start a review of the newest draft."""
    make_workflow(page).start(page, User.objects.create_superuser("author", "a@example.test", "x"))
    return fresh(page)


def approve(page: Any, client: Client, **headers: str) -> HttpResponse:
    """Approve the last task in the dialogue."""
    state = page.current_workflow_state.current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    back = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, {"comment": ""}, headers={"referer": f"http://testserver{back}", **headers})


def scheduled(page: Any) -> Any:
    """Let the newest draft go live in an hour."""
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() + timedelta(hours=1)
    revision.save()
    return page


def let_time_pass() -> None:
    """Run the timetable in two hours."""
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        publish_scheduled()


def save_in_code(page: Any) -> None:
    """Save a live page with another title."""
    page.title = "Saved"
    page.save()


def prepare_topic(world: World) -> Topic:
    """Return a live topic."""
    topic: Topic = add_snippet(Topic, world.locales["en"], name="Water")
    return topic


def edit_topic(topic: Topic, client: Client) -> HttpResponse:
    """Publish a topic in the snippet editor."""
    address = reverse(Topic.snippet_viewset.get_url_name("edit"), args=[topic.pk])
    return client.post(address, {"name": "Rivers", "description": "", "sort_order": "0", "action-publish": "1"})


def localised(world: World) -> Any:
    """Return a translation whose strings are all there, and that has no target yet."""
    translation = start_translation(live_page(world), world.locales["fr"])
    say(translation)
    return translation


DOORS: dict[str, Door] = {
    "page editor": Door(live_page, lambda page, client: edit_in_admin(page, client, "Typed", "action-publish")),
    "bulk publish": Door(draft_page, lambda page, client: bulk(page, client, "publish")),
    "bulk unpublish": Door(live_page, lambda page, client: bulk(page, client, "unpublish"), "deleted"),
    "bulk delete": Door(live_page, lambda page, client: bulk(page, client, "delete"), "deleted"),
    "workflow approval": Door(lambda world: in_workflow(draft_page(world)), approve),
    "timetable": Door(lambda world: scheduled(draft_page(world)), lambda page, client: let_time_pass()),
    "save in code": Door(live_page, lambda page, client: save_in_code(page)),
    "snippet editor": Door(prepare_topic, edit_topic),
    "wagtail-localize": Door(localised, lambda translation, client: translation.save_target(publish=True)),
}


def messages_of(response: HttpResponse) -> list[str]:
    """Return what the next page tells the person, from the cookie or session of a response."""
    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def as_json(response: HttpResponse) -> Any:
    """Return the JSON of a response."""
    return json.loads(response.content)

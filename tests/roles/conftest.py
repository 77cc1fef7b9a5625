"""A small site in which each role has somebody, and something of each kind to work on."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from cms.roles.groups import ensure_groups
from cms.workflows.approval import ensure_workflows
from pages.models import InformationPage
from tests import factories

GROUPS = {
    "author": "Authors",
    "reviewer": "Reviewers",
    "editor": "Editors",
    "translator": "Translators",
    "coordinator": "Coordinators",
    "communications": "Communications",
    "administrator": "",
}


@pytest.fixture
def site(root_page: Any) -> SimpleNamespace:
    """Return pages of every kind, live, with the groups and workflows that belong to them."""
    home = factories.make_home()
    study = factories.make_study(home)
    tools = factories.make_tools(home)
    events = factories.make_events(home)
    made = SimpleNamespace(
        home=home,
        study=study,
        chapter=factories.make_chapter(study, "First"),
        second=factories.make_chapter(study, "Second"),
        tools=tools,
        tool=factories.make_tool(tools),
        events=events,
        event=factories.make_event(events),
        about=factories.add_page(home, InformationPage, "About", slug="about"),
        topic=factories.make_topic(),
    )
    factories.translate(home, "fr", kept={"slug": "fr"})
    made.french_study = factories.translate(study, "fr")
    made.french_chapter = factories.translate(made.chapter, "fr")
    ensure_groups()
    ensure_workflows()
    return made


@pytest.fixture
def sign_in(db: None) -> Callable[[str], Client]:
    """Return a function that signs somebody of a role in."""

    def enter(role: str) -> Client:
        user, _ = get_user_model().objects.get_or_create(username=role, is_superuser=not GROUPS[role])
        if GROUPS[role]:
            user.groups.add(Group.objects.get(name=GROUPS[role]))
        client = Client()
        client.force_login(user)
        return client

    return enter

"""Which items of the menus each role sees, and what the listings show."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu

from guidance.models import GuidanceToolIndexPage
from pages.models import StudyPage
from tests import factories

CONTENT = ["explorer", "study", "guidance-tools", "events", "information-pages", "directory", "site-frame"]
MENUS = {
    "author": ["explorer", "study", "guidance-tools", "media", "reports", "help"],
    "reviewer": ["help"],
    "editor": [*CONTENT, "media", "reports", "help"],
    "translator": [*CONTENT, "reports", "help"],
    "coordinator": [*CONTENT[:5], "enquiries", *CONTENT[5:], "media", "reports", "settings", "help"],
    "communications": ["explorer", *CONTENT[3:5], "enquiries", *CONTENT[5:], "media", "reports", "help"],
    "administrator": [*CONTENT[:5], "enquiries", *CONTENT[5:], "media", "reports", "settings", "help"],
}
REPORTS = {
    "author": ["workflows", "workflow-tasks"],
    "translator": ["workflows", "workflow-tasks", "translations"],
    "coordinator": [
        "locked-pages",
        "workflows",
        "workflow-tasks",
        "site-history",
        "aging-pages",
        "page-types-usage",
        "translations",
    ],
}


def shown(client: Client, menu: Any = admin_menu) -> list[Any]:
    """Return the items of a menu for the person who is signed in, from top to bottom."""
    request = RequestFactory().get(reverse("wagtailadmin_home"))  # reading the addresses registers the listings
    request.user = get_user_model().objects.get(pk=client.session["_auth_user_id"])
    return sorted(menu.menu_items_for_request(request), key=lambda item: item.order)


@pytest.mark.parametrize("role", MENUS)
def test_menu_holds_what_the_role_works_with(
    site: SimpleNamespace, sign_in: Callable[[str], Client], role: str
) -> None:
    assert [item.name for item in shown(sign_in(role))] == MENUS[role]


@pytest.mark.parametrize("role", REPORTS)
def test_reports_are_those_the_role_reads(site: SimpleNamespace, sign_in: Callable[[str], Client], role: str) -> None:
    client = sign_in(role)
    reports = next(item for item in shown(client) if item.name == "reports")

    assert [item.name.lower() for item in shown(client, reports.menu)] == REPORTS[role]


def rows(client: Client, listing: str, **filters: str) -> list[list[str]]:
    """Return the cells of a listing that tell something: title and what stands behind it, without the date."""
    response = client.get(reverse(f"{listing}:index"), filters)
    assert response.status_code == 200
    table = lxml.html.fromstring(response.content).xpath("//table[contains(@class, 'listing')]/tbody/tr")
    return [
        [
            row.xpath("string(./td[contains(@class, 'title')]//a)").strip(),
            *(" ".join(cell.text_content().split()) for cell in row.xpath("./td")[2:-1]),
        ]
        for row in table
    ]


@pytest.fixture
def chapters(site: SimpleNamespace) -> SimpleNamespace:
    """Return the site with a draft of the author and a chapter that is being reviewed."""
    author = get_user_model().objects.create(username="anna", first_name="Anna", last_name="Author")
    author.groups.add(Group.objects.get(name="Authors"))
    site.draft = factories.make_chapter(site.study, "Draft", live=False, owner=author)
    site.second.save_revision()
    site.second.get_workflow().start(site.second, author)
    return site


def test_chapters_are_listed_with_number_language_owner_and_status(
    chapters: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    assert rows(sign_in("author"), "chapters") == [
        ["First", "1", "English", "", "Current page status: live"],
        ["Second", "2", "English", "", "Current page status: live + in moderation"],
        ["Draft", "", "English", "Anna Author", "Current page status: draft"],
        ["fr First", "1", "Français", "", "Current page status: live"],
    ]


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"locale": "fr"}, ["fr First"]),
        ({"status": "draft"}, ["Draft"]),
        ({"status": "review"}, ["Second"]),
        ({"status": "live"}, ["First", "fr First"]),
        ({"status": "scheduled"}, []),
    ],
)
def test_chapters_are_found_by_language_and_status(
    chapters: SimpleNamespace, sign_in: Callable[[str], Client], filters: dict[str, str], titles: list[str]
) -> None:
    assert sorted(row[0] for row in rows(sign_in("author"), "chapters", **filters)) == sorted(titles)


def test_scheduled_chapter_is_found(chapters: SimpleNamespace, sign_in: Callable[[str], Client]) -> None:
    draft = chapters.draft
    draft.go_live_at = timezone.now() + timedelta(days=2)
    draft.save_revision().publish()

    assert [row[0] for row in rows(sign_in("author"), "chapters", status="scheduled")] == ["Draft"]


def test_pages_of_an_owner_are_found(chapters: SimpleNamespace, sign_in: Callable[[str], Client]) -> None:
    owner = str(chapters.draft.owner_id)

    assert [row[0] for row in rows(sign_in("author"), "chapters", owner=owner)] == ["Draft"]


def test_children_of_a_study_stand_in_their_order_and_only_who_may_moves_them(
    site: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    explorer = reverse("wagtailadmin_explore", args=[site.study.pk])

    assert StudyPage.admin_default_ordering == GuidanceToolIndexPage.admin_default_ordering == "ord"
    assert "w-orderable" in sign_in("editor").get(explorer).content.decode()
    assert "w-orderable" not in sign_in("author").get(explorer).content.decode()

"""The people of the demonstration, one per role; they are called by their role and share one known password."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.roles.groups import ensure_groups
from cms.workflows.approval import ensure_workflows

PASSWORD = "demonstration"
Do = Callable[[str, Callable[[], Any]], None]


@dataclass(frozen=True)
class Person:
    """A login of the demonstration."""

    username: str
    role: str
    group: str
    language: str = "en"


PEOPLE = (
    Person("author", "Author", "Authors"),
    Person("reviewer", "Reviewer", "Reviewers"),
    Person("editor", "Editor", "Editors"),
    Person("translator", "Translator (Finnish)", "Translators", "fi"),
    Person("coordinator", "Coordinator", "Coordinators", "fr"),
    Person("communications", "Communications", "Communications"),
    Person("administrator", "Administrator", ""),
)


def demo_logins() -> list[tuple[str, str, str]]:
    """Return role, user name and password of every person of the demonstration."""
    return [(person.role, person.username, PASSWORD) for person in PEOPLE]


def seed_people(do: Do) -> None:
    """Make groups, people and the workflow of chapters."""
    do("groups", ensure_groups)
    for person in PEOPLE:
        do(f"person:{person.username}", partial(create_person, person))
    do("workflow", ensure_workflows)


def create_person(person: Person) -> Any:
    """Make one login with its group and the language of its admin."""
    user = get_user_model().objects.create_user(
        person.username,
        email=f"{person.username}@links.example",
        password=PASSWORD,
        first_name=person.role,
        is_superuser=not person.group,
    )
    if person.group:
        user.groups.add(Group.objects.get(name=person.group))
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = person.language
    profile.save()
    return user


def person_of(username: str) -> Any:
    """Return the user of a role."""
    return get_user_model().objects.get(username=username)


def page_of(key: str, ledger: Any) -> Page:
    """Return a seeded page as its own type."""
    page: Page = Page.objects.get(pk=ledger.pk(f"page:{key}")).specific
    return page

"""The people of the demonstration, one per role; they are called by their role and share one known password."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import Group
from django.db.models import Q
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.demo.models import Seeded
from cms.roles.groups import ensure_groups
from cms.workflows.approval import ensure_workflows

PASSWORD = "demonstration"
STEP = "person:"
MOST_ADMINISTRATORS = 20  # whose password is tried at every start; each takes about a third of a second
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
        do(f"{STEP}{person.username}", partial(create_person, person))
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


def has_known_password(user: Any) -> bool:
    """Tell whether a user logs in with the password of the demonstration; nothing is written."""
    return check_password(PASSWORD, user.password)


def known_logins() -> list[str]:
    """Return the user names of active people who log in with the demonstration's password, in order.

    Tried are the people of the demonstration, also when they were renamed, and the administrators. Two statements.
    """
    users = get_user_model()._default_manager.filter(is_active=True)
    seeded = Seeded.objects.filter(key__startswith=STEP).values("object_pk")
    people = users.filter(Q(username__in=[person.username for person in PEOPLE]) | Q(pk__in=seeded))
    administrators = users.filter(is_superuser=True).order_by("pk")[:MOST_ADMINISTRATORS]
    tried = {user.pk: user for user in [*people, *administrators]}
    return sorted(user.get_username() for user in tried.values() if has_known_password(user))


def person_of(username: str) -> Any:
    """Return the user of a role."""
    return get_user_model().objects.get(username=username)


def page_of(key: str, ledger: Any) -> Page:
    """Return a seeded page as its own type."""
    page: Page = Page.objects.get(pk=ledger.pk(f"page:{key}")).specific
    return page

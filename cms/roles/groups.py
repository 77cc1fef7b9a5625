"""The roles of people as groups: what each may do with pages, snippets, images and files. One definition for all doors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page


@dataclass(frozen=True)
class Role:
    """What people of one role may do.

    Attributes:
        name: name of the group.
        pages: page permissions (`add_page`, `change_page`, `publish_page`, …).
        sections: models (`app_label.Model`) on whose pages, and all below them, the page permissions hold; none means
            the whole tree.
        snippets: actions on every translatable snippet (`add`, `change`, `publish`, `delete`).
        media: actions on images and files of all collections (`add`, `change`, `choose`).
        extra: further permissions as `app_label.codename`.
    """

    name: str
    pages: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    snippets: tuple[str, ...] = ()
    media: tuple[str, ...] = ("choose",)
    extra: tuple[str, ...] = ()


ENQUIRIES = ("enquiries.view_enquiry", "enquiries.change_enquiry", "enquiries.delete_enquiry")

AUTHOR = Role(
    "Authors",
    pages=("add_page", "change_page"),
    sections=("pages.StudyPage", "guidance.GuidanceToolIndexPage"),
    media=("add", "choose"),
)
REVIEWER = Role("Reviewers")
EDITOR = Role(
    "Editors",
    pages=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    snippets=("add", "change", "publish", "delete"),
    media=("add", "change", "choose"),
    extra=("wagtail_localize.submit_translation",),
)
# Who may change but not add works on translations only; `pages.permissions` keeps that rule.
TRANSLATOR = Role(
    "Translators",
    pages=("change_page",),
    snippets=("change",),
    extra=("wagtail_localize.submit_translation",),
)
COORDINATOR = Role(
    "Coordinators",
    pages=("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
    snippets=("add", "change", "publish", "delete"),
    media=("add", "change", "choose"),
    extra=(
        "wagtail_localize.submit_translation",
        "home.change_sitefacts",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
        *ENQUIRIES,
    ),
)
COMMUNICATIONS = Role(
    "Communications",
    pages=("add_page", "change_page", "publish_page"),
    sections=("pages.EventIndexPage", "pages.InformationPage", "pages.OutputsPage", "pages.PartnersPage"),
    snippets=("add", "change"),
    media=("add", "change", "choose"),
    extra=ENQUIRIES,
)
ROLES = (AUTHOR, REVIEWER, EDITOR, TRANSLATOR, COORDINATOR, COMMUNICATIONS)
SNIPPETS = (
    "pages.organisation",
    "pages.contact",
    "pages.topic",
    "pages.audience",
    "home.mainmenu",
    "home.footer",
)


def ensure_groups() -> list[Group]:
    """Make every role's group and give it its permissions; permissions added by hand stay. Harmless when repeated."""
    return [_ensure(role) for role in ROLES]


def roles_of_section(label: str) -> list[Role]:
    """Return the roles whose permissions hold on pages of a model (`app_label.Model`), and not on the whole tree."""
    return [role for role in ROLES if label in role.sections]


def grant_on_page(role: Role, group: Group, page: Page) -> None:
    """Give a role's page permissions on one page, unless they hold there already through a page above it."""
    line = page.get_ancestors(inclusive=True)
    for permission in _permissions([f"wagtailcore.{codename}" for codename in role.pages]):
        held = GroupPagePermission.objects.filter(group=group, permission=permission, page__in=line)
        if not held.exists():
            GroupPagePermission.objects.create(group=group, page_id=page.pk, permission=permission)


def _ensure(role: Role) -> Group:
    group, _ = Group.objects.get_or_create(name=role.name)
    group.permissions.add(*_permissions(["wagtailadmin.access_admin", *role.extra, *_snippet_permissions(role)]))
    for page in _sections(role):
        grant_on_page(role, group, page)
    collection = Collection.get_first_root_node()
    for permission in _permissions(_media_permissions(role)):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    return group


def _sections(role: Role) -> Iterator[Page]:
    """Yield the pages on which the role's permissions hold, those higher up first."""
    if not role.sections:
        yield Page.get_first_root_node()
    for label in role.sections:
        yield from apps.get_model(label)._default_manager.order_by("depth", "path")


def _snippet_permissions(role: Role) -> Iterable[str]:
    for label in SNIPPETS:
        app_label, model = label.split(".")
        yield from (f"{app_label}.{action}_{model}" for action in role.snippets)


def _media_permissions(role: Role) -> list[str]:
    """Wagtail asks for the permissions of its own models, whichever models stand in for them."""
    return [
        label.format(action=action)
        for label in ("wagtailimages.{action}_image", "wagtaildocs.{action}_document")
        for action in role.media
    ]


def _permissions(labels: Iterable[str]) -> list[Permission]:
    """Return permissions by `app_label.codename`.

    Raises:
        LookupError: naming the first one that does not exist.
    """
    wanted = list(labels)
    if not wanted:
        return []
    condition = Q()
    for label in wanted:
        app_label, codename = label.split(".")
        condition |= Q(content_type__app_label=app_label, codename=codename)
    found = list(Permission.objects.filter(condition).select_related("content_type"))
    known = {f"{permission.content_type.app_label}.{permission.codename}" for permission in found}
    missing = [label for label in wanted if label not in known]
    if missing:
        raise LookupError(f"There is no permission {missing[0]}.")
    return found

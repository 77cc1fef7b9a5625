"""The roles of people as groups: what each may do with pages, snippets, images and files. One definition for all doors."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page


@dataclass(frozen=True)
class Role:
    """What people of one role may do.

    Attributes:
        name: name of the group.
        pages: page permissions on the whole tree (`add_page`, `change_page`, `publish_page`, …).
        snippets: actions on every translatable snippet (`add`, `change`, `publish`, `delete`, `lock`, `unlock`).
        media: actions on images and files of all collections (`add`, `change`, `choose`).
        extra: further permissions as `app_label.codename`.
    """

    name: str
    pages: tuple[str, ...] = ()
    snippets: tuple[str, ...] = ()
    media: tuple[str, ...] = ("choose",)
    extra: tuple[str, ...] = ()


AUTHOR = Role("Authors", pages=("add_page", "change_page"), media=("add", "choose"))
REVIEWER = Role("Reviewers")
EDITOR = Role(
    "Editors",
    pages=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    snippets=("add", "change", "publish", "delete"),
    media=("add", "change", "choose"),
)
TRANSLATOR = Role("Translators", extra=("wagtail_localize.submit_translation",))
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
    ),
)
COMMUNICATIONS = Role(
    "Communications",
    pages=("add_page", "change_page"),
    snippets=("add", "change"),
    media=("add", "change", "choose"),
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


def _ensure(role: Role) -> Group:
    group, _ = Group.objects.get_or_create(name=role.name)
    group.permissions.add(*_permissions(["wagtailadmin.access_admin", *role.extra, *_snippet_permissions(role)]))
    root = Page.get_first_root_node()
    for permission in _permissions([f"wagtailcore.{codename}" for codename in role.pages]):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    collection = Collection.get_first_root_node()
    for permission in _permissions(_media_permissions(role)):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    return group


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

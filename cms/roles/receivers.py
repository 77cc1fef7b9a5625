"""Gives the roles their permissions on sections of the site that are made later: a new study, a translated event list."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import post_save
from wagtail.models import Page

from cms.roles.groups import grant_on_page, roles_of_section


def connect() -> None:
    """Listen for new pages."""
    post_save.connect(grant_on_new_section, dispatch_uid="roles-new-section")


def grant_on_new_section(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Grant each role that works in sections of this kind its permissions there; roles without a group wait for it."""
    if raw or not created or not isinstance(instance, Page):
        return
    for role in roles_of_section(sender._meta.label):
        group = Group.objects.filter(name=role.name).first()
        if group is not None:
            grant_on_page(role, group, instance)

"""Gives new sections of the site their workflow: a new study, or one that was translated."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Page

from cms.workflows.approval import APPROVALS, guard_section


def connect() -> None:
    """Listen for new pages."""
    post_save.connect(guard_new_section, dispatch_uid="workflows-new-section")


def guard_new_section(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Assign the workflow of this kind of section; before the workflows are made nothing happens."""
    if raw or not created or not isinstance(instance, Page):
        return
    for approval in APPROVALS:
        if sender._meta.label in approval.sections:
            guard_section(approval, instance)

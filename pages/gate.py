"""The gate before publishing: when saving something that is live is a publication, and what a form has to ask.

Publishing asks by itself (`pages.base`). But Wagtail's own actions, wagtail-localize and code also write to what is live by
a plain `save()`; that is a publication when readers would get other content, and none when only records about the
object change (its newest revision, its lock, its place in the tree).
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from asgiref.local import Local
from django.db.models import Model
from wagtail.models import Task

from pages.signals import PublishRefused, refusals_for

# Columns and relations that say something about an object, and are nothing that readers get as its content.
RECORDS = frozenset(
    """pk id content_type locale translation_key source_locale path depth numchild url_path slug draft_title show_in_menus
    has_unpublished_changes owner locked locked_by locked_at latest_revision latest_revision_created_at live_revision
    first_published_at last_published_at go_live_at expire_at expired wagtail_admin_comments""".split()
)
_approved = Local()


@contextmanager
def publication_approved(instance: Model) -> Iterator[None]:
    """Let saves of an object pass inside: its publication has been asked for and nobody refused."""
    before: frozenset[tuple[str, Any]] = getattr(_approved, "keys", frozenset())
    _approved.keys = before | {_key(instance)}
    try:
        yield
    finally:
        _approved.keys = before


def demand_saveable(instance: Any, update_fields: Collection[str] | None) -> None:
    """Raise when saving would bring other content to readers and somebody refuses that.

    Statements: those of the receivers of `publish_requested`; when one refuses, a handful to compare with what is stored.

    Raises:
        PublishRefused: with every reason.
    """
    if not getattr(instance, "live", True) or _key(instance) in getattr(_approved, "keys", ()):
        return
    if update_fields is not None and not _content_names(update_fields):
        return
    refusals = refusals_for(instance)
    if refusals and _brings_other_content(instance):
        raise PublishRefused(refusals)


def asks_for_publication(data: Mapping[str, Any], instance: Any) -> bool:
    """Tell whether a submitted form would publish: by its own button, or by the last approval of a workflow."""
    if "action-publish" in data:
        return True
    if "action-workflow-action" not in data or "approve" not in data.get("workflow-action-name", ""):
        return False
    state = getattr(instance, "current_workflow_state", None)
    if state is None or state.current_task_state is None:
        return False
    left = Task.objects.filter(workflow_tasks__workflow=state.workflow, active=True)
    left = left.exclude(task_states__in=state.successful_task_states)
    return not left.exclude(pk=state.current_task_state.task_id).exists()


def _key(instance: Model) -> tuple[str, Any]:
    return (instance._meta.label_lower, instance.pk)


def _content_names(names: Collection[str]) -> set[str]:
    return {name for name in names if name not in RECORDS and name.removesuffix("_id") not in RECORDS}


def _brings_other_content(instance: Any) -> bool:
    stored = type(instance)._default_manager.filter(pk=instance.pk).first()
    return stored is None or not stored.live or _content(stored) != _content(instance)


def _content(instance: Any) -> dict[str, Any]:
    data = instance.serializable_data()
    return {name: data[name] for name in _content_names(data)}

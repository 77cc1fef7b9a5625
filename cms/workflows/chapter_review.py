"""The workflow "Chapter review": colleagues read a chapter, then an editor approves it, which publishes it."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

WORKFLOW = "Chapter review"
# Tasks in order, with the group whose members approve. The last group may publish; otherwise its approval would fail.
TASKS = (("Peer review", "Reviewers"), ("Editorial approval", "Editors"))


def ensure_chapter_review(pages: Iterable[Page]) -> Workflow:
    """Make the workflow and assign it to pages (and all below them). Harmless when repeated.

    Raises:
        Group.DoesNotExist: when the groups of the roles have not been made.
    """
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW, defaults={"active": True})
    for order, (name, group) in enumerate(TASKS):
        task = GroupApprovalTask.objects.filter(name=name).first() or GroupApprovalTask.objects.create(name=name)
        task.groups.add(Group.objects.get(name=group))
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
    for page in pages:
        WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    return workflow

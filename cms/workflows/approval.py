"""The two workflows of the site: "Chapter review" (colleagues read, then an editor approves) and "Editorial approval".

The approval of a workflow's last task publishes the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

PEER_REVIEW = ("Peer review", "Reviewers")
EDITORIAL_APPROVAL = ("Editorial approval", "Editors")


@dataclass(frozen=True)
class Approval:
    """A workflow.

    Attributes:
        name: its name in the admin.
        tasks: name and approving group of each task, in order.
        sections: models (`app_label.Model`) whose pages, and all below them, it guards; none means the whole tree.
    """

    name: str
    tasks: tuple[tuple[str, str], ...]
    sections: tuple[str, ...] = ()


CHAPTER_REVIEW = Approval("Chapter review", (PEER_REVIEW, EDITORIAL_APPROVAL), ("pages.StudyPage",))
OTHER_PAGES = Approval("Editorial approval", (EDITORIAL_APPROVAL,))
APPROVALS = (CHAPTER_REVIEW, OTHER_PAGES)


def ensure_workflows() -> list[Workflow]:
    """Make both workflows and assign them to the pages that exist. Harmless when repeated.

    Raises:
        Group.DoesNotExist: when the groups of the roles have not been made.
    """
    return [_ensure(approval) for approval in APPROVALS]


def guard_section(approval: Approval, page: Page) -> None:
    """Assign a workflow to a page and all below it; one that somebody assigned there by hand stays."""
    workflow = Workflow.objects.filter(name=approval.name).first()
    if workflow is not None:
        WorkflowPage.objects.get_or_create(page_id=page.pk, defaults={"workflow": workflow})


def _ensure(approval: Approval) -> Workflow:
    workflow, _ = Workflow.objects.get_or_create(name=approval.name, defaults={"active": True})
    for order, (name, group) in enumerate(approval.tasks):
        task = GroupApprovalTask.objects.filter(name=name).first() or GroupApprovalTask.objects.create(name=name)
        task.groups.add(Group.objects.get(name=group))
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
    for page in _sections(approval):
        guard_section(approval, page)
    return workflow


def _sections(approval: Approval) -> Iterable[Page]:
    if not approval.sections:
        return [Page.get_first_root_node()]
    return [page for label in approval.sections for page in apps.get_model(label)._default_manager.all()]

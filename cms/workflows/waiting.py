"""What waits for reviewers and for authors: pages to review, pages sent back, drafts nobody has seen, open comments."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Comment, CommentReply, Page, TaskState, WorkflowState

from cms.roles.start import PageList, Visitor, register_page_list

OPEN = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def register() -> None:
    """Offer the lists to the start page."""
    for order, page_list in enumerate((REVIEWS, SENT_BACK, COMMENTS, DRAFTS), start=10):
        register_page_list(page_list, order)


def pages_to_review(visitor: Visitor) -> Any:
    """Return the pages whose current task the visitor may decide. Two statements for each kind of task there is."""
    tasks = TaskState.objects.reviewable_by(visitor.user).values("pk")
    return Page.objects.filter(_workflow_states__current_task_state__in=tasks)


def pages_sent_back(visitor: Visitor) -> Any:
    """Return the visitor's pages that a reviewer sent back for changes."""
    returned = Page.objects.filter(
        Q(_workflow_states__requested_by=visitor.user) | Q(owner=visitor.user),
        _workflow_states__status=WorkflowState.STATUS_NEEDS_CHANGES,
    )
    return Page.objects.filter(pk__in=returned.values("pk"))


def pages_with_comments(visitor: Visitor) -> Any:
    """Return the visitor's pages with an open comment of somebody else that the visitor has not answered."""
    answered = CommentReply.objects.filter(comment=OuterRef("pk"), user=visitor.user)
    waiting = Comment.objects.filter(resolved_at=None).exclude(user=visitor.user).exclude(Exists(answered))
    return Page.objects.filter(owner=visitor.user, pk__in=waiting.values("page_id"))


def own_drafts(visitor: Visitor) -> Any:
    """Return the visitor's pages with a draft that is neither submitted nor scheduled.

    Translations are left out: they inherit their source's owner, and are the work of translators.
    """
    first = Page.objects.filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
    submitted = Page.objects.filter(_workflow_states__status__in=OPEN).values("pk")
    mine = Page.objects.filter(owner=visitor.user, has_unpublished_changes=True, alias_of=None)
    mine = mine.exclude(Exists(first)).exclude(pk__in=submitted)
    return mine.annotate_approved_schedule().filter(_approved_schedule=False)


REVIEWS = PageList(
    "reviews",
    _("Waiting for your review"),
    "clipboard-list",
    lambda count: ngettext("page waits for your review", "pages wait for your review", count),
    _("Open a page, read its draft, then approve it or send it back with a comment."),
    pages_to_review,
)
SENT_BACK = PageList(
    "sent-back",
    _("Sent back to you"),
    "warning",
    lambda count: ngettext(
        "page of yours was sent back for changes", "pages of yours were sent back for changes", count
    ),
    _("Read what the reviewer wrote, change the page, then submit it again."),
    pages_sent_back,
)
COMMENTS = PageList(
    "comments",
    _("Comments for you to answer"),
    "comment",
    lambda count: ngettext("page of yours has open comments", "pages of yours have open comments", count),
    _("Open a page and answer in the margin; resolve a comment when it is dealt with."),
    pages_with_comments,
)
DRAFTS = PageList(
    "drafts",
    _("Your drafts"),
    "edit",
    lambda count: ngettext("draft of yours has not been submitted", "drafts of yours have not been submitted", count),
    _("Finish a draft, then submit it for review from the menu at the bottom of its page."),
    own_drafts,
)

"""Work in progress of the demonstration: chapters in different states, with revisions, comments and a running review."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Comment, CommentReply, Page

from cms.demo.ledger import Ledger
from cms.demo.people import page_of, person_of

Do = Callable[[str, Callable[[], Any]], None]


def seed_work(do: Do, ledger: Ledger) -> None:
    """Put chapters into the states that editors meet every day."""
    do("work:owners", lambda: _owners(ledger))
    do("work:newer-draft", lambda: _newer_draft(ledger))
    do("work:in-review", lambda: _in_review(ledger))
    do("work:scheduled", lambda: _scheduled(ledger))
    do("work:draft", lambda: _draft(ledger))
    do("work:comments", lambda: _comments(ledger))


def _owners(ledger: Ledger) -> None:
    """Say who looks after the pages: chapters and tools belong to the author, events and the rest to communications."""
    mine = {
        key: pk for key, pk in ledger.with_prefix("page:").items() if key.startswith(("study", "tools", "brochures"))
    }
    keys = Page.objects.filter(pk__in=mine.values()).values("translation_key")
    Page.objects.filter(owner=None, translation_key__in=keys).update(owner=person_of("author"))
    Page.objects.filter(owner=None, depth__gt=1).update(owner=person_of("communications"))


def _newer_draft(ledger: Ledger) -> Page:
    """A live chapter whose summary the author is rewriting, in two saves."""
    page: Any = page_of("study/digital-tools", ledger)
    before = page.summary
    for ending in ("It also asks what should stay on paper.", "It also asks what should stay on paper, and why."):
        page.summary = before.replace("</p>", f" {ending}</p>", 1)
        page.save_revision(user=person_of("author"))
    return page


def copy_of(ledger: Ledger, key: str, title: str, slug: str, sentence: str) -> Any:
    """Begin a new chapter from the first blocks of another, as authors do, with a sentence of its own."""
    model = page_of(key, ledger)
    chapter = type(model)(
        title=title,
        slug=slug,
        locale=model.locale,
        live=False,
        owner=person_of("author"),
        summary=f"<p>{sentence}</p>",
        hero=model.hero,
        word_target=900,
        body=[
            (
                "callout",
                {"kind": "note", "title": "Demonstration content", "content": "<p>A chapter in progress.</p>"},
            ),
            ("heading", {"level": "2", "text": title}),
            ("paragraph", f"<p>{sentence} The authors are collecting examples from three countries.</p>"),
        ],
    )
    model.get_parent().add_child(instance=chapter)
    chapter.save_revision(user=person_of("author"))
    return chapter


def _in_review(ledger: Ledger) -> Page:
    """A chapter that waits for its reviewers."""
    chapter = copy_of(
        ledger,
        "study/working-scientifically",
        "Language in science lessons",
        "language-in-science-lessons",
        "How pupils learn to name what they see, and why talk comes before vocabulary lists.",
    )
    chapter.get_workflow().start(chapter, person_of("author"))
    return chapter


def _scheduled(ledger: Ledger) -> Page:
    """A chapter that goes live three weeks after the first run."""
    chapter = copy_of(
        ledger,
        "study/beyond-the-classroom",
        "Partnerships with museums",
        "partnerships-with-museums",
        "What a visit can do that a lesson cannot, and how both prepare each other.",
    )
    chapter.go_live_at = timezone.now() + timedelta(days=21)
    chapter.save_revision(user=person_of("editor")).publish(user=person_of("editor"))
    return chapter


def _draft(ledger: Ledger) -> Page:
    """A chapter that has only been begun."""
    return copy_of(
        ledger,
        "study/sustaining-change",
        "Mentoring in the first years",
        "mentoring-in-the-first-years",
        "Who accompanies new teachers when the course is over.",
    )


def _comments(ledger: Ledger) -> None:
    """Questions and answers in the margin of two chapters."""
    chapter = page_of("study/digital-tools", ledger)
    block = next(block for block in chapter.body if block.block_type == "heading")
    comment = Comment.objects.create(
        page=chapter,
        user=person_of("reviewer"),
        text="Could this begin with the classroom scene? Readers in primary schools will recognise it at once.",
        contentpath=f"body.{block.id}.text",
    )
    CommentReply.objects.create(
        comment=comment, user=person_of("author"), text="Good idea, the scene moves up in the next draft."
    )
    second = page_of("study/evidence-of-impact", ledger)
    figure = next(block for block in second.body if block.block_type == "figure")
    Comment.objects.create(
        page=second,
        user=person_of("editor"),
        text="Please say once more that the figures of the chart are illustrative.",
        contentpath=f"body.{figure.id}.credit",
    )

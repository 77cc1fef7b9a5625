"""Work that waits in the demonstration: chapters under review, a translation half done, an event not announced yet."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page

from cms.demo.editorial import copy_of
from cms.demo.ledger import Ledger
from cms.demo.people import page_of, person_of
from cms.translation import store

Do = Callable[[str, Callable[[], Any]], None]
BEGUN = {
    "Evidence of impact: from smiles to learning": "Näyttöä vaikutuksista: hymyistä oppimiseen",
    "Demonstration content": "Esittelysisältöä",
}


def seed_waiting_work(do: Do, ledger: Ledger) -> None:
    """Give everybody something to go on with."""
    do("work:sent-back", lambda: _sent_back(ledger))
    do("work:translation-begun", lambda: _translation_begun(ledger))
    do("work:source-changed", lambda: _source_changed(ledger))
    do("work:reviewed", lambda: _reviewed(ledger))
    do("work:event-begun", lambda: _event_begun(ledger))


def _sent_back(ledger: Ledger) -> Page:
    """A chapter that the reviewers want changed."""
    chapter = copy_of(
        ledger,
        "study/teachers-needs",
        "Time to plan together",
        "time-to-plan-together",
        "What changes when colleagues share one hour a week for their lessons.",
    )
    chapter.get_workflow().start(chapter, person_of("author"))
    reason = "Good idea. Please add one example from a primary school and say how the hour was found."
    chapter.current_workflow_task_state.reject(user=person_of("reviewer"), comment=reason)
    return chapter


def _reviewed(ledger: Ledger) -> Page:
    """A chapter that the reviewers approved and the editors have not read."""
    chapter = copy_of(
        ledger,
        "study/inquiry",
        "Questions that pupils ask",
        "questions-that-pupils-ask",
        "How a class collects its questions, and which of them can be answered by trying.",
    )
    chapter.get_workflow().start(chapter, person_of("author"))
    chapter.current_workflow_task_state.approve(user=person_of("reviewer"), comment="Clear and short.")
    return chapter


def _event_begun(ledger: Ledger) -> Page:
    """An event that has been copied from an earlier one and not announced yet."""
    new = {"title": "Autumn school for teacher trainers", "slug": "autumn-school-for-teacher-trainers"}
    event = page_of("event-1", ledger)
    return event.copy(update_attrs=new, copy_revisions=False, keep_live=False, user=person_of("communications"))


def _translation_begun(ledger: Ledger) -> Page:
    """A published chapter that French and Finnish translators have been asked for; the Finnish one has begun."""
    chapter = page_of("study/evidence-of-impact", ledger)
    wanted = Locale.objects.filter(language_code__in=("fr", "fi"))
    for translation in store.submit(chapter, wanted):
        if translation.target_locale.language_code == "fi":
            texts = {one.place: BEGUN[one.text] for one in store.segments_of(translation) if one.text in BEGUN}
            store.save_strings(translation, texts, person_of("translator"))
        store.make_target(translation, person_of("coordinator"))
    return chapter


def _source_changed(ledger: Ledger) -> Page:
    """A page whose original has a sentence more than its translations."""
    page: Any = page_of("objectives", ledger)
    page.body.append(("paragraph", "<p>The partners read the objectives again at each annual meeting.</p>"))
    page.save_revision(user=person_of("communications")).publish(user=person_of("communications"))
    store.submit(page, Locale.objects.exclude(language_code=settings.LANGUAGE_CODE))
    return page

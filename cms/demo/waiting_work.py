"""Work that waits in the demonstration: a chapter sent back, a translation half done, translations behind their source."""

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
    """Give authors, translators and coordinators something to go on with."""
    do("work:sent-back", lambda: _sent_back(ledger))
    do("work:translation-begun", lambda: _translation_begun(ledger))
    do("work:source-changed", lambda: _source_changed(ledger))


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

"""Three things to try first, for each role: real screens, opened on something the person works with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState

from cms.roles.groups import AUTHOR, COMMUNICATIONS, COORDINATOR, EDITOR, REVIEWER, TRANSLATOR
from cms.roles.start import ADMINISTRATOR, Visitor

HIDDEN = "start_page_steps"


@dataclass(frozen=True)
class Step:
    """One thing to try: what, why in one sentence, where, and the name of an icon."""

    title: str | Promise
    text: str | Promise
    url: str
    icon: str


def steps_for(visitor: Visitor) -> list[Step]:
    """Return the steps of all roles of a visitor, each once. At most six statements for each role."""
    found: dict[str, Step] = {}
    for role in visitor.roles:
        for step in STEPS[role](visitor):
            found.setdefault(str(step.title), step)
    return list(found.values())


def _author(visitor: Visitor) -> Sequence[Step]:
    chapters = apps.get_model("pages.ChapterPage")._default_manager.filter(owner=visitor.user, alias_of=None)
    written = chapters.filter(locale__language_code=settings.LANGUAGE_CODE)
    live = written.filter(live=True).order_by("-latest_revision_created_at", "pk").first()
    draft = written.filter(live=False).order_by("-latest_revision_created_at", "pk").first()
    translated = live and _in_another_language(live, visitor.language)
    return [
        Step(
            _("Change a chapter"),
            _("Open a chapter of yours and rewrite a sentence. Nothing goes live before it has been reviewed."),
            _edit(live or draft, "chapters:index"),
            "edit",
        ),
        Step(
            _("See it as readers will"),
            _("The preview shows your chapter as the website does, in every language that it has."),
            _view(translated or live, "chapters:index"),
            "view",
        ),
        Step(
            _("Submit a draft for review"),
            _("Choose “Submit” in the menu at the bottom of a draft; the reviewers get a message."),
            _edit(draft, "chapters:index"),
            "clipboard-list",
        ),
    ]


def _reviewer(visitor: Visitor) -> Sequence[Step]:
    task = _first_task(visitor)
    page = task and task.revision.content_object
    return [
        Step(
            _("Read a draft as readers will"),
            _("The preview shows the draft that waits for you as the website does."),
            reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, task.task_id]) if page else _home(),
            "view",
        ),
        Step(
            _("Comment in the margin"),
            _("Select a word in the draft and say what you think; the author sees it at the same place."),
            _edit(page, "wagtailadmin_home"),
            "comment-add",
        ),
        Step(
            _("Choose when you get mail"),
            _("Your account says which messages you want, in which language, and how the screens look."),
            reverse("wagtailadmin_account"),
            "mail",
        ),
    ]


def _editor(visitor: Visitor) -> Sequence[Step]:
    page = _newest("pages.ChapterPage")
    return [
        Step(
            _("Approve a page or send it back"),
            _("The list shows every page that waits for you; your approval publishes it."),
            f"{reverse('wagtailadmin_reports:workflow_tasks')}?reviewable=true",
            "clipboard-list",
        ),
        Step(
            _("Compare two versions"),
            _("The history of a page shows who changed what, and brings an old version back."),
            reverse("wagtailadmin_pages:history", args=[page.pk]) if page else reverse("chapters:index"),
            "history",
        ),
        Step(
            _("Follow what happens on the site"),
            _("Who published, changed or removed what, newest first."),
            reverse("wagtailadmin_reports:site_history"),
            "time",
        ),
    ]


def _translator(visitor: Visitor) -> Sequence[Step]:
    page = _newest("pages.ChapterPage", visitor.language)
    return [
        Step(
            _("Translate a text"),
            _("Source and translation stand side by side; every string is saved by itself."),
            _edit(page, "chapters:index"),
            "wagtail-localize-language",
        ),
        Step(
            _("See your translation as readers will"),
            _("The preview shows the whole page in your language."),
            _view(page, "chapters:index"),
            "view",
        ),
        Step(
            _("Find what is left to do"),
            _("The report of translations lists every text, and can be filtered by language."),
            f"{reverse('wagtail_localize:translations_report')}?target_locale={visitor.language}",
            "site",
        ),
    ]


def _coordinator(visitor: Visitor) -> Sequence[Step]:
    page = _newest("pages.StudyPage")
    return [
        Step(
            _("See how far each language is"),
            _("The report of translations lists what waits, language by language."),
            reverse("wagtail_localize:translations_report"),
            "site",
        ),
        Step(
            _("Send a text for translation"),
            _("Choose the languages, and whether the chapters below come along."),
            reverse("wagtail_localize:submit_page_translation", args=[page.pk]) if page else reverse("studies:index"),
            "wagtail-localize-language",
        ),
        _facts(),
    ]


def _communications(visitor: Visitor) -> Sequence[Step]:
    events = _newest("pages.EventIndexPage")
    return [
        Step(
            _("Announce an event"),
            _("Date, place and a few sentences are enough; the calendar of the website shows it when it is live."),
            reverse("wagtailadmin_pages:add", args=["pages", "eventpage", events.pk])
            if events
            else reverse("events:index"),
            "calendar",
        ),
        Step(
            _("Upload a picture"),
            _("Describe it for people who cannot see it, and say who made it."),
            reverse("wagtailimages:add_multiple"),
            "image",
        ),
        Step(
            _("Change an information page"),
            _("About us, accessibility, privacy: the pages that readers reach from the foot of the website."),
            reverse("information:index"),
            "doc-empty",
        ),
    ]


def _administrator(visitor: Visitor) -> Sequence[Step]:
    return [
        Step(
            _("Invite a colleague"),
            _("Make an account and give it one or more roles."),
            reverse("wagtailusers_users:add"),
            "user",
        ),
        _facts(),
        Step(
            _("Look at the background jobs"),
            _("When each job ran last, and what went wrong."),
            reverse("background_jobs"),
            "cogs",
        ),
    ]


STEPS: dict[str, Callable[[Visitor], Sequence[Step]]] = {
    AUTHOR.name: _author,
    REVIEWER.name: _reviewer,
    EDITOR.name: _editor,
    TRANSLATOR.name: _translator,
    COORDINATOR.name: _coordinator,
    COMMUNICATIONS.name: _communications,
    ADMINISTRATOR: _administrator,
}


def _facts() -> Step:
    return Step(
        _("Say who stands behind the site"),
        _("Name, funding and disclaimer, as they stand at the foot of every page."),
        reverse("wagtailsettings:edit", args=["home", "sitefacts"]),
        "cog",
    )


def _newest(label: str, language: str = settings.LANGUAGE_CODE) -> Any:
    pages = apps.get_model(label)._default_manager.filter(locale__language_code=language, alias_of=None)
    return pages.order_by("-latest_revision_created_at", "pk").first()


def _in_another_language(page: Page, language: str) -> Any:
    """A translation of a page: the visitor's language, else the first there is."""
    others = {other.locale.language_code: other for other in page.get_translations().select_related("locale")}
    return others.get(language) or next((others[code] for code, _name in settings.LANGUAGES if code in others), None)


def _first_task(visitor: Visitor) -> Any:
    return TaskState.objects.reviewable_by(visitor.user).select_related("revision").order_by("started_at").first()


def _edit(page: Any, otherwise: str) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else reverse(otherwise)


def _view(page: Any, otherwise: str) -> str:
    return reverse("wagtailadmin_pages:view_draft", args=[page.pk]) if page else reverse(otherwise)


def _home() -> str:
    return reverse("wagtailadmin_home")

"""Makes a usable site step by step: languages, roles, pages in every language, menu, footer, and the site's name.

What is there already is taken as it is; what somebody edited or deleted after it was made stays so.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from wagtail.models import Locale, Page, Site

from cms.roles.groups import ensure_groups
from cms.setup.ledger import Ledger
from cms.setup.models import SetupStep
from cms.setup.raw import Names, Writer
from cms.setup.texts import HOME, PAGES, SECTIONS, FirstPage, texts, written_languages
from cms.setup.translating import translate
from cms.setup.values import footer_values, menu_values, page_values
from cms.setup.writing import apply_values, make_locales, make_site, publish_snippet, tree_root
from cms.translation import store
from cms.workflows.approval import ensure_workflows
from home.models import Footer, HomePage, MainMenu, SiteFacts

NAME = "name:"
Progress = Callable[[str], None]
FRAME: tuple[tuple[str, Any, Any], ...] = (("menu", MainMenu, menu_values), ("footer", Footer, footer_values))


@dataclass
class Outcome:
    """What one run did: number of steps, what it found made by others, and what it could not do, as sentences."""

    steps: int = 0
    found: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def set_up_site(name: str, progress: Progress) -> Outcome:
    """Make what is missing of a site without demonstration and return what was done; an interrupted run is continued.

    Args:
        name: the site's name, shown at the top of every page.
        progress: takes a line for people when a part begins.
    """
    return Setup(name, progress).run()


def is_set_up() -> bool:
    """Tell whether this database holds a site of its own, also when its setup was interrupted. One statement."""
    return SetupStep.objects.exists()


def has_home_page() -> bool:
    """Tell whether the site has an entrance that readers can see. One statement."""
    return HomePage.objects.filter(live=True).exists()


def settled_name(name: str) -> str:
    """Return the name under which an earlier run began, because its texts hold it; else the given one. One statement."""
    begun = SetupStep.objects.filter(key__startswith=NAME).values_list("key", flat=True).first()
    return begun.removeprefix(NAME) if begun else name


class Setup:
    """One run of the setup."""

    def __init__(self, name: str, progress: Progress) -> None:
        self.ledger = Ledger()
        self.name = settled_name(name)
        self.progress = progress
        self.outcome = Outcome()
        self.source, *self.others = written_languages()

    def run(self) -> Outcome:
        """Do all steps in order."""
        self.ledger.once(f"{NAME}{self.name}", lambda: None)
        self.progress("Languages, roles and workflows")
        self._do("locales", make_locales)
        self._do("groups", ensure_groups)
        self._do("workflows", ensure_workflows)
        self.progress(f"Pages ({len(PAGES)})")
        for page in PAGES:
            self._do(f"page:{page.key}", partial(self._find_or_create, page))
        self._do("site", self._site)
        for page in PAGES:
            self._do(f"text:{page.key}", partial(self._fill, page))
        for code in self.others:
            self.progress(f"Translations into {code} ({len(PAGES)})")
            for page in PAGES:
                self._translate(page, code)
        self.progress("Menu, footer and name")
        for kind, model, write in FRAME:
            self._frame(kind, model, write)
        self._do("facts", self._facts)
        return self.outcome

    def _do(self, key: str, make: Callable[[], Any]) -> None:
        if self.ledger.once(key, make):
            self.outcome.steps += 1

    def _text(self, key: str, code: str) -> Any:
        return texts(code, self.name)[key]

    def _locale(self, code: str) -> Locale:
        return Locale.objects.get(language_code=code)

    def _writer(self, key: str) -> Writer:
        return Writer(f"setup/{key}", Names(pages=self.ledger.with_prefix("page:")))

    def _find_or_create(self, page: FirstPage) -> Page:
        """Return the page that stands at this place already, or a new draft with title and slug."""
        own = self._text(page.key, self.source)
        found = self._found(page, own["slug"])
        if found is not None:
            self.ledger.once(f"found:{page.key}", lambda: found)
            self.outcome.found.append(found.title)
            return found
        model = apps.get_model(page.model)
        made = model(title=own["title"], slug=own["slug"], locale=self._locale(self.source), live=False)
        parent = tree_root() if page == HOME else Page.objects.get(pk=self.ledger.pk("page:home"))
        child: Page = parent.add_child(instance=made)
        return child

    def _found(self, page: FirstPage, slug: str) -> Page | None:
        there = apps.get_model(page.model)._default_manager.filter(locale=self._locale(self.source))
        if page in SECTIONS:
            there = there.child_of(Page.objects.get(pk=self.ledger.pk("page:home")))
        found: Page | None = (there if page.is_single else there.filter(slug=slug)).order_by("path").first()
        return found

    def _site(self) -> None:
        """Make the home page the entrance of the default site, unless another home page is."""
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is not None and isinstance(site.root_page.specific, HomePage):
            return
        address = urlsplit(settings.BASE_URL)
        port = address.port or (443 if address.scheme == "https" else 80)
        home = HomePage.objects.get(pk=self.ledger.pk("page:home"))
        make_site(home, address.hostname or "localhost", port, self.name)

    def _fill(self, page: FirstPage) -> None:
        """Write the text of a page that this run made, and publish it if it may be."""
        if f"found:{page.key}" in self.ledger:
            return
        made = Page.objects.filter(pk=self.ledger.pk(f"page:{page.key}")).first()
        if made is None:
            return
        made = made.specific
        apply_values(made, page_values(page.model, self._text(page.key, self.source), self._writer(page.key)))
        if page.is_published:
            made.save_revision().publish()
        else:
            made.save()
            made.save_revision()

    def _translate(self, page: FirstPage, code: str) -> None:
        """Translate a page that the setup made; without its parent in that language there is no place for it."""
        key = f"translation:{page.key}:{code}"
        source = Page.objects.filter(pk=self.ledger.pk(f"page:{page.key}")).first()
        if key in self.ledger or f"found:{page.key}" in self.ledger or source is None:
            return
        locale = self._locale(code)
        if page in SECTIONS and not source.get_parent().has_translation(locale):
            self.outcome.left_out.append(
                f"“{source.title}” in {locale}: its parent page is not translated. Translate that and set up again."
            )
            return
        source = source.specific
        if store.strings_in(source) != store.strings_in(self._twin(page, source, self._locale(self.source))):
            self.outcome.left_out.append(
                f"“{source.title}” in {locale}: it has been edited. Translate it in the admin."
            )
            return
        self._do(key, partial(self._make_translation, page, source, locale))

    def _make_translation(self, page: FirstPage, source: Any, locale: Locale) -> Any:
        twin = self._twin(page, source, locale)
        kept = {} if page == HOME else {"slug": twin.slug}
        return translate(source, twin, locale, kept, is_published=page.is_published)

    def _twin(self, page: FirstPage, source: Any, locale: Locale) -> Any:
        """Return an unsaved page with the text in one language and the same ids as the source."""
        own = self._text(page.key, locale.language_code)
        twin = type(source)(locale=locale, slug=own["slug"])
        apply_values(twin, page_values(page.model, own, self._writer(page.key)))
        return twin

    def _frame(self, kind: str, model: Any, write: Any) -> None:
        """Make the menu or the footer in every language, unless there is one."""
        if f"{kind}:{self.source}" not in self.ledger and model.objects.exists():
            self.outcome.found.append(str(model.objects.order_by("pk").first()))
            self.ledger.once(f"found:{kind}", lambda: None)
        if f"found:{kind}" in self.ledger:
            return
        first = f"{kind}:{self.source}"
        self._do(first, lambda: publish_snippet(self._filled(kind, model, write, self.source), uuid.uuid4()))
        for code in self.others:
            self._do(f"{kind}:{code}", partial(self._translate_frame, kind, model, write, code))

    def _translate_frame(self, kind: str, model: Any, write: Any, code: str) -> Any:
        source = model.objects.filter(pk=self.ledger.pk(f"{kind}:{self.source}")).first()
        twin = self._filled(kind, model, write, code)
        return translate(source, twin, twin.locale, {}) if source else None

    def _filled(self, kind: str, model: Any, write: Any, code: str) -> Any:
        made = model(locale=self._locale(code))
        apply_values(made, write(self._text(kind, code), self._writer(kind)))
        return made

    def _facts(self) -> None:
        """Give the site its name, unless it has one."""
        facts = SiteFacts.for_site(Site.objects.get(is_default_site=True))
        if not facts.name:
            facts.name = self.name
            facts.save()

"""What waits for translators and coordinators: strings without a translation, translations behind their source."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.delivery.models import Entry
from cms.roles.groups import COORDINATOR, TRANSLATOR
from cms.roles.start import Link, PageList, Visitor, Waiting, page_links, register_page_list, register_waiting
from cms.translation import store


def register() -> None:
    """Offer both to the start page."""
    register_waiting("translations", untranslated, order=20)
    register_page_list(OUTDATED, order=21)


def languages_of(visitor: Visitor) -> list[str]:
    """Return the languages into which a visitor translates.

    All for coordinators, and for people who read the admin in the language that is translated from; else their own.
    """
    everything = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES if code != settings.LANGUAGE_CODE]
    if visitor.has_role(COORDINATOR.name):
        return everything
    return [visitor.language] if visitor.language in everything else everything


def untranslated(visitor: Visitor) -> Iterable[Waiting]:
    """Yield a line with the texts that have strings without a translation, language by language. At most two statements."""
    if not visitor.has_role(TRANSLATOR.name, COORDINATOR.name):
        return
    languages = languages_of(visitor)
    counts = {code: count for code, count in store.waiting_by_locale().items() if code in languages}
    total = sum(counts.values())
    if len(languages) == 1:
        links = page_links(_pages_waiting(languages[0])) if total else ()
    else:
        links = tuple(
            Link(get_language_info(code)["name_translated"].capitalize(), _report(code), str(counts[code]))
            for code in languages
            if code in counts
        )
    yield Waiting(total, _sentence(total, languages), _report(*languages), "wagtail-localize-language", links)


def outdated_pages(visitor: Visitor) -> Any:
    """Return the published translations whose source was published after them, in the visitor's languages."""
    if not visitor.has_role(TRANSLATOR.name, COORDINATOR.name):
        return None
    stale = Entry.objects.filter(
        entry_id=OuterRef("translation_key"),
        locale=OuterRef("locale__language_code"),
        translation_status__is_stale=True,
    )
    return Page.objects.filter(Exists(stale), locale__language_code__in=languages_of(visitor))


OUTDATED = PageList(
    "outdated-translations",
    _("Outdated translations"),
    "rotate",
    lambda count: ngettext("translation is older than its source", "translations are older than their source", count),
    _("Open a translation, translate the strings that are new, then publish it or submit it."),
    outdated_pages,
)


def _pages_waiting(language: str) -> Any:
    return Page.objects.filter(locale__language_code=language, translation_key__in=store.waiting_keys(language))


def _report(*languages: str) -> str:
    """Address of the report of translations; it filters by one language at most."""
    wanted = {"waiting_for_translation": "true", "target_locale": languages[0] if len(languages) == 1 else "all"}
    return f"{reverse('wagtail_localize:translations_report')}?{urlencode(wanted)}"


def _sentence(total: int, languages: list[str]) -> str:
    """Name the language where there is one only; of several, each has a link of its own."""
    if len(languages) > 1:
        return ngettext("text waits for translation", "texts wait for translation", total)
    sentence = ngettext(
        "text waits for translation into %(language)s", "texts wait for translation into %(language)s", total
    )
    return sentence % {"language": get_language_info(languages[0])["name_translated"]}

"""The admin speaks the user's language: no message of a package stands in English on the screens of our roles."""

import json
import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.catalog_gaps import package_messages
from tests.roles.conftest import GROUPS
from tests.roles.conftest import sign_in as sign_in
from tests.roles.conftest import site as site

pytestmark = pytest.mark.one_database

# Finnish has the most gaps; Italian is walked through too with TESTS_LONG=1 (`make test-long`).
LANGUAGES = ["fi", "it"] if os.environ.get("TESTS_LONG", "") not in ("", "0") else ["fi"]

READ_ALOUD = ("aria-label", "title", "placeholder", "alt", "data-w-tooltip-content-value")
BUTTONS = "//input[@type='submit' or @type='button']/@value"
# Names that are the same in every language.
NAMES = {"Wagtail", "URL", "ID", "Email", "PDF"}


def screens(site: SimpleNamespace, role: str) -> list[str]:
    """Return the addresses of the screens that a role meets."""
    home, account = reverse("wagtailadmin_home"), reverse("wagtailadmin_account")
    lists = ["start/drafts/", "start/reviews/", "start/sent-back/", "start/comments/", "mailbox/"]
    found = [home, account, *(f"{home}{one}" for one in lists)]
    own = {
        "author": [*_listings("chapters", "tools", "studies"), *_page(site.chapter), *_media("images", "documents")],
        "reviewer": [f"{home}login/"],
        "editor": [
            *_listings("chapters", "tools", "events", "information"),
            *_page(site.chapter),
            *_page(site.event),
            *_media("images", "documents"),
            *_snippets("pages/topic", "pages/organisation"),
            *_reports("site-history", "aging-pages", "locked", "workflow", "workflow_tasks", "page-types-usage"),
        ],
        "translator": [
            *_listings("chapters", "tools"),
            f"{home}start/outdated-translations/",
            f"{home}pages/{site.french_chapter.pk}/edit/",
            f"{home}localize/reports/translations/",
            *_reports("workflow", "workflow_tasks"),
        ],
        "coordinator": [
            f"{home}localize/submit/page/{site.chapter.pk}/",
            f"{home}localize/reports/translations/",
            f"{home}redirects/",
            f"{home}redirects/add/",
            *_page(site.study),
            *_snippets("home/footer", "home/mainmenu"),
        ],
        "communications": [
            f"{home}pages/add/pages/eventpage/{site.events.pk}/",
            *_page(site.event),
            *_media("images", "documents"),
            *_snippets("pages/contact"),
        ],
        "administrator": [
            *(f"{home}{one}/" for one in ("users", "users/new", "groups", "groups/new", "sites", "collections")),
            *(
                f"{home}{one}/"
                for one in ("locales", "locales/new", "workflows/list", "workflows/add", "workflows/tasks/index")
            ),
            f"{home}reports/jobs/",
        ],
    }
    return found + own[role]


def _listings(*names: str) -> list[str]:
    return [reverse(f"{name}:index") for name in names]


def _page(page: Page) -> list[str]:
    """The screens of one page that everybody who may edit it meets."""
    names = ("edit", "history", "usage", "move", "copy", "delete", "workflow_history")
    return [reverse("wagtailadmin_explore", args=[page.pk]), *(f"/admin/pages/{page.pk}/{name}/" for name in names)]


def _media(*names: str) -> list[str]:
    return [f"/admin/{name}/{tail}" for name in names for tail in ("", "multiple/add/")]


def _snippets(*names: str) -> list[str]:
    return [f"/admin/snippets/{name}/{tail}" for name in names for tail in ("", "add/")]


def _reports(*names: str) -> list[str]:
    return [f"/admin/reports/{name}/" for name in names]


def texts_of(document: Any) -> Iterator[str]:
    """Yield every text that a person reads or hears, also those that scripts will show."""
    for text in document.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::template)]"):
        yield " ".join(text.split())
    for name in READ_ALOUD:
        yield from (" ".join(value.split()) for value in document.xpath(f"//@{name}"))
    yield from document.xpath(BUTTONS)
    for script in document.xpath("//script[@type='application/json']"):
        yield from _strings(json.loads(script.text or "null"))
    for value in document.xpath("//@data-props"):
        yield from _strings(json.loads(value))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def english_words(language: str, content: set[str]) -> set[str]:
    """Return the messages of packages that a language says otherwise; texts of the site's content are left out."""
    with override(language):
        return (
            {
                message.text
                for message in package_messages("django")
                if "%" not in message.text and " " in message.text and gettext(message.text) != message.text
            }
            - content
            - NAMES
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", GROUPS)
def test_no_message_of_a_package_is_english(
    site: SimpleNamespace, sign_in: Callable[[str], Client], role: str, language: str
) -> None:
    client = sign_in(role)
    profile = UserProfile.get_for_user(get_user_model().objects.get(username=role))
    profile.preferred_language = language
    profile.save()
    english = english_words(language, set(Page.objects.values_list("title", flat=True)))

    found: set[tuple[str, str]] = set()
    opened = []
    for url in screens(site, role):
        response = client.get(url)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            opened.append(url)
            document = lxml.html.fromstring(response.content)
            assert document.get("lang") == language, url
            found |= {(url, text) for text in texts_of(document) if text in english}

    assert found == set()
    assert len(opened) >= 7


def test_refusal_speaks_the_language_of_the_account(site: SimpleNamespace, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("author")
    profile = UserProfile.get_for_user(get_user_model().objects.get(username="author"))
    profile.preferred_language = "fi"
    profile.save()

    response = client.get("/admin/users/", follow=True, headers={"accept-language": "de"})

    said = lxml.html.fromstring(response.content).xpath("//li[contains(@class, 'error')]")
    with override("fi"):
        refusal = gettext("Sorry, you do not have permission to access this area.")
    assert refusal != "Sorry, you do not have permission to access this area."
    assert " ".join(said[0].text_content().split()).startswith(refusal)


def test_language_of_the_admin_does_not_stay_for_the_website(
    site: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("author")
    profile = UserProfile.get_for_user(get_user_model().objects.get(username="author"))
    profile.preferred_language = "fi"
    profile.save()
    client.get("/admin/")

    assert lxml.html.fromstring(client.get("/nowhere", follow=True).content).get("lang") == "en"


def test_untranslated_message_is_found(site: SimpleNamespace, sign_in: Callable[[str], Client]) -> None:
    """The walk sees what a person sees: in English the same screens are full of these messages."""
    document = lxml.html.fromstring(sign_in("author").get("/admin/").content)

    assert len(set(texts_of(document)) & english_words("fi", set())) >= 3

"""A site from nothing: pages in every language that readers can open, drafts that they cannot, and nothing made twice."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import GroupPagePermission, Locale, Page, Site, Workflow

from cms.delivery.rebuild import check_entries
from cms.setup import site
from cms.setup.models import SetupStep
from cms.setup.site import Outcome, set_up_site
from cms.setup.texts import PAGES, texts
from cms.translation import store
from home.models import Footer, HomePage, MainMenu, SiteFacts
from pages.models import EventIndexPage, InformationPage, StudyPage
from tests.factories import make_home

LANGUAGES = ["en", "fr", "fi", "it", "de"]
STEPS = 3 + 11 + 1 + 11 + 4 * 11 + 2 * 5 + 1


def set_up(name: str = "Our study") -> Outcome:
    return set_up_site(name, lambda line: None)


def address(code: str, key: str) -> str:
    return f"/{code}/" if key == "home" else f"/{code}/{texts(code, 'Our study')[key]['slug']}/"


@pytest.fixture
def empty(root_page: Page) -> None:
    """An empty tree, as migrations leave it."""
    Site.objects.all().delete()
    for page in root_page.get_children():
        page.specific.delete()


@pytest.mark.usefixtures("empty")
def test_site_is_there_in_every_language(client: Client) -> None:
    outcome = set_up()

    assert (outcome.steps, outcome.found, outcome.left_out) == (STEPS, [], [])
    assert sorted(Locale.objects.values_list("language_code", flat=True)) == sorted(LANGUAGES)
    assert len(check_entries()) == 0
    for code in LANGUAGES:
        for page in PAGES:
            answer = client.get(address(code, page.key))
            assert answer.status_code == (200 if page.is_published else 404), address(code, page.key)
        home = client.get(f"/{code}/").content.decode()
        assert f'<html lang="{code}"' in home
        assert texts(code, "Our study")["home"]["body"][0]["callout"]["title"] in home
        assert texts(code, "Our study")["footer"]["disclaimer"] in home
        assert "Our study" in home
        for item in texts(code, "Our study")["menu"]["items"]:
            assert item["text"] in home


@pytest.mark.usefixtures("empty")
def test_translations_are_complete_so_that_the_gate_lets_them_pass() -> None:
    set_up()

    targets = Page.objects.filter(depth__gt=1).exclude(locale__language_code="en").specific()
    states = [store.readiness(target) for target in targets]
    assert len(states) == 44
    assert all(state is not None and state.is_complete for state in states)


@pytest.mark.usefixtures("empty")
def test_footer_leads_to_the_legal_notice_from_the_day_it_is_published(client: Client) -> None:
    set_up()
    assert "/en/legal-notice/" not in client.get("/en/").content.decode()

    InformationPage.objects.get(slug="legal-notice", locale__language_code="en").get_latest_revision().publish()

    assert "/en/legal-notice/" in client.get("/en/").content.decode()


@pytest.mark.usefixtures("empty")
def test_roles_workflows_and_facts_are_made() -> None:
    set_up("Our “best” study")

    study = StudyPage.objects.get(locale__language_code="fi")
    assert Group.objects.filter(name__in=["Authors", "Editors", "Translators"]).count() == 3
    assert GroupPagePermission.objects.filter(page=study.page_ptr, group__name="Authors").exists()
    assert set(Workflow.objects.values_list("name", flat=True)) >= {"Chapter review", "Editorial approval"}
    assert SiteFacts.objects.get().name == "Our “best” study"
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get(
        locale__language_code="en"
    )


@pytest.mark.usefixtures("empty")
def test_second_run_changes_nothing_that_somebody_did() -> None:
    set_up()
    tools = Page.objects.get(slug="tools").specific
    tools.title = "Our tools"
    tools.save_revision().publish()
    for events in EventIndexPage.objects.all():
        events.delete()
    Group.objects.get(name="Reviewers").delete()
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision"))

    outcome = set_up("Another name")

    assert outcome.steps == 0
    assert list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision")) == before
    assert SiteFacts.objects.get().name == "Our study"
    assert not Group.objects.filter(name="Reviewers").exists()


@pytest.mark.usefixtures("empty")
def test_interrupted_run_is_continued(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Any] = []

    def some(*args: Any, **options: Any) -> Any:
        if len(done) == 20:
            raise KeyboardInterrupt
        done.append(args)
        return translate(*args, **options)

    translate = site.translate
    monkeypatch.setattr(site, "translate", some)
    with pytest.raises(KeyboardInterrupt):
        set_up()
    made = SetupStep.objects.exclude(key="name:Our study").count()
    monkeypatch.setattr(site, "translate", translate)

    outcome = set_up("Another name")

    assert (made, outcome.steps) == (STEPS - 24 - 11, 24 + 11)
    assert [Page.objects.filter(locale__language_code=code, depth__gt=1).count() for code in LANGUAGES] == [11] * 5
    assert set(HomePage.objects.values_list("title", flat=True)) == {"Our study"}
    assert MainMenu.objects.count() == Footer.objects.count() == 5
    assert len(check_entries()) == 0


@pytest.mark.usefixtures("empty")
def test_page_that_was_edited_before_it_was_translated_is_left_to_its_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "written_languages", lambda: ["en"])
    set_up()
    study = StudyPage.objects.get()
    study.subtitle = "Written by us"
    study.save_revision().publish()
    monkeypatch.setattr(site, "written_languages", lambda: ["en", "fi"])

    outcome = set_up()

    assert outcome.left_out == ["“Study” in Suomi: it has been edited. Translate it in the admin."]
    assert not StudyPage.objects.filter(locale__language_code="fi").exists()
    assert HomePage.objects.filter(locale__language_code="fi").exists()


def test_pages_that_are_there_are_taken_as_they_are(root_page: Page) -> None:
    home = make_home("Ours")
    home.add_child(instance=StudyPage(title="Our old study", slug="old", locale=home.locale))

    outcome = set_up()

    assert outcome.found == ["Ours", "Our old study"]
    assert [(page.title, page.slug) for page in StudyPage.objects.all()] == [("Our old study", "old")]
    assert HomePage.objects.get().title == "Ours"
    assert len([line for line in outcome.left_out if "its parent page is not translated" in line]) == 4 * 9
    assert Page.objects.child_of(home).count() == 10
    assert len(check_entries()) == 0

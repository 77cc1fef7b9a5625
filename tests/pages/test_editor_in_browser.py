"""The editor in a real Chromium: formulas and phrases are written in dialogs, with a preview while typing."""

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect, sync_playwright
from wagtail.models import Locale, Page

from guidance.models import GuidanceToolIndexPage, GuidanceToolPage
from home.models import HomePage
from pages.models import StudyPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.one_database,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def home() -> HomePage:
    locale = Locale.objects.get_or_create(language_code="en")[0]
    return Page.get_first_root_node().add_child(instance=HomePage(title="Home", slug="start", locale=locale))


@pytest.fixture
def study(home: HomePage) -> StudyPage:
    return home.add_child(instance=StudyPage(title="Study", slug="study", locale=home.locale))


@pytest.fixture
def tool(home: HomePage) -> GuidanceToolPage:
    index = home.add_child(instance=GuidanceToolIndexPage(title="Tools", slug="tools", locale=home.locale))
    return index.add_child(instance=GuidanceToolPage(title="Tool", slug="tool", locale=home.locale))


@pytest.fixture
def session_key() -> str:
    user = get_user_model().objects.create_superuser("editor", "editor@editor.example", "secret")
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


@pytest.fixture
def browser_page(session_key: str, live_server: Any) -> Iterator[BrowserPage]:
    """Open a browser in which an editor has logged in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        context = browser.new_context(base_url=live_server.url)
        context.add_cookies([{"name": "sessionid", "value": session_key, "url": live_server.url}])
        context.add_init_script("localStorage.setItem('wagtail:draftail-toolbar', 'sticky')")
        yield context.new_page()
        browser.close()


@pytest.fixture
def form(study: StudyPage, browser_page: BrowserPage) -> BrowserPage:
    """Open the form of a new chapter."""
    browser_page.goto(f"/admin/pages/add/pages/chapterpage/{study.pk}/")
    return browser_page


def summary_editor(form: BrowserPage) -> Any:
    return form.locator("#panel-child-content-summary-section")


def stored_summary(form: BrowserPage) -> Any:
    """Return the hidden input into which the editor writes a moment after each change."""
    return summary_editor(form).locator("input[name='summary']")


def containing(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text))


def test_formula_is_shown_while_it_is_typed(form: BrowserPage) -> None:
    body = form.locator("#panel-child-content-body-section")
    body.get_by_role("button", name="Insert a block").first.click()
    form.get_by_role("option", name="Formula").click()
    latex = body.locator("textarea[name$='-latex']")

    latex.fill(r"\frac{s}{t}")
    expect(body.locator("output.pages-formula-preview math mfrac")).to_have_count(1)

    latex.fill(r"\foo")
    expect(body.locator("output.pages-formula-preview")).to_have_text(r"The command \foo at character 1 is not known.")


def test_formula_and_phrase_are_written_into_rich_text(form: BrowserPage) -> None:
    editor = summary_editor(form)
    editor.locator(".public-DraftEditor-content").click()
    editor.locator("button[name='FORMULA']").click()
    dialog = form.get_by_role("dialog", name="Formula")
    dialog.get_by_label("LaTeX, for example H_2O").fill(r"H_2\foo")
    expect(dialog.locator("output")).to_have_text(r"The command \foo at character 4 is not known.")

    dialog.get_by_label("LaTeX, for example H_2O").fill("H_2O")
    expect(dialog.locator("output math msub")).to_have_count(1)
    dialog.get_by_label("Spoken form").fill("water")
    dialog.get_by_role("button", name="Insert").click()
    expect(dialog).to_have_count(0)
    expect(editor.locator(".public-DraftEditor-content")).to_contain_text("water")
    expect(stored_summary(form)).to_have_value(containing('"type":"FORMULA"'))

    editor.locator("button[name='LANGUAGE']").click()
    dialog = form.get_by_role("dialog", name="Language of a phrase")
    dialog.get_by_label("Phrase", exact=True).fill("main à la pâte")
    dialog.get_by_label("Language", exact=True).select_option("fr")
    dialog.get_by_role("button", name="Insert").click()
    expect(dialog).to_have_count(0)

    expect(stored_summary(form)).to_have_value(
        containing('"type":"FORMULA","mutability":"IMMUTABLE","data":{"latex":"H_2O"}')
    )
    expect(stored_summary(form)).to_have_value(
        containing('"type":"LANGUAGE","mutability":"MUTABLE","data":{"lang":"fr"}')
    )


def test_written_formula_can_be_changed(form: BrowserPage) -> None:
    editor = summary_editor(form)
    editor.locator(".public-DraftEditor-content").click()
    editor.locator("button[name='FORMULA']").click()
    dialog = form.get_by_role("dialog", name="Formula")
    dialog.get_by_label("LaTeX, for example H_2O").fill("H_2O")
    dialog.get_by_label("Spoken form").fill("water")
    dialog.get_by_role("button", name="Insert").click()
    expect(dialog).to_have_count(0)

    editor.locator("[data-draftail-trigger]").click()
    form.get_by_role("button", name="Edit").last.click()
    dialog = form.get_by_role("dialog", name="Formula")
    expect(dialog.get_by_label("LaTeX, for example H_2O")).to_have_value("H_2O")
    expect(dialog.get_by_label("Spoken form")).to_have_value("water")
    dialog.get_by_label("LaTeX, for example H_2O").fill("CO_2")
    dialog.get_by_label("Spoken form").fill("carbon dioxide")
    dialog.get_by_role("button", name="Insert").click()
    expect(dialog).to_have_count(0)

    expect(editor.locator(".public-DraftEditor-content")).to_have_text("carbon dioxide")
    expect(stored_summary(form)).to_have_value(containing('"data":{"latex":"CO_2"}'))
    expect(stored_summary(form)).not_to_have_value(containing("H_2O"))


def test_length_of_a_panel_is_told_while_typing(tool: GuidanceToolPage, browser_page: BrowserPage) -> None:
    browser_page.goto(f"/admin/pages/add/guidance/brochurepage/{tool.pk}/")
    body = browser_page.locator("#panel-child-content-body-section")
    body.get_by_role("button", name="Insert a block").first.click()
    title = body.locator("input[name$='-title']")
    counter = title.locator("xpath=following-sibling::output")
    expect(counter).to_have_text("0/60")

    title.fill("Why inquiry?")

    expect(counter).to_have_text("12/60")
    title.fill("x" * 80)
    assert len(title.input_value()) == 60
    body.locator(".public-DraftEditor-content").press_sequentially("Ask.")
    expect(body.get_by_text("4/480")).to_be_visible()

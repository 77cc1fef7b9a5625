"""The search page as a reader uses it: typing, choosing with the keyboard, narrowing; clean for axe, light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_contact import violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1440])
def test_reader_searches_from_any_page_and_narrows(open_browser: Callable[..., Page], width: int) -> None:
    page = open_browser(width=width)
    page.goto("/en/outputs/")
    header = page.locator("header form[role=search]")
    if width == 1440:
        header.get_by_label("Search this site").fill("teacher")
    header.get_by_role("button", name="Search").click()
    page.wait_for_url("**/en/search/?q=*")
    if width == 360:
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type("teacher")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/search/?q=teacher")

    total = page.locator(".result").count()
    assert total > 1
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    choice = page.locator("#filters section").first.locator("a").first
    shown = int(choice.locator(".count").inner_text().split()[0])
    choice.click()
    expect(page.locator(".result")).to_have_count(min(shown, 10))
    assert violations(page) == []


def test_suggestions_are_chosen_with_the_keyboard(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/en/search/")
    field = page.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")

    field.press_sequentially("inq")

    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search-form [role=status]")).to_contain_text("suggestion")
    assert violations(page) == []

    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    field.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "false")
    field.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(field).to_have_value("inq")

    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    title = options.first.locator("span").first.inner_text()
    field.press("Enter")
    page.wait_for_url(lambda address: "/search/" not in address)
    expect(page.locator("h1")).to_have_text(title)


def test_search_works_without_scripts(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.route("**/search*.js", lambda route: route.abort())
    page.goto("/en/search/")

    page.locator("#q").fill("inquiry")
    page.get_by_role("button", name="Search").click()

    page.wait_for_url("**/en/search/?q=inquiry")
    expect(page.locator(".result").first).to_be_visible()

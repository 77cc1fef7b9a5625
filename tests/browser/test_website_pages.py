"""Ways through the pages of the website: by keyboard, on a narrow screen, on a wide one, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.one_database]


def test_first_tab_leads_to_the_content_and_the_next_to_the_languages(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/en/study/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".languages a").first).to_be_focused()
    page.locator(".skip").press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_narrow_screen_opens_menu_and_sections_without_a_script(open_browser: Callable[..., Page]) -> None:
    page = open_browser(width=360)
    page.goto("/en/study/inquiry/")
    sections, menu = page.locator(".toc ol"), page.locator(".menu")

    expect(sections).to_be_hidden()
    page.locator(".toc summary").press("Enter")
    expect(sections).to_be_visible()
    expect(menu).to_be_hidden()
    page.locator(".menu-button").press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()


def test_wide_screen_keeps_the_sections_beside_the_text(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/en/study/inquiry/")
    page.mouse.wheel(0, 2500)

    expect(page.locator(".toc ol")).to_be_in_viewport()
    expect(page.locator(".toc summary")).to_be_hidden()


def test_printed_page_has_text_and_link_addresses_and_nothing_to_press(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/en/study/inquiry/")
    page.emulate_media(media="print")

    for name in (".languages", ".menu", ".breadcrumbs", ".sides", ".site-search", ".in-languages", ".back"):
        for part in page.locator(name).all():
            expect(part).to_be_hidden()
    expect(page.locator(".prose").first).to_be_visible()
    expect(page.locator(".citation")).to_be_visible()
    address = page.evaluate(
        "getComputedStyle(document.querySelector('.prose a[href^=\"http\"]'), '::after').getPropertyValue('content')"
    )
    assert "attr(href)" in address or "http" in address

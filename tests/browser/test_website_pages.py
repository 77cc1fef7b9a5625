"""Every kind of page that the small demonstration has, as people meet it: narrow and wide, light and dark, by keyboard."""

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.one_database]

PATHS = (
    "/en/",
    "/fi/tutkimus/",
    "/de/studie/",
    "/en/study/inquiry/",
    "/de/study/inquiry/",
    "/en/events/",
    "/en/events/dissemination-event-1/",
    "/fr/partners/",
    "/en/nowhere/",
)
SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value })
        .observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 360), ("dark", 360), ("light", 768), ("light", 1440), ("dark", 1440)]
)
def test_pages_fit_stand_still_and_are_accessible(
    chromium: Browser, site: Site, scheme: Literal["light", "dark"], width: int
) -> None:
    context = chromium.new_context(
        base_url=site.url, viewport={"width": width, "height": 800}, color_scheme=scheme, locale="en-GB"
    )
    page = context.new_page()
    found = {}

    for path in PATHS:
        page.goto(path)
        shift = page.evaluate(SHIFT)
        overflow = page.evaluate("document.documentElement.scrollWidth") - width
        violations = [(one["id"], one["nodes"][0]["target"]) for one in Axe().run(page).response["violations"]]
        found[path] = (round(shift, 3), max(overflow, 0), violations)

    context.close()
    assert found == {path: (0, 0, []) for path in PATHS}


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

"""A reader writes to the coordination with the keyboard alone; every state of the form is clean for axe, light and dark."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_brochure_pages import address_of

pytestmark = pytest.mark.browser


def violations(page: Page) -> list[str]:
    """Return what axe finds in both colour schemes."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [one["id"] for one in Axe().run(page).response["violations"]]
    return found


@pytest.mark.parametrize("width", [360, 1440])
def test_reader_is_led_to_what_is_missing_and_sends_the_message(open_browser: Callable[..., Page], width: int) -> None:
    page = open_browser(width=width)
    page.goto(address_of("outputs", "en"))
    page.locator("aside.contact-us a").click()
    page.wait_for_url("**/en/contact/?about=*")
    opened = page.evaluate("Date.now()")
    assert violations(page) == []

    page.get_by_label("Your name").focus()
    page.keyboard.type("Ana")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("May we translate the tools?")
    page.get_by_role("button", name="Send the message").press("Enter")

    expect(page.locator(".problems")).to_be_focused()
    expect(page.get_by_role("textbox", name="Your message")).to_have_value("May we translate the tools?")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.get_by_role("link", name="Enter your e-mail address, so that we can answer.").press("Enter")
    expect(page.get_by_label("Your e-mail address")).to_be_focused()
    page.keyboard.type("ana@example.org")
    page.get_by_label("I agree that").press("Space")
    page.wait_for_function("opened => Date.now() - opened > 3000", arg=opened)  # nobody writes faster
    page.get_by_role("button", name="Send the message").press("Enter")

    page.wait_for_url("**/en/contact/thanks/?about=*")
    expect(page.locator("h1")).to_have_text("Thank you")
    assert violations(page) == []
    assert page.context.cookies() == []

"""The start page in a real browser: every role, both schemes, a phone; the things to try first go and come back."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cms.demo.people import PEOPLE

pytestmark = pytest.mark.browser


def violations(page: Page) -> list[tuple[str, str]]:
    found: Any = Axe().run(page).response["violations"]
    return [(one["id"], node["html"]) for one in found for node in one["nodes"]]


@pytest.mark.parametrize("role", [person.username for person in PEOPLE])
def test_start_page_of_a_role_is_accessible_and_fits_a_phone(open_browser: Callable[..., Page], role: str) -> None:
    page = open_browser(role)

    assert page.locator(".start-step").count() == 3
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.reload()
        assert violations(page) == []

    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_steps_go_and_come_back_by_keyboard(open_browser: Callable[..., Page]) -> None:
    page = open_browser("author")

    page.get_by_role("button", name="Hide").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".start-again")
    assert page.locator(".start-step").count() == 0

    page.get_by_role("button", name="Show three things to try first").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".start-step")
    assert page.locator(".start-step").count() == 3

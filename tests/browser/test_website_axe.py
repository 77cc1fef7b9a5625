"""axe finds no violation on any page of the website, in any language, in the light scheme and in the dark one.

One page of each kind in the short profile; with TESTS_LONG=1 (`make test-long`) every page.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cms.demo.content import LOCALES
from tests.browser.website import Place, one_of_each_kind

pytestmark = [pytest.mark.browser, pytest.mark.one_database]

LONG = os.environ.get("TESTS_LONG", "") not in ("", "0")
KINDS = {
    "homepage",
    "informationpage",
    "outputspage",
    "study",
    "chapter",
    "guidancetoolindex",
    "guidancetool",
    "brochure",
    "eventindex",
    "event",
    "partnerspage",
    "contact",
    "search",
    "search-q",
    "search-q-nothing",
    "message",
}
# The rules that colours decide; all others find the same in both schemes.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
IN_DARK = "rules => axe.run(document, {runOnly: {type: 'rule', values: rules}})"


def violations(result: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return rule and elements of each violation."""
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in result["violations"]]


def look(page: Page) -> list[tuple[str, Any]]:
    """Return what axe finds in the light scheme, then in the dark one, without loading the page twice."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    light = violations(Axe().run(page).response)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return [*light, *((f"dark: {rule}", where) for rule, where in violations(page.evaluate(IN_DARK, OF_COLOURS)))]


@pytest.mark.parametrize("locale", LOCALES)
def test_axe_finds_nothing_on_any_page(open_browser: Callable[..., Page], places: list[Place], locale: str) -> None:
    page = open_browser()
    found = {}

    mine = [place for place in places if place.locale == locale] if LONG else one_of_each_kind(places, locale)
    for place in mine:
        page.goto(place.address)
        found[place.address] = look(page)

    assert {place.kind for place in mine} >= KINDS
    assert found == {place.address: [] for place in mine}


@pytest.mark.parametrize("locale", ["fi", "de"])
def test_axe_finds_nothing_on_a_phone_with_the_menu_open(
    open_browser: Callable[..., Page], places: list[Place], locale: str
) -> None:
    page = open_browser(width=360)
    found = {}

    mine = one_of_each_kind(places, locale)
    for place in mine:
        page.goto(place.address)
        page.locator(".menu-button").click()
        found[place.address] = look(page)

    assert found == {place.address: [] for place in mine}

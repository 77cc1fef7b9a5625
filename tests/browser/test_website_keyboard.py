"""The keyboard alone reaches everything on the website, and always shows where it is."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.website import Place, one_of_each_kind

pytestmark = [pytest.mark.browser, pytest.mark.one_database]

# Names every element that can be worked with and is shown, in the order of the page, and notes what the focus meets.
WATCH = """() => {
  const WORKABLE = 'a[href], button, input:not([type=hidden]), select, textarea, summary, video[controls], audio[controls],'
    + ' iframe, [contenteditable], [tabindex]:not([tabindex="-1"])';
  const look = element => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor].join(' ');
  };
  const isShown = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && element.getClientRects().length && !element.disabled
    && !element.closest('[inert], [aria-hidden=true]');
  const isScroller = element => /auto|scroll/.test(getComputedStyle(element).overflowX)
    && element.scrollWidth > element.clientWidth;
  const wanted = [...document.querySelectorAll('body *')].filter(
    element => isShown(element) && (element.matches(WORKABLE) || isScroller(element)));
  const name = element => {
    const words = (element.innerText || element.getAttribute('aria-label') || element.name || '').trim().slice(0, 40);
    return `${wanted.indexOf(element)} ${element.localName} ${words}`;
  };
  const chain = element => element ? [element, ...chain(element.parentElement)] : [];
  const before = new Map([...document.querySelectorAll('body, body *')].map(element => [element, look(element)]));
  window.met = {wanted: wanted.map(name), reached: [], unseen: [], covered: []};
  document.addEventListener('focusin', event => {
    const element = event.target;
    met.reached.push(name(element));
    if (!chain(element).slice(0, 4).some(one => look(one) !== before.get(one) && getComputedStyle(one).outlineStyle !== 'none'))
      met.unseen.push(name(element));
    const box = element.getClientRects()[0];
    const x = box.left + Math.min(box.width / 2, 20), y = box.top + box.height / 2;
    const top = document.elementFromPoint(x, y);
    if (!top || !(element.contains(top) || top.contains(element))) met.covered.push(name(element));
  });
}"""
MOST_STEPS = 250


def start_at_the_top(page: Page) -> None:
    """Let the next step of the keyboard be the first one of the page, also where a field has the focus from the beginning."""
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")


def walk(page: Page) -> dict[str, Any]:
    """Step with the Tab key through the whole page once, and return what it met."""
    start_at_the_top(page)
    page.evaluate(WATCH)
    steps: int = page.evaluate("met.wanted.length")
    assert 0 < steps < MOST_STEPS
    for _ in range(steps):
        page.keyboard.press("Tab")
    met: dict[str, Any] = page.evaluate("met")
    return met


@pytest.mark.parametrize("width", [360, 1440])
def test_tab_reaches_everything_in_order_and_shows_it(
    open_browser: Callable[..., Page], places: list[Place], width: int
) -> None:
    page = open_browser(width=width)
    page.emulate_media(reduced_motion="reduce")

    for place in one_of_each_kind(places, "en", "fi"):
        page.goto(place.address)
        met = walk(page)

        assert (place.address, met["reached"]) == (place.address, met["wanted"])
        assert (place.address, met["unseen"]) == (place.address, [])
        assert (place.address, met["covered"]) == (place.address, [])


@pytest.mark.parametrize(
    ("fault", "list_of"),
    [
        ("document.querySelectorAll('.menu a').forEach(link => link.style.outline = 'none')", "unseen"),
        ("document.querySelector('.site-footer').style.cssText = 'position: fixed; inset: 0'", "covered"),
        ("document.querySelector('.menu a').tabIndex = -1", "skipped"),
    ],
)
def test_what_the_keyboard_would_not_reach_is_noticed(
    open_browser: Callable[..., Page], fault: str, list_of: str
) -> None:
    page = open_browser()
    page.emulate_media(reduced_motion="reduce")
    page.goto("/en/")
    page.evaluate(fault)

    met = walk(page)

    met["skipped"] = sorted(set(met["wanted"]) - set(met["reached"]))
    assert met[list_of] != []


def test_the_first_link_skips_to_the_content(open_browser: Callable[..., Page], places: list[Place]) -> None:
    page = open_browser()

    for place in one_of_each_kind(places, "en"):
        page.goto(place.address)
        start_at_the_top(page)
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        expect(skip).to_have_attribute("href", "#main")
        expect(skip).to_be_in_viewport(ratio=1)

        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main, footer') !== null"), place.address


def test_the_menu_of_a_phone_opens_and_closes_without_losing_the_focus(
    open_browser: Callable[..., Page], places: list[Place]
) -> None:
    page = open_browser(width=360)

    for place in one_of_each_kind(places, "en", "de"):
        page.goto(place.address)
        button, menu = page.locator(".menu-button"), page.locator("nav.menu")
        expect(menu).to_be_hidden()

        button.focus()
        page.keyboard.press("Enter")
        expect(menu).to_be_visible()
        page.keyboard.press("Tab")
        expect(menu.get_by_role("link").first).to_be_focused()

        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(button).to_be_focused()

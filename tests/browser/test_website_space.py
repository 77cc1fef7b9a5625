"""Nothing of the website is lost on a narrow phone, in a magnified window, or with wider letters and lines."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.website import Place, one_of_each_kind

pytestmark = [pytest.mark.browser, pytest.mark.one_database]

# A constructed sheet, because the pages' policy refuses style elements, also those of the test.
ADD_RULES = """rules => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
}"""
# WCAG 2.2, 1.4.12 Text Spacing.
TEXT_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    " p { margin-bottom: 2em !important }"
)

# What is lost: a document that scrolls sideways, something beside the window, words outside or under other words.
LOST = """() => {
  const found = [];
  const tell = element => `${element.localName}.${element.className} ${element.textContent.trim().slice(0, 40)}`;
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`the document is ${root.scrollWidth} wide`);
  const isScroller = element => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const inScroller = element => element && (isScroller(element) || inScroller(element.parentElement));
  const isForListeners = element => element && (element.offsetWidth === 1 && element.offsetHeight === 1
    || element.matches('.skip') || isForListeners(element.parentElement));
  const shown = [...document.querySelectorAll('body *')].filter(
    element => element.checkVisibility({visibilityProperty: true}) && !isForListeners(element) && !element.closest('math, svg'));
  for (const element of shown) {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    if (isScroller(element) && element.scrollWidth > element.clientWidth + 1) {
      const isNamed = element.getAttribute('role') && (element.ariaLabel || element.getAttribute('aria-labelledby'));
      if (element.tabIndex < 0 || !isNamed) found.push(`scrolls without a name or the keyboard: ${tell(element)}`);
    }
    if (inScroller(element)) continue;
    if (box.right > root.clientWidth + 1 || box.left < -1) found.push(`beside the window: ${tell(element)}`);
    const isInline = style.display === 'inline';
    const words = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const isCut = /hidden|clip/.test(style.overflowX + style.overflowY);
    if (!isInline && element.clientWidth && (words || isCut) && element.scrollWidth > element.clientWidth + 1)
      found.push(`wider than its place: ${tell(element)}`);
    if (isCut && element.scrollHeight > element.clientHeight + 1) found.push(`cut off: ${tell(element)}`);
  }
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || !shown.includes(element) || inScroller(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const lean = box.height * 0.3;
      lines.push({element, left: box.left + 1, right: box.right - 1, top: box.top + lean, bottom: box.bottom - lean});
    }
  }
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, place) => {
    for (let next = place + 1; next < lines.length && lines[next].top < one.bottom; next++) {
      const other = lines[next];
      if (one.element !== other.element && one.left < other.right && other.left < one.right)
        found.push(`over each other: ${tell(one.element)} / ${tell(other.element)}`);
    }
  });
  return found;
}"""


def lost_on(page: Page, places: list[Place], rules: str = "") -> dict[str, Any]:
    """Return what is lost on each page, the longest lines of each kind in three languages looked at."""
    lost = {}
    for place in one_of_each_kind(places, "en", "fi", "de"):
        page.goto(place.address)
        page.evaluate(ADD_RULES, rules)
        found = page.evaluate(LOST)
        if found:
            lost[place.address] = found
    return lost


@pytest.mark.parametrize(
    ("width", "rules"),
    [
        pytest.param(360, "", id="a phone"),
        pytest.param(640, "", id="a window of 1280 at 200 %"),
        pytest.param(320, "", id="a window of 1280 at 400 %"),
        pytest.param(360, TEXT_SPACING, id="text spacing on a phone"),
        pytest.param(1280, TEXT_SPACING, id="text spacing"),
        pytest.param(1440, "", id="a wide window"),
    ],
)
def test_nothing_is_lost(open_browser: Callable[..., Page], places: list[Place], width: int, rules: str) -> None:
    page = open_browser(width=width)

    assert lost_on(page, places, rules) == {}


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("h1 { white-space: nowrap; width: 900px }", "the document is"),
        ("h1 { position: relative; left: -2rem }", "beside the window"),
        ("h1 { width: 3rem; hyphens: none; overflow-wrap: normal }", "wider than its place"),
        ("h1 { height: 1rem; overflow: hidden }", "cut off"),
        (".lead { position: relative; top: -3rem }", "over each other"),
        ("td { white-space: nowrap } .table { overflow: visible }", "the document is"),
    ],
)
def test_what_would_be_lost_is_noticed(
    open_browser: Callable[..., Page], places: list[Place], fault: str, told: str
) -> None:
    page = open_browser(width=360)
    page.goto(next(place.address for place in places if (place.kind, place.locale) == ("chapter", "fi")))

    page.evaluate(ADD_RULES, fault)

    assert any(line.startswith(told) for line in page.evaluate(LOST))


def test_nothing_is_lost_in_the_open_menu_of_a_phone(open_browser: Callable[..., Page], places: list[Place]) -> None:
    page = open_browser(width=360)

    for place in one_of_each_kind(places, "en", "fi", "de")[:3]:
        page.goto(place.address)
        page.locator(".menu-button").click()
        boxes = page.locator("nav.menu a").evaluate_all(
            "links => links.map(link => [link.getBoundingClientRect().left, link.getBoundingClientRect().right])"
        )
        assert len(boxes) > 3
        assert all(0 <= left < right <= 360 for left, right in boxes), (place.address, boxes)

"""The website loads nothing from elsewhere, keeps nothing of its readers, does not jump while it loads, and prints its text."""

import io
import unicodedata
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from pypdf import PdfReader

from cms.demo.content import LOCALES
from tests.browser.website import Place, one_of_each_kind

pytestmark = [pytest.mark.browser, pytest.mark.one_database]

NOTE_REFUSALS = """
window.refused = [];
document.addEventListener('securitypolicyviolation', event => refused.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
NOTE_SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => list.getEntries().forEach(entry => shifts.push(
  [entry.value, ...entry.sources.map(source => source.node?.parentElement?.className + ' ' + source.node?.nodeName)],
))).observe({type: 'layout-shift', buffered: true});
"""
PAINTED_TWICE = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))"
SCROLL_THROUGH = """async () => {
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight / 2) {
    scrollTo({top, behavior: 'instant'});
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
}"""
ALL_LOADED = "[...document.images].every(image => image.complete)"
A4_WIDTH = 718  # what is left of a sheet between margins of 1 cm, in px


@pytest.mark.parametrize("locale", LOCALES)
def test_pages_stay_on_this_server_and_keep_nothing(
    open_browser: Callable[..., Page], places: list[Place], locale: str
) -> None:
    page = open_browser()
    page.add_init_script(NOTE_REFUSALS)
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url} {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url} {error}"))

    for place in (place for place in places if place.locale == locale):
        answer = page.goto(place.address, wait_until="load")
        assert answer is not None
        assert (place.address, answer.status) == (place.address, place.status)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        assert "*" not in policy
        assert "set-cookie" not in answer.headers
        assert (place.address, page.evaluate("refused")) == (place.address, [])
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]

    assert page.context.cookies() == []
    assert [line for line in said if "404 (Not Found)" not in line] == []


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_jumps_while_slow_pictures_arrive(
    open_browser: Callable[..., Page], places: list[Place], width: int
) -> None:
    page = open_browser(width=width)
    page.add_init_script(NOTE_SHIFTS)
    held: list[Route] = []
    page.route("**/media/**", lambda route: held.append(route))

    for place in one_of_each_kind(places, "en", "fr"):
        page.goto(place.address, wait_until="domcontentloaded")
        page.evaluate(PAINTED_TWICE)
        page.evaluate(SCROLL_THROUGH)
        assert bool(held) == bool(page.locator("img[src*='/media/']").count())
        while not page.evaluate(ALL_LOADED):
            while held:
                held.pop(0).continue_()
        page.evaluate(PAINTED_TWICE)

        assert (place.address, page.evaluate("shifts")) == (place.address, [])


def test_print_shows_the_text_and_hides_what_leads_elsewhere(
    open_browser: Callable[..., Page], places: list[Place]
) -> None:
    page = open_browser(width=A4_WIDTH)
    page.emulate_media(media="print")

    for place in one_of_each_kind(places, *LOCALES):
        page.goto(place.address)
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".site-footer p").first).to_be_visible()
        shown = page.locator("nav:not(.message nav), .skip, body > header :is(button, input)").evaluate_all(
            "all => all.filter(one => one.checkVisibility()).map(one => one.className)"
        )
        assert (place.address, shown) == (place.address, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= A4_WIDTH
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
            "rgb(255, 255, 255)",
            "rgba(0, 0, 0, 0)",
        )


def squeezed(text: str) -> str:
    """Return a text without spaces and ligatures, which a print sets as it needs."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_a_printed_chapter_holds_its_whole_text(open_browser: Callable[..., Page], places: list[Place]) -> None:
    page = open_browser()
    chapter = next(place for place in places if (place.kind, place.locale) == ("chapter", "en"))
    page.goto(chapter.address)
    page.emulate_media(media="print")
    headings = page.locator("main :is(h1, h2, h3):visible").all_inner_texts()

    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages

    text = squeezed("".join(sheet.extract_text() for sheet in sheets))
    assert len(sheets) > 1
    assert len(headings) > 5
    assert [heading for heading in headings if squeezed(heading) not in text] == []

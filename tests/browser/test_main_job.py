"""The main job: an author edits a chapter, colleagues review it, an editor's approval publishes it, and readers see it at once."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

CHAPTER = "Inquiry: from a question to shared evidence"
ADDRESS = "/en/study/inquiry/"
SUMMARY = "It ends with a table for planning."
PARAGRAPH = "Nobody needs a laboratory for that."
QUERY = """query($slug: String!) {
  chapter(slug: $slug, locale: EN) { summary { plainText } bodyHtml version }
}"""


def open_chapter(page: Page) -> None:
    """Go to the chapter through the menu, as people do."""
    page.get_by_role("button", name="Study").click()
    page.get_by_role("link", name="Chapters").click()
    page.get_by_role("link", name=CHAPTER).first.click()
    expect(page.locator("#id_title")).to_have_value(CHAPTER)


def append(page: Page, editor: Any, words: str) -> None:
    """Write words at the end of a rich text and wait until the form holds them."""
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {words}")
    held = "words => [...document.querySelectorAll('input[type=hidden]')].some(one => one.value.includes(words))"
    page.wait_for_function(held, arg=words)


def read_on_the_website(page: Page) -> str:
    """Return the text of the chapter on the website."""
    answer = page.request.get(ADDRESS)
    assert answer.ok
    return answer.text()


def read_through_graphql(page: Page) -> dict[str, Any]:
    """Return the chapter as a partner reads it."""
    answer = page.request.post("/graphql", data={"query": QUERY, "variables": {"slug": "inquiry"}})
    assert answer.ok, answer.text()
    chapter: dict[str, Any] = answer.json()["data"]["chapter"]
    return chapter


def approve(page: Page, words: str) -> None:
    """Open what waits for this person and approve it with the button of these words."""
    waiting = page.locator(".w-panel", has_text="Awaiting your review")
    waiting.get_by_role("link", name=CHAPTER).click()
    page.get_by_role("button", name="More actions").click()
    with page.expect_navigation(wait_until="commit"):
        page.get_by_role("button", name=words, exact=True).click()


def test_a_chapter_goes_from_its_author_to_the_readers(open_browser: Callable[..., Page]) -> None:
    author = open_browser("author")
    open_chapter(author)
    append(author, author.locator("#panel-child-content-summary-section [role=textbox]"), SUMMARY)
    paragraph = author.locator("#panel-child-content-body-section [role=textbox]", has_text="An inquiry begins when")
    append(author, paragraph, PARAGRAPH)

    author.get_by_role("button", name="Toggle preview").click()
    preview = author.frame_locator("#w-preview-iframe")
    expect(preview.locator("main")).to_contain_text(SUMMARY, timeout=30_000)
    expect(preview.locator("main")).to_contain_text(PARAGRAPH, timeout=30_000)
    expect(preview.locator("html")).to_have_attribute("lang", "en")

    author.get_by_role("button", name="More actions").click()
    author.get_by_role("button", name="Submit to Chapter review").click()
    expect(author.get_by_text("submitted for moderation").first).to_be_visible()

    reader = open_browser()
    before = read_through_graphql(reader)
    assert SUMMARY not in read_on_the_website(reader)
    assert SUMMARY not in before["summary"]["plainText"]

    approve(open_browser("reviewer"), "Approve")
    assert SUMMARY not in read_on_the_website(reader)

    approve(open_browser("editor"), "Approve and Publish")
    published = time.monotonic()
    website, partner = read_on_the_website(reader), read_through_graphql(reader)
    assert time.monotonic() - published < 1
    assert SUMMARY in website
    assert PARAGRAPH in website
    assert SUMMARY in partner["summary"]["plainText"]
    assert PARAGRAPH in partner["bodyHtml"]
    assert partner["version"] != before["version"]

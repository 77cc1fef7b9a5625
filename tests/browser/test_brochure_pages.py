"""The five pages of the brochure in five languages, as readers open them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cms.demo.content import LOCALES, read

pytestmark = pytest.mark.browser

PAGES = ("home", "objectives", "outputs", "events", "partners")


def address_of(name: str, locale: str) -> str:
    """Return where a page of the brochure stands on the website."""
    return f"/{locale}/" if name == "home" else f"/{locale}/{read(f'pages/{name}', locale)['slug']}/"


@pytest.mark.parametrize("locale", LOCALES)
def test_pages_open_with_their_title_language_and_menu(open_browser: Callable[..., Page], locale: str) -> None:
    page = open_browser()
    menu = [item["text"] for item in read("frame/menu", locale)["items"]]

    for name in PAGES:
        title = read(f"pages/{name}", locale)["title"]
        answer = page.goto(address_of(name, locale))

        assert answer is not None
        assert answer.status == 200
        assert page.title().startswith(title)
        expect(page.locator("html")).to_have_attribute("lang", locale)
        expect(page.locator("h1")).to_have_text(title)
        expect(page.locator("nav.menu a")).to_have_text(menu)

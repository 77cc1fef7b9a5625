"""A real server on a small part of the demonstration, and a real Chromium; both once for all tests of a run."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from cms.demo.content import LOCALES
from cms.demo.people import PASSWORD
from tests.browser.website import Place, find_places
from tests.serving import database, environment_of, free_port, seed_demonstration, served, web_server

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@dataclass
class Site:
    """A running server: where it answers, and every request of a browser that went elsewhere."""

    url: str
    elsewhere: list[str]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Seed the small part, collect static files, and serve as `manage.py start` does."""
    data, port = tmp_path_factory.mktemp("site"), free_port()
    with database(os.environ.get("TEST_DATABASE_URL", ""), f"browser_{os.getpid()}") as address:
        environment = environment_of(data, address, port)
        seed_demonstration(environment)
        with served(web_server(port), environment) as url:
            yield Site(url, [])


@pytest.fixture(scope="session")
def places(site: Site) -> list[Place]:
    """Return every page of the website."""
    return find_places(site.url, LOCALES)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the Chromium of this machine."""
    program = next((found for found in map(shutil.which, CHROMIUM) if found), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a browser window of its own, signed in as somebody when a user name is given.

    Every request that would leave the server is noted in `site.elsewhere` and fails the test at its end.
    """
    contexts: list[BrowserContext] = []
    site.elsewhere.clear()

    def note(url: str) -> None:
        if not url.startswith((site.url, "data:", "blob:", "about:")):
            site.elsewhere.append(url)

    def enter(username: str = "", width: int = 1440) -> Page:
        context = chromium.new_context(base_url=site.url, viewport={"width": width, "height": 900}, locale="en-GB")
        contexts.append(context)
        context.on("request", lambda request: note(request.url))
        page = context.new_page()
        if username:
            page.goto("/admin/login/")
            page.fill("#id_username", username)
            page.fill("#id_password", PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url("**/admin/")
        return page

    yield enter
    for context in contexts:
        context.close()
    assert site.elsewhere == []

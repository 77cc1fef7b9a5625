"""A real server on a small part of the demonstration, and a real Chromium; both once for all tests of a run."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from cms.demo.content import LOCALES
from cms.demo.people import PASSWORD
from tests.browser.website import Place, find_places

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
READY_SECONDS = 60


@dataclass
class Site:
    """A running server: where it answers, and every request of a browser that went elsewhere."""

    url: str
    elsewhere: list[str]


@contextmanager
def database(name: str) -> Iterator[str]:
    """Give the address of a database of its own where the tests run on PostgreSQL; empty for SQLite in the data folder."""
    address = os.environ.get("TEST_DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield ""
        return
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Seed the small part, collect static files, and serve as `manage.py start` does."""
    data = tmp_path_factory.mktemp("site")
    port = free_port()
    with database(f"browser_{os.getpid()}") as address:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "LINKS_DATA_DIR": str(data),
            "DATABASE_URL": address,
            "PORT": str(port),
            "LOG_LEVEL": "WARNING",
            "WEB_WORKERS": "2",
            "PYTHONWARNINGS": "ignore",
        }
        for command in (["migrate", "-v0"], ["seed_demo", "--small"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, timeout=600)
        collect_static(environment)
        with served(port, environment):
            yield Site(f"http://127.0.0.1:{port}", [])


def collect_static(environment: dict[str, str]) -> None:
    """Collect static files when they have changed; processes that share the folder take turns."""
    with (Path(tempfile.gettempdir()) / "cms-tests-static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code = "from cms.launcher import collect_static; collect_static(print)"
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120)


@contextmanager
def served(port: int, environment: dict[str, str]) -> Iterator[None]:
    """Run the web server until the block ends."""
    command = [sys.executable, "-m", "gunicorn", "-c", "python:cms.server", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/readyz", server)
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def wait_until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return once the server answers."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended by itself"
        with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"{url} did not answer within {READY_SECONDS} seconds")


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

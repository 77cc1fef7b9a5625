"""Measures the website under 50 concurrent readers while an editor publishes every ten seconds. `make bench-website`

    python tests/bench_website.py [--seconds 120] [--readers 50] [--every 10] [--only sqlite|postgresql] [--whole]

The small part of the demonstration (`--whole`: all of it) is made in a temporary folder and served by `manage.py start`: on SQLite,
and on PostgreSQL when it is there (DATABASE_URL_POSTGRES names a server; without it a throw-away one is used). Every reader asks for
the next page as soon as the last one has come, over a connection that stays open. Exits with 1 after an error, after an old text that
was shown when its successor had been published or seen, and when 95 of 100 answers do not come within 300 ms.
"""

import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from argparse import ArgumentParser, Namespace
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from browser.website import Place, find_places, one_of_each_kind
from postgres import PostgresMissing
from run import postgres
from serving import ROOT, database, environment_of, free_port, seed_demonstration, served

LOCALES = ("en", "fr", "fi", "it", "de")
CHAPTER = "inquiry"
STATE = re.compile(rb"\(state (\d+)\)")
MOST_MILLISECONDS = 300
ANSWER_SECONDS = 30
# How often pages of a kind are read beside each other; all others count 1. Half of all readers read English.
WEIGHTS = {
    "homepage": 6,
    "chapter": 10,
    "study": 4,
    "guidancetoolindex": 3,
    "guidancetool": 4,
    "eventindex": 3,
    "event": 2,
}
ENGLISH = 4
SEARCHES = 0.04  # of all pages, each for another word that stands on some page


@dataclass
class Site:
    """The pages that are read, how often beside each other, what is searched for, and the state of the chapter that is due."""

    port: int
    addresses: list[str]
    weights: list[int]
    searches: list[str]
    state: int = 0


@dataclass
class Figures:
    """What was measured on one database: seconds of each answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    states_seen: int = 0
    publications: list[float] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    """Measure on each database, print the figures and return 0 when all is as it must be."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--every", type=float, default=10.0, help="seconds between two publications")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--whole", action="store_true", help="the whole demonstration instead of its small part")
    options = parser.parse_args(arguments)
    is_good = True
    if options.only != "postgresql":
        is_good = measure("SQLite", "", options)
    if options.only != "sqlite":
        try:
            with postgres() as server:
                is_good = measure("PostgreSQL", server, options) and is_good
        except PostgresMissing as reason:
            print(f"PostgreSQL: not measured, {reason}")
    return 0 if is_good else 1


def measure(name: str, server: str, options: Namespace) -> bool:
    """Make and serve a site, read it, print the figures; tell whether they are good."""
    with (
        tempfile.TemporaryDirectory(prefix="cms-bench-") as folder,
        database(server, f"bench_{os.getpid()}") as address,
    ):
        environment = environment_of(Path(folder), address, free_port())
        seed_demonstration(environment, small=not options.whole)
        start = [sys.executable, "-W", "ignore", "manage.py", "start", "--without-demo", "--end-with-parent"]
        with served(start, environment) as url:
            site = site_of(url, int(environment["PORT"]))
            figures = asyncio.run(read_and_publish(site, environment, options))
    return report(name, figures, options)


def site_of(url: str, port: int) -> Site:
    """Return the pages of a running server with their weights, one of each kind in each language, and searches for their words."""
    places = [place for place in one_of_each_kind(find_places(url, LOCALES), *LOCALES) if is_read(place)]
    weights = [
        WEIGHTS.get(place.kind.removeprefix("fallback-"), 1) * (ENGLISH if place.locale == "en" else 1)
        for place in places
    ]
    searches = {
        f"/{place.locale}/search/?q={quote(word)}"
        for place in places
        for word in re.findall(r"\w{4,}", re.sub(r"(?s)<style.*?</style>|<[^>]*>", " ", text_of(url + place.address)))
    }
    return Site(port, [place.address for place in places], weights, sorted(searches))


def is_read(place: Place) -> bool:
    """Tell whether readers of the measurement come to this page; they search for words of their own."""
    return place.status == 200 and not place.kind.startswith(("search", "contact-thanks"))


def text_of(address: str) -> str:
    """Return the HTML of a page."""
    with urllib.request.urlopen(address, timeout=ANSWER_SECONDS) as answer:
        return str(answer.read().decode())


async def read_and_publish(site: Site, environment: dict[str, str], options: Namespace) -> Figures:
    """Let the readers read and the editor publish until the time is over."""
    figures = Figures()
    editor = await asyncio.create_subprocess_exec(
        sys.executable,
        "-W",
        "ignore",
        str(ROOT / "tests" / "publish_again.py"),
        CHAPTER,
        cwd=ROOT,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    await publish(editor, site, figures)
    deadline = time.perf_counter() + options.seconds
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(publish_until(deadline, options.every, editor, site, figures))
        for number in range(options.readers):
            tasks.create_task(read_until(deadline, number, site, figures))
    assert editor.stdin is not None
    editor.stdin.close()
    await editor.wait()
    return figures


async def publish_until(
    deadline: float, every: float, editor: asyncio.subprocess.Process, site: Site, figures: Figures
) -> None:
    """Publish once in every period until the deadline."""
    following = time.perf_counter() + every
    while following < deadline:
        await asyncio.sleep(following - time.perf_counter())
        await publish(editor, site, figures)
        following += every


async def publish(editor: asyncio.subprocess.Process, site: Site, figures: Figures) -> None:
    """Publish the next state; from the moment it has committed, nobody may be shown an older one."""
    assert editor.stdin is not None
    assert editor.stdout is not None
    began = time.perf_counter()
    wanted = len(figures.publications) + 1
    editor.stdin.write(f"{wanted}\n".encode())
    line = await editor.stdout.readline()
    if int(line or 0) != wanted:
        figures.wrong["the editor could not publish"] += 1
        return
    figures.publications.append(time.perf_counter() - began)
    site.state = max(site.state, wanted)


async def read_until(deadline: float, number: int, site: Site, figures: Figures) -> None:
    """Read one page after the other over a connection that stays open."""
    chance = random.Random(number)
    connection = Connection(site.port)
    while time.perf_counter() < deadline:
        address = chance.choices(site.addresses, site.weights)[0]
        if chance.random() < SEARCHES:
            address = chance.choice(site.searches)
        due, began = site.state, time.perf_counter()
        try:
            status, body = await asyncio.wait_for(connection.ask(address), ANSWER_SECONDS)
        except (OSError, EOFError, TimeoutError) as error:
            figures.wrong[f"no answer ({type(error).__name__})"] += 1
            connection.close()
            continue
        figures.seconds.append(time.perf_counter() - began)
        note(address, status, body, due, site, figures)
    connection.close()


@dataclass
class Connection:
    """A connection that stays open, as a browser holds one."""

    port: int
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, address: str) -> tuple[int, bytes]:
        """Return status and body of a page.

        Raises:
            OSError, EOFError: when the server breaks off; a server may end a connection that rests (RFC 9110, 9.2.2 and RFC 9112,
                9.3.1), so what was asked over such a one is asked once more.
        """
        if self.streams is not None:
            try:
                return await self._ask(*self.streams, address)
            except (OSError, EOFError) as error:
                self.close()
                if getattr(error, "partial", b""):
                    raise
        self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        return await self._ask(*self.streams, address)

    async def _ask(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str
    ) -> tuple[int, bytes]:
        writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nUser-Agent: bench\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = re.search(rb"\r\ncontent-length: (\d+)", head)
        body = await reader.readexactly(int(length.group(1)) if length else 0)
        if b"\r\nconnection: close" in head:
            self.close()
        return int(head.split(b" ", 2)[1]), body

    def close(self) -> None:
        """End the connection; the next question opens another one."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


def note(address: str, status: int, body: bytes, due: int, site: Site, figures: Figures) -> None:
    """Count an answer as wrong when it is an error, or older than what was due when it was asked for."""
    if status != 200:
        figures.wrong[f"status {status} at {address}"] += 1
    states = [int(state) for state in STATE.findall(body)]
    if address == f"/en/study/{CHAPTER}/" and not states:
        figures.wrong["the chapter without its state"] += 1
    if states:
        figures.states_seen += 1
        if min(states) < due:
            figures.wrong["an old text after a new one was published or seen"] += 1
        site.state = max(site.state, *states)


def report(name: str, figures: Figures, options: Namespace) -> bool:
    """Print the figures of one database and tell whether they are as they must be."""
    ordered = sorted(figures.seconds)
    p50, p95, p99 = (1000 * ordered[int(len(ordered) * part)] if ordered else 0.0 for part in (0.5, 0.95, 0.99))
    print(
        f"{name}: {options.readers} readers for {options.seconds} s: {len(ordered)} answers,"
        f" {len(ordered) / options.seconds:.0f} a second; p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms."
    )
    publications = ", ".join(f"{seconds:.1f}" for seconds in figures.publications)
    print(
        f"{name}: {len(figures.publications)} publications ({publications} s);"
        f" {figures.states_seen} answers showed their text, {sum(figures.wrong.values())} answers were wrong.",
        flush=True,
    )
    for what, number in figures.wrong.most_common():
        print(f"{name}: WRONG {number} times: {what}")
    if p95 >= MOST_MILLISECONDS:
        print(f"{name}: WRONG: p95 must be below {MOST_MILLISECONDS} ms")
    return bool(ordered) and figures.states_seen > 0 and not figures.wrong and p95 < MOST_MILLISECONDS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

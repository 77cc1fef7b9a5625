"""Lets the Nu HTML checker (vnu) read every page of the website in all languages. `make check-html`

    python tests/check_html.py [URL]

URL names a running server; without it the small part of the demonstration is made and served in a temporary folder. The checker is
fetched by npm into `var/vnu`, once. Where Java, npm or the way to npm's registry is missing, that is said and nothing fails.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from browser.website import Place, find_places
from serving import ROOT, environment_of, free_port, seed_demonstration, served, web_server

LOCALES = ("en", "fr", "fi", "it", "de")
TOOL = ROOT / "var" / "vnu"
JAR = TOOL / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
FETCH_SECONDS = 120
CHECK_SECONDS = 600


class CheckerMissing(Exception):
    """Why the checker cannot be run here, in plain words."""


def main(arguments: Sequence[str]) -> int:
    """Check every page, print what is wrong, and return 0 when nothing is."""
    try:
        find_checker()
    except CheckerMissing as reason:
        print(f"The HTML of the website was not checked: {reason}.")
        return 0
    with running_site(arguments) as url:
        places = find_places(url, LOCALES)
        found = check(url, places)
    for (message, extract), addresses in found.items():
        print(f"{message}\n    {extract}\n    on {len(addresses)} pages: {' '.join(addresses[:5])}")
    print(f"{len(places)} pages in {len(LOCALES)} languages: {len(found)} different errors.")
    return 1 if found else 0


def find_checker() -> None:
    """See to it that the checker can run.

    Raises:
        CheckerMissing: when Java is not there, or the checker is not and cannot be fetched.
    """
    if shutil.which("java") is None:
        raise CheckerMissing("Java is not installed (on Debian: default-jre-headless)")
    if JAR.exists():
        return
    if shutil.which("npm") is None:
        raise CheckerMissing("npm, which fetches the checker, is not installed (on Debian: npm)")
    TOOL.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--silent", "--prefix", str(TOOL), "vnu-jar"]
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=FETCH_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise CheckerMissing(f"npm did not fetch it within {FETCH_SECONDS} seconds") from error
    if not JAR.exists():
        raise CheckerMissing(
            f"npm could not fetch it: {(result.stderr.strip() or 'no reason given').splitlines()[-1]}"
        )


@contextmanager
def running_site(arguments: Sequence[str]) -> Iterator[str]:
    """Give the address of the server that was named, or of one of our own."""
    if arguments:
        yield arguments[0].rstrip("/")
        return
    with tempfile.TemporaryDirectory(prefix="cms-html-") as folder:
        port = free_port()
        environment = environment_of(Path(folder), "", port)
        seed_demonstration(environment)
        with served(web_server(port), environment) as url:
            yield url


def check(url: str, places: Sequence[Place]) -> dict[tuple[str, str], list[str]]:
    """Return the addresses where each error stands, by its message and the piece of HTML that it is about."""
    with tempfile.TemporaryDirectory(prefix="cms-html-") as folder:
        saved = {}
        for number, place in enumerate(places):
            path = Path(folder) / f"{number}.html"
            path.write_bytes(read(url + place.address))
            saved[path.name] = place.address
        command = ["java", "-jar", str(JAR), "--format", "json", "--stdout", "--exit-zero-always", folder]
        result = subprocess.run(command, capture_output=True, text=True, timeout=CHECK_SECONDS, check=True)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for message in json.loads(result.stdout)["messages"]:
        if message["type"] != "info":
            name = Path(urlsplit(message.get("url", "")).path).name
            found[message["message"], message.get("extract", "").strip()].append(saved.get(name, name))
    return found


def read(address: str) -> bytes:
    """Return a page, also one that says that nothing is there."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.read()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

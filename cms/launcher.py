"""What `manage.py start` does: prepares everything that is missing, serves, and ends every process together.

Each step finds out by itself whether it has anything to do, so a second start is quick and an interrupted first one is
taken up where it stopped.
"""

import fcntl
import hashlib
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.urls import Resolver404, resolve

from cms.catalogs import compile_changed
from cms.database import database_name, database_problem
from cms.demo.people import demo_logins
from cms.health import unapplied_migrations
from cms.processes import Family
from cms.setup.site import has_home_page, is_set_up
from search.rebuild import is_outdated

HOST = "127.0.0.1"
READY_SECONDS = 90.0
LOOK_SECONDS = 0.2
ADDRESSES = (
    ("Website", "/"),
    ("Admin", "/admin/"),
    ("GraphQL", "/graphql"),
    ("GraphQL schema", "/graphql/schema.graphql"),
    ("Sitemap", "/sitemap.xml"),
    ("Alive", "/healthz"),
    ("Ready", "/readyz"),
)

Say = Callable[[str], object]


class StartFailed(Exception):
    """Why the system could not start or had to end: one sentence for people that says what to do."""


def start(say: Say, *, with_demo: bool = True, follow_parent: bool = False) -> None:
    """Prepare, serve until a signal asks to stop, and leave no process behind.

    Args:
        say: takes each line for people.
        with_demo: load the demonstration; what somebody edited in it stays.
        follow_parent: end also when the process that started this one ends.

    Raises:
        StartFailed: when the port is taken, the database cannot be used, or a process ends by itself.
    """
    parent = os.getppid() if follow_parent else None
    demand_free_port(settings.PORT)
    with one_at_a_time(settings.DATA_DIR):
        with_demo = prepare(say, with_demo=with_demo)
    connections.close_all()
    family = Family()
    with _signals_as_interrupts():
        try:
            _start_children(family)
            wait_until_ready(family)
            say(overview(with_demo=with_demo))
            _stay(family, parent)
        except KeyboardInterrupt:
            say("Stopping…")
        finally:
            with _signals_ignored():
                family.stop()


def demand_free_port(port: int) -> None:
    """Raise when somebody listens on the port already.

    Raises:
        StartFailed: naming `PORT`.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise StartFailed(f"Port {port} needs special rights. Choose a higher one: PORT=8000 make run") from error
        except OSError as error:
            other = port + 1 if port < 65535 else 8000
            raise StartFailed(
                f"Port {port} is taken: another program listens on {HOST}:{port}. "
                f"End it, or choose another port: PORT={other} make run"
            ) from error


def prepare(say: Say, *, with_demo: bool) -> bool:
    """Migrate, compile catalogs, collect static files, make the search index, load the demonstration; each when needed.

    Returns:
        whether the demonstration is there; it is not loaded beside a site that `setup_site` made.

    Raises:
        StartFailed: when the database cannot be used.
    """
    demand_database()
    missing = unapplied_migrations()
    if missing:
        say(f"Preparing the database ({missing} steps): {database_name()}")
        call_command("migrate", interactive=False, verbosity=0)
        if has_home_page():  # a new version may have screens that the groups of the roles do not know yet
            with open(os.devnull, "w") as nowhere:
                call_command("prepare_roles", stdout=nowhere)
    compile_changed(settings.BASE_DIR, [code for code, _ in settings.LANGUAGES])
    collect_static(say)
    if is_outdated():
        say("Making the search index")
        call_command("rebuild_search", verbosity=0)
    if with_demo and not is_set_up():
        call_command("seed_demo")
        return True
    if not has_home_page():
        say("There is no page yet: 'manage.py setup_site' makes the first ones and an administrator.")
    return False


def demand_database() -> None:
    """Raise when the database cannot be used.

    Raises:
        StartFailed: saying why, and naming `DATABASE_URL`.
    """
    problem = database_problem()
    if problem:
        hint = "Check LINKS_DATA_DIR." if database_name().startswith("SQLite") else "Check DATABASE_URL."
        raise StartFailed(f"The database cannot be used ({database_name()}). {problem} {hint}")


def collect_static(say: Say) -> None:
    """Collect static files when the installed packages or our own files have changed since the last time."""
    folder = Path(settings.STATIC_ROOT)
    stamp = folder / ".collected"
    state = static_state(settings.BASE_DIR)
    with one_at_a_time(folder):
        if stamp.exists() and stamp.read_text() == state:
            return
        say("Collecting static files")
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(state)


def static_state(root: Path) -> str:
    """Return a fingerprint of everything that static files are made of: the lock file and our own files."""
    digest = hashlib.sha256((root / "requirements.lock").read_bytes())
    folders = [*root.glob("*/static"), *root.glob("cms/*/static")]
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        digest.update(_file_state(root, path))
    return digest.hexdigest()


def wait_until_ready(family: Family) -> None:
    """Return once `/readyz` answers 200.

    Raises:
        StartFailed: when a process ends or a minute and a half has passed.
    """
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        _demand_alive(family)
        with (
            suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(f"http://{HOST}:{settings.PORT}/readyz", timeout=5) as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(LOOK_SECONDS)
    raise StartFailed(f"The server did not answer within {READY_SECONDS:.0f} seconds; see the messages above.")


def overview(*, with_demo: bool) -> str:
    """Return the table of addresses and that of the demonstration's logins, as they are printed after the start."""
    base = f"http://{HOST}:{settings.PORT}"
    parts = ["", table(("Address", ""), [(name, base + path) for name, path in ADDRESSES if _is_served(path)])]
    if with_demo:
        parts += ["", table(("Role", "User name", "Password"), demo_logins())]
    parts += ["", f"Data: {settings.DATA_DIR}   Database: {database_name()}", "Stop with Ctrl-C.", ""]
    return "\n".join(parts)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows as plain text in columns, under their heads and a line."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *rows)]
    return "\n".join(line.rstrip() for line in (lines[0], "  ".join("-" * width for width in widths), *lines[1:]))


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let only one process prepare a folder; others wait. The lock ends with its process."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "start.lock").open("w")
    except OSError as error:
        raise StartFailed(f"The folder {folder} cannot be written: {error.strerror}.") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start_children(family: Family) -> None:
    quiet = [sys.executable, "-W", "ignore"]
    gunicorn = [*quiet, "-m", "gunicorn", "-c", "python:cms.server", "--bind", f"{HOST}:{settings.PORT}"]
    family.start("web server", gunicorn, settings.BASE_DIR)
    family.start("background process", [*quiet, "manage.py", "work", "--end-with-parent"], settings.BASE_DIR)


def _stay(family: Family, parent: int | None) -> None:
    while parent is None or os.getppid() == parent:
        _demand_alive(family)
        time.sleep(LOOK_SECONDS)


def _demand_alive(family: Family) -> None:
    ended = family.ended()
    if ended:
        name, code = ended
        how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        raise StartFailed(f"The {name} {how}; all processes are stopped. See the messages above.")


def _is_served(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _file_state(root: Path, path: Path) -> bytes:
    status = path.stat()
    return json.dumps([path.relative_to(root).as_posix(), status.st_size, status.st_mtime_ns]).encode()


@contextmanager
def _signals_as_interrupts() -> Iterator[None]:
    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _signals_ignored() -> Iterator[None]:
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

"""A small part of the demonstration behind a real server, for what looks at the system from outside."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 90


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def database(server: str, name: str) -> Iterator[str]:
    """Give the address of a database of its own on a PostgreSQL server; empty, for SQLite in the data folder, without one."""
    if not server.startswith("postgres"):
        yield ""
        return
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def environment_of(data: Path, address: str, port: int) -> dict[str, str]:
    """Return the environment of a site of its own: data folder, database address (empty for SQLite) and port."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "LINKS_DATA_DIR": str(data),
        "DATABASE_URL": address,
        "PORT": str(port),
        "LOG_LEVEL": "WARNING",
        "WEB_WORKERS": "2",
        "PYTHONWARNINGS": "ignore",
    }


def seed_demonstration(environment: Mapping[str, str], *, small: bool = True) -> None:
    """Migrate, seed the demonstration or its small part, and collect static files."""
    for command in (["migrate", "-v0"], ["seed_demo", *(["--small"] if small else [])]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, timeout=600)
    collect_static(environment)


def collect_static(environment: Mapping[str, str]) -> None:
    """Collect static files when they have changed; processes that share the folder take turns."""
    with (Path(tempfile.gettempdir()) / "cms-tests-static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code = "from cms.launcher import collect_static; collect_static(print)"
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120)


def web_server(port: int) -> list[str]:
    """Return the command that serves the site as `manage.py start` does, without the background process."""
    return [sys.executable, "-m", "gunicorn", "-c", "python:cms.server", "--bind", f"127.0.0.1:{port}"]


@contextmanager
def served(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[str]:
    """Run a server until the block ends and give its address once it answers."""
    url = f"http://127.0.0.1:{environment['PORT']}"
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        wait_until_ready(f"{url}/readyz", server)
        yield url
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=40)


def wait_until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return once the server answers.

    Raises:
        AssertionError: when it ends by itself or does not answer in time.
    """
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended by itself"
        with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"{url} did not answer within {READY_SECONDS} seconds")

"""A data folder and a database of its own, and the real commands run on them, each in a process of its own."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg


@dataclass
class Installation:
    """An installation of its own.

    Attributes:
        root: folder of the code.
        data: its data folder.
        url: address of its database, empty for SQLite in the data folder.
        extra: more of its environment.
    """

    root: Path
    data: Path
    url: str
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its commands."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "LINKS_DATA_DIR": str(self.data),
            "DATABASE_URL": self.url,
            "LOG_LEVEL": "WARNING",
            "PYTHONWARNINGS": "ignore",
            **self.extra,
        }

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of a command."""
        return [sys.executable, "manage.py", *arguments]

    def attempt(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command that may fail."""
        return subprocess.run(
            self.command(*arguments),
            cwd=self.root,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=900,
        )

    def run(self, *arguments: str) -> str:
        """Run a command that must not fail and return what it printed."""
        done = self.attempt(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def shell(self, code: str) -> str:
        """Run Python code in it and return what it printed."""
        return self.run("shell", "-v0", "-c", code).strip()

    def interrupt(self, *arguments: str, when: str) -> None:
        """Start a command and kill it without warning as soon as its output says `when`."""
        process = subprocess.Popen(
            self.command(*arguments),
            cwd=self.root,
            env={**self.environment, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        assert process.stdout is not None
        for line in process.stdout:
            if when in line:
                time.sleep(0.5)
                break
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


@contextmanager
def new_installation(root: Path, data: Path) -> Iterator[Installation]:
    """Give an installation with an empty database, on the server of the tests when that is PostgreSQL; it is dropped after."""
    address = os.environ.get("TEST_DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield Installation(root, data, "")
        return
    name = f"installation_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield Installation(root, data, urlunsplit(urlsplit(address)._replace(path=f"/{name}")))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

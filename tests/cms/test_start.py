"""The whole system started as `make run` starts it, on a port and in a data folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ENOUGH_SECONDS = 120
pytestmark = pytest.mark.xdist_group("start")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of these tests; the second start finds what the first one made."""
    return tmp_path_factory.mktemp("started") / "data"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(root: Path, data: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Start the system without demonstration, and give the process and what it said until it was ready."""
    environment = {"PATH": os.environ["PATH"], "LINKS_DATA_DIR": str(data), "PORT": str(port)}
    environment["DJANGO_SETTINGS_MODULE"] = "cms.settings.dev"
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "manage.py", "start", "--without-demo"],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said: list[str] = []
    try:
        for line in process.stdout:
            said.append(line.rstrip("\n"))
            if line.startswith("Stop with Ctrl-C"):
                break
        yield process, said
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()


def processes_with(marker: str) -> dict[int, str]:
    """Return numbers and command lines of living processes whose environment holds a text."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if marker.encode() in (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


def test_system_starts_serves_and_ends_completely(root: Path, data: Path) -> None:
    port = free_port()

    with started(root, data, port) as (process, said):
        assert f"Admin    http://127.0.0.1:{port}/admin/" in [re.sub(r" {2,}", "    ", line) for line in said]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
            assert answer.read() == b"ready\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/admin/login/", timeout=10) as answer:
            assert answer.status == 200
        running = processes_with(f"LINKS_DATA_DIR={data}")
        assert len([line for line in running.values() if "gunicorn" in line]) == 3
        assert len([line for line in running.values() if "manage.py work" in line]) == 1

        process.send_signal(signal.SIGTERM)
        assert process.wait(ENOUGH_SECONDS) == 0

    assert processes_with(f"LINKS_DATA_DIR={data}") == {}
    assert {path.name for path in data.iterdir()} >= {"db.sqlite3", "secret-key"}


def test_process_that_dies_ends_the_others_with_a_message(root: Path, data: Path) -> None:
    port = free_port()

    with started(root, data, port) as (process, _):
        running = processes_with(f"LINKS_DATA_DIR={data}")
        (worker,) = [number for number, line in running.items() if "manage.py work" in line]
        os.kill(worker, signal.SIGKILL)
        assert process.stdout is not None
        rest = process.stdout.read()
        assert process.wait(ENOUGH_SECONDS) == 1

    assert "The background process was ended by signal 9; all processes are stopped." in rest
    assert processes_with(f"LINKS_DATA_DIR={data}") == {}

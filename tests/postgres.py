"""A private PostgreSQL server for one test run: made in a temporary folder, removed whatever happens."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

PROGRAMS = ("initdb", "pg_ctl")
START_SECONDS = 60
# Nothing of this server is to survive, so nothing waits for the disk.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=64MB"


class PostgresMissing(Exception):
    """Why the tests cannot run on PostgreSQL, in plain words."""


def server_problem(url: str) -> str:
    """Return why a server cannot be reached, or "" when it can."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return ""


@contextmanager
def throwaway_server() -> Iterator[str]:
    """Start a server of its own on a free port and give its address; stop and remove it afterwards.

    Raises:
        PostgresMissing: when its programs are not installed, or it does not start.
    """
    programs = find_programs()
    user = unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="cms-postgres-"))
    try:
        if user:
            shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
        data, port = folder / "data", free_port()
        _run(
            user,
            programs / "initdb",
            "-D",
            data,
            "-U",
            "tests",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} {FAST}"
        _run(
            user,
            programs / "pg_ctl",
            "-D",
            data,
            "-w",
            "-t",
            START_SECONDS,
            "-l",
            folder / "log",
            "-o",
            options,
            "start",
        )
        try:
            yield f"postgres://tests@127.0.0.1:{port}/postgres"
        finally:
            _run(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path:
    """Return the folder of PostgreSQL's server programs: the newest below /usr/lib/postgresql, or the one on the path.

    Raises:
        PostgresMissing: when there is none.
    """
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    found = [Path(program).parent for program in [shutil.which("initdb")] if program]
    for folder in [*packaged, *found]:
        if all((folder / program).exists() for program in PROGRAMS):
            return folder
    raise PostgresMissing(
        "its server programs (initdb, pg_ctl) are not installed and DATABASE_URL_POSTGRES is not set"
    )


def unprivileged_user() -> str:
    """Return the user that the server must run as, because it refuses root; "" when the caller is not root.

    Raises:
        PostgresMissing: when root has no such user.
    """
    if os.geteuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known:
            return name
    raise PostgresMissing("it does not run as root, and there is neither a user 'postgres' nor 'nobody'")


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _run(user: str, *command: object) -> None:
    group = pwd.getpwnam(user).pw_gid if user else None
    # The server inherits what it is given, so its output goes to nowhere: a pipe would keep the caller waiting.
    result = subprocess.run(
        [str(part) for part in command],
        user=user or None,
        group=group,
        extra_groups=[] if user else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
    )
    if result.returncode:
        raise PostgresMissing(f"{Path(str(command[0])).name} failed with exit code {result.returncode}")

"""Processes live and die together."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cms.processes import Family

# A parent that starts a child which ignores nothing, tells its number, and waits.
PARENT = """
import sys, time
from pathlib import Path
from cms.processes import Family
family = Family()
family.start("child", ["sleep", "600"], Path("/"))
print(family.children["child"].pid, flush=True)
time.sleep(600)
"""


def is_running(number: int) -> bool:
    """Tell whether a process runs; one that has ended and was not waited for does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(") ", 1)[1][0] != "Z"
    except FileNotFoundError:
        return False


def wait_for_end(number: int) -> None:
    """Wait until a process has ended, ten seconds at most."""
    subprocess.run(["timeout", "10", "tail", f"--pid={number}", "-f", "/dev/null"], check=False)


def test_stop_ends_children_and_their_children(tmp_path: Path) -> None:
    family = Family()
    family.start("shell", ["sh", "-c", "sleep 600 & echo $! > grandchild; echo ready > ready; wait"], tmp_path)
    subprocess.run(["sh", "-c", f"until test -s {tmp_path}/ready; do :; done"], timeout=10, check=True)
    grandchild = int((tmp_path / "grandchild").read_text())

    family.stop()

    wait_for_end(grandchild)
    assert family.ended() == ("shell", -signal.SIGTERM)
    assert not is_running(grandchild)


def test_child_that_ignores_the_request_is_ended_by_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.processes.STOP_SECONDS", 0.2)
    family = Family()
    family.start("deaf", ["sh", "-c", "trap '' TERM; echo ready > ready; while :; do sleep 1; done"], tmp_path)
    subprocess.run(["sh", "-c", f"until test -s {tmp_path}/ready; do :; done"], timeout=10, check=True)

    family.stop()

    assert family.ended() == ("deaf", -signal.SIGKILL)


def test_family_tells_who_ended_first(tmp_path: Path) -> None:
    family = Family()
    family.start("lasting", ["sleep", "600"], tmp_path)
    family.start("short", ["sh", "-c", "exit 7"], tmp_path)
    family.children["short"].wait()

    assert family.ended() == ("short", 7)

    family.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's death signal exists on Linux only")
def test_no_child_outlives_a_parent_that_was_killed(root: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], cwd=root, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_running(child)

    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()

    wait_for_end(child)
    assert not is_running(child)
    parent.stdout.close()

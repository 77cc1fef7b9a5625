"""The virtual environment: made once, made anew when it broke, never half installed."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cms import bootstrap


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two empty lock files, so that an installation needs no network."""
    for lock in (bootstrap.RUNTIME_LOCK, bootstrap.DEVELOPMENT_LOCK):
        (tmp_path / lock).write_text(f"# {lock}\n")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "installed.json")
    return tmp_path


def pretend_environment(project: Path) -> None:
    """Put an interpreter where the environment's is, one that has pip or claims so."""
    python = project / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\necho "$@" >> {project}/calls\nexit ${{EXIT:-0}}\n')
    python.chmod(0o755)


def calls(project: Path) -> list[str]:
    path = project / "calls"
    return path.read_text().splitlines() if path.exists() else []


def test_environment_is_made_and_nothing_is_done_the_second_time(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    bootstrap.main(bootstrap.RUNTIME_LOCK)
    assert "Making the virtual environment" in capfd.readouterr().out
    assert os.access(project / ".venv" / "bin" / "python", os.X_OK)

    bootstrap.main(bootstrap.RUNTIME_LOCK)
    assert capfd.readouterr().out == ""


def test_packages_are_installed_with_hashes_only(project: Path) -> None:
    pretend_environment(project)

    bootstrap.main(bootstrap.RUNTIME_LOCK)

    install = calls(project)[-1]
    assert install.startswith("-m pip install --require-hashes --no-input --no-deps")
    assert install.endswith(f"-r {project}/requirements.lock")


def test_changed_lock_is_installed_again(project: Path) -> None:
    pretend_environment(project)
    bootstrap.main(bootstrap.RUNTIME_LOCK)
    before = len(calls(project))

    bootstrap.main(bootstrap.RUNTIME_LOCK)
    assert len(calls(project)) == before

    (project / bootstrap.RUNTIME_LOCK).write_text("# another\n")
    bootstrap.main(bootstrap.RUNTIME_LOCK)
    assert len(calls(project)) > before


def test_interrupted_installation_is_started_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_environment(project)
    bootstrap.main(bootstrap.RUNTIME_LOCK)
    (project / bootstrap.RUNTIME_LOCK).write_text("# another\n")

    def interrupt(lock: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "install", interrupt)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.main(bootstrap.RUNTIME_LOCK)
    assert bootstrap.installed() == {}

    bootstrap.main(bootstrap.RUNTIME_LOCK)
    assert bootstrap.installed() == {bootstrap.RUNTIME_LOCK: bootstrap.fingerprint(bootstrap.RUNTIME_LOCK)}


def test_failed_installation_leaves_no_stamp_and_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_environment(project)
    monkeypatch.setattr(bootstrap, "make_environment", lambda: False)
    monkeypatch.setenv("EXIT", "1")

    with pytest.raises(SystemExit, match=r"^The packages of requirements\.lock could not be installed"):
        bootstrap.main(bootstrap.RUNTIME_LOCK)

    assert not (project / ".venv" / "installed.json").exists()


def test_development_lock_satisfies_the_other_one(project: Path) -> None:
    pretend_environment(project)
    bootstrap.main(bootstrap.DEVELOPMENT_LOCK)
    before = len(calls(project))

    bootstrap.main(bootstrap.RUNTIME_LOCK)

    assert len(calls(project)) == before


def test_environment_whose_interpreter_is_gone_is_made_anew(project: Path) -> None:
    bin_folder = project / ".venv" / "bin"
    bin_folder.mkdir(parents=True)
    (bin_folder / "python").symlink_to("/nowhere/python3")
    (project / ".venv" / "installed.json").write_text(
        json.dumps({bootstrap.RUNTIME_LOCK: bootstrap.fingerprint(bootstrap.RUNTIME_LOCK)})
    )

    bootstrap.main(bootstrap.RUNTIME_LOCK)

    assert subprocess.run([bin_folder / "python", "-c", ""], check=False).returncode == 0


def test_python_without_venv_is_told_with_the_package_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else real(name))

    with pytest.raises(SystemExit) as end:
        bootstrap.demand_venv()

    package = "python{}.{}-venv".format(*sys.version_info[:2])
    assert str(end.value) == (
        f"This Python ({sys.executable}) has no ensurepip, so no .venv can be made. "
        f"On Debian and Ubuntu: apt-get install {package}"
    )


def test_old_python_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))

    with pytest.raises(SystemExit, match=r"^Python 3\.11 or newer is needed, but this is 3\.10\.4\."):
        bootstrap.demand_python()


def make(root: Path, tmp_path: Path, programs: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in a folder with our Makefile and a path that has only these programs."""
    (tmp_path / "Makefile").write_text((root / "Makefile").read_text())
    folder = tmp_path / "programs"
    folder.mkdir()
    for name, script in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    make_program = subprocess.run(["sh", "-c", "command -v make"], capture_output=True, text=True, check=True)
    command = [make_program.stdout.strip(), "--no-print-directory", "install", *arguments]
    return subprocess.run(command, cwd=tmp_path, env={"PATH": str(folder)}, capture_output=True, text=True)


def test_make_says_clearly_that_there_is_no_python(root: Path, tmp_path: Path) -> None:
    result = make(root, tmp_path, {"python3": "exit 1"})

    assert result.returncode != 0
    assert result.stderr.splitlines()[0] == (
        "Python 3.11 or newer is needed and none was found. Install it, or name it: make install PYTHON=/path/to/python3"
    )


def test_make_takes_the_first_python_that_is_new_enough(root: Path, tmp_path: Path) -> None:
    programs = {"python3": "exit 1", "python3.12": 'test "$1" = -c || echo "installs with $0 $@"'}

    result = make(root, tmp_path, programs)

    assert result.stdout == f"installs with {tmp_path}/programs/python3.12 cms/bootstrap.py requirements.lock\n"


def test_make_refuses_a_named_python_that_is_too_old(root: Path, tmp_path: Path) -> None:
    result = make(root, tmp_path, {"python3": "exit 0", "old": "exit 1"}, "PYTHON=old")

    assert result.returncode != 0
    assert result.stderr.splitlines()[0] == "PYTHON=old is no Python 3.11 or newer."

"""Makes the virtual environment and installs pinned packages; needs nothing but Python itself.

Run by `make` with the machine's own Python: `python3 cms/bootstrap.py [requirements-dev.lock]`. It does nothing when the
lock file is the one that was installed last, and begins again when an installation was interrupted.
"""

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

LOWEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "installed.json"
RUNTIME_LOCK = "requirements.lock"
DEVELOPMENT_LOCK = "requirements-dev.lock"


def main(lock: str) -> None:
    """Bring `.venv` in step with a lock file; the development lock contains the other one."""
    demand_python()
    wanted = fingerprint(lock)
    if installed().get(lock) == wanted:
        return
    demand_venv()
    made = make_environment()
    known = {} if made else installed()
    STAMP.unlink(missing_ok=True)
    print(f"Installing the packages of {lock} into .venv (about a minute the first time)", flush=True)
    install(lock)
    known[lock] = wanted
    if lock == DEVELOPMENT_LOCK:
        known[RUNTIME_LOCK] = fingerprint(RUNTIME_LOCK)
    STAMP.write_text(json.dumps(known))


def demand_python() -> None:
    """End with a sentence when the interpreter is too old."""
    if sys.version_info[:2] < LOWEST_PYTHON:
        sys.exit(
            "Python 3.11 or newer is needed, but this is "
            + ".".join(map(str, sys.version_info[:3]))
            + ". Name a newer one: make run PYTHON=/path/to/python3"
        )


def demand_venv() -> None:
    """End with a sentence when Python comes without the parts that make a virtual environment."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        sys.exit(
            f"This Python ({sys.executable}) has no {' and no '.join(missing)}, so no .venv can be made. "
            f"On Debian and Ubuntu: apt-get install {package}"
        )


def installed() -> dict[str, str]:
    """Return which lock files were installed completely, with their fingerprints; empty when none or not known."""
    try:
        known = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) and environment_works() else {}


def fingerprint(lock: str) -> str:
    """Return a fingerprint of a lock file."""
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def environment_python() -> str:
    """Return the path of the environment's interpreter."""
    return str(ENVIRONMENT / "bin" / "python")


def environment_works() -> bool:
    """Tell whether the environment's interpreter still exists (its base may have been removed or renamed)."""
    return os.access(environment_python(), os.X_OK)


def make_environment() -> bool:
    """Make `.venv`, or make it anew when it cannot install; return whether it was made."""
    if environment_works() and run([environment_python(), "-m", "pip", "--version"], quiet=True) == 0:
        return False
    print("Making the virtual environment .venv", flush=True)
    if run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]) != 0:
        sys.exit("The virtual environment .venv could not be made; the reason stands above.")
    return True


def install(lock: str) -> None:
    """Install a lock file; every package must have one of the hashes that stand there."""
    command = [environment_python(), "-m", "pip", "install", "--require-hashes", "--no-input", "--no-deps"]
    quiet = ["--disable-pip-version-check", "--quiet", "--progress-bar", "off"]
    if run([*command, *quiet, "-r", str(ROOT / lock)]) != 0:
        sys.exit(
            f"The packages of {lock} could not be installed; the reason stands above. Is the network there? Try again."
        )


def run(command: list[str], *, quiet: bool = False) -> int:
    """Run a command from the project's folder and return its exit code."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.call(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output)


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else RUNTIME_LOCK)
    except KeyboardInterrupt:
        sys.exit("Interrupted; start again to go on.")

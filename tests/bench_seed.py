"""Measures how long the benchmark's study takes to build: on SQLite, and on PostgreSQL when it is there. `make bench-seed`.

    python tests/bench_seed.py [arguments of seed_benchmark]

Everything is made in a temporary folder and removed. DATABASE_URL_POSTGRES names a database for this alone; without it a private,
throw-away server is used.
"""

import os
import subprocess
import sys
import tempfile
import time

from postgres import PostgresMissing
from run import ROOT, postgres


def main(arguments: list[str]) -> int:
    """Build the study on each database, print the seconds, and return 0 when all builds worked."""
    failed = measure("SQLite", "", arguments)
    try:
        with postgres() as url:
            failed = measure("PostgreSQL", url, arguments) or failed
    except PostgresMissing as reason:
        print(f"PostgreSQL: not measured, {reason}")
    return failed


def measure(database: str, url: str, arguments: list[str]) -> int:
    """Migrate an empty database, build the study and compare the entries with it; print how long building took."""
    with tempfile.TemporaryDirectory(prefix="cms-bench-") as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "LINKS_DATA_DIR": folder,
            "DATABASE_URL": url,
            "LOG_LEVEL": "WARNING",
        }

        def manage(*words: str) -> int:
            return subprocess.call([sys.executable, "-W", "ignore", "manage.py", *words], cwd=ROOT, env=environment)

        if manage("migrate", "--verbosity", "0"):
            return 1
        began = time.perf_counter()
        if manage("seed_benchmark", *arguments):
            return 1
        print(f"{database}: seed_benchmark took {time.perf_counter() - began:.1f} s with its start.", flush=True)
        return manage("rebuild_entries", "--check")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

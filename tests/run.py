"""Runs the whole suite: on SQLite, and on PostgreSQL when a server or its programs are there. `make test`.

    python tests/run.py [--strict] [--only sqlite|postgresql] [arguments of pytest]

What says nothing about the database (marked `one_database`: layout, keyboard, words) runs on SQLite only when both are
tested. A server is named by DATABASE_URL_POSTGRES; without it a private, throw-away cluster is made and removed. The last lines
say what was not run and why, and count everything. `--strict` (or TESTS_STRICT=1) fails when anything was not run.
"""

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from postgres import PostgresMissing, server_problem, throwaway_server

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Report:
    """What happened on one database: counts of outcomes, and the reasons of skips with their number."""

    database: str
    exit_code: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)


def main(arguments: list[str]) -> int:
    """Run the suite on each database and return 0 when all that ran has passed (strict: and all ran)."""
    strict = "--strict" in arguments or os.environ.get("TESTS_STRICT", "") not in ("", "0")
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    rest = [item for item in arguments if item not in ("--strict", "--only", only)]
    reports, left_out = [], []
    if only in ("", "sqlite"):
        reports.append(run_suite("SQLite", "", rest))
    if only in ("", "postgresql"):
        try:
            with postgres() as url:
                spared = [] if only else ["-m", "not one_database"]
                reports.append(run_suite("PostgreSQL", url, [*rest, *spared]))
        except PostgresMissing as reason:
            left_out.append(f"PostgreSQL: {reason}")
    return summarise(reports, left_out, strict)


@contextmanager
def postgres() -> Iterator[str]:
    """Give the address of the server that the environment names, or of a throw-away one.

    Raises:
        PostgresMissing: when neither is there.
    """
    named = os.environ.get("DATABASE_URL_POSTGRES", "")
    if not named:
        with throwaway_server() as url:
            yield url
        return
    problem = server_problem(named)
    if problem:
        raise PostgresMissing(f"the server of DATABASE_URL_POSTGRES cannot be reached ({problem})")
    yield named


def run_suite(database: str, url: str, arguments: list[str]) -> Report:
    """Run pytest on one database, its output shown as it comes."""
    print(f"\n===== Tests on {database} =====", flush=True)
    with tempfile.TemporaryDirectory(prefix="cms-report-") as folder:
        result = Path(folder) / "report.xml"
        spread = [] if any(item.startswith("-n") for item in arguments) else ["-n", "2", "--dist", "loadgroup"]
        command = [sys.executable, "-m", "pytest", *spread, "-q", f"--junitxml={result}", *arguments]
        environment = {**os.environ, "TEST_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
        code = subprocess.call(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
        return read_report(database, code, result)


def read_report(database: str, code: int, path: Path) -> Report:
    """Read what pytest wrote; a missing report counts as one error."""
    report = Report(database, code)
    if not path.exists():
        report.counts["errors"] += 1
        return report
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        outcome = next((name for name in ("error", "failure", "skipped") if case.find(name) is not None), "passed")
        report.counts[{"error": "errors", "failure": "failed"}.get(outcome, outcome)] += 1
        skip = case.find("skipped")
        if skip is not None:
            report.skipped[skip.get("message", "no reason given")] += 1
    return report


def summarise(reports: list[Report], left_out: list[str], strict: bool) -> int:
    """Print what was not run and the counts, and return the exit code."""
    for report in reports:
        left_out += [f"{report.database}: {number} skipped, {reason}" for reason, number in report.skipped.items()]
    print("\n===== Not run =====")
    print("\n".join(left_out) or "Nothing was left out.")
    print("===== Result =====")
    for report in reports:
        print(f"{report.database}: {counted(report.counts)}")
    total: Counter[str] = sum((report.counts for report in reports), Counter())
    broken = [report for report in reports if report.exit_code] or not reports
    if strict and left_out:
        print("Strict: what was not run counts as a failure.")
    print(counted(total), flush=True)
    return 1 if broken or (strict and left_out) else 0


def counted(counts: Counter[str]) -> str:
    """Return counts as "12 passed, 0 failed", with skips and errors only where there are some."""
    more = [f"{counts[name]} {name}" for name in ("skipped", "errors") if counts[name]]
    return ", ".join([f"{counts['passed']} passed", f"{counts['failed']} failed", *more])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

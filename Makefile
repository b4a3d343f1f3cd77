# Two commands are all that a newcomer needs: `make run` and `make test`. The rest is listed by `make help`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8050
HOME_DIR ?= .reemploy
DEMO_DIR ?= build/demo
BIN := .venv/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
say = @printf '\033[1m▸ %s\033[0m\n'

.PHONY: help setup run demo test spark check bench backtest weigh soak faults fuzz docs pictures lock clean
help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# --- setting up -------------------------------------------------------------------------------------------------
setup: .venv/installed  ## virtual environment with the locked libraries, and `.venv/bin/reemploy`

.venv/bin/python:
	$(say) "Creating a virtual environment in .venv"
	@$(PYTHON) -m venv .venv 2>/dev/null || { \
	  printf '  this Python lacks venv; installing it through apt\n'; rm -rf .venv; \
	  $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends python3-venv >/dev/null && $(PYTHON) -m venv .venv; }

.venv/installed: .venv/bin/python requirements.lock pyproject.toml
	$(say) "Installing the locked libraries (about 350 MB, once)"
	@$(BIN)/python -m pip install --disable-pip-version-check -q --progress-bar on --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-tests: .venv/installed tests/requirements.lock
	$(say) "Installing the libraries of the tests"
	@$(BIN)/python -m pip install --disable-pip-version-check -q --progress-bar on --require-hashes -r tests/requirements.lock
	@touch $@

.venv/installed-spark: .venv/installed-tests tests/spark/requirements.lock
	$(say) "Installing Spark (430 MB)"
	@$(BIN)/python -m pip install --disable-pip-version-check -q --progress-bar on --no-build-isolation --require-hashes -r tests/spark/requirements.lock
	@touch $@

build/rivals/installed: tests/bench/rivals/requirements.lock | .venv/installed-tests
	$(say) "Installing pandas and dbt-duckdb beside, to be compared with"
	@$(PYTHON) -m venv build/rivals && build/rivals/bin/python -m pip install --disable-pip-version-check -q --progress-bar on --require-hashes -r $<
	@touch $@

/usr/bin/java:
	$(say) "Installing Java 17 through apt (for Spark)"
	@$(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null

/usr/bin/chromium:
	$(say) "Installing Chromium and Chinese fonts through apt (for the browser tests)"
	@$(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null

/usr/lib/postgresql:
	$(say) "Installing PostgreSQL through apt (the state database is tested on it too)"
	@$(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends postgresql >/dev/null

# --- the demonstration city -------------------------------------------------------------------------------------
# Loaded beside and moved into place when whole; make would otherwise delete the pointer of a run that is interrupted.
.PRECIOUS: $(HOME_DIR)/CURRENT
$(HOME_DIR)/CURRENT: | .venv/installed
	$(say) "Writing three years of deliveries of the demonstration city into $(DEMO_DIR)"
	@rm -rf $(DEMO_DIR) $(HOME_DIR).part && $(BIN)/reemploy demo $(DEMO_DIR)
	$(say) "Loading them, one after the other, into $(HOME_DIR)"
	@for delivery in $(DEMO_DIR)/*/; do $(BIN)/reemploy load "$$delivery" --home $(HOME_DIR).part || exit 1; done
	$(say) "Publishing the editions of the last eight quarters"
	@$(BIN)/reemploy publish demo --home $(HOME_DIR).part
	@rm -rf $(HOME_DIR) && mv $(HOME_DIR).part $(HOME_DIR)

demo: setup  ## load the demonstration city anew
	@rm -rf $(HOME_DIR) && $(MAKE) --no-print-directory $(HOME_DIR)/CURRENT

run: setup $(HOME_DIR)/CURRENT  ## set up, load the demonstration city if nothing is loaded, and serve it (PORT=8050)
	@$(BIN)/reemploy serve --home $(HOME_DIR) --port $(PORT)

# --- proving ----------------------------------------------------------------------------------------------------
check: .venv/installed-tests  ## format, lint, types, layers, SQL style
	$(say) "Format and lint (ruff)"
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .
	$(say) "Types (mypy --strict)"
	@$(BIN)/mypy
	$(say) "Layers (import-linter)"
	@$(BIN)/lint-imports --no-cache
	$(say) "SQL models (sqlfluff)"
	@$(BIN)/sqlfluff lint --disable-progress-bar --nocolor etl/models

test: setup .venv/installed-tests /usr/bin/chromium /usr/lib/postgresql check  ## set up, check, and pass all tests
	$(say) "Tests"
	@$(BIN)/python -m pytest -n 2 --dist worksteal

spark: .venv/installed-spark /usr/bin/java  ## the distributed engine against DuckDB, on a real cluster on loopback (half an hour, no part of test)
	@$(BIN)/python -m pytest -n 0 tests/spark

bench: .venv/installed-tests /usr/bin/chromium build/rivals/installed  ## measure, as ratios within one run; writes build/bench.md, .json and .svg (an hour and more; on a machine with nothing else to do)
	@$(BIN)/python -m tests.bench

backtest: .venv/installed-tests  ## how wrong the year-end forecasts would have been; writes build/backtest.md (half an hour)
	@$(BIN)/python -m tests.bench.forecast

weigh: .venv/installed-tests /usr/bin/chromium $(HOME_DIR)/CURRENT  ## bytes, requests and seconds of a first and a repeated visit
	@$(BIN)/python -m tests.bench.weight $(HOME_DIR)

MINUTES ?= 10
READERS ?= 64
TIMES ?= 100
INPUTS ?= 1000000
soak: .venv/installed-tests  ## 64 readers on all pages while deliveries load; every answer checked; writes build/soak.md
	@$(BIN)/python -m tests.load.soak $(MINUTES) $(READERS)

faults: .venv/installed-tests /usr/lib/postgresql  ## kills, full disk, lost key … (TIMES=100); writes build/faults.md (hours)
	@$(BIN)/python -m tests.load.faults $(TIMES)

fuzz: .venv/installed-tests  ## a million inputs into addresses, forms and readers (INPUTS=1000000)
	@$(BIN)/python -m tests.load.fuzz $(INPUTS)

docs: .venv/installed-tests  ## write the pages of docs/ that come from real runs
	@$(BIN)/python -m tests.contract.bad_input
	@$(BIN)/python -m tests.dashboard.components.design_page

SHOWN := overview-1440-light-zh targets-1440-light-zh ranking-1440-light-zh loans-1440-dark-en subsidies-1920-dark-zh overview-360-light-zh
pictures: .venv/installed-tests /usr/bin/chromium $(HOME_DIR)/CURRENT  ## screenshots of every page into build/pictures, the README's into docs/pictures
	@$(BIN)/python -m tests.browser.screenshots $(HOME_DIR) build/pictures
	@mkdir -p docs/pictures && cp $(SHOWN:%=build/pictures/top/%.png) docs/pictures/

# --- keeping house ----------------------------------------------------------------------------------------------
lock: .venv/bin/python  ## resolve the libraries anew
	@$(BIN)/python -m pip install -q uv
	@$(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --upgrade --extra build -o requirements.lock pyproject.toml
	@$(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --upgrade --extra dev -c requirements.lock -o tests/requirements.lock pyproject.toml
	@$(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --upgrade --extra spark -c tests/requirements.lock -o tests/spark/requirements.lock pyproject.toml
	@$(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --upgrade --no-strip-extras -o tests/bench/rivals/requirements.lock tests/bench/rivals/requirements.in

clean:  ## remove everything that was made here
	@rm -rf .venv build $(HOME_DIR) .mypy_cache .ruff_cache .pytest_cache .hypothesis

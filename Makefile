# The commands of this project; the file is the documentation. Needs Python >= 3.11 and make, nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test check postgres units long bench setup

setup: $(VENV)/.ready            ## a virtual environment with everything the tests need

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

demo: $(VENV)/.ready             ## the main job on sample sites: an alert, a correction, a withdrawal
	$(BIN)/tocsin demo

check: $(VENV)/.ready            ## format, lint, types, the house's own rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check                      ## everything that needs only Python
	$(BIN)/python -m pytest -n auto -q -m "not long and not postgres and not browser and not systemd"

postgres: $(VENV)/.ready         ## the store on a PostgreSQL server of its own, installed if it is missing
	.ci/postgres $(BIN)/python -m pytest -n auto -q -m "postgres and not long"

units: $(VENV)/.ready            ## what systemd says of the units, installed if it is missing
	command -v systemd-analyze >/dev/null || apt-get install -qq -y --no-install-recommends systemd >/dev/null
	$(BIN)/python -m pytest -q -m systemd

long: $(VENV)/.ready             ## kills, fuzzing and soak at full length; see tests/bench/RESULTS.md
	$(BIN)/python -m pytest -q -m long --timeout 3600

bench: $(VENV)/.ready            ## ratios against a floor or a peer; writes bench.json
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python -m tests.bench

# Two commands do everything: `make demo` and `make test`. Both set up .venv first.
# `make demo CHECK=1` checks the demo and ends instead of serving it. Its archive is
# demo-archive/archive.db; archive.db is left to real crawls.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test setup check format lint types docs clean

demo: setup
	$(BIN)/cuttings demo $(if $(CHECK),--check)

test: setup lint types
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

setup: .venv/ready

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Cuttings needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch .venv/ready

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: setup
	$(BIN)/python -m archive.schema > docs/schema.md
	$(BIN)/cog -r README.md docs/*.md

clean:
	rm -rf .venv build *.egg-info

# Two commands set up everything by themselves: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
READY := $(VENV)/.ready

.PHONY: demo test test-fast check bench eval generate format clean

demo: $(READY)
	$(BIN)/python -m samples.demo

# Tests of one file stay on one worker: what a file prepares is prepared once.
test: $(READY)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

test-fast: $(READY)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m "not (ocr or browser or cluster or slow)"

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.check_names
	$(BIN)/python -m tools.generate --check

bench: $(READY)
	$(BIN)/python -m bench

eval: $(READY)
	$(BIN)/python -m tools.evaluate

generate: $(READY)
	$(BIN)/python -m tools.generate

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) out build *.egg-info

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "iku-katalog needs Python 3.11 or newer; call: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

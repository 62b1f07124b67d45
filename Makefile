# Needs make and Python 3.11 or newer; everything else goes into .venv/.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# The page for "make demo"; to use another: make demo PAGE=my-page.html
PAGE ?= fixtures/acr-2025-poster/page.html

# The fixtures for "make conformance"
SUITE ?= ../shared/csl-suite

# How long "make fuzz" runs: make fuzz MINUTES=60
MINUTES ?= 5

.DEFAULT_GOAL := help
.PHONY: help demo book test test-everywhere second-python lint types site pictures styles conformance accuracy checking bench counts stress fuzz release-check clean
.SUFFIXES:

help: ## list the targets
	@echo "Usage: make TARGET [ARGS='...']"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/installed ## parse a sample page and print its record and citation
	@echo '$$ abstool parse $(PAGE)'
	@$(BIN)/abstool parse '$(PAGE)'
	@echo
	@echo '$$ abstool parse $(PAGE) | abstool cite --style ama'
	@$(BIN)/abstool parse '$(PAGE)' | $(BIN)/abstool cite --style ama

book: $(VENV)/installed ## make an example book of the fixtures: build/book.html
	@mkdir -p build
	$(BIN)/abstool book fixtures/*/record.json --title 'Abstracts of the fixtures' --output build/book.html

test: $(VENV)/developed ## run the tests (some of them: ARGS='-k fetcher')
	$(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=worksteal $(ARGS)

test-everywhere: $(VENV)/developed ## run the tests on a busy machine, in locales and on each Python (an hour)
	$(BIN)/python .ci/test-everywhere $(ARGS)

second-python: $(VENV)/developed ## run the tests once, with the newest other Python
	$(BIN)/python .ci/test-everywhere --second-python $(ARGS)

lint: $(VENV)/developed ## check code style and formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/developed ## check types
	$(BIN)/mypy

site: $(VENV)/developed ## build the documentation in build/site/ (to look at it: ARGS=serve)
	$(BIN)/python -m mkdocs $(or $(ARGS),build --strict)

pictures: $(VENV)/developed ## make the pictures of the documentation again (needs Node.js and Chromium)
	@npm install --silent --no-save --prefix $(VENV)/node mermaid@11
	$(BIN)/python -m manual.pictures $(ARGS)

styles: $(VENV)/installed ## compare citations with citeproc-js (needs Node.js)
	@npm install --silent --no-save --prefix $(VENV)/node citeproc@2.4.63
	$(BIN)/python benchmarks/styles/compare.py --node-modules $(VENV)/node/node_modules $(ARGS)

conformance: $(VENV)/installed ## run the CSL project's tests (SUITE=DIR)
	$(BIN)/python benchmarks/conformance/conformance.py $(SUITE) $(ARGS)

checking: $(VENV)/developed ## measure what abstool check finds (needs Node.js; ARGS='--data FILE')
	@npm install --silent --no-save --prefix $(VENV)/node citeproc@2.4.63
	$(BIN)/python benchmarks/checking/accuracy.py --node-modules $(VENV)/node/node_modules $(ARGS)
	$(BIN)/python benchmarks/checking/forms.py $(ARGS)

accuracy: $(VENV)/developed ## measure the accuracy of the parser
	$(BIN)/python benchmarks/accuracy.py $(ARGS)

bench: $(VENV)/benched ## compare speed with other tools (half an hour)
	$(BIN)/python benchmarks/speed/bench.py --peers $(VENV)/bench $(ARGS)

counts: $(VENV)/counted ## check that no code path got slower (needs valgrind)
	$(VENV)/counts/bin/python benchmarks/counts/count.py $(ARGS)

stress: $(VENV)/installed ## signals, kills, faults and large inputs (an hour; one part: ARGS=warc)
	$(BIN)/python benchmarks/stress/stress.py $(ARGS)

fuzz: $(VENV)/installed ## look for inputs that a reader cannot handle (MINUTES=5)
	$(BIN)/python fuzz/fuzz_all.py --minutes '$(MINUTES)' $(ARGS)

release-check: $(VENV)/released ## build the release and check it (with its tests: ARGS=--suite)
	$(BIN)/python .ci/release-check $(ARGS)

clean: ## remove the virtual environment and all caches
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Each rule creates its stamp file last, so that a failed set-up starts over.
$(VENV)/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo '$(PYTHON): abstool needs Python 3.11 or newer; for example: make PYTHON=python3.12' >&2; \
	  exit 1; }
	@echo 'creating a virtual environment in $(VENV)/'
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/installed: $(VENV)/created pyproject.toml hatch_build.py
	@echo 'installing abstool'
	@$(PIP) install --editable .
	@touch $@

$(VENV)/developed: $(VENV)/installed
	@echo 'installing development dependencies'
	@$(PIP) install --group dev
	@touch $@

$(VENV)/released: $(VENV)/created pyproject.toml
	@$(PIP) install --group release
	@touch $@

# Instructions are counted with the same library versions as the baseline.
$(VENV)/counted: $(VENV)/created pyproject.toml $(wildcard benchmarks/counts/constraints.txt)
	@echo 'installing abstool with the versions in benchmarks/counts/constraints.txt'
	@$(PYTHON) -m venv --clear $(VENV)/counts
	@$(BIN)/python -m pip --python $(VENV)/counts/bin/python --disable-pip-version-check --quiet \
	  install $(addprefix --constraint ,$(wildcard benchmarks/counts/constraints.txt)) --editable .
	@touch $@

# The peers have their own environment. Those that cannot be installed are skipped.
$(VENV)/benched: $(VENV)/installed benchmarks/speed/peers/requirements.txt
	@echo 'installing the tools to compare'
	@$(PYTHON) -m venv --clear $(VENV)/bench
	@while read -r peer; do \
	  $(BIN)/python -m pip --python $(VENV)/bench/bin/python --disable-pip-version-check --quiet \
	    install $$peer || echo "not installed: $$peer"; \
	done < benchmarks/speed/peers/requirements.txt
	@npm install --silent --no-save --prefix $(VENV)/bench citeproc @citation-js/core \
	  @citation-js/plugin-csl @citation-js/plugin-bibtex @citation-js/plugin-ris \
	  || echo 'not installed: citeproc-js and citation-js, which need npm'
	@touch $@

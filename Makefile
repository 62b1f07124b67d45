# Needs make and Python 3.11 or newer; everything else goes into .venv/.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# The page of "make demo": make demo PAGE=my-page.html
PAGE ?= fixtures/acr-2025-poster/page.html

.DEFAULT_GOAL := help
.PHONY: help demo styles test lint types accuracy bench counts clean
.SUFFIXES:

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/installed ## parse a page of fixtures/ and print its record and its citation
	@echo '$$ abstool parse $(PAGE)'
	@$(BIN)/abstool parse '$(PAGE)'
	@echo
	@echo '$$ abstool parse $(PAGE) | abstool cite --style ama'
	@$(BIN)/abstool parse '$(PAGE)' | $(BIN)/abstool cite --style ama

test: $(VENV)/developed ## run the test suite; make test ARGS='-k fetcher'
	$(BIN)/python -m pytest $(ARGS)

styles: $(VENV)/installed ## compare citations with citeproc-js (needs node); ARGS=--write notes them
	@npm install --silent --no-save --prefix $(VENV)/node citeproc@2.4.63
	$(BIN)/python benchmarks/styles/compare.py --node-modules $(VENV)/node/node_modules $(ARGS)

lint: $(VENV)/developed ## check style and form
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/developed ## check the types
	$(BIN)/mypy

accuracy: $(VENV)/developed ## measure how exact the parser is (docs/accuracy.md); takes ARGS
	$(BIN)/python benchmarks/accuracy.py $(ARGS)

bench: $(VENV)/benched ## measure speed beside other tools (docs/performance.md); takes ARGS
	$(BIN)/python benchmarks/speed/bench.py --peers $(VENV)/bench $(ARGS)

counts: $(VENV)/counted ## count instructions (needs valgrind), fail on a slip; takes ARGS
	$(VENV)/counts/bin/python benchmarks/counts/count.py $(ARGS)

clean: ## remove the environment and all caches
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp is the last thing its rule makes, so a broken set-up begins again.
$(VENV)/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo '$(PYTHON): abstool needs Python 3.11 or newer; name one: make PYTHON=python3.12' >&2; \
	  exit 1; }
	@echo 'creating the environment in $(VENV)/'
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/installed: $(VENV)/created pyproject.toml
	@echo 'installing abstool'
	@$(PIP) install --editable .
	@touch $@

$(VENV)/developed: $(VENV)/installed
	@echo 'installing what tests and checks need'
	@$(PIP) install --group dev
	@touch $@

# Instructions are counted with the libraries that they were noted with.
$(VENV)/counted: $(VENV)/created pyproject.toml $(wildcard benchmarks/counts/constraints.txt)
	@echo 'installing abstool with the libraries of benchmarks/counts/constraints.txt'
	@$(PYTHON) -m venv --clear $(VENV)/counts
	@$(BIN)/python -m pip --python $(VENV)/counts/bin/python --disable-pip-version-check --quiet \
	  install $(addprefix --constraint ,$(wildcard benchmarks/counts/constraints.txt)) --editable .
	@touch $@

# The peers get an environment of their own; one that cannot be installed is left out.
$(VENV)/benched: $(VENV)/installed benchmarks/speed/peers/requirements.txt
	@echo 'installing the tools to compare with'
	@$(PYTHON) -m venv --clear $(VENV)/bench
	@while read -r peer; do \
	  $(BIN)/python -m pip --python $(VENV)/bench/bin/python --disable-pip-version-check --quiet \
	    install $$peer || echo "not installed: $$peer"; \
	done < benchmarks/speed/peers/requirements.txt
	@npm install --silent --no-save --prefix $(VENV)/bench citeproc @citation-js/core \
	  @citation-js/plugin-csl @citation-js/plugin-bibtex @citation-js/plugin-ris \
	  || echo 'not installed: citeproc-js and citation-js, which need npm'
	@touch $@

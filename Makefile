# make demo    install, build the graph of corpus/, say where it lies
# make test    install, then every check: format, lint, types, tests
# make benchmark DEV=… SCORERS=…    score the development sets, write benchmarks/RESULTS.md
# make lock    pin the newest versions that pyproject.toml allows
# make clean   remove what was built; make distclean also removes .venv

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test benchmark lock clean distclean
.DEFAULT_GOAL := demo
.DELETE_ON_ERROR:

demo: $(VENV)/run.stamp
	@$(BIN)/kg build corpus/ -o build/demo

test: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

# ONLY="gold articles" scores that set alone and prints it, without writing the file.
benchmark: $(VENV)/run.stamp
	@test -d "$(DEV)" -a -d "$(SCORERS)" || { echo "make benchmark: DEV is \"$(DEV)\", SCORERS is \
	\"$(SCORERS)\"; expected two folders, the development sets and the score_*.py programs; run: \
	make benchmark DEV=../shared/data/dev SCORERS=../shared/scorers" >&2; exit 2; }
	$(BIN)/python benchmarks/run.py "$(DEV)" "$(SCORERS)" $(if $(ONLY),--only "$(ONLY)" --out /dev/null)

# The stamps say what is installed, so that a second call installs nothing.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(None if (3, 11) <= v < (3, 14) else \
	"Python %d.%d is not supported; expected 3.11 to 3.13; run: make PYTHON=python3.11" % v[:2])'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps -e .
	@$(BIN)/kg check >/dev/null
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" --quiet --upgrade

lock: | $(VENV)/bin/python
	$(PIP) install uv
	$(COMPILE) --extra dev -o requirements-dev.lock
	$(COMPILE) --constraint requirements-dev.lock -o requirements.lock

clean:
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find kg tests training -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV)

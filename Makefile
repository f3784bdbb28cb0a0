# The commands of the ward blog. `make` lists them; docs/guide.md explains them.
CONTENT ?= content
OUTPUT  ?= output
PRIVATE ?= private
PORT    ?= 8000
VENV    ?= .venv

# The first Python on this computer that is version 3.11 or newer.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)

COMMANDS = help html serve write new start import ward fetch newsletter subscribers leaflet share \
	community listen cases case reply report answers stats check why publish rollback clean
FOR_DEVELOPERS = test test-long only-tests bench lint lock
# Settings that can follow a command, as in CONTENT=folder.
SETTINGS = CONTENT OUTPUT PRIVATE PORT TITLE TAGS FROM PAGE FORMAT POST POSTS SIZE POSTER SEND FORGET \
	EXPORT ISSUE STREET NOTE CASE SINCE DRY_RUN FORCE $(ONLY_TYPED)
# These count only if they are typed: some systems give the computer's own NAME to all programs.
ONLY_TYPED = POSTCODE CODE NAME LOG UPLOADS PICTURES COMMENTS PUBLISH
NAMES = $(SETTINGS) VENV PYTHON

# Values as typed: a dollar sign in a title stays one, whether or not it is doubled for make.
typed = $(subst $$$$,$$,$(value $(1)))
IGNORED := $(foreach name,$(ONLY_TYPED),$(if $(findstring command,$(origin $(name))),,$(name)))
$(foreach name,$(filter-out $(IGNORED),$(SETTINGS)),$(eval override $(name) := $$(call typed,$(name))))
$(foreach name,$(IGNORED),$(eval override $(name) :=))
export $(SETTINGS)

# WARD_MAKE is the process that would print "Error 1" if the program failed; see support/exit_status.py.
# `exec` replaces the shell, so that Ctrl+C reaches only the program.
PROGRAM = exec env WARD_MAKE=$$PPID PYTHONPATH=plugins $(VENV)/bin/python -m
# plugins/wardblog/cli/typed.py says which settings a command takes, and what it needs installed.
LAUNCH = $(PROGRAM) wardblog --launch
AS_TYPED = $(foreach name,$(SETTINGS),$(name)="$$$(name)")

.DEFAULT_GOAL := help
.PHONY: help html serve write new start import ward fetch newsletter subscribers leaflet share community
.PHONY: listen cases case reply report answers stats check why publish rollback clean
.PHONY: test test-long bench lint lock

# Unknown words: misspelt commands and settings, and titles without quotation marks.
WARD_GOALS := $(MAKECMDGOALS)
WARD_COMMANDS := $(COMMANDS) $(FOR_DEVELOPERS)
WARD_NAMES := $(NAMES)
UNKNOWN_GOALS := $(filter-out $(COMMANDS) $(FOR_DEVELOPERS) $(VENV)/%,$(MAKECMDGOALS))
ifneq ($(filter new,$(MAKECMDGOALS)),)
UNKNOWN_GOALS += $(filter-out new,$(MAKECMDGOALS))
endif
WARD_UNKNOWN_NAMES :=
ifneq ($(filter $(COMMANDS),$(or $(MAKECMDGOALS),help)),)
WARD_UNKNOWN_NAMES := $(strip $(foreach name,$(filter-out $(NAMES) -% .% MAKE%,$(.VARIABLES)),\
	$(if $(filter command,$(firstword $(origin $(name)))),$(name))))
endif

ifneq ($(strip $(UNKNOWN_GOALS) $(WARD_UNKNOWN_NAMES)),)
export WARD_GOALS WARD_COMMANDS WARD_NAMES WARD_UNKNOWN_NAMES
EXISTING := $(sort $(foreach word,$(UNKNOWN_GOALS),$(if $(wildcard $(word)),$(word))))
.PHONY: $(EXISTING)
EXPLAIN = test -e $(VENV)/site.stamp || $(MAKE) --no-print-directory $(VENV)/site.stamp; \
	$(PROGRAM) wardblog.cli.unknown_words

$(sort $(COMMANDS) $(FOR_DEVELOPERS) $(EXISTING)) .DEFAULT:
	@$(EXPLAIN)
else

help:
	@cat plugins/wardblog/cli/help.txt

$(filter-out help,$(COMMANDS)): $(VENV)/site.stamp
	@$(LAUNCH) $@ $(AS_TYPED)

# The linters run beside the tests, which often wait for other programs.
test: $(VENV)/tools.stamp $(VENV)/browser.stamp
	@$(MAKE) --no-print-directory -j2 lint only-tests

# With all examples, sizes and targets; takes half an hour or more.
test-long: $(VENV)/tools.stamp $(VENV)/browser.stamp
	@$(MAKE) --no-print-directory -j2 lint only-tests LONG=--long

# Python keeps what it compiles, also where PYTHONDONTWRITEBYTECODE is set: the tests start hundreds
# of processes, and each would compile everything again. Files of tests that passed are removed at
# once, so that tests/conftest.py may keep them all in memory.
only-tests:
	@PYTHONDONTWRITEBYTECODE= $(VENV)/bin/python -m pytest --coverage --numprocesses auto \
		--dist loadfile --no-loadscope-reorder $(LONG)

lint: $(VENV)/tools.stamp
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@PYTHONPATH=plugins $(VENV)/bin/lint-imports --no-cache
	@$(VENV)/bin/codespell

bench: $(VENV)/browser.stamp $(VENV)/bench.stamp
	@PYTHONPATH=plugins:tests $(VENV)/bin/python -m bench

# Locks the versions again; needed only when a dependency in pyproject.toml changes.
LOCK = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header --no-emit-index-url --upgrade
lock: $(VENV)/tools.stamp
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) -c requirements.txt --extra geodata pyproject.toml -o requirements-geodata.txt
	$(LOCK) -c requirements.txt --extra sheets pyproject.toml -o requirements-sheets.txt
	$(LOCK) -c requirements.txt --extra reach pyproject.toml -o requirements-reach.txt
	$(LOCK) -c requirements.txt --extra leaflet pyproject.toml -o requirements-leaflet.txt
	$(LOCK) -c requirements.txt --extra casework pyproject.toml -o requirements-casework.txt
	$(LOCK) -c requirements.txt --extra figures pyproject.toml -o requirements-figures.txt
	$(LOCK) -c requirements.txt --extra import pyproject.toml -o requirements-import.txt
	$(LOCK) -c requirements.txt -c requirements-geodata.txt -c requirements-sheets.txt \
		-c requirements-reach.txt -c requirements-leaflet.txt -c requirements-casework.txt \
		-c requirements-figures.txt -c requirements-import.txt --extra dev pyproject.toml -o requirements-dev.txt
	$(LOCK) --group bench -o requirements-bench.txt

endif

# Set-up: runs once, and again only when the locked versions change.
PIP = $(VENV)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Install Python 3.11 or newer with its venv module, then try again." \
		"On Debian and Ubuntu: apt install python3 python3-venv" >&2; exit 1; }
	@echo "Setting up for the first time. This takes about a minute."
	@$(PYTHON) -m venv $(VENV)

# Optional libraries are installed when a command first needs them; see support/extras.py.
$(VENV)/site.stamp: requirements.txt | $(VENV)/bin/python
	@PYTHONPATH=plugins $(VENV)/bin/python -m wardblog.support.extras site

$(VENV)/tools.stamp: requirements-dev.txt $(VENV)/site.stamp
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(VENV)/bench.stamp: requirements-bench.txt $(VENV)/tools.stamp
	@$(PIP) -r requirements-bench.txt
	@touch $@

$(VENV)/browser.stamp: tests/install_programs.py $(VENV)/tools.stamp
	@$(VENV)/bin/python tests/install_programs.py
	@touch $@

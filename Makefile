# The commands of the ward blog. `make` lists them; docs/guide.md explains them.
CONTENT ?= content
OUTPUT  ?= output
PORT    ?= 8000
TITLE   ?=
TAGS    ?=
FROM    ?=
PAGE    ?=
FORMAT  ?=
VENV    ?= .venv

# The newest Python of 3.11 or later that this machine has.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)

COMMANDS = help html serve new start check why publish rollback clean
FOR_DEVELOPERS = test test-long only-tests bench lint lock
# What may be said behind a command, as in CONTENT=folder.
NAMES = CONTENT OUTPUT PORT TITLE TAGS FROM PAGE FORMAT DRY_RUN FORCE VENV PYTHON

# As typed: a dollar sign in a title is one, whether it is doubled for make or not.
typed = $(subst $$$$,$$,$(value $(1)))
override CONTENT := $(call typed,CONTENT)
override OUTPUT := $(call typed,OUTPUT)
override PORT := $(call typed,PORT)
override TITLE := $(call typed,TITLE)
override TAGS := $(call typed,TAGS)
override FROM := $(call typed,FROM)
override PAGE := $(call typed,PAGE)
override FORMAT := $(call typed,FORMAT)
export CONTENT OUTPUT PORT TITLE TAGS FROM PAGE FORMAT

# WARD_MAKE tells the program whom to end without make's own "Error 1"; it takes the place of the
# shell, so that Ctrl+C reaches it alone.
PROGRAM = exec env WARD_MAKE=$$PPID PYTHONPATH=plugins $(VENV)/bin/python -m
SITE  = $(PROGRAM) wardblog
ASKED = --content="$$CONTENT"
BUILT = $(ASKED) --output="$$OUTPUT"

.DEFAULT_GOAL := help
.PHONY: help html serve new start check why publish rollback clean test test-long bench lint lock

# Words that make does not know: misspelt commands and names, and titles without quotation marks.
WARD_GOALS := $(MAKECMDGOALS)
WARD_COMMANDS := $(COMMANDS) $(FOR_DEVELOPERS)
WARD_NAMES := $(NAMES)
STRANGE := $(filter-out $(COMMANDS) $(FOR_DEVELOPERS) $(VENV)/%,$(MAKECMDGOALS))
ifneq ($(filter new,$(MAKECMDGOALS)),)
STRANGE += $(filter-out new,$(MAKECMDGOALS))
endif
WARD_UNKNOWN :=
ifneq ($(filter $(COMMANDS),$(or $(MAKECMDGOALS),help)),)
WARD_UNKNOWN := $(strip $(foreach name,$(filter-out $(NAMES) -% .% MAKE%,$(.VARIABLES)),\
	$(if $(filter command,$(firstword $(origin $(name)))),$(name))))
endif

ifneq ($(strip $(STRANGE) $(WARD_UNKNOWN)),)
export WARD_GOALS WARD_COMMANDS WARD_NAMES WARD_UNKNOWN
EXISTING := $(sort $(foreach word,$(STRANGE),$(if $(wildcard $(word)),$(word))))
.PHONY: $(EXISTING)
EXPLAIN = test -e $(VENV)/site.stamp || $(MAKE) --no-print-directory $(VENV)/site.stamp; \
	$(PROGRAM) wardblog.cli.goals

$(sort $(COMMANDS) $(FOR_DEVELOPERS) $(EXISTING)) .DEFAULT:
	@$(EXPLAIN)
else

help:
	@echo "The ward blog:"
	@echo "  make publish               build the site and put it where residents read it"
	@echo "  make publish DRY_RUN=1     only say what that would change"
	@echo "  make publish FORCE=1       answer yes to all that it asks: about a new place, or pages that would go"
	@echo "  make rollback              bring back the site that was published before"
	@echo "  make serve                 show the site at http://localhost:$(PORT)/"
	@echo "  make new TITLE=\"...\" TAGS=\"...\"   begin a post"
	@echo "  make new FROM=grit-bins    begin a post on what changed in a list since the one before"
	@echo "  make check                 read everything, and tell what is wrong"
	@echo "  make check FORMAT=json     the same for other programs: json, sarif or github"
	@echo "  make why PAGE=issues/grit-bins/   say what a page depends on, and what last changed it"
	@echo "  make html                  build the site into $(OUTPUT)/"
	@echo "  make start                 replace the sample with a content folder of your own"
	@echo "  make clean                 remove what was built"
	@echo "For developers:"
	@echo "  make test  make test-long  make lint  make bench  make lock"
	@echo "CONTENT=folder and OUTPUT=folder name other folders than content/ and output/."

html: $(VENV)/site.stamp
	@$(SITE) html $(BUILT)

serve: $(VENV)/site.stamp
	@$(SITE) serve $(BUILT) --port="$$PORT"

new: $(VENV)/site.stamp
	@$(SITE) new $(ASKED) --title="$$TITLE" --tags="$$TAGS" --from="$$FROM"

start: $(VENV)/site.stamp
	@$(SITE) start $(ASKED)

check: $(VENV)/site.stamp
	@$(SITE) check $(BUILT) --format="$$FORMAT"

why: $(VENV)/site.stamp
	@$(SITE) why $(BUILT) --page="$$PAGE"

publish: $(VENV)/site.stamp
	@$(SITE) publish $(BUILT) $(if $(filter-out 0,$(DRY_RUN)),--dry-run) \
		$(if $(filter-out 0,$(FORCE)),--force)

rollback: $(VENV)/site.stamp
	@$(SITE) rollback $(ASKED)

clean: $(VENV)/site.stamp
	@$(SITE) clean $(BUILT)

# The checkers run beside the tests, which often wait for other programs.
test: $(VENV)/tools.stamp $(VENV)/browser.stamp
	@$(MAKE) --no-print-directory -j2 lint only-tests

# With all examples, sizes and targets; takes a quarter of an hour.
test-long: $(VENV)/tools.stamp $(VENV)/browser.stamp
	@$(MAKE) --no-print-directory -j2 lint only-tests LONG=--long

only-tests:
	@$(VENV)/bin/python -m slipcover -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(LONG)

lint: $(VENV)/tools.stamp
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@PYTHONPATH=plugins $(VENV)/bin/lint-imports --no-cache
	@$(VENV)/bin/codespell

bench: $(VENV)/browser.stamp $(VENV)/bench.stamp
	@PYTHONPATH=plugins:tests $(VENV)/bin/python -m bench

# Locks the versions again; wanted only when a dependency in pyproject.toml changes.
LOCK = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header --no-emit-index-url --upgrade
lock: $(VENV)/tools.stamp
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) -c requirements.txt --extra dev pyproject.toml -o requirements-dev.txt
	$(LOCK) --group bench -o requirements-bench.txt

endif

# Set-up: once, and again only when the locked versions change.
PIP = $(VENV)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11 or newer, with its venv module." \
		"On Debian and Ubuntu: apt install python3 python3-venv" >&2; exit 1; }
	@echo "Setting up, once: this takes a minute."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/site.stamp: requirements.txt | $(VENV)/bin/python
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/tools.stamp: requirements-dev.txt $(VENV)/site.stamp
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(VENV)/bench.stamp: requirements-bench.txt $(VENV)/tools.stamp
	@$(PIP) -r requirements-bench.txt
	@touch $@

$(VENV)/browser.stamp: tests/install_programs.py $(VENV)/tools.stamp
	@$(VENV)/bin/python tests/install_programs.py
	@touch $@

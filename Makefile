# The commands of the ward blog. `make` lists them; docs/guide.md explains them.
CONTENT ?= content
OUTPUT  ?= output
PORT    ?= 8000
TITLE   ?=
TAGS    ?=
FROM    ?=
PAGE    ?=
FORMAT  ?=
POSTCODE ?=
CODE    ?=
NAME    ?=
PRIVATE ?= private
POST    ?=
POSTS   ?=
SIZE    ?=
POSTER  ?=
FORGET  ?=
EXPORT  ?=
ISSUE   ?=
STREET  ?=
NOTE    ?=
CASE    ?=
SINCE   ?=
LOG     ?=
UPLOADS ?=
VENV    ?= .venv

# The first Python on this computer that is version 3.11 or newer.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)

COMMANDS = help html serve new start import ward fetch newsletter subscribers leaflet share community \
	listen cases case reply report answers stats check why publish rollback clean
FOR_DEVELOPERS = test test-long only-tests bench lint lock
# Settings that can follow a command, as in CONTENT=folder.
NAMES = CONTENT OUTPUT PRIVATE PORT TITLE TAGS FROM PAGE FORMAT POSTCODE CODE NAME POST POSTS SIZE \
	POSTER SEND FORGET EXPORT ISSUE STREET NOTE CASE SINCE LOG UPLOADS PICTURES COMMENTS PUBLISH \
	DRY_RUN FORCE VENV PYTHON

# Values as typed: a dollar sign in a title stays one, whether or not it is doubled for make.
typed = $(subst $$$$,$$,$(value $(1)))
override CONTENT := $(call typed,CONTENT)
override OUTPUT := $(call typed,OUTPUT)
override PORT := $(call typed,PORT)
override TITLE := $(call typed,TITLE)
override TAGS := $(call typed,TAGS)
override FROM := $(call typed,FROM)
override PAGE := $(call typed,PAGE)
override FORMAT := $(call typed,FORMAT)
# These count only if they are typed: some systems give the computer's own NAME to all programs.
override POSTCODE := $(if $(findstring command,$(origin POSTCODE)),$(call typed,POSTCODE))
override CODE := $(if $(findstring command,$(origin CODE)),$(call typed,CODE))
override NAME := $(if $(findstring command,$(origin NAME)),$(call typed,NAME))
override LOG := $(if $(findstring command,$(origin LOG)),$(call typed,LOG))
override UPLOADS := $(if $(findstring command,$(origin UPLOADS)),$(call typed,UPLOADS))
override PICTURES := $(if $(findstring command,$(origin PICTURES)),$(filter-out 0,$(PICTURES)))
override COMMENTS := $(if $(findstring command,$(origin COMMENTS)),$(filter-out 0,$(COMMENTS)))
override PUBLISH := $(if $(findstring command,$(origin PUBLISH)),$(filter-out 0,$(PUBLISH)))
override PRIVATE := $(call typed,PRIVATE)
override POST := $(call typed,POST)
override POSTS := $(call typed,POSTS)
override SIZE := $(call typed,SIZE)
override POSTER := $(call typed,POSTER)
override FORGET := $(call typed,FORGET)
override EXPORT := $(call typed,EXPORT)
override ISSUE := $(call typed,ISSUE)
override STREET := $(call typed,STREET)
override NOTE := $(call typed,NOTE)
override CASE := $(call typed,CASE)
override SINCE := $(call typed,SINCE)
export CONTENT OUTPUT PRIVATE PORT TITLE TAGS FROM PAGE FORMAT POSTCODE CODE NAME POST POSTS SIZE
export POSTER FORGET EXPORT ISSUE STREET NOTE CASE SINCE LOG UPLOADS

# WARD_MAKE is the process that would print "Error 1" if the program failed; see support/exit_status.py.
# `exec` replaces the shell, so that Ctrl+C reaches only the program.
PROGRAM = exec env WARD_MAKE=$$PPID PYTHONPATH=plugins $(VENV)/bin/python -m
SITE = $(PROGRAM) wardblog
CONTENT_FOLDER = --content="$$CONTENT"
BOTH_FOLDERS = $(CONTENT_FOLDER) --output="$$OUTPUT"

# Spreadsheets among the council's lists are read by a library that is installed when it is needed.
EMPTY :=
DATA = $(subst $(EMPTY) ,\ ,$(CONTENT))/data
SHEETS = $(wildcard $(foreach ending,*.[xX][lL][sS][xX] *.[oO][dD][sS],$(DATA)/$(ending) $(DATA)/*/$(ending)))
READY = $(VENV)/site.stamp $(if $(SHEETS),$(VENV)/sheets.stamp)

.DEFAULT_GOAL := help
.PHONY: help html serve new start import ward fetch newsletter subscribers leaflet share community
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
	@echo "The ward blog"
	@echo
	@echo "Every day"
	@echo "  make new TITLE=\"...\" TAGS=\"...\"   create a post"
	@echo "  make new FROM=grit-bins           create a post about what changed in a list"
	@echo "  make check                        check the content and list every problem"
	@echo "  make serve                        preview the site at http://localhost:$(PORT)/"
	@echo "  make publish                      build the site and put it where residents read it"
	@echo "  make publish DRY_RUN=1            only show what publishing would change"
	@echo "  make publish FORCE=1              publish without asking questions first"
	@echo
	@echo "The ward"
	@echo "  make start                        replace the sample with your own content folder"
	@echo "  make import FROM=private/old.xml  bring your old blog along, from WordPress, Blogger, ..."
	@echo "  make ward POSTCODE=\"SW11 5JY\"     fetch the outline, map and street names of your ward"
	@echo "  make fetch                        bring in planning applications, meetings and counts"
	@echo
	@echo "Hearing and answering"
	@echo "  make newsletter                   build the next newsletter and show it"
	@echo "  make newsletter SEND=1            send it, after asking"
	@echo "  make subscribers                  read who asked to join or leave the newsletter"
	@echo "  make share POST=...               texts about a post for Facebook, WhatsApp and others"
	@echo "  make leaflet POSTS=\"...\" SIZE=A5  a leaflet for the printer, as PDF"
	@echo "  make leaflet POSTER=\"Ward surgery\"  a poster for the noticeboard"
	@echo "  make community                    check the links to other local sites"
	@echo "  make listen                       what is new on local sites, grouped by issue and street"
	@echo "  make cases                        the cases that need you this week"
	@echo "  make case ISSUE=\"...\" NOTE=\"...\" add a case; STREET=\"...\" says where"
	@echo "  make reply ISSUE=\"...\"           a reply to paste into an e-mail; or CASE=17"
	@echo "  make report SINCE=2026-11-01      draft a report-back post"
	@echo "  make answers                      count the answers to your questions"
	@echo "  make stats LOG=\"access.log*\"     what was read, and how many subscribe"
	@echo
	@echo "Looking after it"
	@echo "  make rollback                     bring back the site that was published before"
	@echo "  make why PAGE=issues/grit-bins/   explain what a page is made from and what changed it"
	@echo "  make check FORMAT=json            list problems for other programs: json, sarif or github"
	@echo "  make html                         build the site into $(OUTPUT)/"
	@echo "  make clean                        remove the built site"
	@echo "  make test, test-long, lint, bench or lock    for developers"
	@echo
	@echo "To use other folders than content/ and output/, add CONTENT=folder or OUTPUT=folder."

html: $(READY)
	@$(SITE) html $(BOTH_FOLDERS)

serve: $(READY)
	@$(SITE) serve $(BOTH_FOLDERS) --port="$$PORT"

new: $(READY)
	@$(SITE) new $(CONTENT_FOLDER) --title="$$TITLE" --tags="$$TAGS" --from="$$FROM"

start: $(VENV)/site.stamp
	@$(SITE) start $(CONTENT_FOLDER)

import: $(READY) $(VENV)/import.stamp
	@$(SITE) import $(CONTENT_FOLDER) --from="$$FROM" --uploads="$$UPLOADS" \
		$(if $(PICTURES),--pictures) $(if $(COMMENTS),--comments) $(if $(PUBLISH),--publish) \
		$(if $(filter-out 0,$(FORCE)),--force)

# What the name of a file has in it that needs another library to be read.
GEODATA = .gpkg .shp .osm .pbf oproad opmplc
ward: $(VENV)/site.stamp $(if $(strip $(foreach part,$(GEODATA),$(findstring $(part),$(FROM)))),\
		$(VENV)/geodata.stamp)
	@$(SITE) ward $(CONTENT_FOLDER) --postcode="$$POSTCODE" --code="$$CODE" --name="$$NAME" \
		--from="$$FROM" $(if $(filter-out 0,$(FORCE)),--force)

newsletter: $(READY) $(VENV)/reach.stamp
	@$(SITE) newsletter $(CONTENT_FOLDER) $(if $(filter-out 0,$(SEND)),--send)

subscribers: $(READY) $(VENV)/reach.stamp
	@$(SITE) subscribers $(CONTENT_FOLDER) --from="$$FROM" --forget="$$FORGET" --export="$$EXPORT"

leaflet: $(READY) $(VENV)/leaflet.stamp
	@$(SITE) leaflet $(CONTENT_FOLDER) --posts="$$POSTS" --size="$$SIZE" --poster="$$POSTER"

share: $(READY)
	@$(SITE) share $(CONTENT_FOLDER) --post="$$POST"

community: $(READY) $(VENV)/reach.stamp
	@$(SITE) community $(CONTENT_FOLDER) $(if $(filter-out 0,$(FORCE)),--force)

fetch: $(READY)
	@$(SITE) fetch $(CONTENT_FOLDER) --from="$$FROM" $(if $(filter-out 0,$(FORCE)),--force)

listen: $(READY) $(VENV)/reach.stamp
	@$(SITE) listen $(CONTENT_FOLDER) $(if $(filter-out 0,$(FORCE)),--force)

cases: $(READY) $(VENV)/casework.stamp
	@$(SITE) cases $(CONTENT_FOLDER) --forget="$$FORGET" $(if $(filter-out 0,$(FORCE)),--force)

case: $(READY) $(VENV)/casework.stamp
	@$(SITE) case $(CONTENT_FOLDER) --issue="$$ISSUE" --street="$$STREET" --note="$$NOTE"

reply: $(READY)
	@$(SITE) reply $(CONTENT_FOLDER) --issue="$$ISSUE" --street="$$STREET" --case="$$CASE"

report: $(READY)
	@$(SITE) report $(CONTENT_FOLDER) --since="$$SINCE" $(if $(filter-out 0,$(FORCE)),--force)

answers: $(READY) $(VENV)/reach.stamp
	@$(SITE) answers $(CONTENT_FOLDER) --from="$$FROM" --force="$$FORCE"

stats: $(READY) $(VENV)/figures.stamp
	@$(SITE) stats $(CONTENT_FOLDER) --log="$$LOG" --format="$$FORMAT"

check: $(READY)
	@$(SITE) check $(BOTH_FOLDERS) --format="$$FORMAT"

why: $(READY)
	@$(SITE) why $(BOTH_FOLDERS) --page="$$PAGE"

publish: $(READY)
	@$(SITE) publish $(BOTH_FOLDERS) $(if $(filter-out 0,$(DRY_RUN)),--dry-run) \
		$(if $(filter-out 0,$(FORCE)),--force)

rollback: $(VENV)/site.stamp
	@$(SITE) rollback $(CONTENT_FOLDER)

clean: $(VENV)/site.stamp
	@$(SITE) clean $(BOTH_FOLDERS)

# The linters run beside the tests, which often wait for other programs.
test: $(VENV)/tools.stamp $(VENV)/browser.stamp
	@$(MAKE) --no-print-directory -j2 lint only-tests

# With all examples, sizes and targets; takes a quarter of an hour.
test-long: $(VENV)/tools.stamp $(VENV)/browser.stamp
	@$(MAKE) --no-print-directory -j2 lint only-tests LONG=--long

# Python keeps what it compiles, also where PYTHONDONTWRITEBYTECODE is set: the tests start hundreds
# of processes, and each would compile everything again. Files of tests that passed are removed at
# once, so that tests/conftest.py may keep them all in memory.
only-tests:
	@PYTHONDONTWRITEBYTECODE= $(VENV)/bin/python -m slipcover -m pytest --numprocesses auto \
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

$(VENV)/site.stamp: requirements.txt | $(VENV)/bin/python
	@$(PIP) -r requirements.txt
	@touch $@

# Needed only to read maps that were downloaded by hand.
$(VENV)/geodata.stamp: requirements-geodata.txt $(VENV)/site.stamp
	@echo "Installing the library that reads such maps. This takes about a minute, the first time only."
	@$(PIP) -r requirements-geodata.txt
	@touch $@

# Needed only where a list is a spreadsheet.
$(VENV)/sheets.stamp: requirements-sheets.txt $(VENV)/site.stamp
	@echo "Installing python-calamine, which reads the spreadsheets in $$CONTENT/data."
	@$(PIP) -r requirements-sheets.txt
	@touch $@

# Needed only for the newsletter, and to check the sites of the community.
$(VENV)/reach.stamp: requirements-reach.txt $(VENV)/site.stamp
	@echo "Installing what makes and sends newsletters. This takes half a minute, the first time only."
	@$(PIP) -r requirements-reach.txt
	@touch $@

# Needed only for leaflets and posters.
$(VENV)/leaflet.stamp: requirements-leaflet.txt $(VENV)/site.stamp
	@echo "Installing what makes leaflets. This takes about a minute, the first time only."
	@$(PIP) -r requirements-leaflet.txt
	@touch $@

# Needed only for casework: on which days nobody works.
$(VENV)/casework.stamp: requirements-casework.txt $(VENV)/site.stamp
	@echo "Installing the calendar of bank holidays. This takes a few seconds, the first time only."
	@$(PIP) -r requirements-casework.txt
	@touch $@

# Needed only to count from logs: who is a crawler.
$(VENV)/figures.stamp: requirements-figures.txt $(VENV)/site.stamp
	@echo "Installing the lists of crawlers. This takes a few seconds, the first time only."
	@$(PIP) -r requirements-figures.txt
	@touch $@

# Needed only to bring an old blog along: turns its HTML into Markdown.
$(VENV)/import.stamp: requirements-import.txt $(VENV)/site.stamp
	@echo "Installing what turns HTML into Markdown. This takes a few seconds, the first time only."
	@$(PIP) -r requirements-import.txt
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

"""`make start`: moves the sample aside, and makes a content folder to fill in."""

from __future__ import annotations

import shutil
from pathlib import Path

_WARD = """\
# The settings of your site. Fill in the empty quotation marks; `make check` lists what is missing.

[site]
title = ""                            # such as "Shaftesbury ward blog"
url = ""                              # where residents will read it: "https://ward.example.org"
description = ""                      # one sentence
accent = "#1d5f3a"                    # the ward's colour
# newsletter = "https://..."          # where residents sign up for an e-mail newsletter
# whatsapp = "https://whatsapp.com/channel/..."  # your WhatsApp channel

[ward]
name = ""
council = ""
# boundary = "data/ward.geojson"      # the ward's outline, or a file of many ...
# code = "E05000623"                  # ... and the code of yours in it
# boundary_attribution = "..."        # who made it, unless the file says so itself

[[councillor]]                        # repeat these lines for a second and a third
name = ""
party = ""
email = ""
phone = ""
about = ""                            # one line about you
# photo = "images/your-name.jpg"      # a photograph of you, in content/images
# planning_committee = true           # if you decide on planning applications

# [[surgery]]                         # when residents can regularly come and talk to you
# when = "first Saturday of the month 10:00 - 11:30"
# where = ""

[imprint]                             # required by law; it is on every page
promoter = ""
on_behalf_of = ""
address = ""

# [election]                          # the days between which council publicity is restricted
# notice = 2027-03-22
# poll = 2027-05-06

[map]
tiles = "ask"                         # none, ask (a button loads the street map) or always

[publish]
to = "folder"
path = "public"
"""

_ISSUES = """\
# Your issues. A post with an issue among its Tags appears on the issue's page, map and feeds.

# [[issue]]
# name = "Grit bins"
# colour = "#8a5a00"
# about = "Where they are, and who fills them."
# report_url = "https://..."          # where a resident reports one
# report_label = "Report a grit bin"  # what the link to it says
# sensitive = true                    # if posts about it are complaints: no exact locations

# [[dataset]]
# issue = "Grit bins"
# file = "data/grit-bins.csv"         # a spreadsheet, CSV or GeoJSON from the council
# title = "Grit bins, winter 2026-27"
# source = "Council winter service plan"
# source_url = "https://..."
# licence = "Open Government Licence v3.0"
# as_of = 2026-11-01
# show = "ward"                       # only the places inside the boundary, or "all"
"""

_COMMUNITY = """\
# Other local sites: they are listed on the page "Community", and `make share` reminds you of them.
# Only what everybody can read belongs here: no closed groups, and nobody's own profile.

# [[site]]
# name = "Shaftesbury Forum"
# url = "https://forum.example.org"
# kind = "forum"                      # blog, forum, group, news, council, police or school
# about = "Neighbours ask each other for plumbers, and find lost cats."
# rules = "No party politics. Answer questions the same day."  # for you; not published
# when = "Sunday evening"             # for you; not published
# checked = 2026-11-01                # when you last opened it; `make community` fills it in
# feed = "https://..."                # its news feed; `make community` finds it
# allow = "the admin asked me to list it"  # only if it is a closed group
"""

ABOUT_PAGE = "pages/about.md"
ABOUT = """\
Title: About us
Slug: about
Summary: Who we are, what a ward councillor can do for you, and how to reach us.
Status: draft

<!-- Replace what is in square brackets, and read the rest: it should be true of you.
Then remove the line "Status: draft". Until then this page is not published. -->

## Who we are

[Your names and your ward, and a sentence or two that a neighbour would say about you.]

## How to reach us

- **Write to us.** Our addresses are at the foot of every page. [How soon you answer.]
- **Come to a surgery.** [When and where. Nobody needs an appointment.]

## What a ward councillor can do

| You want | What we can do |
|---|---|
| something repaired, cleared or collected | report it, find out who is responsible, keep asking |
| an answer from the council | get you one from the person who knows, in plain words |
| to have your say on a planning application | explain what counts, and speak at the committee |
| help with a landlord, a bill or a benefit | find you an adviser, and write on your behalf |

We cannot decide a planning application on our own, move you up a housing list, or tell the police
what to do.

**In an emergency, or if a crime is happening now,** call 999.
"""

# Pages of the sample that suit every site.
_COMMON_PAGES = ("pages/accessibility.md", "pages/privacy.md")


def start_own(content: Path) -> Path:
    """Moves the old content folder aside, creates a new one, and returns the old one's new path."""
    aside = _free_name(content)
    content.rename(aside)
    for folder in ("posts", "pages", "images", "data"):
        (content / folder).mkdir(parents=True)
        (content / folder / ".keep").touch()
    (content / "ward.toml").write_text(_WARD, encoding="utf-8")
    (content / "issues.toml").write_text(_ISSUES, encoding="utf-8")
    (content / "community.toml").write_text(_COMMUNITY, encoding="utf-8")
    (content / ABOUT_PAGE).write_text(ABOUT, encoding="utf-8")
    for page in _COMMON_PAGES:
        if (aside / page).is_file():
            shutil.copy(aside / page, content / page)
    return aside


def _free_name(content: Path) -> Path:
    free = content.with_name(f"{content.name}-sample")
    number = 2
    while free.exists():
        free = content.with_name(f"{content.name}-sample-{number}")
        number += 1
    return free

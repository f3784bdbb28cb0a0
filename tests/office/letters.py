"""Small sites for tests of the newsletter, and what is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from support import ISSUES, MARKDOWN, TODAY, WARD, picture, write_site
from wardblog.content import read_site
from wardblog.model import NewsletterSettings, Site
from wardblog.model.events import LONDON
from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.newsletter.issue_file import next_file
from wardblog.office.newsletter.make import MadeIssue, make_issue
from wardblog.office.newsletter.record import read_sent
from wardblog.problems import has_errors

SETTINGS = NewsletterSettings(address="news@ward.example.org", name="Robin Sample")
# Its three posts, in the order of an issue made on 22 November 2026.
TITLES = ("Bins moved", "A pothole", "Trees planted")
POSTS = {
    "posts/fine.md": """\
Title: Trees planted
Date: 2026-11-03 09:00
Tags: general
Summary: Four young trees stand in Eland Road.
Event: 2026-12-12 10:00 - 12:00 | Mulching | The library

The first line of the post about trees.
""",
    "posts/pothole.md": """\
Title: A pothole
Date: 2026-11-10 09:00
Tags: potholes
Summary: Deep enough for a duck.
Updated: 2026-11-10 | reported | Seen by a neighbour.
         2026-11-14 | fixed | Filled.

It was at the crossing.
""",
    "posts/bins.md": """\
Title: Bins moved
Date: 2026-11-20 09:00
Tags: grit bins
Summary: Two bins are where a lorry can reach them.
Deadline: 2026-12-01 | Last day to comment

They had been behind the garages.
""",
}
INTRODUCTION = """\
Title: Winter
Greeting: Hello & welcome,

# First

It was a **long** autumn; see [the trees](posts/fine.md), [the bins][b] and <https://example.org/a>.

[b]: /2026/11/bins-moved/

### Lists

1. One
2. Two [by e-mail](mailto:robin@example.org)
   - with a part

> Quoted
> words

| Day | Place |
|-----|-------|
| Sat | Park  |

<!-- a note to myself -->
---

The end.
"""
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-and-" * 2
ARABIC = (
    "Title: تعالوا وتحدثوا معنا\nDate: 2026-11-21\nLang: ar\nSlug: arabic\nTags: general\n"
    "Summary: نستقبلكم في أول سبت من كل شهر.\n\nنستقبلكم في المكتبة.\n"
)


def site_with(
    folder: Path, files: Mapping[str, str | bytes] | None = None, day: date = TODAY
) -> Site:
    """The site with three posts, or others in their place, as read on a day."""
    written = {"ward.toml": WARD, "issues.toml": ISSUES, **POSTS, **(files or {})}
    content = write_site(folder / "content", written)
    reading = read_site(content, day, MARKDOWN)
    assert not has_errors(reading.problems), reading.problems
    return reading.site


def on(site: Site, day: date) -> Site:
    """The same site on another day; a scheduled post stays one."""
    return replace(site, today=day, moment=datetime.combine(day, time(8), LONDON))


def made(
    site: Site, private: Path, settings: NewsletterSettings = SETTINGS, text: str | None = None
) -> MadeIssue:
    """The next issue; `text` replaces the councillor's file first."""
    if text is not None:
        path = next_file(site, settings, private, read_sent(private)).path
        path.write_text(text, encoding="utf-8")
    return make_issue(site, settings, private, MARKDOWN)


def finished(
    site: Site, private: Path, settings: NewsletterSettings = SETTINGS, text: str | None = None
) -> FinishedIssue:
    issue = made(site, private, settings, text).finished
    assert issue is not None
    return issue


def order_of(text: str, *words: str) -> list[str]:
    """The words in the order in which they first appear in a text; those that do not are absent."""
    return sorted((w for w in words if w in text), key=text.index)


def full_issue(folder: Path) -> FinishedIssue:
    """An issue with all that can be in one."""
    surgery = (
        '\n[[surgery]]\nwhen = "first Saturday of the month 10:00 - 11:30"\nwhere = "Library"\n'
    )
    files: dict[str, str | bytes] = {
        "ward.toml": WARD.replace("[ward]", 'accent = "#ffdd00"\n\n[ward]', 1) + surgery,
        "posts/ar.md": ARABIC,
        "posts/long.md": POSTS["posts/bins.md"].replace("Bins moved", f"{LONG}\nSlug: long"),
        "images/bin.jpg": picture(1200, 800, "JPEG"),
        "posts/fine.md": POSTS["posts/fine.md"].replace(
            "Event", "Image: images/bin.jpg | A bin\nEvent"
        ),
    }
    settings = replace(SETTINGS, via="smtp", pictures=True,
                       unsubscribe="https://lists.example.org/stop?t={token}")  # fmt: skip
    text = f"{INTRODUCTION}\n    code {'x' * 90}\n\n![The bin](images/bin.jpg)\n"
    return finished(site_with(folder, files), folder / "private", settings, text)

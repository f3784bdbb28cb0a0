"""A step of `make report`: shows the counts of casework that are due, and asks about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import WORKPLACE, can_ask, confirm, print_line
from wardblog.model.casework import Quarter
from wardblog.problems import display_path, has_errors
from wardblog.text.words import counted, long_date

if TYPE_CHECKING:
    from wardblog.model import Site
    from wardblog.model.casework import CaseworkQuarter
    from wardblog.office.casework_counts.count import CountedQuarters

_ASKED = "to publish these counts"
_HOW_TO_AGREE = (
    "The counts were not written, because this command could not ask for your confirmation. If "
    "this is what you want, run the same command with FORCE=1."
)


def with_new_counts(site: Site, content: Path, private: Path, is_forced: bool) -> tuple[Site, bool]:
    """The site, with the counts of the quarters that have ended if the councillor agrees to them.

    The second value is whether there were counts to which nobody agreed.

    They are shown before they are written to `content/casework.csv`. A no leaves the file as it is.
    """
    from wardblog.content.files import CASEWORK_FILE
    from wardblog.office.casework_counts.public_file import PublicFolders, write_casework

    counts = _counted(site, private)
    if counts is None:
        return site, False
    new = counts.quarters
    if not new:
        if counts.next_one and not site.casework:
            first = long_date(counts.next_one.following.first_day)
            print_line(f"Counts of your casework can be published from {first}.\n")
        return site, False
    target = display_path(content / CASEWORK_FILE)
    print_line(_shown(counts, target))
    if not is_forced and not _is_wanted():
        return site, True
    write_casework(PublicFolders(content, private, WORKPLACE), site.casework, new)
    print_line(f"Written: {target}\n")
    newest = sorted((*site.casework, *new), key=lambda one: one.quarter, reverse=True)
    return replace(site, casework=tuple(newest)), False


def _counted(site: Site, private: Path) -> CountedQuarters | None:
    """The counts that are due; None, with a sentence, if the cases cannot be read."""
    from wardblog.office.casework.case import CASEWORK_FILE
    from wardblog.office.casework.read import read_cases
    from wardblog.office.casework_counts.beginning import next_quarter
    from wardblog.office.casework_counts.count import count_new_quarters
    from wardblog.report import Report

    report = Report(CASEWORK_FILE)
    cases = read_cases(private / CASEWORK_FILE, report)
    if has_errors(report.problems):
        print_line('Your cases cannot be counted; "make cases" says why.\n')
        return None
    start = next_quarter(private, site.today) if cases else Quarter.of(site.today)
    return count_new_quarters(cases, site.issues, site.casework, start, site.today)


def _is_wanted() -> bool:
    """Ask the person at the terminal; without a terminal, the answer is no."""
    if not can_ask():
        print_line(f"{_HOW_TO_AGREE}\n")
        return False
    if confirm(_ASKED):
        return True
    print_line("The counts were not written. You will be asked again next time.\n")
    return False


def _shown(found: CountedQuarters, target: str) -> str:
    lines = [f"These counts of your casework would be added to {target}, which is public:"]
    for quarter in found.quarters:
        lines += ["", *_table(quarter)]
    lines += ["", "A number from 1 to 4 could point to one person, so it is not given."]
    lines += ["A quarter that was published is not changed later."]
    if number := found.without_issue:
        have = "has" if number == 1 else "have"
        lines.append(
            f"{counted(number, 'case')} {have} an issue that is not in issues.toml, counted as "
            '"Anything else". To see which, run: make cases'
        )
    for number, words in (
        (found.without_opening, "when it was opened"),
        (found.without_closing, "when it was closed"),
    ):
        if number:
            lines.append(f"Not counted there: {counted(number, 'case')} without a date {words}.")
    return "\n".join((*lines, ""))


def _table(quarter: CaseworkQuarter) -> Iterator[str]:
    from wardblog.views.casework_figures import count_in_figures, months_of

    rows = [("Issue", "opened", "closed")]
    rows += [
        (row.issue, count_in_figures(row.opened), count_in_figures(row.closed))
        for row in quarter.each()
    ]
    width = max(len(name) for name, _, _ in rows)
    yield months_of(quarter.quarter)
    yield from (f"  {name:<{width}}  {opened:>12}  {done:>12}" for name, opened, done in rows)

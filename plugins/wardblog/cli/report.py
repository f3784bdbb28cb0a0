"""`make report`: draft a report-back post."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    DONE,
    ROOT,
    content_folder,
    print_error,
    print_line,
    private_folder_of,
)
from wardblog.cli.public_counts import with_new_counts
from wardblog.problems import ContentError, display_path, has_errors, render
from wardblog.text.words import long_date, short_date

if TYPE_CHECKING:
    from wardblog.model import Site
    from wardblog.office.diary import DiaryEntry
    from wardblog.scaffold.report_back import ReportFacts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", default="", help="the first day of the report")
    parser.add_argument("--force", action="store_true", help="publish the counts without asking")


def run(arguments: argparse.Namespace) -> int:
    from wardblog.build import read_checked
    from wardblog.build.clock import now
    from wardblog.scaffold.report_back import (
        Voice,
        draft_report,
        gather,
        period_since,
        report_path,
        write_report,
    )

    content = content_folder(arguments)
    private = private_folder_of(content)
    moment = now()
    site = read_checked(ROOT / "pelicanconf.py", content)
    period = period_since(site, arguments.since, moment)
    report_path(content, moment)
    diary = _diary(private)
    site, is_refused = with_new_counts(site, content, private, arguments.force)
    facts = gather(site, period, diary)
    if facts.is_empty:
        print_line(_nothing(facts))
        return DONE
    path = write_report(content, draft_report(facts, Voice.of(site)), facts)
    print_line(_written(site, facts, path, is_refused))
    _show_warnings(content, path)
    return DONE


def _diary(private: Path) -> tuple[DiaryEntry, ...]:
    """The diary's entries; a mistake in a row is shown, and one of the whole file stops."""
    from wardblog.office.diary import DIARY_FILE, read_diary
    from wardblog.report import Report

    report = Report(DIARY_FILE)
    entries = read_diary(private / DIARY_FILE, report)
    if has_errors(report.problems):
        raise ContentError(report.problems, private, "Nothing was written.")
    if report.problems:
        print_error(render(report.problems, private))
    return entries


def _nothing(facts: ReportFacts) -> str:
    """Why there is no report."""
    period = facts.period
    since = f"since {short_date(period.first_day, period.today)}"
    if period.last:
        since += ", the day of your last report-back"
    lines = [f"There is nothing to report {since}, so no post was written."]
    lines += facts.left_out
    lines.append("For a longer time, say from when: make report SINCE=2026-11-01")
    return "\n".join(lines)


def _written(site: Site, facts: ReportFacts, path: Path, is_refused: bool) -> str:
    period = facts.period
    since = long_date(period.first_day)
    why = " (your last report-back)" if period.last else ""
    lines = [f"Created {display_path(path)}, a draft about the time since {since}{why}."]
    lines += facts.left_out
    if site.casework and facts.counts is None and not is_refused:
        lines.append(
            "The counts of casework are not in it, because they are not new: an earlier report "
            "gave them, or the quarter is long past."
        )
    if site.election and site.election.is_on(site.today):
        lines.append(
            f"There is an election on {long_date(site.election.poll)}. Read the report with that "
            'in mind: "Before an election" in docs/guide.md says what must not be in it.'
        )
    lines += [
        "Read it, add what only you know, and change what does not sound like you.",
        'Then remove the line "Status: draft" and publish the site.',
    ]
    return "\n".join(lines)


def _show_warnings(content: Path, path: Path) -> None:
    """What the checks say about the draft; what is a warning now can stop it later."""
    from wardblog.build import use_site

    file = path.relative_to(content).as_posix()
    found = use_site(
        ROOT / "pelicanconf.py",
        content,
        lambda _, problems: [p for p in problems if p.file == file],
    )
    if found:
        print_error(render(found, content))

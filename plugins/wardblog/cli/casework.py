"""What the commands about casework share: reading the file, and saying what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import print_error
from wardblog.problems import MOST_WARNINGS, ContentError, has_errors, render
from wardblog.report import Report
from wardblog.support.urls import host_of
from wardblog.text.words import counted

if TYPE_CHECKING:
    from wardblog.content.settings import Settings
    from wardblog.office.casework.calendar import CalendarSite
    from wardblog.office.casework.table import CaseworkTable


def load_cases(private: Path, is_quiet: bool = False) -> CaseworkTable | None:
    """The casework, after printing what could not be used of it; None if there is none.

    Raises `ContentError` for a file that is not a table.
    """
    from wardblog.office.casework.case import CASEWORK_FILE
    from wardblog.office.casework.table import load_table

    report = Report(CASEWORK_FILE)
    table = load_table(private, report)
    if report.problems and not is_quiet:
        print_error(render(report.problems[:MOST_WARNINGS], private, most=None))
        more = len(report.problems) - MOST_WARNINGS
        if more > 0:
            print_error(f"There {'is' if more == 1 else 'are'} {counted(more, 'more mistake')}.")
    return table


def settings_of(content: Path) -> Settings:
    """The settings in ward.toml, after printing what is wrong with them.

    Raises `ContentError` if they cannot be read at all.
    """
    from wardblog.content import read_settings_of

    settings, problems = read_settings_of(content)
    if settings is None:
        raise ContentError(problems, content)
    if has_errors(problems):
        print_error(render(problems, content, ending="Until then, the usual values are used."))
    return settings


def calendar_site(content: Path, url: str) -> CalendarSite:
    """What the calendar of due dates needs to know of the site at this address."""
    from wardblog.content import declared_issues
    from wardblog.office.casework.calendar import CalendarSite

    return CalendarSite(host_of(url) or "localhost", declared_issues(content))

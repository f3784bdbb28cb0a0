"""`make cases`: list the cases that need attention, and forget a person who asks for it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.casework import calendar_site, load_cases, settings_of
from wardblog.cli.common import (
    DONE,
    can_ask,
    confirm,
    content_folder,
    print_error,
    print_line,
    private_folder_of,
)
from wardblog.problems import display_path, render
from wardblog.text.words import counted, long_date, short_date, weekday_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wardblog.model import CaseworkSettings
    from wardblog.office.casework.agenda import Agenda, AgendaItem
    from wardblog.office.casework.case import Case
    from wardblog.office.casework.table import CaseworkTable

_NO_CASES = (
    "There are no cases yet. To add the first one, run:\n"
    '  make case ISSUE="Grit bins" STREET="Eland Road" NOTE="empty since Friday"'
)
# A next step is cut at so many letters, so that a case fits on two lines of a terminal.
_LONGEST_STEP = 160


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--forget", default="", help="a person about whom everything is deleted")
    parser.add_argument("--force", action="store_true", help="do not ask before forgetting")


def run(arguments: argparse.Namespace) -> int:
    from wardblog.cli.forget import forget
    from wardblog.publish import interrupted_by_signals

    content = content_folder(arguments)
    private = private_folder_of(content)
    with interrupted_by_signals():
        if arguments.forget.strip():
            return forget(content, private, arguments.forget, arguments.force)
        return _list(content, private)


def _list(content: Path, private: Path) -> int:
    from wardblog.build.clock import today
    from wardblog.office.casework.agenda import agenda_of, old_cases, undated_cases
    from wardblog.office.casework.calendar import CALENDAR_FILE
    from wardblog.office.casework.table import renew_files
    from wardblog.office.casework_counts.beginning import next_quarter

    settings, now, table = settings_of(content), today(), load_cases(private)
    cases = table.cases if table else ()
    _show_doubts(cases, content, private, now)
    site = calendar_site(content, settings.url)
    if table is None or not cases:
        if (private / CALENDAR_FILE).exists():
            renew_files(private, (), site, now)
        print_line(_NO_CASES)
        return DONE
    next_quarter(private, now)
    changes = renew_files(private, cases, site, now)
    agenda = agenda_of(cases, changes, settings.casework.silent_after, now)
    print_line(_shown(agenda, settings.casework, now))
    print_line(
        f"The due dates are in {display_path(private / CALENDAR_FILE)}, for your own calendar."
    )
    months = settings.casework.keep_months
    if old := old_cases(cases, months, now):
        _offer(private, table, old, months)
        kept = load_cases(private, is_quiet=True)
        renew_files(private, kept.cases if kept else (), site, now)
    if months and (undated := undated_cases(cases)):
        print_line(
            f'{counted(len(undated), "closed case")} without a date in the column "closed": '
            f"{_numbers(undated)}.\n  Write the date, so that they can be deleted after "
            f"{counted(months, 'month')}."
        )
    return DONE


def _show_doubts(cases: Sequence[Case], content: Path, private: Path, today: date) -> None:
    """What can be read, but is probably a mistake; the cases are listed all the same."""
    from wardblog.content import declared_issues
    from wardblog.office.casework.doubts import doubts_about

    if found := doubts_about(cases, declared_issues(content), private, today):
        print_error(render(found, private))


def _shown(agenda: Agenda, settings: CaseworkSettings, today: date) -> str:
    waiting = (
        f", of which {agenda.waiting:,} {_be(agenda.waiting)} waiting" if agenda.waiting else ""
    )
    opened = counted(agenda.open, "open case")
    lines = [f"{weekday_date(today)}: {opened}{waiting}; {agenda.closed:,} closed."]
    silent = f"Silent for {counted(settings.silent_after, 'day')} or more"
    parts = (
        ("Overdue", agenda.overdue),
        (f"Due this week, by {weekday_date(agenda.until)}", agenda.due),
        (silent, agenda.silent),
        ("Without a due date", agenda.undated),
    )
    width = max((len(item.case.id) for _, items in parts for item in items), default=1)
    for title, items in parts:
        if items:
            lines += ["", f"{title}: {len(items):,}"]
            for item in items:
                lines += _about(item, agenda, width, today)
    if not any(items for _, items in parts):
        lines.append("Nothing is overdue, due this week, silent or without a due date.")
    return "\n".join((*lines, ""))


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _about(item: AgendaItem, agenda: Agenda, width: int, today: date) -> list[str]:
    """A case on one line, and its next step below."""
    case = item.case
    what = ", ".join(filter(None, (case.issue, case.street))) or "(no issue)"
    lines = [f"  {case.id or '-':>{width or 1}}  {what}: {_when(item, agenda, today)}"]
    if case.next:
        step = case.next if len(case.next) <= _LONGEST_STEP else f"{case.next[:_LONGEST_STEP]}…"
        lines.append(f"  {'':>{width or 1}}  Next: {step}")
    return lines


def _when(item: AgendaItem, agenda: Agenda, today: date) -> str:
    """`due on 24 November, 5 days ago`, or `no news since 3 November`."""
    from wardblog.office.casework.agenda import is_this_week

    due = item.case.due
    if due and due < today:
        ago = counted((today - due).days, "day")
        return f"due on {short_date(due, today)}, {ago} ago"
    if due and is_this_week(due, today):
        return "due today" if due == today else f"due on {weekday_date(due)}"
    if item in agenda.undated:
        return f"last news on {short_date(item.last_news, today)}" if item.last_news else "no news"
    since = f"since {short_date(item.last_news, today)}" if item.last_news else "at all"
    return f"no news {since}" + (f", due on {short_date(due, today)}" if due else "")


def _offer(private: Path, table: CaseworkTable, old: Sequence[Case], months: int) -> None:
    """Show which closed cases are old, and delete them if the councillor says so."""
    from wardblog.office.casework.table import delete_rows

    number = counted(len(old), "case")
    lines = [f"Closed for {counted(months, 'month')} or more: {number}"]
    for case in old:
        what = ", ".join(filter(None, (case.issue, case.street)))
        closed = f"closed on {long_date(case.closed)}" if case.closed else "closed"
        lines.append(f"  {case.id or f'line {case.line}'}  {what}: {closed}")
    print_line("\n".join(("", *lines)))
    if not can_ask():
        print_line("They were not deleted. To be asked about it, run make cases at a terminal.")
        return
    if not confirm(f"to delete {'this case' if len(old) == 1 else f'these {number}'} for ever"):
        print_line("Nothing was deleted.")
        return
    lines_of_old = {case.line for case in old}
    delete_rows(private, table, [row for row, case in table.rows if case.line in lines_of_old])
    print_line(f"Deleted {number}. Delete older copies of the file as well, such as backups.")


def _numbers(cases: Sequence[Case]) -> str:
    return ", ".join(case.id or f"line {case.line}" for case in cases)

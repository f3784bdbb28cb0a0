"""Which cases need the councillor: overdue, due this week, or silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from wardblog.office.casework.case import Case, CaseStatus
from wardblog.office.casework.news import LastChange, stated_news
from wardblog.support.late_dataclass import dataclass

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A case, and the day of its last news; None if nothing tells."""

    case: Case
    last_news: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The cases that need attention, each in the first list that it belongs to.

    `until` is the last day of this week: today and the seven days that follow. `silent` cases have
    had no news for so many days, oldest first. `undated` are the others without a due date. `open`
    counts cases that are not closed, of which
    `waiting` wait for somebody.
    """

    overdue: tuple[AgendaItem, ...]
    due: tuple[AgendaItem, ...]
    silent: tuple[AgendaItem, ...]
    undated: tuple[AgendaItem, ...]
    until: date
    open: int
    waiting: int
    closed: int


def agenda_of(
    cases: Sequence[Case], changes: Mapping[str, LastChange], silent_after: int, today: date
) -> Agenda:
    """Sort the cases that are not closed by what they need; `changes` are those of `news.py`."""
    ongoing = [case for case in cases if not case.is_closed]
    until = today + _WEEK
    overdue, due, silent = list[AgendaItem](), list[AgendaItem](), list[AgendaItem]()
    undated = list[AgendaItem]()
    for case in sorted(ongoing, key=lambda case: (case.due or date.max, case.line)):
        item = AgendaItem(case, last_news(case, changes, today))
        if case.due and case.due < today:
            overdue.append(item)
        elif case.due and is_this_week(case.due, today):
            due.append(item)
        elif item.last_news is None or (today - item.last_news).days >= silent_after:
            silent.append(item)
        elif case.due is None:
            undated.append(item)
    return Agenda(
        overdue=tuple(overdue),
        due=tuple(due),
        silent=tuple(sorted(silent, key=lambda item: item.last_news or date.min)),
        undated=tuple(undated),
        until=until,
        open=len(ongoing),
        waiting=sum(case.status is CaseStatus.WAITING for case in ongoing),
        closed=len(cases) - len(ongoing),
    )


def is_this_week(day: date, today: date) -> bool:
    """Whether a day is today or one of the seven that follow."""
    return today <= day <= today + _WEEK


def last_news(case: Case, changes: Mapping[str, LastChange], today: date) -> date | None:
    """The day on which a case was opened, updated or last changed in the file."""
    seen = changes.get(case.id)
    days = [day for day in (stated_news(case, today), seen.day if seen else None) if day]
    return max(days, default=None)


def old_cases(cases: Sequence[Case], keep_months: int, today: date) -> list[Case]:
    """The closed cases that have been closed for so many months; none if they are kept for ever.

    A case with a mistake in its dates, closed before it was opened, is not among them.
    """
    if not keep_months:
        return []
    # late import: see docs/architecture.md
    from dateutil.relativedelta import relativedelta

    last = today - relativedelta(months=keep_months)
    return [
        case
        for case in cases
        if case.is_closed and case.closed and (case.opened or date.min) <= case.closed <= last
    ]


def undated_cases(cases: Sequence[Case]) -> list[Case]:
    """The closed cases that do not say when they were closed."""
    return [case for case in cases if case.is_closed and case.closed is None]

"""Due dates: weekends, the bank holidays of each nation, and the change of the clocks.

The dates were counted by hand on calendars, with the bank holidays that GOV.UK and mygov.scot list.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardblog.office.casework.due import bank_holidays, due_after, is_working_day
from wardblog.problems import CommandError


@pytest.mark.parametrize(
    ("day", "days", "nation", "due"),
    [
        # An ordinary week: Monday and five working days; Friday and one; Sunday and one.
        ("2026-11-09", 5, "ENG", "2026-11-16"),
        ("2026-11-13", 1, "ENG", "2026-11-16"),
        ("2026-11-15", 1, "ENG", "2026-11-16"),
        # Over the change of the clocks, on 25 October 2026 and 28 March 2027.
        ("2026-10-23", 10, "ENG", "2026-11-06"),
        ("2027-03-25", 1, "ENG", "2027-03-30"),
        # Christmas 2026: Boxing Day is a Saturday, so Monday the 28th is a bank holiday.
        ("2026-12-24", 1, "ENG", "2026-12-29"),
        ("2026-12-24", 4, "ENG", "2027-01-04"),
        ("2026-12-24", 4, "WLS", "2027-01-04"),
        # In Scotland 2 January 2027 is a Saturday, so Monday the 4th is one as well.
        ("2026-12-24", 4, "SCT", "2027-01-05"),
        ("2026-12-31", 1, "SCT", "2027-01-05"),
        # Ten working days from 14 December 2026 end after Christmas.
        ("2026-12-14", 10, "ENG", "2026-12-30"),
        # Easter 2027: Good Friday is 26 March; Scotland works on Easter Monday.
        ("2027-03-24", 2, "ENG", "2027-03-30"),
        ("2027-03-24", 2, "SCT", "2027-03-29"),
        # Christmas 2027 is a Saturday: Monday and Tuesday are substitute days.
        ("2027-12-24", 1, "ENG", "2027-12-29"),
        # St Andrew's Day and the Twelfth of July.
        ("2026-11-27", 1, "SCT", "2026-12-01"),
        ("2026-11-27", 1, "ENG", "2026-11-30"),
        ("2027-07-09", 1, "NIR", "2027-07-13"),
        ("2027-07-09", 1, "ENG", "2027-07-12"),
        # The late summer bank holiday is the first Monday of August in Scotland.
        ("2026-08-28", 1, "ENG", "2026-09-01"),
        ("2026-07-31", 1, "SCT", "2026-08-04"),
        # Several years ahead: New Year's Day 2028 is a Saturday.
        ("2027-12-31", 1, "ENG", "2028-01-04"),
    ],
)
def test_due_dates_counted_by_hand(day: str, days: int, nation: str, due: str) -> None:
    assert due_after(date.fromisoformat(day), days, nation) == date.fromisoformat(due)


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(CommandError) as found:
        due_after(date(2026, 11, 9), 5, "ENG")
    assert "requirements-casework.txt" in found.value.hint


@given(
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    st.integers(1, 60),
    st.sampled_from(["ENG", "WLS", "SCT", "NIR"]),
)
def test_so_many_working_days_lie_between(day: date, days: int, nation: str) -> None:
    holidays = bank_holidays(nation)
    due = due_after(day, days, nation)
    between = (day + timedelta(days=n) for n in range(1, (due - day).days + 1))
    assert sum(is_working_day(one, holidays) for one in between) == days
    assert is_working_day(due, holidays)

"""Events: on a day, called off, and coming again as people say it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support import WARD, read_all, read_fine, write_site
from wardblog.content.events import parse_event
from wardblog.report import ParseError


def test_an_event_has_a_start_an_end_words_and_a_place() -> None:
    event = parse_event("2026-12-01 18:00 - 19:00 | Ward surgery | Battersea Library")
    assert (event.start.hour, event.end and event.end.hour) == (18, 19)
    assert (event.words, event.where) == ("Ward surgery", "Battersea Library")
    assert not event.is_all_day


def test_an_event_may_last_all_day() -> None:
    event = parse_event("2026-12-01 | Road closed")
    assert (event.start.hour, event.end, event.where) == (0, None, "")
    assert event.is_all_day


@pytest.mark.parametrize("line", ["2026-12-01 | A | B | cancelled", "2026-12-01 | A | Cancelled"])
def test_an_event_is_called_off_with_or_without_its_place(line: str) -> None:
    event = parse_event(line)
    assert event.is_cancelled
    assert event.where in ("", "B")


def test_a_place_may_begin_like_a_rule() -> None:
    assert parse_event("2026-12-01 | A | From the church").where == "From the church"


@pytest.mark.parametrize(
    ("written", "rule", "days"),
    [
        ("first Saturday of the month", "FREQ=MONTHLY;BYDAY=1SA", ["2026-12-05", "2027-01-02"]),
        ("1st Sat of each month", "FREQ=MONTHLY;BYDAY=1SA", ["2026-12-05", "2027-01-02"]),
        ("the last Friday of every month", "FREQ=MONTHLY;BYDAY=-1FR", ["2026-11-27", "2026-12-25"]),
        ("first and third Monday of the month", "FREQ=MONTHLY;BYDAY=1MO,3MO",
         ["2026-12-07", "2026-12-21"]),
        ("every Tuesday", "FREQ=WEEKLY;BYDAY=TU", ["2026-11-24", "2026-12-01"]),
        ("Mondays and Thursdays", "FREQ=WEEKLY;BYDAY=MO,TH", ["2026-11-23", "2026-11-26"]),
        ("the 15th of the month", "FREQ=MONTHLY;BYMONTHDAY=15", ["2026-12-15", "2027-01-15"]),
        ("31st of the month", "FREQ=MONTHLY;BYMONTHDAY=31", ["2026-12-31", "2027-01-31"]),
        ("last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1", ["2026-11-30", "2026-12-31"]),
        ("every Monday to Friday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
         ["2026-11-23", "2026-11-24"]),
        ("fortnightly on Mondays | S | from 2026-11-23", "FREQ=WEEKLY;BYDAY=MO;INTERVAL=2",
         ["2026-11-23", "2026-12-07"]),
        ("every 2 weeks on Weds | S | from 2026-11-25", "FREQ=WEEKLY;BYDAY=WE;INTERVAL=2",
         ["2026-11-25", "2026-12-09"]),
        ("every day", "FREQ=DAILY", ["2026-11-22", "2026-11-23"]),
    ],
)  # fmt: skip
def test_what_comes_again_is_read_as_people_say_it(
    written: str, rule: str, days: list[str]
) -> None:
    phrase, _, rest = written.partition(" | S")
    event = parse_event(f"{phrase} 10:00 - 11:30 | Surgery | Library{rest}")
    assert event.repeat is not None
    assert event.repeat.rule == rule
    first = event.on_or_after(date(2026, 11, 22))
    assert first is not None
    second = event.on_or_after(first.start.date() + date.resolution)
    assert second is not None
    assert [d.start.date().isoformat() for d in (first, second)] == days
    assert (first.start.hour, first.end and first.end.minute) == (10, 30)


@pytest.mark.parametrize(
    "hours", ["18:00 - 19:30", "6pm to 7.30pm", "at 6pm - 7:30pm", ", 6 - 7.30pm", "18.00-19.30"]
)
def test_hours_are_read_as_people_write_them(hours: str) -> None:
    event = parse_event(f"every Tuesday {hours} | Surgery")
    assert event.end is not None
    assert f"{event.start:%H:%M} {event.end:%H:%M}" == "18:00 19:30"


@pytest.mark.parametrize("hours", ["10 - 12pm", "10am - noon", "10:00 to midday", "10 - 12.00pm"])
def test_a_morning_ends_at_noon(hours: str) -> None:
    event = parse_event(f"2026-12-01, {hours} | Stall")
    assert event.end is not None
    assert f"{event.start:%H:%M} {event.end:%H:%M}" == "10:00 12:00"


def test_every_second_week_counts_from_a_day() -> None:
    event = parse_event("every second Tuesday 18:00 | Surgery | from 2026-12-01 | until 2026-12-20")
    days = []
    day = date(2026, 11, 1)
    while (following := event.on_or_after(day)) is not None:
        days.append(following.start.date().isoformat())
        day = following.start.date() + date.resolution
    assert days == ["2026-12-01", "2026-12-15"]


def test_days_and_months_without_it_are_left_out() -> None:
    event = parse_event("first Saturday of the month | S | except 2026-12-05, January and August")
    following = event.on_or_after(date(2026, 11, 22))
    assert following is not None
    assert following.start.date() == date(2027, 2, 6)


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        (
            "blue moon | S",
            'cannot work out when "blue moon" is',
            'Write a day as "2026-12-01 18:00"',
        ),
        ("Tuesday 1 December 2026 | S", "cannot read", 'Did you mean "2026-12-01"?'),
        ("every second Tuesday | S", '"every second Tuesday" could begin in either week', "Say"),
        ("2026-12-01 | S | except 2026-12-08", "this event is on one day", "Only a repeat"),
        ("2026-12-01 19:00 - 18:00 | S", "the event ends at 18:00, before it begins at 19:00", ""),
        ("2026-12-01 25:00 | S", 'there is no time "25:00"', 'Times are like "18:00"'),
        ("first Saturday | S | A | B", 'cannot read the event "first Saturday | S | A | B"', "W"),
        ("2026-12-01 |", 'cannot read the event "2026-12-01 |"', 'Write "2026-12-01 18:00'),
        ("every Tuesday | S | from 2027-01-01 | until 2026-01-01", "never happens", "Check"),
        ("first Monday and third Thursday of the month | S", "cannot work out when", ""),
        ("every Sunday and the first Saturday of the month | S", "cannot work out when", ""),
        ("second last Friday of the month | S", "cannot work out when", ""),
        ("last two Fridays of the month | S", "cannot work out when", ""),
        ("Tuesday of the first week of the month | S", "cannot work out when", ""),
        ("every 3rd week on Monday and 1st Tuesday | S", "cannot work out when", ""),
        ("Friday of the last week of the month | S | from 2026-12-01", "cannot work out when", ""),
        (
            "30/11/2026 18:00 | S",
            'cannot read "30/11/2026" as a date',
            'Did you mean "2026-11-30"?',
        ),
        ("5 December 2026 18:00 | S", "cannot read", 'Did you mean "2026-12-05"?'),
        ("every Tuesday | S | from 01/12/2026", "as a date", 'Did you mean "2026-12-01"?'),
        (
            "every Tuesday | S | exept August",
            "cannot be part of an event",
            'Did you mean "except"?',
        ),
        ("2026-12-01 | S | canclled", "cannot be part of an event", 'Did you mean "cancelled"?'),
        ("2026-12-01 | cancelled", '"cancelled" is where the name', "Write"),
        ("9999-12-31 | S", "the year of", "Write it as"),
        ("last Friday of the week | S", 'cannot work out when "last Friday of the week" is', ""),
        ("every Saturday 2-4 | S", 'cannot work out when "every Saturday 2-4" is', ""),
        ("2026-12-01 2-4 | S", 'cannot read the event "2026-12-01 2-4"', ""),
        ("Saturday to Monday | S", 'cannot work out when "Saturday to Monday" is', ""),
        (
            "sixth Monday of the month | S",
            'cannot work out when "sixth Monday of the month" is',
            "",
        ),
    ],
)
def test_what_cannot_be_meant_is_reported_in_plain_words(
    line: str, message: str, hint: str
) -> None:
    with pytest.raises(ParseError) as raised:
        parse_event(line)
    assert message in raised.value.message
    assert raised.value.hint.startswith(hint)


SURGERY = """\
[[surgery]]
when = "first Saturday of the month 10:00 - 11:30"
where = "Battersea Library"
except = [2026-12-05, "August"]
"""


def test_a_surgery_stands_once_in_the_settings(tmp_path: Path) -> None:
    site = read_fine(tmp_path, {"ward.toml": WARD + SURGERY})
    (surgery,) = site.surgeries
    assert (surgery.words, surgery.where) == ("Ward surgery", "Battersea Library")
    following = surgery.on_or_after(site.today)
    assert following is not None
    assert following.start.isoformat() == "2027-01-02T10:00:00+00:00"


def test_a_surgery_that_cannot_be_read_is_reported_with_its_line(tmp_path: Path) -> None:
    bad = SURGERY.replace("first Saturday of the month", "on blue moons").replace("August", "Agust")
    _, problems = read_all(write_site(tmp_path, {"ward.toml": WARD + bad}))
    line = WARD.count("\n")
    assert [(p.file, p.line, p.message) for p in problems] == [
        ("ward.toml", line + 2, 'cannot work out when "on blue moons" is'),
        ("ward.toml", line + 4, '"Agust" is neither a day nor a month'),
    ]

"""Events of several days, hours that the clocks skip, repeated meetings, and coming dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from icalendar import Calendar

from support import ISSUES, POST, WARD, write_site
from wardblog.content import ContentCache, read_site
from wardblog.content.events import parse_event
from wardblog.content.header.fields import parse_deadline, parse_moment
from wardblog.model import Deadline, Event, Progress, Site, Visibility
from wardblog.model.events import LONDON
from wardblog.report import ParseError
from wardblog.views.calendar import calendars
from wardblog.views.coming import all_occasions, date_rows, upcoming, when_of
from wardblog.views.dots import updates_so_far
from wardblog.views.feeds.text import _dates

Read = Callable[..., Site]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """A site with these lines in its post, as it is at a moment."""

    def made(lines: str, at: str = "2026-12-01 09:00", ward: str = "", more: str = "") -> Site:
        files: dict[str, str | bytes] = {
            "posts/fine.md": with_lines(POST, lines),
            "ward.toml": WARD + ward,
            "issues.toml": ISSUES,
        }
        if more:
            files["posts/more.md"] = with_lines(POST.replace("fine", "second"), more)
        moment = parse_moment(at)
        content = write_site(tmp_path / "content", files)
        reading = read_site(content, moment.date(), {}, moment=moment)
        assert not [p for p in reading.problems if p.severity.value == "stop"]
        return reading.site

    return made


def with_lines(post: str, lines: str) -> str:
    return post.replace("Tags", f"{lines}\nTags") if lines else post


def upcoming_lines(site: Site) -> list[tuple[str, str]]:
    """When each event is, and that it is cancelled, or how it repeats and when not."""
    return [
        (c.when, "cancelled" if c.is_cancelled else ". ".join(filter(None, (c.note, c.exceptions))))
        for c in upcoming(site, all_occasions(site))
    ]


def in_calendar(site: Site, path: str = "calendar.ics") -> list[dict[str, object]]:
    (file,) = (f for f in calendars(site) if f.path == path)
    found = Calendar.from_ical(file.content(file.part)).walk("VEVENT")
    return [{name: getattr(v, "dt", v) for name, v in one.items()} for one in found]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-12-07 - 2026-12-09", "7 to 9 December 2026"),
        ("2026-12-07 – 2026-12-09", "7 to 9 December 2026"),
        ("2026-12-07—2026-12-09", "7 to 9 December 2026"),
        ("2026-12-07 to 2026-12-09", "7 to 9 December 2026"),
        ("from 2026-12-07 until 2026-12-09", "7 to 9 December 2026"),
        ("2026-12-07/2026-12-09", "7 to 9 December 2026"),
        ("2026-11-30 - 2026-12-02", "30 November to 2 December 2026"),
        ("2026-12-30 - 2027-01-02", "30 December 2026 to 2 January 2027"),
        ("2026-12-07 - 2026-12-07", "Monday 7 December 2026"),
        ("2026-12-07 18:00 - 2026-12-08 02:00",
         "Monday 7 December 2026, 6pm to Tuesday 8 December 2026, 2am"),
        ("2026-12-07 6pm to 2026-12-08 2am",
         "Monday 7 December 2026, 6pm to Tuesday 8 December 2026, 2am"),
        ("2026-12-07T18:00 - 2026-12-07T19:30", "Monday 7 December 2026, 6pm to 7.30pm"),
    ],
)  # fmt: skip
def test_an_event_may_be_on_several_days(written: str, shown: str) -> None:
    event = parse_event(f"{written} | Road closed | Eland Road")
    assert (when_of(event), event.words, event.where) == (shown, "Road closed", "Eland Road")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2026-12-09 - 2026-12-07", "ends before it begins"),
        ("2026-12-08 02:00 - 2026-12-07 18:00", "ends before it begins"),
        ("2026-12-07 18:00 - 2026-12-07 18:00", "ends before it begins"),
        ("2026-12-07 18:00 - 2026-12-09", "only one of the two days has an hour"),
        ("2026-12-07 - 2026-12-09 18:00", "only one of the two days has an hour"),
        ("2026-12-07 - 2026-12-32", 'there is no date "2026-12-32"'),
        ("2026-12-07 25:00 - 2026-12-08 02:00", 'there is no time "25:00"'),
        ("7 - 9 December 2026", "cannot read the days"),
        ("2027-03-27 18:00 - 2027-03-28 01:30", "there is no 01:30 on 28 March 2027"),
        ("2027-03-28 01:30", "there is no 01:30 on 28 March 2027"),
        ("2027-03-28 00:30 - 01:30", "there is no 01:30 on 28 March 2027"),
    ],
)
def test_impossible_days_are_one_message(written: str, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        parse_event(f"{written} | Road closed")


def test_an_event_of_several_days_is_coming_up_until_its_last_is_over(read: Read) -> None:
    line = "Event: 2026-12-07 - 2026-12-09 | Road closed | Eland Road"
    for at, count in (("2026-12-08 09:00", 1), ("2026-12-09 23:59", 1), ("2026-12-10 00:00", 0)):
        site = read(line, at)
        assert len(upcoming(site, all_occasions(site))) == count
        assert date_rows(site, site.posts[0])[0].is_over == (not count)
    assert "7 to 9 December 2026: Road closed, Eland Road" in _dates(site.posts[0])
    (event,) = in_calendar(site)
    assert (event["DTSTART"], event["DTEND"]) == (date(2026, 12, 7), date(2026, 12, 10))


def test_an_event_over_midnight_has_both_its_hours(read: Read) -> None:
    site = read("Event: 2026-12-07 18:00 - 2026-12-08 02:00 | Night work", "2026-12-08 01:00")
    assert [when for when, _ in upcoming_lines(site)] == [
        "Monday 7 December 2026, 6pm to Tuesday 8 December 2026, 2am"
    ]
    (event,) = in_calendar(site)
    assert event["DTEND"] == datetime(2026, 12, 8, 2, tzinfo=LONDON)


@pytest.mark.parametrize("hour", ["01:00", "01:30", "1.59"])
def test_an_hour_that_the_clocks_skip_is_one_message(hour: str) -> None:
    with pytest.raises(ParseError, match=r"there is no 01:\d\d on 28 March 2027") as found:
        parse_moment(f"2027-03-28 {hour}")
    assert "2027-03-28 02:" in found.value.hint


def test_a_post_dated_in_a_skipped_hour_is_published_with_a_warning(tmp_path: Path) -> None:
    """The hour of a post only says in which order it is shown: that stops nothing."""
    post = POST.replace("2026-11-20 09:00", "2026-03-29 01:30")
    content = write_site(tmp_path, {"posts/fine.md": post})
    reading = read_site(content, date(2026, 12, 1), {})
    assert reading.site.posts[0].date == datetime(2026, 3, 29, 2, 30, tzinfo=LONDON)
    (problem,) = reading.problems
    assert (problem.line, problem.severity.value) == (2, "warning")
    assert problem.message == (
        "there is no 01:30 on 29 March 2026, since the clocks go forward then"
    )


@pytest.mark.parametrize("hour", ["00:59", "02:00", "01:30Z", "01:30+01:00"])
def test_hours_next_to_a_skipped_one_and_those_with_a_zone_are_read(hour: str) -> None:
    assert parse_moment(f"2027-03-28 {hour}").date() == date(2027, 3, 28)


def test_an_hour_that_occurs_twice_means_the_first() -> None:
    assert parse_moment("2026-10-25 01:30").astimezone(UTC).hour == 0
    event = parse_event("2026-10-25 01:30 | Night watch")
    assert event.start.astimezone(UTC).hour == 0


def test_a_repeating_event_is_not_held_at_an_hour_that_the_clocks_skip() -> None:
    event = parse_event("every Sunday 01:30 | Night watch | from 2027-03-21")
    following = event.on_or_after(date(2027, 3, 22))
    assert following is not None
    assert following.start.date() == date(2027, 4, 4)


SURGERY = '\n[[surgery]]\nwhen = "first Saturday of the month 10:00 - 11:30"\nwhere = "Library"\n'


@pytest.mark.parametrize(
    "line",
    [
        "2026-12-05 10:00 - 11:30 | Ward surgery | Library",
        "2026-12-05 10:00 | Surgery | Battersea Library",
        "2026-12-05 10am - 11.30am | Councillors’ surgery | the library",
        "first Saturday of the month 10:00 - 11:30 | Surgery | Library",
        "2026-12-05 10:00 - 11:30 | Surgery",
    ],
)
def test_a_surgery_that_a_post_announces_too_is_one_event(line: str, read: Read) -> None:
    site = read(f"Event: {line}", ward=SURGERY)
    assert len(upcoming(site, all_occasions(site))) == 1
    (event,) = in_calendar(site)
    assert "RRULE" in event


@pytest.mark.parametrize(
    "line",
    [
        "2026-12-06 10:00 - 11:30 | Ward surgery | Library",
        "2026-12-05 10:30 - 11:30 | Ward surgery | Library",
        "2026-12-05 10:00 - 12:30 | Ward surgery | Library",
        "2026-12-05 10:00 - 11:30 | Ward surgery | Town hall",
        "2026-12-05 10:00 - 11:30 | Story time | Library",
        "2026-12-05 | Surgery | Library",
    ],
)
def test_a_similar_meeting_is_a_separate_event(line: str, read: Read) -> None:
    site = read(f"Event: {line}", ward=SURGERY)
    assert len(in_calendar(site)) == 2
    assert len(upcoming(site, all_occasions(site))) == 2


def test_a_surgery_that_a_post_cancels_is_cancelled_in_both(read: Read) -> None:
    line = "Event: 2026-12-05 10:00 - 11:30 | Surgery | Library | cancelled"
    site = read(line, ward=SURGERY)
    assert upcoming_lines(site)[0] == ("Saturday 5 December 2026, 10am to 11.30am", "cancelled")
    again, single = in_calendar(site)
    assert "20261205T100000" in str(getattr(again["EXDATE"], "to_ical", bytes)().decode())
    assert single["STATUS"] == "CANCELLED"


def test_a_meeting_in_two_posts_is_one_event_and_a_cancellation_wins(read: Read) -> None:
    line = "Event: 2026-12-05 14:00 | Street stall | Eland Road"
    site = read(line, more=line)
    assert len(in_calendar(site)) == 1
    site = read(line, more=f"{line} | cancelled")
    assert [event["STATUS"] for event in in_calendar(site)] == ["CANCELLED"]
    assert [note for _, note in upcoming_lines(site)] == ["cancelled"]


def test_exceptions_are_on_the_page(read: Read) -> None:
    ward = SURGERY + 'except = ["2027-01-02", "2027-03-06", "August"]\n'
    (line,) = upcoming_lines(read("", ward=ward))
    assert line == (
        "Saturday 5 December 2026, 10am to 11.30am",
        "first Saturday of the month. Not on 2 January 2027 or 6 March 2027, or in August",
    )
    (line,) = upcoming_lines(read("", at="2027-04-01 09:00", ward=ward))
    assert line[1] == "first Saturday of the month. Not in August"


FIXED = "Progress: reported\nUpdated: 2026-12-01 23:30 | fixed | Done"


def test_an_update_dated_later_today_appears_at_its_time(read: Read) -> None:
    for at, progress in (("2026-12-01 09:00", "reported"), ("2026-12-01 23:30", "fixed")):
        site = read(FIXED, at)
        assert site.posts[0].progress is Progress(progress)
        assert len(list(updates_so_far(site, site.posts[0]))) == (progress == "fixed")


def test_a_post_is_shown_on_the_whole_of_its_day(tmp_path: Path) -> None:
    """Its hour only says in which order posts of one day are shown."""
    later = POST.replace("2026-11-20 09:00", "2026-12-01 18:00")
    content = write_site(tmp_path / "later", {"posts/fine.md": later})
    for day, expected in ((30, Visibility.SCHEDULED), (1, Visibility.PUBLISHED)):
        moment = datetime(2026, 12 if day == 1 else 11, day, 9, tzinfo=LONDON)
        site = read_site(content, moment.date(), {}, moment=moment).site
        assert site.posts[0].visibility is expected


def test_a_deadline_and_an_event_are_over_at_their_time(read: Read) -> None:
    lines = "Deadline: 2026-12-01 17:00 | Comments close\nEvent: 2026-12-01 10:00 - 11:00 | Stall"
    site = read(lines, "2026-12-01 10:30")
    assert [when for when, _ in upcoming_lines(site)] == [
        "Tuesday 1 December 2026, 10am to 11am", "Tuesday 1 December 2026, 5pm",
    ]  # fmt: skip
    assert len(upcoming_lines(read(lines, "2026-12-01 11:00"))) == 1
    assert not upcoming_lines(read(lines, "2026-12-01 17:00"))
    assert parse_deadline("2026-12-01 17:00 | x") == Deadline(date(2026, 12, 1), "x", time(17))


def test_between_two_moments_nothing_changes_and_nothing_is_read_again(
    read: Read, tmp_path: Path
) -> None:
    site = read(FIXED, "2026-12-01 09:00")
    assert site.moment == datetime(2026, 12, 1, tzinfo=LONDON)
    assert read(FIXED, "2026-12-01 23:29").moment == site.moment
    assert read(FIXED, "2026-12-01 23:45").moment == datetime(2026, 12, 1, 23, 30, tzinfo=LONDON)
    cache, read_again = ContentCache(), []
    for hour, minute in ((9, 0), (23, 29), (23, 30), (23, 59)):
        moment = datetime(2026, 12, 1, hour, minute, tzinfo=LONDON)
        reading = read_site(tmp_path / "content", moment.date(), {}, cache, moment=moment)
        cache = reading.cache
        read_again.append(bool(reading.read))
    assert read_again == [True, False, True, False]


def test_an_event_that_was_over_earlier_today_shows_its_next_date(read: Read) -> None:
    site = read("", "2026-12-05 11:30", ward=SURGERY)
    assert [when for when, _ in upcoming_lines(site)] == [
        "Saturday 2 January 2027, 10am to 11.30am"
    ]
    assert isinstance(site.surgeries[0], Event)

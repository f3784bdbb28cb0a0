"""Dates, events, places and the other values of a header."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from wardblog.content.header import fields
from wardblog.content.header.fields import HeaderContext
from wardblog.content.header.old_address import parse_old_address
from wardblog.content.header.place_line import parse_place
from wardblog.model import Deadline, Place, Point, Precision, Progress
from wardblog.report import ParseError


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-11-20 09:00", datetime(2026, 11, 20, 9, 0, tzinfo=UTC)),
        ("2026-07-20 09:00", datetime(2026, 7, 20, 8, 0, tzinfo=UTC)),
        ("2026-11-20", datetime(2026, 11, 20, 0, 0, tzinfo=UTC)),
        ("2026-11-20T09:00:30", datetime(2026, 11, 20, 9, 0, 30, tzinfo=UTC)),
        ("2026-07-20T09:00Z", datetime(2026, 7, 20, 9, 0, tzinfo=UTC)),
        ("2026-07-20 09:00+02:00", datetime(2026, 7, 20, 7, 0, tzinfo=UTC)),
    ],
)
def test_times_are_those_of_london_unless_they_say_otherwise(written: str, utc: datetime) -> None:
    assert fields.parse_moment(written) == utc


@pytest.mark.parametrize("written", ["20 November 2026", "2026-11", "2026-02-30", "", "24:00"])
def test_other_dates_are_unreadable(written: str) -> None:
    with pytest.raises(ParseError):
        fields.parse_moment(written)


def test_a_deadline_is_a_day_and_words() -> None:
    expected = Deadline(date(2026, 12, 5), "Comments on 2026/1234 close")
    assert fields.parse_deadline("2026-12-05 | Comments on 2026/1234 close") == expected


def test_a_place_has_no_progress_but_its_own_while_lines_are_read() -> None:
    line = "Acanthus Road | 51.46671, -0.15602"
    assert parse_place(line, HeaderContext()).progress is None
    assert parse_place(f"{line} | fixed", HeaderContext()).progress is Progress.FIXED


def test_a_place_below_exact_never_holds_its_exact_point() -> None:
    place = parse_place(
        "Eland Road | 51.46671, -0.15602", HeaderContext(precision=Precision.STREET)
    )
    assert place == Place(
        name="Eland Road", point=Point(51.467, -0.156), precision=Precision.STREET
    )


@pytest.mark.parametrize("written", ["In Progress", "in-progress", " in  progress "])
def test_progress_is_read_whatever_its_case(written: str) -> None:
    assert fields.parse_progress(written) is Progress.IN_PROGRESS


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/old/", "/old/"),
        ("/caf%C3%A9/", "/café/"),
        ("/a%20b.html", "/a b.html"),
        ("/x$1/", "/x$1/"),
        ("/what%3F/", "/what?/"),
        ("/?p=123", "/?p=123"),
        ("/index.php?page=%41%c3%a9&cat=4", "/index.php?cat=4&page=A%C3%A9"),
        ("/blog/?feed=", "/blog/?feed="),
    ],
)
def test_an_old_address_is_read_in_its_one_form(written: str, read: str) -> None:
    assert parse_old_address(written) == read


@pytest.mark.parametrize(
    "written",
    ["/", "//host/", "/../up/", "/a/%2e%2e/%2e%2e/up/", "/a//b/", "/.git/", "/a\\b/", "/a%5cb/",
     "/a%00b/", "old/", "/a b/", "/a?b", "/a#b", "https://ward.example.org/old/", "?p=1",
     "/?p=1&p=2", "/?p", "/?a-b=1", "/?p=a b", "/?p=%zz", "/caf%C3%A9/?p=1", "/a%3Fp=1",
     "/?p=1#x"],
)  # fmt: skip
def test_what_is_not_an_old_address_of_this_site_is_reported(written: str) -> None:
    with pytest.raises(ParseError, match="is not an old address of this site"):
        parse_old_address(written)


@pytest.mark.parametrize("written", ["/" + "a" * 201 + "/", "/" + "é" * 101, "/a" * 501])
def test_an_old_address_that_no_file_can_have_is_reported(written: str) -> None:
    with pytest.raises(ParseError, match="letters is too long for a file"):
        parse_old_address(written)


@pytest.mark.parametrize(
    "written", ["32 November 2026", "31 June 2026", "Monday, 0 May 2026", "31/02/2026", "1.13.2026"]
)
def test_no_day_that_does_not_exist_is_suggested(written: str) -> None:
    with pytest.raises(ParseError) as error:
        fields.parse_moment(written)
    assert error.value.hint == fields.DATE_HOW_TO

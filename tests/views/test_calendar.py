"""Calendars: their content, and that calendar programs recognise an event after a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar

from support import POST, ROOT, WARD, files_in, read_fine, write_site
from wardblog.build import build_site
from wardblog.model import Site
from wardblog.views.calendar import calendars
from wardblog.views.lists import home_page

EVENT = "Event: 2026-12-01 18:00 - 19:00 | Ward surgery | Battersea Library"
SURGERY = '[[surgery]]\nwhen = "first Saturday of the month 10:00 - 11:30"\nwhere = "Library"\n'


def made(site: Site) -> dict[str, bytes]:
    return files_in(calendars(site))


def site_with(folder: Path, lines: str, ward: str = "") -> Site:
    text = POST.replace("\n\nSome", f"\n{lines}\n\nSome")
    return read_fine(folder, {"posts/fine.md": text, "ward.toml": WARD + ward})


def events(folder: Path, lines: str, path: str = "calendar.ics", ward: str = "") -> list[Any]:
    return read(made(site_with(folder, lines, ward))[path])


def read(content: bytes) -> list[Any]:
    calendar = Calendar.from_ical(content)
    assert calendar.errors == []
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    return list(calendar.walk("VEVENT"))


def test_a_meeting_has_its_times_in_london_wherever_it_is_read(tmp_path: Path) -> None:
    content = made(site_with(tmp_path, EVENT))["calendar.ics"]
    assert b"DTSTART;TZID=Europe/London:20261201T180000\r\n" in content
    assert content.count(b"BEGIN:VTIMEZONE") == 1
    (event,) = read(content)
    assert event["summary"] == "Ward surgery"
    assert event["location"] == "Battersea Library"
    assert event["url"] == "https://ward.example.org/2026/11/a-fine-post/"
    assert "Promoted by Chris Agent" in event["description"]
    assert event["dtend"].dt.utcoffset().total_seconds() == 0


@pytest.mark.parametrize(("day", "hours"), [("2026-07-01", 1), ("2026-10-25", 0)])
def test_the_time_zone_in_the_file_has_british_summer_time(
    day: str, hours: int, tmp_path: Path
) -> None:
    content = made(site_with(tmp_path, EVENT.replace("2026-12-01", day)))["calendar.ics"]
    (zone,) = Calendar.from_ical(content).timezones
    moment = datetime.fromisoformat(f"{day}T18:00").replace(tzinfo=zone.to_tz())
    offset = moment.utcoffset()
    assert offset is not None
    assert offset.total_seconds() == hours * 3600


def test_a_deadline_is_an_all_day_entry_that_does_not_mark_one_as_busy(tmp_path: Path) -> None:
    (event,) = events(tmp_path, "Deadline: 2026-12-05 | Comments close")
    assert event["summary"] == "Deadline: Comments close"
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 12, 5), date(2026, 12, 6))
    assert event["transp"] == "TRANSPARENT"


@pytest.mark.parametrize(
    "changed",
    [
        EVENT.replace("2026-12-01", "2026-12-08"),
        EVENT.replace("Battersea Library", "Church hall"),
        EVENT.replace("Event: ", "Event: 2026-11-21 | Another\n       "),
        f"{EVENT} | cancelled",
        f"{EVENT}\n       2026-12-09 | Another",
        f"{EVENT}\nModified: 2026-11-22",
    ],
)
def test_a_changed_event_keeps_its_uid(changed: str, tmp_path: Path) -> None:
    (before,) = events(tmp_path / "a", EVENT)
    after = {event["uid"]: event for event in events(tmp_path / "b", changed)}
    assert before["uid"] == "2026-11-a-fine-post-event-ward-surgery@ward.example.org"
    assert after[before["uid"]]["sequence"] >= before["sequence"] == 0


def test_a_cancelled_event_is_marked_and_has_a_higher_sequence_number(tmp_path: Path) -> None:
    (event,) = events(tmp_path, f"{EVENT} | cancelled\nModified: 2026-11-20 10:30")
    assert (event["status"], event["sequence"]) == ("CANCELLED", 91)  # minutes since the post
    assert event["summary"] == "Cancelled: Ward surgery"


def test_a_repeating_event_is_a_rule_with_exceptions(tmp_path: Path) -> None:
    lines = "first Saturday of the month 10:00 | S | except 2027-01-02 | until 2027-06-30"
    (event,) = events(tmp_path, f"Event: {lines}")
    assert event["rrule"].to_ical() == b"FREQ=MONTHLY;UNTIL=20270630T225959Z;BYDAY=1SA"
    assert [d.dt.date() for d in event["exdate"].dts] == [date(2027, 1, 2)]
    assert event["dtstart"].dt.date() == date(2026, 12, 5)  # the first after the post


def test_an_issue_has_the_dates_of_its_posts_and_the_ward_all(tmp_path: Path) -> None:
    found = made(site_with(tmp_path, EVENT, SURGERY))
    assert len(read(found["calendar.ics"])) == 2
    assert len(read(found["issues/grit-bins/calendar.ics"])) == 1
    assert read(found["issues/potholes/calendar.ics"]) == []
    assert len(read(found["calendar/surgery-1.ics"])) == 1


def test_a_page_may_announce_the_surgery(tmp_path: Path) -> None:
    page = "Title: Surgeries\nEvent: every Tuesday 18:00 | Surgery | Library\n\nCome.\n"
    site = read_fine(tmp_path, {"pages/surgeries.md": page})
    (event,) = read(made(site)["calendar.ics"])
    assert event["uid"] == "surgeries-event-surgery@ward.example.org"
    (coming,) = home_page(site).coming
    assert (coming.when, coming.note) == ("Tuesday 24 November 2026, 6pm", "every Tuesday")
    assert coming.url == "/surgeries/"


def test_a_surgery_that_a_post_repeats_is_on_the_home_page_once(tmp_path: Path) -> None:
    lines = "Event: 2026-12-05 10:00 - 11:30 | ward surgery | Library"
    assert len(home_page(site_with(tmp_path, lines, SURGERY)).coming) == 1


def test_an_exception_before_the_next_date_is_shown(tmp_path: Path) -> None:
    site = site_with(tmp_path, EVENT, f"{SURGERY}except = [2026-12-05]\n")
    coming = home_page(site).coming[-1]
    assert coming.iso == "2027-01-02T10:00"
    assert coming.note == "first Saturday of the month"
    assert coming.exceptions == "Not on 5 December 2026"


def test_a_calendar_is_the_same_on_every_day(tmp_path: Path) -> None:
    site = site_with(tmp_path, f"{EVENT}\nDeadline: 2026-12-05 | Comments close", SURGERY)
    assert made(site) == made(site)
    later = replace(site, today=date(2027, 3, 1))
    assert made(later) == made(site)


def test_every_event_can_be_added_to_a_calendar_on_its_page(sample: Path) -> None:
    """On the home page those without a page; it links to the calendar of all."""
    for path in ("index.html", "2026/11/eland-road-closed-for-two-days/index.html"):
        page = BeautifulSoup((sample / path).read_text(), "html.parser")
        items = [item for item in page.select(".coming li:not(.over)") if item.s is None]
        without_page = [item for item in items if item.select_one(".what a") is None]
        links = [str(link["href"]) for link in page.select(".coming a.to-calendar")]
        assert len(items) >= (2 if path == "index.html" else 1)
        assert len(links) == len(without_page) >= 1
        for link in links:
            assert len(read((sample / link.lstrip("/")).read_bytes())) == 1
    assert BeautifulSoup((sample / "index.html").read_text(), "html.parser").select_one(
        "a[href='/subscribe/#calendar']"
    )


def test_a_page_shows_its_own_events_and_a_hidden_post_has_its_calendar(tmp_path: Path) -> None:
    content = write_site(
        tmp_path / "content",
        {
            "pages/surgeries.md": "Title: Surgeries\nEvent: every Tuesday | Surgery\n\nCome.\n",
            "posts/fine.md": POST.replace("\n\nSome", f"\nStatus: hidden\n{EVENT}\n\nSome"),
        },
    )
    build_site(ROOT / "pelicanconf.py", content, tmp_path / "output")
    for page in ("surgeries/index.html", "2026/11/a-fine-post/index.html"):
        html = BeautifulSoup((tmp_path / "output" / page).read_text(), "html.parser")
        (link,) = html.select("a.to-calendar")
        assert (tmp_path / "output" / str(link["href"]).lstrip("/")).is_file()


def test_every_calendar_of_the_sample_can_be_read(sample: Path) -> None:
    found = {path: read(path.read_bytes()) for path in sample.rglob("*.ics")}
    assert len(found) == 6 + 11  # the site and its five issues; each event by itself
    names = [str(event["uid"]) for event in found[sample / "calendar.ics"]]
    assert len(names) == len(set(names)) == 11

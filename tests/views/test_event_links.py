"""Events that lead to an agenda or a page elsewhere, and pages with very many of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar

from office.letters import POSTS, finished, site_with
from support import EPOCH, MARKDOWN, POST, ROOT, WARD, files_in, read_all, read_fine, write_site
from wardblog.build import build_site
from wardblog.check import check_site
from wardblog.content import read_site
from wardblog.model import Site
from wardblog.views import SiteAddresses
from wardblog.views.calendar import calendars
from wardblog.views.coming import all_occasions, date_rows, soonest, upcoming
from wardblog.views.feeds import feeds
from wardblog.views.links import link_words

AGENDA = "https://democracy.example.gov.uk/ieListDocuments.aspx?CId=1&MId=7"
EVENT = f"Event: 2026-12-03 19:30 | Planning Committee | Town Hall | {AGENDA}"


def with_lines(folder: Path, *lines: str) -> Site:
    return read_fine(folder, {"posts/fine.md": post_with_lines(*lines)})


def post_with_lines(*lines: str) -> str:
    return POST.replace("\n\nSome", "\n" + "\n".join(lines) + "\n\nSome")


def page_of(folder: Path, text: str, path: str) -> BeautifulSoup:
    build_site(
        ROOT / "pelicanconf.py", write_site(folder / "content", {path: text}), folder / "out", None
    )
    address = "2026/11/a-fine-post" if path.startswith("posts/") else "meetings"
    return BeautifulSoup((folder / f"out/{address}/index.html").read_bytes(), "lxml")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (AGENDA, "Agenda"),
        ("https://council.example.org/meetings/7", "Agenda"),
        ("https://moderngov.example.org/x", "Agenda"),
        ("https://streetparty.example.org/", "Details"),
    ],
)
def test_a_link_is_called_by_what_it_leads_to(address: str, words: str) -> None:
    assert link_words(address) == words


def test_the_page_of_a_post_leads_to_the_agenda(tmp_path: Path) -> None:
    off = f"Event: 2026-12-04 19:30 | Cabinet | Town Hall | {AGENDA}8 | cancelled"
    page = page_of(tmp_path, post_with_lines(EVENT, off), "posts/fine.md")
    links = page.select("a.to-agenda")
    assert [(link["href"], link.get_text()) for link in links] == [
        (AGENDA, "Agenda"), (f"{AGENDA}8", "Agenda")
    ]  # fmt: skip
    assert links[0]["aria-label"] == (
        "Agenda: Planning Committee, Thursday 3 December 2026, 7.30pm"
    )
    assert len(page.select("a.to-calendar")) == 1  # the cancelled one cannot be added
    assert "Cancelled:" in page.select(".coming li")[1].get_text()


def test_that_the_councillor_was_there_is_not_shown_and_changes_nothing_else(
    tmp_path: Path,
) -> None:
    past = "Event: 2026-11-03 19:30 | Cabinet | Town Hall"
    there = date_rows(site := with_lines(tmp_path / "a", f"{past} | attended"), site.posts[0])
    plain = date_rows(other := with_lines(tmp_path / "b", past), other.posts[0])
    assert there == plain
    assert site.posts[0].events[0].is_attended


def test_a_calendar_program_opens_the_agenda_and_still_finds_the_post(tmp_path: Path) -> None:
    made = files_in(calendars(with_lines(tmp_path, EVENT)))
    (event,) = Calendar.from_ical(made["calendar.ics"]).walk("VEVENT")
    assert event["url"] == AGENDA
    assert str(event["description"]).splitlines()[:3] == [
        f"Agenda: {AGENDA}", "A fine post", "https://ward.example.org/2026/11/a-fine-post/"
    ]  # fmt: skip


def uids(folder: Path, *lines: str) -> dict[str, str]:
    made = files_in(calendars(with_lines(folder, *lines)))["calendar.ics"]
    return {str(e["url"]): str(e["uid"]) for e in Calendar.from_ical(made).walk("VEVENT")}


def test_a_meeting_that_is_added_between_others_does_not_change_theirs(tmp_path: Path) -> None:
    lines = [f"Event: 2026-12-{day:02} 19:30 | Cabinet | {AGENDA}{day}" for day in (3, 10, 17)]
    few, all_of_them = uids(tmp_path / "a", lines[0], lines[2]), uids(tmp_path / "b", *lines)
    assert len(set(all_of_them.values())) == 3
    assert few.items() <= all_of_them.items()


def test_two_committees_at_one_time_are_two_meetings(tmp_path: Path) -> None:
    site = with_lines(
        tmp_path,
        f"Event: 2026-12-03 19:30 | Licensing Committee | Town Hall | {AGENDA}1",
        f"Event: 2026-12-03 19:30 | Licensing Committee | Town Hall | {AGENDA}2",
    )
    assert len(list(all_occasions(site))) == 2


def test_a_second_announcement_gives_the_first_its_link(tmp_path: Path) -> None:
    site = with_lines(
        tmp_path,
        "Event: 2026-12-03 19:30 | Licensing Committee | Town Hall",
        f"Event: 2026-12-03 19:30 | Licensing Committee | Town Hall | {AGENDA}",
    )
    (row,) = upcoming(site, all_occasions(site))
    assert row.link == AGENDA


def test_feeds_have_the_link_as_well(tmp_path: Path) -> None:
    made = files_in(feeds(with_lines(tmp_path, EVENT)))["feeds/all.atom.xml"].decode()
    (content,) = BeautifulSoup(made, "xml").select("entry > content")
    text = BeautifulSoup(content.get_text(), "lxml")
    (link,) = (a for a in text.select("a") if a["href"] == AGENDA)
    assert link.get_text() == "Agenda"
    assert "Planning Committee, Town Hall Agenda" in text.get_text()


def test_the_newsletter_has_the_link_in_both_parts(tmp_path: Path) -> None:
    post = POSTS["posts/fine.md"].replace("| The library", f"| The library | {AGENDA}")
    issue = finished(site_with(tmp_path, {"posts/fine.md": post}), tmp_path / "private")
    assert f"Mulching, The library\n  Agenda: {AGENDA}\n" in issue.text
    (link,) = (a for a in BeautifulSoup(issue.html, "lxml").select("a") if a["href"] == AGENDA)
    assert link.get_text() == "Agenda"


def test_a_short_list_is_not_filled_by_one_page(tmp_path: Path) -> None:
    meetings = [f"Event: 2026-12-{day:02} | Cabinet | {AGENDA}{day}" for day in range(1, 20)]
    page = "Title: Meetings\n" + "\n".join(meetings) + "\n\nText.\n"
    site = read_fine(
        tmp_path,
        {
            "pages/meetings.md": page,
            "posts/fine.md": post_with_lines("Event: 2026-12-24 | Carols | The green"),
        },
    )
    rows = soonest(upcoming(site, all_occasions(site)), 5)
    assert [row.words for row in rows] == ["Cabinet"] * 4 + ["Carols"]
    assert [row.iso for row in rows] == sorted(row.iso for row in rows)
    assert [row.words for row in soonest(upcoming(site, all_occasions(site)), 3)] == [
        "Cabinet", "Cabinet", "Carols"
    ]  # fmt: skip


def many(days: range) -> str:
    lines = (
        f"Event: {date.fromordinal(date(2026, 11, 22).toordinal() + n)} 19:30 | Meeting {n} "
        f"| Town Hall | {AGENDA}{n}"
        for n in days
    )
    return "Title: Meetings\n" + "\n".join(lines) + "\n\nAll of them.\n"


def test_a_page_of_two_hundred_events_is_sorted_by_month_below_its_text(tmp_path: Path) -> None:
    page = page_of(tmp_path, many(range(-50, 150)), "pages/meetings.md")
    assert page.select("header .coming") == []
    assert [h.get_text() for h in page.select(".dates h3")] == [
        "November 2026", "December 2026", "January 2027", "February 2027", "March 2027",
        "April 2027",
    ]  # fmt: skip
    assert [s.get_text() for s in page.select("details > summary")] == ["50 earlier dates"]
    assert len(page.select(".dates > .coming li")) == 150
    assert [what.get_text() for what in page.select("details li .what")][:2] == [
        "Meeting -1", "Meeting -2"
    ]  # fmt: skip
    assert len(page.select("a.to-agenda")) == 200
    assert len(page.select(".text ~ .dates")) == 1


def test_a_page_of_a_few_events_shows_them_above_its_text(tmp_path: Path) -> None:
    page = page_of(tmp_path, many(range(12)), "pages/meetings.md")
    assert len(page.select("header .coming li")) == 12
    assert page.select(".dates") == []


def test_a_link_that_only_works_here_is_reported_with_its_line(tmp_path: Path) -> None:
    text = post_with_lines("Event: 2026-12-03 | Cabinet | http://localhost:8000/agenda")
    _, (problem,) = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert problem.message == (
        'the link "http://localhost:8000/agenda" only works on your own computer'
    )
    assert (problem.file, problem.line) == ("posts/fine.md", 4)


def test_before_an_election_a_council_is_named_once_for_all_its_meetings(tmp_path: Path) -> None:
    election = "\n[election]\nnotice = 2026-11-01\npoll = 2026-12-10\n"
    lines = "\n".join(
        f"Event: 2026-12-{day:02} | Cabinet | https://democracy.wandsworth.gov.uk/x?MId={day}"
        for day in range(1, 20)
    )
    content = write_site(
        tmp_path,
        {"ward.toml": WARD + election, "pages/m.md": f"Title: Meetings\n{lines}\n\nText.\n"},
    )
    site = read_site(content, date(2026, 11, 22), MARKDOWN).site
    found = [p for p in check_site(site, SiteAddresses(site)) if p.rule == "election-link"]
    assert [(p.file, p.line) for p in found] == [("pages/m.md", 2)]


def test_a_newsletter_keeps_the_own_dates_beside_forty_meetings(tmp_path: Path) -> None:
    page = "Title: Meetings\n" + "".join(
        f"Event: 2026-12-{day:02} {hour}:00 | Cabinet | {AGENDA}{day}{hour}\n"
        for day in range(1, 21)
        for hour in (18, 19)
    )
    own = POSTS["posts/fine.md"].replace("2026-12-12", "2026-12-30")
    site = site_with(tmp_path, {"pages/meetings.md": f"{page}\nText.\n", "posts/fine.md": own})
    text = finished(site, tmp_path / "private").text
    assert "Mulching" in text
    assert text.count("Cabinet") == 28

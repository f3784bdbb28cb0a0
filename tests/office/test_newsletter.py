"""What is in an issue of the newsletter, in which order, and how an issue is called."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from office.letters import POSTS, SETTINGS, TITLES, finished, made, on, order_of, site_with
from support import TODAY, WARD
from wardblog.model import Election, Site
from wardblog.office.newsletter.periods import (
    NAME,
    a_period_before,
    free_name,
    period_before,
    period_of,
)
from wardblog.office.newsletter.record import mark_sent, read_sent
from wardblog.problems import CommandError, ContentError

SENT = datetime(2026, 11, 22, 10, tzinfo=UTC)
LATE = """\
Title: Published late
Date: 2026-11-18 09:00
Tags: general
Summary: Written on the 18th, published on the 23rd.

Text.
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return site_with(tmp_path)


@pytest.fixture
def private(tmp_path: Path) -> Path:
    return tmp_path / "private"


def problems(error: pytest.ExceptionInfo[ContentError]) -> list[tuple[str, int | None, str]]:
    return [(p.file, p.line, p.message) for p in error.value.problems]


# What is new


def test_the_first_issue_has_the_last_month(tmp_path: Path, private: Path) -> None:
    old = POSTS["posts/fine.md"].replace("2026-11-03", "2026-10-20").replace("Trees", "Old trees")
    issue = finished(site_with(tmp_path, {"posts/old.md": old}), private)
    assert order_of(issue.text, *TITLES, "Old trees planted") == list(TITLES)


def test_a_weekly_issue_has_the_last_week(site: Site, private: Path) -> None:
    issue = finished(site, private, replace(SETTINGS, every="week"))
    assert issue.name == "2026-w47"
    assert order_of(issue.text, *TITLES, "What was fixed") == ["Bins moved"]


def test_the_next_issue_has_only_what_was_published_since(tmp_path: Path, private: Path) -> None:
    first = finished(site_with(tmp_path), private)
    mark_sent(private, first.name, SENT)
    new = LATE.replace("2026-11-18", "2026-11-30").replace("late", "on time")
    files = {"posts/late.md": LATE, "posts/new.md": new}
    later = site_with(tmp_path / "2", files, date(2026, 12, 6))
    issue = finished(later, private)
    assert issue.name == "2026-12"
    news = issue.text.partition("Coming up")[0]
    assert order_of(news, *TITLES, "Published late", "Published on time") == [
        "Published on time", "Published late"
    ]  # fmt: skip
    assert "What was fixed" not in issue.text


def test_what_is_older_than_the_issue_before_the_last_does_not_come_back(
    tmp_path: Path, private: Path
) -> None:
    """A post may be published later than its date says, but not as late as that."""
    for number, day in enumerate((date(2026, 11, 22), date(2026, 12, 20), date(2027, 1, 20))):
        post = LATE.replace("2026-11-18", f"{day - timedelta(days=2)}").replace("late", f"{number}")
        site = site_with(tmp_path / str(number), {"posts/new.md": post}, day)
        issue = finished(site, private)
        mark_sent(private, issue.name, datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    assert [one.since for one in read_sent(private).issues] == [
        date(2026, 10, 22), date(2026, 11, 22), date(2026, 12, 20)
    ]  # fmt: skip
    old = LATE.replace("11-18", "12-19").replace("Published late", "Much too late")
    new = LATE.replace("11-18", "12-20").replace("Published late", "A little late")
    files = {"posts/old.md": old, "posts/new.md": new}
    text = finished(site_with(tmp_path / "last", files, date(2027, 2, 20)), private).text
    assert order_of(text, "Much too late", "A little late") == ["A little late"]


def test_what_was_fixed_later_is_in_the_next_issue(tmp_path: Path, private: Path) -> None:
    open_post = POSTS["posts/pothole.md"].replace("\n         2026-11-14 | fixed | Filled.", "")
    first = finished(site_with(tmp_path, {"posts/pothole.md": open_post}), private)
    assert "What was fixed" not in first.text
    mark_sent(private, first.name, SENT)
    fixed = open_post.replace("neighbour.", "neighbour.\n         2026-11-27 | fixed | Filled.")
    later = site_with(tmp_path / "2", {"posts/pothole.md": fixed}, date(2026, 12, 6))
    issue = finished(later, private)
    assert "- A pothole\n  Fixed on 27 November, after 17 days.\n" in issue.text
    assert "What is new" not in issue.text
    mark_sent(private, issue.name, datetime(2026, 12, 6, 9, tzinfo=UTC))
    assert made(on(later, date(2026, 12, 9)), private).finished is None


def test_what_was_left_out_does_not_come_back(site: Site, private: Path) -> None:
    issue = finished(site, private, text="Leave out: A pothole\n\nHello.\n")
    assert order_of(issue.text, *TITLES) == ["Bins moved", "Trees planted"]
    mark_sent(private, issue.name, SENT)
    assert made(on(site, date(2026, 12, 6)), private).finished is None


def test_nothing_that_residents_cannot_read_is_in_it(tmp_path: Path, private: Path) -> None:
    waiting = {
        f"posts/{state}.md": f"Title: Secret {state}\nDate: {day}\nTags: general\n{line}\n\n"
        f"{state} words.\n"
        for state, day, line in (
            ("draft", "2026-11-20", "Status: draft"),
            ("hidden", "2026-11-20", "Status: hidden"),
            ("scheduled", "2026-11-29", "Event: 2026-12-02 | Secret meeting"),
        )
    }
    issue = finished(site_with(tmp_path, waiting), private)
    for part in (issue.html, issue.text):
        assert "Secret" not in part
        assert "words." not in part


def test_an_issue_without_news_says_so(site: Site, private: Path) -> None:
    mark_sent(private, finished(site, private).name, SENT)
    later = on(site, date(2026, 12, 6))
    issue = made(later, private)
    assert issue.finished is None
    assert issue.notes == (
        "Nothing new was published since 22 November 2026, so there is no newsletter yet.",
    )
    issue = made(later, private, text="Title: Happy Christmas\n\nNothing new, but thank you.\n")
    assert issue.finished is not None
    assert issue.notes[0] == "Nothing new was published since 22 November 2026."
    assert "Nothing new, but thank you." in issue.finished.text
    assert "Mulching" in issue.finished.text


def test_dates_reach_six_weeks_ahead_or_two(tmp_path: Path, private: Path) -> None:
    dates = "".join(
        f"{'Event:' if not number else '      '} {TODAY + timedelta(days=days)} | In {days} days\n"
        for number, days in enumerate((3, 14, 15, 42, 43))
    )
    post = f"Title: Dates\nDate: 2026-11-21\nTags: general\n{dates}\nText.\n"
    site = site_with(tmp_path, {"posts/dates.md": post})
    for every, last in (("month", 42), ("week", 14)):
        issue = finished(site, private / every, replace(SETTINGS, every=every))
        found = re.findall(r"In (\d+) days", issue.text)
        assert found == [str(days) for days in (3, 14, 15, 42) if days <= last]


def test_deadlines_cancelled_events_and_surgeries_are_called_so(
    tmp_path: Path, private: Path
) -> None:
    surgery = (
        '\n[[surgery]]\nwhen = "first Saturday of the month 10:00 - 11:30"\nwhere = "Library"\n'
    )
    post = POSTS["posts/fine.md"].replace("| The library", "| The library | cancelled")
    site = site_with(tmp_path, {"ward.toml": WARD + surgery, "posts/fine.md": post})
    text = finished(site, private).text
    assert "- Tuesday 1 December 2026\n  Deadline: Last day to comment\n" in text
    assert "Cancelled: Mulching, The library" in text
    assert "- Saturday 5 December 2026, 10am to 11.30am\n  Ward surgery, Library\n" in text


# The order, and what is left out


def headings(html: str) -> list[str]:
    return re.findall(r"<h2[^>]*>([^<]*)</h2>", html)


def test_the_usual_order(site: Site, private: Path) -> None:
    issue = finished(site, private)
    usual = ["What is new", "What was fixed", "Coming up", "How to reach us"]
    assert headings(issue.html) == usual
    assert order_of(issue.text, *reversed(usual)) == usual


@pytest.mark.parametrize(
    ("lines", "parts", "titles"),
    [
        ("Order: Coming up\n  New posts\n", ["Coming up", "What is new", "What was fixed"], TITLES),
        ("Order: coming up.\n  - FIXED\n", ["Coming up", "What was fixed", "What is new"], TITLES),
        (
            "Order: trees planted\n",
            ["What is new", "What was fixed", "Coming up"],
            ("Trees planted", "Bins moved", "A pothole"),
        ),
        (
            "Order: pothole\n  Coming up\n  New posts\n",
            ["What is new", "Coming up", "More news", "What was fixed"],
            ("A pothole", "Bins moved", "Trees planted"),
        ),
        (
            "Order: posts/bins.md\n  https://ward.example.org/2026/11/trees-planted/\n",
            ["What is new", "What was fixed", "Coming up"],
            ("Bins moved", "Trees planted", "A pothole"),
        ),
        ("Leave out: What was fixed\n  Coming up\n", ["What is new"], TITLES),
        ("Leave out: New posts\n", ["What was fixed", "Coming up"], ()),
        (
            "Order: Trees planted\nLeave out: Trees planted\n",
            ["What is new", "What was fixed", "Coming up"],
            ("Bins moved", "A pothole"),
        ),
    ],
)
def test_an_issue_is_as_its_file_says(
    site: Site, private: Path, lines: str, parts: list[str], titles: tuple[str, ...]
) -> None:
    issue = finished(site, private, text=f"{lines}\n")
    assert headings(issue.html) == [*parts, "How to reach us"]
    found = re.findall(r"<h3[^>]*><a[^>]*>([^<]*)</a>", issue.html)
    assert tuple(found) == tuple(titles)


def test_an_older_post_can_be_in_it_again(tmp_path: Path, private: Path) -> None:
    old = POSTS["posts/fine.md"].replace("2026-11-03", "2026-05-20").replace("Trees", "Old trees")
    site = site_with(tmp_path, {"posts/old.md": old.replace("Event", "Updated", 0)})
    issue = finished(site, private, text="Order: Old trees planted\n\n")
    assert order_of(issue.text, *TITLES, "Old trees planted")[0] == "Old trees planted"


def test_a_post_that_is_left_out_is_left_out_everywhere(site: Site, private: Path) -> None:
    issue = finished(site, private, text="Leave out: A pothole\n  Trees planted\n\n")
    for part in (issue.html, issue.text):
        assert order_of(part, "pothole", "Trees", "Mulching", "Last day") == ["Last day"]


def test_an_unknown_name_is_reported_with_the_nearest(site: Site, private: Path) -> None:
    with pytest.raises(ContentError) as error:
        made(site, private, text="Order: Coming upp\nLeave out: A potholle\n\nHello.\n")
    assert problems(error) == [
        ("newsletters/2026-11.md", 1, 'there is no part and no post called "Coming upp"'),
        ("newsletters/2026-11.md", 2, 'there is no part and no post called "A potholle"'),
    ]
    hints = [p.hint for p in error.value.problems]
    assert 'Did you mean "Coming up"?' in hints[0]
    assert 'Did you mean "A pothole"?' in hints[1]
    assert "No newsletter was made." in str(error.value)


def test_a_draft_cannot_be_ordered_and_may_be_left_out(tmp_path: Path, private: Path) -> None:
    draft = "Title: Not yet\nDate: 2026-11-20\nTags: general\nStatus: draft\n\nText.\n"
    site = site_with(tmp_path, {"posts/draft.md": draft})
    with pytest.raises(ContentError) as error:
        made(site, private, text="Order: Not yet\n\n")
    assert problems(error) == [("newsletters/2026-11.md", 1, '"Not yet" is a draft')]
    assert "Not yet" not in finished(site, private, text="Leave out: Not yet\n\n").text


# The file


def test_the_file_is_created_once_and_never_overwritten(site: Site, private: Path) -> None:
    issue = made(site, private)
    path = private / "newsletters/2026-11.md"
    assert (issue.file.path, issue.file.is_new) == (path, True)
    assert issue.finished is not None
    assert issue.finished.subject == "Shaftesbury ward blog, November 2026"
    assert "Dear neighbours," in issue.finished.text
    path.write_text("Title: Mine\n\nMy words.\n", encoding="utf-8")
    again = made(site, private)
    assert again.file.is_new is False
    assert again.finished is not None
    assert (again.finished.subject, "My words." in again.finished.text) == ("Mine", True)
    assert path.read_text(encoding="utf-8") == "Title: Mine\n\nMy words.\n"


def test_the_file_that_is_created_asks_for_what_is_usual(site: Site, private: Path) -> None:
    created = finished(site, private)
    empty = finished(site, private, text="Greeting: Dear neighbours,\n\n")
    assert created == empty


def test_everything_private_is_for_its_owner_alone(site: Site, private: Path) -> None:
    mark_sent(private, finished(site, private).name, SENT)
    for path in (private, *private.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_a_broken_file_stops_it_and_nothing_is_made(site: Site, private: Path) -> None:
    with pytest.raises(ContentError) as error:
        made(site, private, text="Titel: One\n\nWrite to jane.doe@gmail.com.\n")
    assert problems(error) == [("newsletters/2026-11.md", 1, 'there is no line called "Titel"')]
    assert not (private / "newsletters/preview/index.html").exists()


def test_the_guard_stops_an_issue(site: Site, private: Path) -> None:
    text = "Title: For Mary\n\nHello.\n\nHer number is 07700 900123.\n"
    with pytest.raises(ContentError) as error:
        made(site, private, text=text)
    (problem,) = error.value.problems
    assert (problem.rule, problem.file, problem.line) == (
        "personal-data", "newsletters/2026-11.md", 5
    )  # fmt: skip


def test_council_resources_stop_an_issue_before_an_election(site: Site, private: Path) -> None:
    on_now = replace(site, election=Election(date(2026, 11, 20), date(2026, 12, 17)))
    text = "Title: A\n\nWrite to robin.sample@wandsworth.gov.uk.\n"
    with pytest.raises(ContentError) as error:
        made(on_now, private, text=text)
    assert "election-email" in {p.rule for p in error.value.problems}
    issue = finished(on_now, private, text="Title: A\n\nHello.\n")
    banner = "There is an election on 17 December 2026."
    assert banner in issue.html
    assert banner in issue.text
    council = replace(SETTINGS, address="news@wandsworth.gov.uk")
    assert finished(site, private, council)
    with pytest.raises(CommandError, match="cannot come from news@wandsworth"):
        made(on_now, private, council)


def test_a_very_long_title_stops_an_issue(site: Site, private: Path) -> None:
    with pytest.raises(ContentError) as error:
        made(site, private, text=f"Title: {'word ' * 40}\n\nHello.\n")
    assert "this title has 199 characters" in problems(error)[0][2]


def test_no_issue_can_be_made_that_nobody_can_stop(site: Site, private: Path) -> None:
    nobody = replace(site, councillors=(replace(site.councillors[0], email=""),))
    with pytest.raises(CommandError, match="no e-mail address"):
        made(nobody, private, replace(SETTINGS, address=""))
    issue = finished(site, private, replace(SETTINGS, address=""))
    assert "to robin@example.org" in " ".join(issue.text.split())


# Names and the record


def test_names_of_periods() -> None:
    assert period_of("month", date(2026, 12, 31)) == "2026-12"
    assert period_of("week", date(2026, 11, 30)) == "2026-w49"
    assert period_of("week", date(2027, 1, 3)) == "2026-w53"
    assert period_before("month", date(2027, 1, 31)) == "2026-12"
    assert period_before("week", date(2026, 11, 30)) == "2026-w48"
    assert free_name("2026-12", {"2026-12", "2026-12-2"}) == "2026-12-3"
    assert a_period_before("month", date(2026, 3, 31)) == date(2026, 2, 28)
    assert a_period_before("month", date(2027, 1, 15)) == date(2026, 12, 15)
    assert all(NAME.fullmatch(name) for name in ("2026-12", "2026-w49", "2026-12-2"))


def test_a_second_issue_in_a_month_has_a_number(tmp_path: Path, private: Path) -> None:
    mark_sent(private, finished(site_with(tmp_path), private).name, SENT)
    site = site_with(tmp_path / "2", {"posts/late.md": LATE})
    issue = finished(site, private)
    assert issue.name == "2026-11-2"
    assert (private / "newsletters/2026-11-2.md").is_file()
    mark_sent(private, issue.name, SENT + timedelta(days=1))
    assert made(site, private).file.name == "2026-11-3"


def test_an_issue_that_was_begun_is_not_forgotten_at_the_end_of_the_month(
    site: Site, private: Path
) -> None:
    made(site, private, text="Title: November\n\nI wrote this on the 29th.\n")
    december = on(site, date(2026, 12, 2))
    issue = made(december, private)
    assert (issue.file.name, issue.file.is_earlier) == ("2026-11", True)
    assert not (private / "newsletters/2026-12.md").exists()
    mark_sent(private, "2026-11", datetime(2026, 12, 2, 9, tzinfo=UTC))
    assert made(december, private).file.name == "2026-12"


def test_an_issue_that_was_only_looked_at_is_forgotten(site: Site, private: Path) -> None:
    made(site, private)
    issue = made(on(site, date(2026, 12, 2)), private)
    assert (issue.file.name, issue.file.is_new) == ("2026-12", True)


def test_marking_twice_changes_nothing(site: Site, private: Path) -> None:
    name = finished(site, private).name
    mark_sent(private, name, SENT)
    record = private / "newsletters/sent.json"
    before = record.read_bytes()
    mark_sent(private, name, SENT + timedelta(days=3))
    assert record.read_bytes() == before
    (one,) = read_sent(private).issues
    assert (one.issue, one.sent, one.since) == ("2026-11", SENT, date(2026, 10, 22))
    assert one.items == (
        "2026/11/a-pothole/", "2026/11/a-pothole/#fixed-2026-11-14", "2026/11/bins-moved/",
        "2026/11/trees-planted/",
    )  # fmt: skip


def test_an_issue_whose_contents_were_lost_counts_from_its_day(
    tmp_path: Path, private: Path
) -> None:
    mark_sent(private, "2026-11", datetime(2026, 11, 15, 9, tzinfo=UTC))
    assert order_of(finished(site_with(tmp_path), private).text, *TITLES) == ["Bins moved"]


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"issues": [{"issue": "x"}]}', "\x00"])
def test_a_damaged_record_stops_everything(site: Site, private: Path, damage: str) -> None:
    finished(site, private)
    record = private / "newsletters/sent.json"
    record.write_text(damage, encoding="utf-8")
    with pytest.raises(CommandError, match=r"sent\.json cannot be read"):
        made(site, private)
    with pytest.raises(CommandError, match=r"sent\.json cannot be read"):
        mark_sent(private, "2026-11", SENT)
    assert record.read_text(encoding="utf-8") == damage


def test_the_record_can_be_read_by_a_person(site: Site, private: Path) -> None:
    mark_sent(private, finished(site, private).name, SENT)
    record = (private / "newsletters/sent.json").read_text(encoding="utf-8")
    assert json.loads(record)["issues"][0]["sent"] == "2026-11-22T10:00:00+00:00"

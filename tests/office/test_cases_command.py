"""`make cases`: what is overdue, due and silent, the calendar, and old cases; nobody is named."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from office.casework import CANARIES, HEADER, PEOPLE, WITH_STREETS, CaseDesk, desk_in, everything_in
from support import TODAY
from wardblog.office.casework.agenda import agenda_of, old_cases
from wardblog.office.casework.calendar import CalendarSite, calendar_of
from wardblog.office.casework.case import Case, CaseStatus

CASES = f"""{HEADER}
1,2026-11-20,Grit bins,Eland Road,open,chase the depot,2026-11-16,ABC/1,,
2,2026-11-20,Potholes,,waiting,,2026-11-22,,,
3,2026-11-20,Grit bins,14 Gideon Road,open,,29/11/2026,,,
4,2026-11-20,Potholes,,open,,2026-11-30,,,
5,2026-11-08,Potholes,Lavender Hill,waiting,,2027-01-20,,,
6,2026-11-09,Potholes,,open,,,,,
7,2026-10-01,Potholes,,closed,,2026-10-10,,2026-10-09,
"""


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    return desk_in(tmp_path)


def test_the_list_of_a_sunday(desk: CaseDesk) -> None:
    desk.write(CASES)
    done = desk.run("cases")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Sunday 22 November 2026: 6 open cases, of which 2 are waiting; 1 closed.\n"
        "\n"
        "Overdue: 1\n"
        "  1  Grit bins, Eland Road: due on 16 November, 6 days ago\n"
        "     Next: chase the depot\n"
        "\n"
        "Due this week, by Sunday 29 November 2026: 2\n"
        "  2  Potholes: due today\n"
        "  3  Grit bins, 14 Gideon Road: due on Sunday 29 November 2026\n"
        "\n"
        "Silent for 14 days or more: 1\n"
        "  5  Potholes, Lavender Hill: no news since 8 November, due on 20 January 2027\n"
        "\n"
        "Without a due date: 1\n"
        "  6  Potholes: last news on 9 November\n"
        "\n"
        "The due dates are in private/cases.ics, for your own calendar.\n"
    )


def test_a_change_of_the_row_is_news(desk: CaseDesk) -> None:
    """Without a column for it: what was said is remembered, as a digest."""
    desk.write(CASES)
    assert "  5  Potholes" in desk.run("cases").stdout
    desk.write(CASES.replace("Lavender Hill,waiting,", "Lavender Hill,waiting,asked again"))
    assert "Silent" not in desk.run("cases").stdout
    later = TODAY + timedelta(days=13)
    assert "  5  Potholes" not in desk.run("cases", day=later).stdout
    later += timedelta(days=1)
    assert "5  Potholes, Lavender Hill: no news since 22 November" in (
        desk.run("cases", day=later).stdout
    )
    remembered = json.loads((desk.private / "casework-changes.json").read_text(encoding="utf-8"))
    assert sorted(remembered) == ["1", "2", "3", "4", "5", "6"]
    assert "asked" not in str(remembered)


def test_a_column_of_news_counts_as_well(desk: CaseDesk) -> None:
    rows = CASES.replace(",note\n", ",note,Last contact\n").replace(
        "2027-01-20,,,\n", "2027-01-20,,,,20/11/2026\n"
    )
    desk.write(rows)
    assert "Silent" not in desk.run("cases").stdout


def test_what_a_spreadsheet_left_open_is_closed_to_others(desk: CaseDesk) -> None:
    desk.write(CASES)
    desk.private.chmod(0o755)
    desk.casework.chmod(0o644)
    desk.run("cases")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (desk.private, *desk.private.iterdir())]
    assert modes == [0o700, *[0o600] * 5]


def test_numbers_are_below_one_another(desk: CaseDesk) -> None:
    desk.write(CASES.replace("\n5,", "\n105,"))
    lines = desk.run("cases").stdout.splitlines()
    assert "    1  Grit bins, Eland Road: due on 16 November, 6 days ago" in lines
    assert "       Next: chase the depot" in lines
    assert any(line.startswith("  105  Potholes, Lavender Hill") for line in lines)


def test_nothing_to_do_is_reported(desk: CaseDesk) -> None:
    desk.write(f"{HEADER}\n1,2026-11-20,x,,open,,2027-01-20,,,\n")
    assert (
        "Nothing is overdue, due this week, silent or without a due date."
        in desk.run("cases").stdout
    )


@pytest.mark.parametrize("text", [None, "", f"{HEADER}\n", "\ufeff"])
def test_without_cases_it_says_how_to_begin(desk: CaseDesk, text: str | None) -> None:
    if text is not None:
        desk.write(text)
    done = desk.run("cases")
    assert done.returncode == 0
    assert done.stdout.startswith("There are no cases yet.")
    assert 'make case ISSUE="Grit bins"' in done.stdout


def test_mistakes_are_reported_first_and_cost_nothing(desk: CaseDesk) -> None:
    desk.write(CASES.replace("2026-11-16", "Canary's date"))
    done = desk.run("cases")
    assert done.returncode == 0
    assert done.stderr == (
        'private/casework.csv:2: warning: "due": this is not a date\n'
        "  Write it as 2026-11-29 or 29/11/2026.\n"
    )
    assert "6 open cases" in done.stdout


def test_what_is_probably_a_mistake_is_named(desk: CaseDesk) -> None:
    desk.write(
        f"{HEADER}\n1,2026-11-20,Grit bns,,open,,,,,\n2,2027-03-01,Grit bins,,open,,2027-04-01,,,\n"
    )
    (desk.private / "casework.xlsx").write_bytes(b"PK")
    done = desk.run("cases")
    assert done.returncode == 0
    assert "casework.xlsx beside this file is newer, and is not read" in done.stderr
    assert (
        'private/casework.csv:2: warning: there is no issue called "Grit bns"\n'
        '  Did you mean "Grit bins"?' in done.stderr
    )
    assert "private/casework.csv:3: warning: this case was opened in the future" in done.stderr
    assert "Without a due date: 1\n  1  Grit bns: last news on 20 November\n" in done.stdout


def test_a_file_that_is_no_table_stops(desk: CaseDesk) -> None:
    desk.write(CASES + '8,"2026\n')
    done = desk.run("cases")
    assert done.returncode == 1
    assert "private/casework.csv:9: a quotation mark in this row is not closed" in done.stderr
    assert not (desk.private / "cases.ics").exists()


def test_a_broken_post_keeps_nobody_from_the_cases(desk: CaseDesk) -> None:
    desk.write(CASES)
    (desk.content / "posts/broken.md").write_text("Date: never\n\nx\n", encoding="utf-8")
    assert desk.run("cases").returncode == 0


def events(desk: CaseDesk) -> dict[str, dict[str, object]]:
    calendar: Any = Calendar.from_ical((desk.private / "cases.ics").read_bytes())
    return {
        str(one["summary"]): {
            "uid": str(one["uid"]),
            "start": one["dtstart"].dt,
            "sequence": int(one["sequence"]),
            "about": str(one.get("description", "")),
            "alarm": one.walk("VALARM")[0]["trigger"].dt,
            "class": str(one["class"]),
        }
        for one in calendar.walk("VEVENT")
    }


def test_the_calendar_has_what_is_due(desk: CaseDesk) -> None:
    desk.write(CASES)
    desk.run("cases")
    path = desk.private / "cases.ics"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    found = events(desk)
    assert list(found) == [
        "Case 1: Grit bins, Eland Road",
        "Case 2: Potholes",
        "Case 3: Grit bins, Gideon Road",  # no house number
        "Case 4: Potholes",
        "Case 5: Potholes, Lavender Hill",
    ]
    assert found["Case 1: Grit bins, Eland Road"] == {
        "uid": "case-1-20261120@ward.example.org",
        "start": date(2026, 11, 16),
        "sequence": 0,
        "about": "Reference: ABC/1",
        "alarm": timedelta(hours=-15),
        "class": "PRIVATE",
    }


def test_a_changed_case_stays_the_same_entry(desk: CaseDesk) -> None:
    desk.write(CASES)
    desk.run("cases")
    before = events(desk)["Case 4: Potholes"]
    data = (desk.private / "cases.ics").read_bytes()
    desk.run("cases", day=TODAY + timedelta(days=1))
    assert (desk.private / "cases.ics").read_bytes() == data
    desk.write(CASES.replace("2026-11-30", "2026-12-01"))
    desk.run("cases", day=TODAY + timedelta(days=2))
    after = events(desk)["Case 4: Potholes"]
    assert after["uid"] == before["uid"]
    assert after["start"] == date(2026, 12, 1)
    assert after["sequence"] == 4  # the days from the opening to the change
    desk.write(CASES.replace("4,2026-11-20,Potholes,,open", "4,2026-11-20,Potholes,,done"))
    desk.run("cases", day=TODAY + timedelta(days=3))
    assert "Case 4: Potholes" not in events(desk)


@pytest.mark.parametrize(
    "step",
    ["ring Mrs Canaryfinch", "ring 07700 900461", "ask canary@example.net", "Jane Canary",
     "ring Jane Canary", "ask J. Canary", "call Patel back", "visit 14 Eland Road"],
)  # fmt: skip
def test_the_next_step_stays_out_of_the_calendar(desk: CaseDesk, step: str) -> None:
    desk.write(CASES.replace("chase the depot", step))
    done = desk.run("cases")
    assert step in done.stdout  # it is the councillor's own note, on her own screen
    assert events(desk)["Case 1: Grit bins, Eland Road"]["about"] == "Reference: ABC/1"


@pytest.mark.parametrize(
    ("number", "issue", "street", "reference"),
    [
        ("1", "Jane Canary's damp", "Eland Road", "x"),
        ("1", "damp at Canarys", "14 Eland Road, Mrs Canary", "Mr Canary 12"),
        ("J Canary", "grit bin", "Mrs Canary Eland Road", "07700 900461"),
        ("07700900461", "", "Canary Cottage", "07700900461"),
        ("canary@example.net", "", "", "Canary-1"),
    ],
)
def test_only_what_is_surely_no_person_is_in_the_calendar(
    number: str, issue: str, street: str, reference: str
) -> None:
    case = Case(id=number, issue=issue, street=street, reference=reference, due=TODAY)
    data = calendar_of([case], {}, CalendarSite("ward.example.org", ("Grit bins",))).decode()
    assert "SUMMARY:Case" in data
    for words in ("anary", "damp", "900461", "14", "DESCRIPTION:Ref"):
        assert words not in data.split("DTSTART")[0].replace(f"{TODAY:%Y%m%d}", "")
    assert ("Grit bins" in data) is (issue == "grit bin")


def test_two_cases_never_share_an_entry() -> None:
    cases = [
        Case(id=number, issue=issue, street=street, due=TODAY + timedelta(days=n))
        for n, (number, issue, street) in enumerate(
            [("7", "Potholes", ""), ("7", "Grit bins", ""), ("7", "Grit bins", ""),
             ("", "Potholes", ""), ("", "Potholes", ""), ("J Doe", "Potholes", "")]
        )
    ]  # fmt: skip
    keys = uids(cases)
    assert len(set(keys)) == len(cases)
    assert uids([replace(cases[0], status=CaseStatus.CLOSED), *cases[1:]]) == keys[1:]


def test_when_the_last_case_is_gone_the_calendar_is_empty(desk: CaseDesk) -> None:
    desk.write(CASES)
    desk.run("cases")
    assert events(desk)
    desk.write(f"{HEADER}\n")
    desk.run("cases")
    assert not events(desk)


def uids(cases: list[Case]) -> list[str]:
    calendar: Any = Calendar.from_ical(calendar_of(cases, {}, CalendarSite("ward.example.org")))
    return [str(one["uid"]) for one in calendar.walk("VEVENT")]


def test_canaries_of_people_are_nowhere(desk: CaseDesk) -> None:
    heading, *rows = CASES.splitlines()
    names, people = ",".join(PEOPLE), ",".join(PEOPLE.values())
    noted = [f"{row}Canary Nightingale rang,{people}" for row in rows]
    noted.append(f"8,soon,Grit bins,,opeen,,,,,,{people}")
    noted.append(f",,,,,,,,,,{people}")
    desk.write("\n".join([f"{heading},{names}", *noted]) + "\n")
    shown = []
    for words in (
        ["cases"], ["case", "--issue", "Grit bins"], ["reply", "--case", "1"],
        ["reply", "--case", "3"], ["html", "--output", "output"], ["check", "--output", "output"],
        ["cases", "--forget", "Canary Nightingale"],
    ):  # fmt: skip
        done = desk.run(*words)
        shown += [done.stdout, done.stderr]
    assert "Found in" in "".join(shown)
    kept = desk.casework.read_bytes()
    desk.casework.unlink()
    assert (desk.private / "cases.ics").exists()
    assert (desk.folder / ".wardblog").is_dir()
    everywhere = everything_in(desk.folder).decode("utf-8", "replace") + "".join(shown)
    assert b"Canary" in kept
    assert not [canary for canary in CANARIES if canary in everywhere]


def kept_for(months: int, tmp_path: Path) -> CaseDesk:
    desk = desk_in(tmp_path, {"ward.toml": f"{WITH_STREETS}\n[casework]\nkeep_months = {months}\n"})
    desk.write(
        CASES
        + "8,2025-01-01,Potholes,,closed,,,,2025-11-22,Canary\n"
        + "9,2025-01-01,Potholes,,closed,,,,2025-11-23,x\n"
        + "10,2025-01-01,Potholes,,closed,,,,,x\n"
    )
    return desk


def test_old_cases_are_deleted_after_a_yes(tmp_path: Path) -> None:
    desk = kept_for(12, tmp_path)
    before = desk.casework.read_text(encoding="utf-8")
    shown = "Closed for 12 months or more: 1 case\n  8  Potholes: closed on 22 November 2025\n"
    done = desk.run("cases", "--force")
    assert shown in done.stdout
    assert "To be asked about it, run make cases at a terminal." in done.stdout
    assert shown in (done := desk.at_terminal("no\n", "cases")).stdout
    assert "Nothing was deleted." in done.stdout
    assert desk.casework.read_text(encoding="utf-8") == before
    done = desk.at_terminal("yes\n", "cases")
    assert "Deleted 1 case." in done.stdout
    assert desk.casework.read_text(encoding="utf-8") == "".join(
        line for line in before.splitlines(keepends=True) if not line.startswith("8,")
    )
    assert b"anary" not in everything_in(desk.private)
    assert '1 closed case without a date in the column "closed": 10.' in done.stdout


def test_without_a_chosen_time_nothing_is_offered(tmp_path: Path) -> None:
    done = kept_for(0, tmp_path).at_terminal("yes\n", "cases")
    assert "Closed for" not in done.stdout


def test_months_end_where_they_are_short() -> None:
    case = Case(id="1", status=CaseStatus.CLOSED, closed=date(2026, 8, 31))
    assert old_cases([case], 6, date(2027, 2, 27)) == []
    assert old_cases([case], 6, date(2027, 3, 1)) == [case]
    mistyped = replace(case, opened=date(2027, 1, 1))  # closed before it was opened
    assert old_cases([mistyped], 6, date(2027, 3, 1)) == []


def test_each_case_is_listed_once() -> None:
    cases = [
        Case(id=str(n), opened=date(2026, 1, 1), due=TODAY + timedelta(days=n), line=n + 40)
        for n in range(-10, 20)
    ]
    agenda = agenda_of(cases, {}, 14, TODAY)
    listed = [item.case.id for part in (agenda.overdue, agenda.due, agenda.silent) for item in part]
    assert sorted(listed) == sorted(case.id for case in cases)
    assert (len(agenda.overdue), len(agenda.due), agenda.open) == (10, 8, 30)

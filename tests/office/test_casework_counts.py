"""Counts of casework are right, and nobody can work out a hidden one from what is published."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from support import examples
from wardblog.content.casework_counts import read_casework_counts
from wardblog.model import Issue
from wardblog.model.casework import CaseworkQuarter, Quarter
from wardblog.office.casework_counts.beginning import NEXT_QUARTER_FILE, next_quarter
from wardblog.office.casework_counts.count import count_new_quarters
from wardblog.office.casework_counts.public_file import casework_csv
from wardblog.report import Report

TODAY = date(2026, 11, 29)
NAMES = ("Grit bins", "Planning", "Dog fouling", "Fly-tipping", "Road works")
ISSUES = tuple(
    Issue(
        name=name, slug=name.lower().replace(" ", "-"), colour="", about="", report_url="", line=1
    )
    for name in NAMES
)
WRITTEN = (
    *NAMES,
    "grit bin",
    "PLANNING",
    "fly tipping",
    "Housing",
    "",
    "Anything else",
    "All cases",
)
FEWER, WITHHELD = "fewer than 5", "not shown"
Table = dict[str, dict[str, tuple[str, str]]]


class Made(NamedTuple):
    """A case of a made-up file."""

    opened: date | None
    issue: str
    is_closed: bool = False
    closed: date | None = None


def made_file(random: Random) -> list[Made]:
    """A casework file of up to two years; in some, most issues have only a few cases."""
    number = random.choice((3, 12, 40, 120))
    names = random.sample(WRITTEN, random.randint(1, len(WRITTEN)))
    weights = [random.choice((1, 1, 3, 12)) for _ in names]
    first = TODAY - timedelta(days=random.choice((100, 300, 720)))
    return [made_case(random, first, names, weights) for _ in range(number)]


def made_case(random: Random, first: date, names: Sequence[str], weights: Sequence[int]) -> Made:
    opened = first + timedelta(days=random.randint(0, (TODAY - first).days))
    issue = random.choices(names, weights)[0]
    closed = opened + timedelta(days=int(random.expovariate(1 / 40)))
    if random.random() < 0.02:
        return Made(None, issue)
    if closed > TODAY or random.random() < 0.1:
        return Made(opened, issue)
    return Made(opened, issue, is_closed=True, closed=closed)


def published(
    cases: Sequence[Made], known: Sequence[CaseworkQuarter] = (), today: date = TODAY
) -> tuple[CaseworkQuarter, ...]:
    return (*known, *count_new_quarters(cases, ISSUES, known, after(cases), today).quarters)


def after(cases: Sequence[Made]) -> Quarter:
    """The first quarter that counts, if the file was begun with its first case."""
    return Quarter.of(min((c.opened for c in cases if c.opened), default=TODAY)).following


def table_of(text: str) -> Table:
    """What somebody reads in the public file: quarter, issue, and both cells as written."""
    table: Table = {}
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["quarter", "issue", "opened", "closed"]
    for quarter, issue, opened, closed in rows[1:]:
        table.setdefault(quarter, {})[issue] = (opened, closed)
    return table


def columns_of(table: Table) -> Iterator[tuple[str, int, list[str], str]]:
    """Each column of each quarter: its cells, and its total."""
    for quarter, rows in table.items():
        for at in (0, 1):
            yield quarter, at, [c[at] for i, c in rows.items() if i != "All cases"], \
                rows["All cases"][at]  # fmt: skip


# ---- the attacker, who shares nothing with the software ----


def bounds(cell: str) -> tuple[float, float]:
    """What a cell says by itself; a number that is not shown is none of the small ones."""
    if cell == FEWER:
        return 1, 4
    return (5, float("inf")) if cell == WITHHELD else (int(cell), int(cell))


def narrowed(cells: Sequence[str], total: str) -> list[tuple[float, float]]:
    """The least and the greatest value of each cell with which the column adds up."""
    own = [bounds(cell) for cell in cells]
    least, most = (0.0, float("inf")) if total == WITHHELD else bounds(total)
    low, high = sum(a for a, _ in own), sum(b for _, b in own)
    return [
        (max(a, least - (high - b) if high < float("inf") else a), min(b, most - (low - a)))
        for a, b in own
    ]


def solved(table: Table) -> set[tuple[str, int, int]]:
    """The cells that elimination finds from all equations of all quarters together."""
    names: list[tuple[str, int, int]] = []
    equations = []
    for quarter, at, cells, total in columns_of(table):
        unknown = [n for n, c in enumerate((*cells, total)) if not c.isdecimal()]
        names += [(quarter, at, n) for n in unknown]
        known = sum(int(c) for c in cells if c.isdecimal())
        row = {(quarter, at, n): 1.0 for n in unknown if n < len(cells)}
        if total.isdecimal():
            equations.append((row, int(total) - known))
        else:
            equations.append(({**row, (quarter, at, len(cells)): -1.0}, -known))
    found: set[tuple[str, int, int]] = set()
    for row, _ in equations:  # no unknown is in two of them, so each stands for itself
        assert all(sum(name in other for other, _ in equations) == 1 for name in row)
        if len(row) == 1:
            found |= row.keys()
    return found


def raw_counts(cases: Sequence[Made]) -> Counter[tuple[str, str, int]]:
    """The true numbers, counted in another way than the software does."""
    slugs = {"grit bin": "Grit bins", "planning": "Planning", "fly tipping": "Fly-tipping"}
    counts: Counter[tuple[str, str, int]] = Counter()
    for case in cases:
        issue = (
            case.issue if case.issue in NAMES else slugs.get(case.issue.lower(), "Anything else")
        )
        for at, day in enumerate((case.opened, case.closed if case.is_closed else None)):
            if day:
                key = f"{day.year}-Q{1 + (day.month - 1) // 3}"
                counts[key, issue, at] += 1
                counts[key, "All cases", at] += 1
    return counts


def check_counts(table: Table, true: Counter[tuple[str, str, int]]) -> int:
    """Every number that is shown is the true one, and small ones are never shown."""
    hidden = 0
    for quarter, rows in table.items():
        for issue, cells in rows.items():
            for at, cell in enumerate(cells):
                number = true[quarter, issue, at]
                if cell.isdecimal():
                    assert int(cell) == number
                    assert number not in (1, 2, 3, 4)
                else:
                    hidden += 1
                    assert (cell == FEWER) <= (1 <= number <= 4)
                    assert issue == "All cases" or (cell == FEWER) == (1 <= number <= 4)
        told = {issue for q, issue, _ in true if q == quarter}
        assert set(rows) == told
    return hidden


def test_no_hidden_number_of_many_casework_files_can_be_worked_out() -> None:
    random = Random(20261129)  # noqa: S311 - made-up files
    hidden = exact = 0
    for _ in range(files := examples(10_000, 500)):
        cases = made_file(random)
        table = table_of(casework_csv(published(cases)))
        hidden += check_counts(table, raw_counts(cases))
        assert solved(table) == set()
        for _quarter, _at, cells, total in columns_of(table):
            for cell, (least, most) in zip(cells, narrowed(cells, total), strict=True):
                if cell.isdecimal():
                    exact += 1
                else:
                    assert least < most, (cells, total)
    assert hidden > 2 * files
    assert exact > 2 * files


# ---- another file with the same public counts ----


def alternatives(
    cells: Sequence[str], total: str, at: int, true: Sequence[int]
) -> Iterator[list[int]]:
    """Columns that look the same as published, in which one cell has another value."""
    choices = [
        range(1, 5) if c == FEWER else range(5, 30) if c == WITHHELD else (int(c),) for c in cells
    ]
    from wardblog.privacy.small_counts import protected

    for column in product(*choices):
        if column[at] == true[at] or (total.isdecimal() and sum(column) != int(total)):
            continue
        shown = protected(column)
        texts = [n if isinstance(n, int) else n.value for n in (*shown.counts, shown.total)]
        if [str(text) for text in texts] == [*cells, total]:
            yield list(column)


def file_with(counts: dict[tuple[str, str, int], int]) -> list[Made]:
    """A casework file with these numbers; what was closed was opened before all these quarters."""
    cases = [Made(date(2024, 12, 31), "Planning")]
    for (quarter, issue, at), number in counts.items():
        year, n = int(quarter[:4]), int(quarter[-1])
        day = date(year, 3 * n - 1, 15)
        case = Made(day, issue)
        if at:
            case = Made(date(2024, 12, 1), issue, is_closed=True, closed=day)
        cases += [case] * number
    return cases


def test_for_each_hidden_number_another_casework_file_has_the_same_public_counts() -> None:
    """So that not even somebody who knows the whole program can tell which of the two it was."""
    random = Random(7)  # noqa: S311 - made-up files
    tried = 0
    for _ in range(examples(200, 25)):
        quarters = [f"2026-Q{n}" for n in (1, 2, 3)]
        names = (*random.sample(NAMES, random.randint(1, 3)), "Anything else")
        counts = {
            (quarter, name, at): random.choice((0, 1, 1, 2, 3, 4, 5, 6, 9, 14))
            for quarter in quarters for name in names for at in (0, 1)
        }  # fmt: skip
        cases = file_with(counts)
        text = casework_csv(published(cases))
        for quarter, at, cells, total in columns_of(table := table_of(text)):
            issues = [issue for issue in table[quarter] if issue != "All cases"]
            true = [counts[quarter, issue, at] for issue in issues]
            for n, cell in enumerate(cells):
                if cell.isdecimal():
                    continue
                other = next(alternatives(cells, total, n, true))
                changed = counts | {(quarter, i, at): v for i, v in zip(issues, other, strict=True)}
                assert casework_csv(published(file_with(changed))) == text
                tried += 1
    assert tried > 100


# ---- when, and what stays ----


def test_a_published_quarter_stays_as_it_is_whatever_the_file_says_later() -> None:
    random = Random(11)  # noqa: S311 - made-up files
    for _ in range(examples(500)):
        cases = made_file(random)
        summer = date(2026, 7, 10)
        first = published([c for c in cases if not c.opened or c.opened <= summer], today=summer)
        before = casework_csv(first)
        later = [c for c in cases if random.random() < 0.8]
        after = casework_csv(published([*later, *made_file(random)], first))
        if first:
            assert after.startswith(before)
        else:
            assert len(after) >= len(before)


def on(day: str, issue: str = "Planning", closed: str = "") -> Made:
    end = date.fromisoformat(closed) if closed else None
    return Made(date.fromisoformat(day), issue, is_closed=bool(closed), closed=end)


def keys(cases: Sequence[Made], known: Sequence[CaseworkQuarter] = (), today: date = TODAY) -> list[
    str
]:  # fmt: skip
    found = count_new_quarters(cases, ISSUES, known, after(cases), today).quarters
    return [one.quarter.key for one in found]


def test_only_whole_quarters_that_have_ended_are_counted() -> None:
    cases = [on("2026-05-03"), on("2026-08-01"), on("2026-10-01"), on("2026-11-28")]
    assert keys(cases) == ["2026-Q3"]
    assert keys(cases, today=date(2026, 9, 30)) == []
    assert keys(cases, today=date(2026, 10, 1)) == ["2026-Q3"]
    assert keys(cases, today=date(2027, 1, 1)) == ["2026-Q3", "2026-Q4"]


def test_the_first_time_the_last_four_quarters_are_counted() -> None:
    cases = [on(f"{year}-{month:02}-10") for year in (2024, 2025, 2026) for month in range(1, 12)]
    assert keys(cases) == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    known = count_new_quarters(cases, ISSUES, (), after(cases), date(2025, 12, 31)).quarters
    assert [one.quarter.key for one in known][-1] == "2025-Q3"
    assert keys(cases, known) == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]


def test_a_quarter_without_a_case_is_left_out() -> None:
    assert keys([on("2025-12-03"), on("2026-02-01"), on("2026-08-01")]) == ["2026-Q1", "2026-Q3"]


def test_a_new_file_says_when_it_can_be_counted() -> None:
    found = count_new_quarters([on("2026-11-02")], ISSUES, (), Quarter(2027, 1), TODAY)
    assert found.quarters == ()
    assert found.next_one == Quarter(2027, 1)
    assert count_new_quarters([], ISSUES, (), Quarter(2027, 1), TODAY).next_one is None


def test_older_dates_in_a_new_file_are_not_counted() -> None:
    """Of cases that were noted later, only some are in the file, or a year is mistyped."""
    cases = [on("2006-05-01"), *[on("2026-08-01", closed="2026-09-01")] * 9]
    assert count_new_quarters(cases, ISSUES, (), Quarter(2027, 1), TODAY).quarters == ()


def test_the_next_quarter_is_remembered(tmp_path: Path) -> None:
    assert next_quarter(tmp_path, TODAY) == Quarter(2027, 1)
    assert next_quarter(tmp_path, date(2027, 5, 1)) == Quarter(2027, 1)
    file = tmp_path / NEXT_QUARTER_FILE
    assert sys.platform == "win32" or file.stat().st_mode & 0o777 == 0o600
    for damaged in (b"", b"soon", b"\xff", b"2062-Q1"):
        file.write_bytes(damaged)
        assert next_quarter(tmp_path, TODAY) == Quarter(2027, 1)
        assert file.read_bytes() == b"2027-Q1\n"


def test_cases_without_their_dates_are_named_and_not_counted() -> None:
    cases = [on("2026-05-01"), *[on("2026-08-01")] * 6, Made(None, "Planning"),
             Made(date(2026, 8, 2), "Planning", is_closed=True)]  # fmt: skip
    found = count_new_quarters(cases, ISSUES, (), after(cases), TODAY)
    assert (found.without_opening, found.without_closing) == (1, 1)
    assert casework_csv(found.quarters).splitlines()[1:] == [
        "2026-Q3,Planning,7,0", "2026-Q3,All cases,7,0",
    ]  # fmt: skip


def test_an_issue_is_found_however_it_is_written() -> None:
    cases = [
        on("2026-05-01"),
        *(on("2026-08-01", i) for i in ("grit bin", "GRIT-BINS", "Grit bins")),
    ]
    cases += [on("2026-08-01", i) for i in ("Housing", "", "All cases", "Anything else", "damp")]
    cases += [on("2026-08-01", i) for i in ("Grit Bins", "grit bins")]
    assert casework_csv(published(cases)).splitlines()[1:] == [
        "2026-Q3,Grit bins,5,0", "2026-Q3,Anything else,5,0", "2026-Q3,All cases,10,0",
    ]  # fmt: skip


def test_what_is_written_is_read_again() -> None:
    random = Random(3)  # noqa: S311 - made-up files
    for _ in range(examples(200)):
        counts = published(made_file(random))
        report = Report("casework.csv")
        read = read_casework_counts(casework_csv(counts), NAMES, report)
        assert report.problems == []
        assert sorted(read, key=lambda one: one.quarter) == list(counts)


@pytest.mark.parametrize(("day", "key"), [
    ((2026, 1, 1), "2026-Q1"), ((2026, 3, 31), "2026-Q1"), ((2026, 4, 1), "2026-Q2"),
    ((2026, 12, 31), "2026-Q4"),
])  # fmt: skip
def test_quarters(day: tuple[int, int, int], key: str) -> None:
    quarter = Quarter.of(date(*day))
    assert quarter.key == key
    assert quarter.first_day <= date(*day) <= quarter.last_day
    assert quarter.following.first_day == quarter.last_day + timedelta(days=1)

"""`casework.csv`: how many cases there were, by quarter and issue, with small numbers hidden.

`make report` writes it. It can be changed by hand, so every number is looked at again: the content
folder may be public, and what was once published cannot be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence

from wardblog.content.tables.complaint_lists import street_in
from wardblog.content.tables.sheets import duplicate_name, read_csv
from wardblog.model.casework import (
    ALL_CASES,
    OTHER_CASES,
    CaseCount,
    CaseworkQuarter,
    CaseworkRow,
    HiddenCount,
    Quarter,
)
from wardblog.places.columns import Row
from wardblog.privacy.free_text import has_house_address, is_name_in_any_form, reads_as_text
from wardblog.privacy.names import find_persons
from wardblog.privacy.small_counts import SMALL, Doubt, doubt_about
from wardblog.problems import did_you_mean, has_errors, nearest
from wardblog.report import ParseError, Report
from wardblog.support.late_regex import late_regex

COLUMNS = ("quarter", "issue", "opened", "closed")
_QUARTER = late_regex(r"(?i)(?P<year>\d{4})[ -]?q(?P<n>[1-4])|q(?P<m>[1-4])[ -]?(?P<last>\d{4})")
_NUMBER = late_regex(r"(?:\d{1,6}|\d{1,3},\d{3})(?:\.0+)?")
_HIDDEN = {one.value: one for one in HiddenCount}
_CELLS = (
    f'Write a whole number, "{HiddenCount.FEWER_THAN_5.value}" or "{HiddenCount.NOT_SHOWN.value}".'
)
_TOTALS = {
    Doubt.REVEALS: f'Write "{HiddenCount.NOT_SHOWN.value}" as the total, or for another number.',
    Doubt.IMPOSSIBLE: f'Correct it, or write "{HiddenCount.NOT_SHOWN.value}".',
}


def read_casework_counts(
    text: str, issues: Sequence[str], report: Report
) -> tuple[CaseworkQuarter, ...]:
    """The quarters, newest first. `issues` are the names of the site's issues.

    An issue that is gone keeps its name, unless that is one of a person or a place.

    Mistakes are reported, and those rows left out.
    """
    try:
        sheet = read_csv(text)
    except ParseError as error:
        report.parse_error(error)
        return ()
    if not _has_columns(sheet.names, report):
        return ()
    reader = _Reader(sheet.names, issues, report)
    for row in sheet.rows:
        with report.at(row.line):
            reader.add(row)
    return reader.quarters()


def _has_columns(names: Sequence[str], report: Report) -> bool:
    """Whether there are the four columns and no other; what is wrong is reported."""
    found = [name.casefold() for name in names if name]
    columns = f"The columns are: {', '.join(COLUMNS)}."
    if twice := duplicate_name(found):
        report.stop(1, f'there are two columns called "{twice}"', "Remove one of them.")
    for name in found:
        if name not in COLUMNS:
            report.stop(
                1, f'there is no column called "{name}" here', did_you_mean(name, COLUMNS, columns)
            )
    missing = [name for name in COLUMNS if name not in found]
    if missing:
        report.stop(1, f'there is no column called "{missing[0]}"', columns)
    return sorted(found) == sorted(COLUMNS)


class _Reader:
    """Collects the rows of each quarter, with their lines."""

    def __init__(self, names: Sequence[str], issues: Sequence[str], report: Report) -> None:
        self._names = {name.casefold(): name for name in names}
        self._issues = (*issues, OTHER_CASES, ALL_CASES)
        self._report = report
        self._rows: dict[Quarter, dict[str, CaseworkRow]] = {}
        self._lines: dict[tuple[Quarter, str], int] = {}

    def add(self, row: Row) -> None:
        """Take a row; raises `ParseError`."""
        cells = {name: row.values.get(self._names[name], "") for name in COLUMNS}
        quarter = parse_quarter(cells["quarter"])
        issue = self._issue(cells["issue"], row.line)
        rows = self._rows.setdefault(quarter, {})
        if issue in rows:
            first = self._lines[quarter, issue]
            raise ParseError(
                f'"{issue}" appears twice for {quarter.key}; the first time on line {first}',
                "Remove one of the two lines.",
            )
        opened, closed = (_count(cells[name], name) for name in ("opened", "closed"))
        rows[issue] = CaseworkRow(issue, opened, closed)
        self._lines[quarter, issue] = row.line

    def _issue(self, written: str, line: int) -> str:
        name = " ".join(written.split())
        if not name:
            raise ParseError(
                "this line has no issue", f'Write its name, "{OTHER_CASES}" or "{ALL_CASES}".'
            )
        known = {issue.casefold(): issue for issue in self._issues}
        if name.casefold() in known:
            return known[name.casefold()]
        if _is_person_or_place(name):
            raise ParseError(
                "this line names a person or a place, and cases are only counted by issue",
                f'Write the name of one of your issues, or "{OTHER_CASES}".',
            )
        if guess := nearest(name, self._issues):
            self._report.warn(
                line, f'there is no issue called "{name}"', f'Did you mean "{guess}"?'
            )
        return name

    def quarters(self) -> tuple[CaseworkQuarter, ...]:
        found = []
        for quarter, rows in sorted(self._rows.items(), reverse=True):
            total = rows.get(ALL_CASES)
            others = tuple(row for row in rows.values() if row is not total)
            counts = CaseworkQuarter(quarter=quarter, rows=others, total=total)
            self._check(counts)
            found.append(counts)
        return tuple(found)

    def _check(self, counts: CaseworkQuarter) -> None:
        """Report a total that gives away what is hidden, once all rows could be read."""
        if counts.total is None or has_errors(self._report.problems):
            return
        opened, closed = ([row.opened for row in counts.rows], [row.closed for row in counts.rows])
        for name, column, total in (
            ("opened", opened, counts.total.opened),
            ("closed", closed, counts.total.closed),
        ):
            if doubt := doubt_about(column, total):
                self._report.stop(
                    self._lines[counts.quarter, ALL_CASES],
                    f'in the column "{name}" of {counts.quarter.key}, {doubt.value}',
                    _TOTALS[doubt],
                )


def _is_person_or_place(name: str) -> bool:
    titled = name.title()
    return bool(
        is_name_in_any_form(name)
        or find_persons(titled, is_alone_enough=True)
        or reads_as_text(name)
        or has_house_address([name])
        or street_in(name)
    )


def parse_quarter(written: str) -> Quarter:
    """`2026-Q3`, `2026 Q3` or `Q3 2026`; raises `ParseError`."""
    match = _QUARTER.fullmatch(" ".join(written.split()))
    if match is None:
        raise ParseError(f'"{written}" is not a quarter', "Write it like this: 2026-Q3")
    return Quarter(int(match["year"] or match["last"]), int(match["n"] or match["m"]))


def _count(written: str, column: str) -> CaseCount:
    words = " ".join(written.split())
    if hidden := _HIDDEN.get(words.casefold()):
        return hidden
    if not _NUMBER.fullmatch(words):
        raise ParseError(f'"{written}" cannot be the number of cases {column}', _CELLS)
    number = int(words.replace(",", "").partition(".")[0])
    if number in SMALL:
        raise ParseError(
            f"{number} is a small number, which could be somebody's own case",
            f'Write "{HiddenCount.FEWER_THAN_5.value}".',
        )
    return number

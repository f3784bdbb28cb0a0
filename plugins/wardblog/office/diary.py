"""Reads private/diary.csv: where the councillor was, and what residents said, in her own words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path

from wardblog.content.tables.sheets import TableSheet, read_csv
from wardblog.places.columns import Row
from wardblog.problems import did_you_mean
from wardblog.report import ParseError, Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.day_cells import parse_day_cell
from wardblog.text.decoding import decode_table, refuse_other_formats

DIARY_FILE = "diary.csv"
# The columns, with other headings for the same. Whatever is not here is never read.
_HEADINGS = {
    "date": ("date", "day", "when"),
    "what": ("what", "event", "meeting", "title", "subject"),
    "where": ("where", "place", "venue", "location"),
    "said": ("said", "heard", "residents said", "what residents said"),
}
DIARY_COLUMNS = ",".join(_HEADINGS)
# Columns about people. They are only compared with what would be published.
_ABOUT_PEOPLE = late_regex(
    r"\b(?:who|whom|with|names?|persons?|people|residents?|contacts?|met|guests?|attendees)\b"
)
_NAME = late_regex(r"[^\W\d_][\w’'-]+")
# Titles, and words that often begin a sentence.
_NO_NAMES = frozenset(
    ("mr", "ms", "mx", "dr", "no", "we", "me", "my", "us", "he", "it", "in", "at", "on", "of",
     "to", "by", "an", "as", "if", "is", "or", "so", "up")
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryEntry:
    """A row of the diary. `line` is its line; what may name people is left out of its `repr`.

    `names_somebody` is whether it has a name from a column about people in its other cells.
    """

    day: date
    what: str = field(default="", repr=False)
    where: str = field(default="", repr=False)
    said: str = field(default="", repr=False)
    line: int = 1
    names_somebody: bool = False


def read_diary(path: Path, report: Report) -> tuple[DiaryEntry, ...]:
    """The entries in the order of their days; none, without a problem, if there is no file.

    A row that cannot be used is reported as a warning, which repeats nothing of it, and left out;
    a file that is not a table is a problem that stops.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        report.stop(None, f"this file cannot be read: {error.strerror}")
        return ()
    return diary_of(data, report)


def diary_of(data: bytes, report: Report) -> tuple[DiaryEntry, ...]:
    """The entries in the bytes of a diary; as `read_diary`."""
    try:
        refuse_other_formats(data, 'In your spreadsheet program, save it as "CSV UTF-8".')
        sheet = read_csv(decode_table(data))
    except ParseError as error:
        report.parse_error(error)
        return ()
    return tuple(sorted(_entries(sheet, report), key=lambda entry: (entry.day, entry.line)))


def _entries(sheet: TableSheet, report: Report) -> Iterator[DiaryEntry]:
    columns = _columns(sheet.names, report)
    if not columns:
        return
    people = _people(sheet, columns.values())
    for row in sheet.rows:
        cells = {name: _cell(row, heading) for name, heading in columns.items()}
        if not any(cells.get(name) for name in ("what", "said")):
            continue
        try:
            day = parse_day_cell(cells.pop("date"))
        except ParseError as error:
            report.warn(row.line, f'"date": {error.message}, so this row was left out', error.hint)
            continue
        if day is None:
            report.warn(row.line, "this row has no date, so it was left out", "Fill it in.")
            continue
        words = {word.casefold() for word in _NAME.findall(" ".join(cells.values()))}
        yield DiaryEntry(
            day=day, line=row.line, names_somebody=not people.isdisjoint(words), **cells
        )


def _people(sheet: TableSheet, ours: Collection[str]) -> frozenset[str]:
    """The words of the columns about people."""
    columns = [
        name for name in sheet.names if name not in ours and _ABOUT_PEOPLE.search(name.casefold())
    ]
    cells = (row.values.get(name, "") for row in sheet.rows for name in columns)
    found = {word for cell in cells for word in _NAME.findall(cell) if word[0].isupper()}
    return frozenset(word.casefold() for word in found) - _NO_NAMES


def _columns(names: Sequence[str], report: Report) -> dict[str, str]:
    """The heading of each of our columns; none if there is no column of dates."""
    plain = {" ".join(name.casefold().replace("_", " ").split()): name for name in reversed(names)}
    found = {
        column: next(plain[one] for one in headings if one in plain)
        for column, headings in _HEADINGS.items()
        if any(one in plain for one in headings)
    }
    for column in ("date", "what"):
        if column not in found and names:
            report.stop(
                1,
                f'there is no column called "{column}"',
                did_you_mean(column, names, f"The first row must be: {DIARY_COLUMNS}."),
            )
    return found if {"date", "what"} <= found.keys() else {}


def _cell(row: Row, heading: str) -> str:
    return " ".join(row.values.get(heading, "").split())

"""Keeps the subscribers in private/subscribers.csv, which a councillor can read and edit."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime
from io import StringIO
from pathlib import Path

from wardblog.office.private_lock import private_lock
from wardblog.office.subscribers.address import address_key, parse_address
from wardblog.office.subscribers.subscriber import Subscriber, SubscriberList, SubscriberState
from wardblog.problems import ContentError
from wardblog.report import ParseError, Report
from wardblog.support.private_files import private_folder, write_private
from wardblog.text.decoding import read_utf8

SUBSCRIBERS_FILE = "subscribers.csv"
_COLUMNS = tuple(field.name for field in fields(Subscriber))
_LOCK = ".subscribers.lock"


@contextmanager
def subscribers_locked(private: Path) -> Iterator[None]:
    """Let nobody else send or change the list meanwhile; raises `CommandError` if somebody does."""
    doing = "sending the newsletter or changing the list of subscribers"
    with private_lock(private, _LOCK, doing):
        yield


def load_subscribers(private: Path) -> SubscriberList:
    """Return the subscribers; raises `ContentError` with the line of what cannot be read."""
    path = private / SUBSCRIBERS_FILE
    if not path.exists():
        return SubscriberList()
    report = Report(SUBSCRIBERS_FILE)
    text = read_utf8(path, report) or ""
    subscribers = SubscriberList(_rows(text, report))
    if report.problems:
        raise ContentError(report.problems, private)
    return subscribers


def save_subscribers(private: Path, subscribers: Iterable[Subscriber]) -> None:
    """Replace the list atomically; it is on the disk before anything else is recorded."""
    private_folder(private)
    path = private / SUBSCRIBERS_FILE
    write_private(path, as_csv(subscribers))
    if os.name != "nt":  # Windows cannot do so for a file that is only read
        with path.open("rb") as file:
            os.fsync(file.fileno())


def as_csv(subscribers: Iterable[Subscriber]) -> bytes:
    """The list as a spreadsheet reads it."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")  # RFC 4180
    writer.writerow(_COLUMNS)
    for one in subscribers:
        writer.writerow([_cell(getattr(one, name)) for name in _COLUMNS])
    return file.getvalue().encode()


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def rows_of(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a list with headings, by their line; the headings in small letters.

    Raises `ParseError` with its line where a row cannot be read.
    """
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    begin = 1
    try:
        headings = [heading.strip().casefold() for heading in next(reader, [])]
        begin = reader.line_num + 1
        for cells in reader:
            begin = reader.line_num + 1
            if any(cell.strip() for cell in cells):
                row = {h: cell.strip() for h, cell in zip(headings, cells, strict=False)}
                yield reader.line_num, {h: row.get(h, "") for h in headings}
    except csv.Error:
        raise ParseError(
            "a quotation mark in this row is not closed", "Close or remove it.", begin
        ) from None


def readable_rows(text: str, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows up to one that cannot be read, which is reported."""
    try:
        yield from rows_of(text)
    except ParseError as error:
        report.parse_error(error)


def _rows(text: str, report: Report) -> Iterator[Subscriber]:
    seen: dict[str, int] = {}
    for line, row in readable_rows(text, report):
        try:
            subscriber = _subscriber(row)
        except ParseError as error:
            report.stop(line, error.message, error.hint)
            continue
        first = seen.setdefault(address_key(subscriber.address), line)
        if first != line:
            report.stop(line, f"this address is on line {first} as well", "Keep one of the two.")
        yield subscriber


def _subscriber(row: dict[str, str]) -> Subscriber:
    missing = [name for name in _COLUMNS if name not in row]
    if missing:
        raise ParseError(
            f'there is no column "{missing[0]}"', f"The columns are: {', '.join(_COLUMNS)}."
        )
    try:
        state = SubscriberState(row["state"].casefold())
    except ValueError:
        raise ParseError(
            'cannot read the "state"', f"Write one of: {', '.join(SubscriberState)}."
        ) from None
    return Subscriber(
        address=parse_address(row["address"]),
        state=state,
        date=parse_day(row["date"]),
        consent=row["consent"],
        message_id=row["message_id"],
        token=row["token"],
        asked=parse_day(row["asked"]) if row["asked"] else None,
        reason=row["reason"],
    )


def parse_day(written: str) -> date:
    """Return the date of "2026-11-29", or of "29/11/2026", as British spreadsheets write it.

    Raises `ParseError`.
    """
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"):
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ParseError(
        f'cannot read "{written[:30]}" as a date', "Write it as year, month and day: 2026-11-29."
    )

"""Reads from the private folder who agreed to be named under a published reply.

Only whether one of the names in `Reply` lines is recorded leaves this module. Nothing of the file
is cached or repeated in a message, so that its other columns stay private.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from wardblog.model import Site
from wardblog.privacy.signatures import comparable_name, names_in_signature
from wardblog.problems import Problem
from wardblog.report import ParseError, Report
from wardblog.text.words import long_date

CONSENTS_FILE = "consents.csv"
COLUMNS = ("name", "date", "how")
_EXAMPLE = 'Its columns are name, date and how, such as "Jane Doe,2026-11-28,by e-mail".'
_HOW = 'Write how the person agreed, such as "by e-mail" or "on paper".'


def read_consents(private: Path, site: Site) -> tuple[frozenset[str], list[Problem]]:
    """Those of the names in the site's replies whose consent is recorded, and what is wrong.

    The names are as `names_in_signature` gives them. The file is not opened if no reply has a name.
    """
    names = {
        name
        for post in site.posts
        for reply in post.replies
        for name in names_in_signature(reply.who)
    }
    path = private / CONSENTS_FILE
    report = Report(str(path.absolute()))  # it is not in the content folder
    if not names or not path.is_file():
        return frozenset(), []
    try:
        data = path.read_bytes()
    except OSError as error:
        report.stop(
            None, f"this file cannot be read: {error.strerror}", "Check who is allowed to read it."
        )
        return frozenset(), report.problems
    return frozenset(_recorded(data, names, site.today, report)), report.problems


def _recorded(data: bytes, names: Collection[str], today: date, report: Report) -> Iterator[str]:
    """The names that have a complete row."""
    # late import: see docs/architecture.md
    from wardblog.content.tables.sheets import read_csv
    from wardblog.text.decoding import decode_table, refuse_other_formats

    try:
        refuse_other_formats(data, 'In your spreadsheet program, save it as "CSV UTF-8".')
        sheet = read_csv(decode_table(data))
    except ParseError as error:
        report.parse_error(error)
        return
    columns = {name.casefold(): name for name in reversed(sheet.names)}
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        report.stop(1, f'there is no column called "{missing[0]}"', _EXAMPLE)
        return
    wanted: dict[str, list[str]] = {}
    for name in names:
        wanted.setdefault(comparable_name(name), []).append(name)
    for row in sheet.rows:
        cells = {name: row.values.get(columns[name], "").strip() for name in COLUMNS}
        found = wanted.get(comparable_name(cells["name"]), ())
        if found and _is_complete(cells["date"], cells["how"], today, row.line, report):
            yield from found


def _is_complete(written: str, how: str, today: date, line: int, report: Report) -> bool:
    """Whether a row says when and how somebody agreed; otherwise that is reported."""
    # late import: see docs/architecture.md
    from wardblog.text.day_cells import parse_day_cell

    try:
        day = parse_day_cell(written)
    except ParseError as error:
        report.stop(line, f'"date": {error.message}', error.hint)
        return False
    if day is None:
        report.stop(
            line,
            "this line does not say when the person agreed",
            'Write the day under "date", such as 2026-11-28.',
        )
    elif day > today:
        report.stop(
            line,
            f"this line says that the person agreed on {long_date(day)}, which is in the future",
            'Write the day on which the person agreed under "date".',
        )
    elif not how:
        report.stop(line, "this line does not say how the person agreed", _HOW)
    return day is not None and day <= today and bool(how)

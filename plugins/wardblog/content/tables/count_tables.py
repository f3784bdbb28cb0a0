"""Reads a table of counts: words that are safe to publish, and numbers; nothing else of it.

A column is left out unless it is clear what it holds. Rows that then have the same words are added
up, so that a list with a row for each report becomes no list of reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from wardblog.content.tables.column_names import Kind, kind_of, may_name_people
from wardblog.content.tables.sheets import TableSheet, duplicate_name, is_sum, is_total
from wardblog.model import CountRow, CountTable
from wardblog.places.cells import is_missing, parse_number
from wardblog.places.columns import Row, find_columns, plain_name
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import clean_name
from wardblog.text.postcodes import ANY_POSTCODE
from wardblog.text.words import MONTHS, counted

_MOST_ROWS, _MOST_COLUMNS = 5000, 40
_LONGEST_CELL, _MOST_WORDS = 80, 10
# Columns of our own downloads, and of addresses.
_OURS = ("as_of", "attribution")
_LINKS = ("link", "links", "url", "web", "webpage")
_ADDRESS = re.compile(r"https?://[^\s/?#@<>\"']+(?:[/?#][^\s<>\"']*)?", re.IGNORECASE)
_NUMBERED = ("id", "ref", "no", "uprn", "usrn", "number", "phone", "mobile", "postcode")
# Their numbers are not counts, and must not be added up.
_TIMES = ("year", "month", "quarter", "week", "financialyear")
# A column of one half of a position, which is not a position without the other.
_POSITION = re.compile(
    r"lat(?:itude)?|lon(?:g|gitude)?|lng|east(?:ing)?s?|north(?:ing)?s?|[xy]|grid\w*|geo\w*|wkt"
    r"|coord\w*|position\w*"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountColumns:
    """The names of the columns that are published, and of those that are not."""

    words: tuple[str, ...]
    counts: tuple[str, ...]
    link: str
    left_out: tuple[str, ...]


def read_counts(sheet: TableSheet, is_sensitive: bool, report: Report) -> CountTable | None:
    """The table, or None with a problem if no column of it can be published.

    With `is_sensitive` it is about complaints: then streets, days and links are left out as well.
    """
    if twice := duplicate_name(sheet.names):
        report.warn(1, f'two columns are called "{twice}"', "The first of them is used.")
    rows = _without_totals([row for row in sheet.rows if any(row.values.values())])
    if not rows:
        report.stop(None, "this file has no rows", "Put the table in it, with names above it.")
        return None
    if len(rows) > _MOST_ROWS:
        rows_in_words = counted(len(rows), "row")
        report.stop(
            None,
            f"this table has {rows_in_words}, which is too many for a page",
            "Add the rows up in your spreadsheet program first.",
        )
        return None
    parts = parts_of(sheet, rows, is_sensitive)
    if not parts.counts:
        report.stop(
            1,
            "no column of this table has numbers that can be published",
            'A table has words and numbers, such as "category" and "reports". For a list of '
            'places, remove show = "table" in {content}/issues.toml.',
        )
        return None
    _report_left_out(parts, report)
    return CountTable(words=parts.words, counts=parts.counts, rows=_added_up(parts, rows))


def _without_totals(rows: list[Row]) -> list[Row]:
    """The rows without those that add up others: the page has a total of its own."""
    kept = [row for row in rows if not is_total(row) and not _is_total_row(row)]
    return kept[:-1] if len(kept) > 2 and is_sum(kept[-1], kept[:-1]) else kept


def _is_total_row(row: Row) -> bool:
    first = next(filter(None, row.values.values()), "")
    return first.casefold().strip(" :") in ("total", "totals", "all", "grand total")


def parts_of(sheet: TableSheet, rows: Sequence[Row], is_sensitive: bool) -> CountColumns:
    """Which columns of a table of counts are published."""
    names = [name for name in dict.fromkeys(sheet.names) if name]
    located = find_columns(sheet.names, list(rows), sheet.is_map_data, Report(""))
    positions = located.positions if located else ()
    words, counts, links, left_out = list[str](), list[str](), list[str](), list[str]()
    for name in names:
        cells = [row.values.get(name, "") for row in rows]
        if not any(cells) or plain_name(name) in map(plain_name, _OURS):
            continue
        is_position = name in positions or _POSITION.fullmatch(plain_name(name))
        if is_position or _may_be_people(name) or len(names) > _MOST_COLUMNS:
            left_out.append(name)
        elif plain_name(name) in _LINKS:
            (left_out if is_sensitive or not _are_links(cells) else links).append(name)
        elif _are_counts(name, cells):
            counts.append(name)
        elif _are_labels(name, cells, is_sensitive):
            words.append(name)
        else:
            left_out.append(name)
    return CountColumns(
        words=tuple(words), counts=tuple(counts), link=links[0] if links else "",
        left_out=tuple(left_out),
    )  # fmt: skip


def _may_be_people(name: str) -> bool:
    """Whether a column is about people, or is called like one, as in a table of officers."""
    # late import: see docs/architecture.md
    from wardblog.privacy.free_text import is_given_name

    is_month = name.casefold() in map(str.casefold, MONTHS)
    is_person = not is_month and is_given_name(name)
    return may_name_people(name) or is_person or not is_label(name) or _is_personal([name])


def _are_counts(name: str, cells: Sequence[str]) -> bool:
    """Whether a column holds how many there are, and no numbers of cases, houses or telephones."""
    if plain_name(name) in _TIMES:
        return False
    if plain_name(name).endswith(_NUMBERED) and kind_of(name) is Kind.NUMBER:
        return False
    numbers = [parse_number(cell) for cell in cells if cell and not is_missing(cell)]
    return bool(numbers) and all(
        number is not None and 0 <= number < 10**7 for number in numbers
    ) and not _is_personal(cells)  # fmt: skip


def _are_labels(name: str, cells: Sequence[str], is_sensitive: bool) -> bool:
    """Whether a column holds a few words each, such as categories, streets and months."""
    # late import: see docs/architecture.md
    from wardblog.privacy.free_text import is_given_name

    kind, distinct = kind_of(name), {cell for cell in cells if cell}
    if kind in (Kind.PEOPLE, Kind.NOTES, Kind.TEXT, Kind.NUMBER):
        return False
    if plain_name(name) not in _TIMES and all(parse_number(cell) is not None for cell in distinct):
        return False
    if is_sensitive and (kind in (Kind.NAME, Kind.WHERE) or any(map(_DAY.search, distinct))):
        return False
    if 2 * sum(map(is_given_name, distinct)) > len(distinct):
        return False
    return all(map(is_label, distinct)) and not _is_personal(distinct)


def is_label(cell: str) -> bool:
    """Whether a cell is the name of a thing, a street or a category, not of a person or a text."""
    # late import: see docs/architecture.md
    from wardblog.privacy.free_text import (
        has_house_address,
        has_titled_name,
        is_name_in_any_form,
        is_sentence,
    )

    if len(cell) > _LONGEST_CELL or len(cell.split()) > _MOST_WORDS:
        return False
    if ANY_POSTCODE.search(cell) or has_house_address((cell,)):
        return False
    return not (is_name_in_any_form(cell) or is_sentence(cell) or has_titled_name(cell))


def _is_personal(cells: Iterable[str]) -> bool:
    # late import: see docs/architecture.md
    from wardblog.privacy import find_personal

    return bool(find_personal("\n\n".join(dict.fromkeys(filter(None, cells)))))


def _are_links(cells: Sequence[str]) -> bool:
    return all(_ADDRESS.fullmatch(cell) for cell in cells if cell)


def _report_left_out(parts: CountColumns, report: Report) -> None:
    if parts.left_out:
        *before, last = (f'"{name}"' for name in parts.left_out)
        quoted = f"{', '.join(before)} and {last}" if before else last
        are = "column {} is" if len(parts.left_out) == 1 else "columns {} are"
        report.note(
            1,
            f"the {are.format(quoted)} not published, since a table shows only counts and short "
            "names of things",
        )


def _added_up(parts: CountColumns, rows: Sequence[Row]) -> tuple[CountRow, ...]:
    """The rows in their order; those with the same words are one."""
    sums: dict[tuple[str, ...], list[float]] = {}
    links: dict[tuple[str, ...], str] = {}
    for row in rows:
        words = tuple(_word(row.values.get(name, "")) for name in parts.words)
        numbers = [parse_number(row.values.get(name, "")) or 0.0 for name in parts.counts]
        before = sums.setdefault(words, [0.0] * len(numbers))
        sums[words] = [a + b for a, b in zip(before, numbers, strict=True)]
        links.setdefault(words, row.values.get(parts.link, "") if parts.link else "")
    return tuple(
        CountRow(words=words, counts=tuple(numbers), link=links[words])
        for words, numbers in sums.items()
    )


def _word(cell: str) -> str:
    return "" if is_missing(cell) else clean_name(cell)

"""What the columns of a spreadsheet of answers hold, by their headings and their cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from wardblog.office.answers.asked import AskedPost
from wardblog.office.answers.headings import (
    asked_by,
    is_about_something_else,
    is_of_names,
    named_columns,
)
from wardblog.office.answers.sheet import Line, column_name
from wardblog.office.answers.written import answers_in, key_of_cell
from wardblog.problems import UsageError
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.day_cells import parse_day_cell

_HOUR = late_regex(r"\b\d{1,2}:\d\d\b")
_ADDRESS = late_regex(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_SEARCHED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerColumns:
    """The columns, by their numbers from 0, and the lines below the headings.

    `named` has the columns with known headings, and `asked` those that hold the answers to one
    question. `others` are about something else, and are not read; `has_names` is whether one of
    them has names. `has_doubtful_numbers` is whether there is a column of numbers that may be
    those of answers, or not.
    """

    lines: Sequence[Line]
    named: Mapping[str, int] = field(default_factory=dict)
    asked: Mapping[int, AskedPost] = field(default_factory=dict)
    others: frozenset[int] = frozenset()
    has_names: bool = False
    has_doubtful_numbers: bool = False

    @property
    def is_form(self) -> bool:
        """Whether a form wrote it, which notes when each answer came, or from whom."""
        return "time" in self.named or "address" in self.named


def columns_of(lines: Sequence[Line], asked: Mapping[str, AskedPost]) -> AnswerColumns:
    """Find the headings, and what the columns hold.

    Raises `UsageError` if several columns may have the answers to one question.
    """
    at = _headings_at(lines, asked)
    headings = lines[at].cells if at is not None else ()
    below = lines[at + 1 :] if at is not None else lines
    named = named_columns(headings)
    for name, is_such in (("address", _is_address), ("time", _is_moment)):
        if name not in named and (column := _of_kind(below, is_such)) is not None:
            named[name] = column
    columns = {
        number: one
        for number, heading in enumerate(headings)
        if (one := asked_by(heading, asked)) and number not in named.values()
    }
    others = frozenset(
        number
        for number, heading in enumerate(headings)
        if number not in columns and is_about_something_else(heading)
    )
    read = [[cell for n, cell in enumerate(line.cells) if n not in others] for line in below]
    has_codes = any(answers_in(cell, asked) for cells in read for cell in cells)
    if not columns and not has_codes and "answer" not in named:
        columns = _by_cells(below, asked, {*named.values(), *others})
    _refuse_two(columns)
    is_doubtful = _has_doubtful_numbers(below, named)
    return AnswerColumns(
        lines=below,
        named=named,
        asked=columns,
        others=others,
        has_names=any(is_of_names(headings[number]) for number in others),
        has_doubtful_numbers=is_doubtful
        if headings
        else _of_kind(below, str.isdecimal) is not None,
    )


def _has_doubtful_numbers(below: Sequence[Line], named: dict[str, int]) -> bool:
    """Take a column such as "total" for the counts if there are codes, and none in a form's export.

    Returns whether there are numbers below such a heading that may or may not be counts.
    """
    total = named.pop("sum", None)
    if "time" in named or "address" in named:
        named.pop("count", None)
        return False
    if total is None or "count" in named:
        return False
    if "code" in named:
        named["count"] = total
        return False
    return any(line.cell(total).replace(",", "").isdecimal() for line in below)


def _headings_at(lines: Sequence[Line], asked: Mapping[str, AskedPost]) -> int | None:
    """The line of headings: one that is known, else that above the first answer, or None."""
    for number, line in enumerate(lines[:_SEARCHED]):
        below = lines[number + 1] if number + 1 < len(lines) else Line(0, ())
        if named_columns(line.cells) or any(
            asked_by(cell, asked) and not answers_in(below.cell(column), asked)
            for column, cell in enumerate(line.cells)
        ):
            return number
        if any(answers_in(cell, asked) for cell in line.cells):
            return number - 1 if number else None
    first = lines[0].cells if lines else ()
    has_answer = any(key_of_cell(cell, one) for cell in first for one in asked.values())
    return 0 if first and not has_answer else None


def _is_moment(cell: str) -> bool:
    """Whether a cell has a day with a time."""
    hour = _HOUR.search(cell)
    if hour is None:
        return False
    try:
        return parse_day_cell(cell[: hour.start()].rstrip(" T,")) is not None
    except ParseError:
        return True  # such as one with the month first


def _is_address(cell: str) -> bool:
    return _ADDRESS.fullmatch(cell) is not None


def _of_kind(lines: Sequence[Line], is_such: Callable[[str], bool]) -> int | None:
    """The first column in which most cells that are not empty are of a kind."""
    for number in range(max((len(line.cells) for line in lines), default=0)):
        cells = [cell for line in lines if (cell := line.cell(number))]
        if cells and sum(map(is_such, cells)) * 2 > len(cells):
            return number
    return None


def _by_cells(
    lines: Sequence[Line], asked: Mapping[str, AskedPost], others: set[int]
) -> dict[int, AskedPost]:
    """Columns whose cells are all answers to one question, and to no other."""
    found: dict[int, AskedPost] = {}
    for number in range(max((len(line.cells) for line in lines), default=0)):
        cells = {cell for line in lines if (cell := line.cell(number))}
        if number in others or not cells:
            continue
        fits = [one for one in asked.values() if all(key_of_cell(cell, one) for cell in cells)]
        if len(fits) == 1:
            found[number] = fits[0]
    return found


def _refuse_two(columns: Mapping[int, AskedPost]) -> None:
    """Raise `UsageError` if several columns may have the answers to one question."""
    for one in columns.values():
        same = [column_name(number) for number, other in columns.items() if other is one]
        if len(same) > 1:
            raise UsageError(
                f"The columns {' and '.join(same)} may both have the answers to {one.code}",
                "Delete the wrong one from the file.",
            )

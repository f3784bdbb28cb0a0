"""What the columns of a spreadsheet of answers hold, by their headings and their cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from wardblog.office.answers.asked import AskedPost
from wardblog.office.answers.sheet import Line
from wardblog.office.answers.written import answers_in, key_of_cell, plain_words
from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex
from wardblog.text.day_cells import parse_day_cell

_HEADINGS = {
    "code": ("code", "codes"),
    "question": ("question", "questions", "cwestiwn"),
    "answer": ("answer", "choice", "option", "chosen", "vote", "ateb"),
    "count": ("count", "counts", "total", "votes", "answers", "how many", "people",
              "slips", "tally", "number of answers", "nifer"),
    "channel": ("channel", "how"),
    "time": ("timestamp", "time", "start time", "completion time", "submitted", "submitted at",
             "submission date", "submission time", "date submitted", "time submitted",
             "date and time", "response date", "last modified time"),
    "address": ("email", "e mail", "email address", "e mail address", "your email", "username",
                "your email address", "respondent email", "user", "your e mail address"),
}  # fmt: skip
_HOUR = late_regex(r"\b\d{1,2}:\d\d\b")
_ADDRESS = late_regex(r"[^\s@]+@[^\s@]+\.[^\s@]+")
# A heading resembles a question of which so many letters are the same.
_LONG_ENOUGH = 10
_SEARCHED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerColumns:
    """The columns, by their numbers from 0, and the lines below the headings.

    `named` has the columns of `_HEADINGS`, and `asked` those that hold the answers to one question.
    `unnamed_number` is a column of numbers in a file without headings, or None.
    """

    lines: Sequence[Line]
    named: Mapping[str, int] = field(default_factory=dict)
    asked: Mapping[int, AskedPost] = field(default_factory=dict)
    unnamed_number: int | None = None

    @property
    def is_form(self) -> bool:
        """Whether a form wrote it, which notes when each answer came, or from whom."""
        return "time" in self.named or "address" in self.named


def columns_of(lines: Sequence[Line], asked: Mapping[str, AskedPost]) -> AnswerColumns:
    """Find the headings, and what the columns hold."""
    at = _headings_at(lines, asked)
    headings = lines[at].cells if at is not None else ()
    below = lines[at + 1 :] if at is not None else lines
    named = _named(headings)
    for name, is_such in (("address", _is_address), ("time", _is_moment)):
        if name not in named and (column := _of_kind(below, is_such)) is not None:
            named[name] = column
    columns = {
        number: one
        for number, heading in enumerate(headings)
        if (one := _asked_by(heading, asked)) and number not in named.values()
    }
    has_codes = any(answers_in(cell, asked) for line in below for cell in line.cells)
    if not columns and not has_codes and "answer" not in named:
        columns = _by_cells(below, asked, {*named.values()})
    return AnswerColumns(
        lines=below,
        named=named,
        asked=columns,
        unnamed_number=None if headings else _of_kind(below, str.isdecimal),
    )


def _headings_at(lines: Sequence[Line], asked: Mapping[str, AskedPost]) -> int | None:
    """The line of headings: one that is known, else that above the first answer, or None."""
    for number, line in enumerate(lines[:_SEARCHED]):
        below = lines[number + 1] if number + 1 < len(lines) else Line(0, ())
        if _named(line.cells) or any(
            _asked_by(cell, asked) and not answers_in(below.cell(column), asked)
            for column, cell in enumerate(line.cells)
        ):
            return number
        if any(answers_in(cell, asked) for cell in line.cells):
            return number - 1 if number else None
    first = lines[0].cells if lines else ()
    has_answer = any(key_of_cell(cell, one) for cell in first for one in asked.values())
    return 0 if first and not has_answer else None


def _named(headings: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, heading in enumerate(headings):
        words = plain_words(heading)
        for name, ways in _HEADINGS.items():
            if words in ways:
                found.setdefault(name, number)
    return found


def _asked_by(heading: str, asked: Mapping[str, AskedPost]) -> AskedPost | None:
    """The question that a heading asks, or whose code it has; None for an answer with a code."""
    if found := answers_in(heading, asked):
        code, key = next(iter(found.items()))
        return None if key else asked[code]
    words = plain_words(heading)
    for one in asked.values():
        own = plain_words(one.post.question)
        short, long = sorted((words, own), key=len)
        if own and (words == own or (len(short) >= _LONG_ENOUGH and short in long)):
            return one
    return None


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
    """Columns whose cells are all answers in words to one question, and to no other."""
    found = {}
    for number in range(max((len(line.cells) for line in lines), default=0)):
        cells = {cell for line in lines if (cell := line.cell(number))}
        if number in others or not cells:
            continue
        fits = [one for one in asked.values() if all(key_of_cell(cell, one) for cell in cells)]
        if len(fits) == 1:
            found[number] = fits[0]
    return found

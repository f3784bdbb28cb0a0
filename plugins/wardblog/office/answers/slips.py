"""Counts answers in a spreadsheet: slips of paper, the rows of a form's export, or totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta, timezone, tzinfo
from pathlib import Path

from wardblog.model import Channel
from wardblog.model.events import LONDON
from wardblog.office.answers.asked import AskedPost
from wardblog.office.answers.columns import AnswerColumns, columns_of
from wardblog.office.answers.count import Aside, CodeCount, LastAnswers
from wardblog.office.answers.senders import Senders
from wardblog.office.answers.sheet import Line, column_name, read_lines
from wardblog.office.answers.written import answers_in, key_of_cell, plain_words
from wardblog.problems import UsageError, display_path
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.day_cells import parse_day_cell

_CHANNELS = {
    "paper": Channel.PAPER, "slip": Channel.PAPER, "slips": Channel.PAPER, "papur": Channel.PAPER,
    "form": Channel.FORM, "online": Channel.FORM, "ffurflen": Channel.FORM,
}  # fmt: skip
_NUMBER = late_regex(r"\d{1,6}|\d{1,3},\d{3}")
_HOUR = late_regex(r"(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*([ap]m)?", 2)
# How far a time is from that of Greenwich: "Z", "GMT+1", "+01:00".
_OFFSET = late_regex(r"\s*(Z|UTC|GMT|BST)?\s*([+\u2212-]\d{1,2}(?::?\d\d)?)?(?!\d)", 2)
_FIGURES = late_regex(r"(\d{1,2})([/.-])(\d{1,2})([/.-]\d{2,4}\b.*)", 16)
# So many lines are named that have no answer.
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCount:
    """What a spreadsheet has, by channel and code, and the lines without an answer.

    `notes` are sentences about how it was read; they quote no cell.
    """

    counts: Mapping[Channel, Mapping[str, CodeCount]]
    unread: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


def count_sheet(path: Path, asked: Mapping[str, AskedPost]) -> SheetCount:
    """Count the answers in a file.

    Raises `UsageError` if there are none, or if it is not clear whether they are from paper or a
    form, and `OSError`.
    """
    columns = columns_of(read_lines(path), asked)
    if columns.has_doubtful_numbers:
        raise UsageError(
            f"It is not clear what the numbers in {display_path(path)} are",
            'If they are how many chose an answer, write "code" and "count" above the columns; '
            "otherwise delete the column.",
        )
    counter = _Counter(display_path(path), columns, asked)
    for line in columns.lines:
        counter.add(line)
    return counter.result()


class _Counter:
    """Takes the lines of one file."""

    def __init__(self, name: str, columns: AnswerColumns, asked: Mapping[str, AskedPost]) -> None:
        self._name, self._columns, self._asked = name, columns, asked
        self._senders = Senders()
        self._counts: dict[tuple[Channel, str], LastAnswers] = {}
        self._unread: list[int] = []
        self._unclear: list[int] = []
        self._is_american = _is_american(columns)

    def add(self, line: Line) -> None:
        answers = list(self._answers(line))
        if not answers:
            self._unread.append(line.number)
            return
        if not all(key for _, key in answers):
            self._unclear.append(line.number)
        channel, number = self._channel(line), self._number(line)
        address = line.cell(self._columns.named.get("address"))
        moment = self._moment(line)
        for one, key in answers:
            count = self._counts.setdefault((channel, one.code), LastAnswers(one))
            if not key:
                count.aside[Aside.UNCLEAR] += number
                continue
            if "@" not in address:
                count.add_unnamed(number, key, moment)
            elif number:
                count.add(self._senders.digest(address), key, moment)
                count.aside[Aside.AGAIN] += number - 1

    def _answers(self, line: Line) -> Iterator[tuple[AskedPost, str]]:
        """The answers of a line with their questions; the key is "" where it is not clear."""
        for number, one in self._columns.asked.items():
            if cell := line.cell(number):
                yield one, key_of_cell(cell, one)
        if self._columns.asked:
            return
        found = self._coded(line)
        if found:
            yield from ((self._asked[code], key) for code, key in found.items())
            return
        written = line.cell(self._columns.named.get("answer"))
        about = self._question_of(line) if written else None
        if about:
            yield about, key_of_cell(written, about)

    def _coded(self, line: Line) -> dict[str, str]:
        """The answers with a code; the key may be in the column of answers, or beside the code."""
        found: dict[str, str] = {}
        for number, cell in enumerate(line.cells):
            if number in self._columns.others:
                continue
            for code, key in answers_in(cell, self._asked).items():
                beside = self._columns.named.get("answer", number + 1)
                written = "" if beside in self._columns.others else line.cell(beside)
                if not key and plain_words(cell).upper() == code:
                    key = key_of_cell(written, self._asked[code])
                found[code] = key if found.get(code, key) == key else ""
        return found

    def _question_of(self, line: Line) -> AskedPost | None:
        """The question that a line names, or the only one there is."""
        names = [line.cell(self._columns.named.get(name)) for name in ("code", "question")]
        named = [name for name in names if name]
        for name in named:
            for one in self._asked.values():
                if name.upper() == one.code or plain_words(name) == plain_words(one.name):
                    return one
        if named:
            return None
        questions = [one for one in self._asked.values() if one.is_question]
        if len(questions) == 1:
            return questions[0]
        raise UsageError(
            f"{self._name}:{line.number}: it is not clear to which question this is an answer",
            'Add a column "code", with the code of the question in each row.',
        )

    def _channel(self, line: Line) -> Channel:
        written = plain_words(line.cell(self._columns.named.get("channel")))
        if written in _CHANNELS:
            return _CHANNELS[written]
        if self._columns.is_form:
            return Channel.FORM
        if not self._columns.asked:
            return Channel.PAPER
        raise UsageError(
            f"It is not clear whether {self._name} has answers from paper or from a form",
            'Add a column "channel", with "paper" or "form" in each row.',
        )

    def _number(self, line: Line) -> int:
        column = self._columns.named.get("count")
        if column is None:
            return 1
        written = line.cell(column)
        if not _NUMBER.fullmatch(written):
            raise UsageError(
                f"{self._name}:{line.number}: the number of answers is missing, or is not a number",
                "Write a whole number.",
            )
        return int(written.replace(",", ""))

    def _moment(self, line: Line) -> datetime:
        """When a form got the answer; without a time that can be read, before all others."""
        written = line.cell(self._columns.named.get("time"))
        if self._is_american:
            written = _FIGURES.sub(r"\3\2\1\4", written)
        return _parse_moment(written) or datetime.min.replace(tzinfo=LONDON)

    def result(self) -> SheetCount:
        counts = [answers.result() for answers in self._counts.values()]
        if not any(count.total or count.aside.keys() - {Aside.UNCLEAR} for count in counts):
            example = next(iter(self._asked.values()))
            key = next(iter(example.keys))
            rows = _listed(sorted((*self._unread, *self._unclear)))
            raise UsageError(
                f"No row of {self._name} has an answer to one of your questions"
                f"{f'; look at {rows}' if rows else ''}",
                f"Write a known code in each row, such as {example.code}-{key}.",
            )
        found: dict[Channel, dict[str, CodeCount]] = {}
        for (channel, code), answers in self._counts.items():
            found.setdefault(channel, {})[code] = answers.result()
        return SheetCount(counts=found, unread=tuple(self._unread), notes=tuple(self._notes()))

    def _notes(self) -> Iterator[str]:
        for number, one in self._columns.asked.items():
            name = column_name(number)
            yield f'Column {name} was read as the answers to "{one.name}" ({one.code}).'
        if self._unclear:
            yield (
                f"In {_listed(self._unclear)}, there is no answer that the question has, or more "
                "than one."
            )
        if self._columns.has_names and not self._columns.is_form:
            yield "The column of names was not read. Do not type names; delete them from the file."


def _listed(numbers: Sequence[int]) -> str:
    """Rows by their numbers: `rows 2, 3`; "" if there are none."""
    if not numbers:
        return ""
    more = " and others" if len(numbers) > _MOST_NAMED else ""
    word = "row" if len(numbers) == 1 else "rows"
    return f"{word} {', '.join(map(str, numbers[:_MOST_NAMED]))}{more}"


def _is_american(columns: AnswerColumns) -> bool:
    """Whether dates have the month first: one of them has no other meaning."""
    cells = (line.cell(columns.named.get("time")) for line in columns.lines)
    found = [match for cell in cells if (match := _FIGURES.match(cell))]
    return any(int(match[3]) > 12 for match in found)


def _parse_moment(written: str) -> datetime | None:
    """A day with or without a time, which is of London if it does not say from where; or None."""
    hour = _HOUR.search(written)
    try:
        day = parse_day_cell(written[: hour.start()].rstrip(" T,") if hour else written)
        if day is None or hour is None:
            return datetime.combine(day, time(), LONDON) if day else None
        hours = int(hour[1]) % 12 + 12 * (hour[4].lower() == "pm") if hour[4] else int(hour[1])
        at = time(hours, int(hour[2]), int(hour[3] or 0))
    except (ParseError, ValueError):
        return None
    return datetime.combine(day, at, _zone(written[hour.end() :]))


def _zone(written: str) -> tzinfo:
    """The zone that follows a time; London if there is none."""
    match = _OFFSET.match(written)
    if match is None or not (match[1] or match[2]):
        return LONDON
    figures = (match[2] or "").lstrip("+-\u2212").replace(":", "")
    hours, minutes = (figures[:-2], figures[-2:]) if len(figures) > 2 else (figures, "")
    ahead = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    if (match[1] or "").upper() == "BST":
        ahead += timedelta(hours=1)
    is_behind = match[2] is not None and not match[2].startswith("+")
    return timezone(-ahead if is_behind else ahead) if ahead < timedelta(days=1) else LONDON

"""`answers/*.csv`: how many people chose each answer, and how many have the same problem.

`make answers` writes these files. They can be changed by hand, and the content folder may be
public, so each number is looked at again: here alone, and in check/question_counts.py as a part.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from wardblog.content.files import ANSWERS, on_disk
from wardblog.content.tables.sheets import duplicate_name, read_csv
from wardblog.model import (
    FEWEST_ANSWERS,
    FEWEST_ME_TOO,
    FEWEST_WHEN_CLOSED,
    ME_TOO,
    AnswerCounts,
    Channel,
    Post,
)
from wardblog.model.addresses import lasting_address
from wardblog.model.answer_codes import LENGTH, LETTERS
from wardblog.places.columns import Row
from wardblog.problems import Problem, did_you_mean
from wardblog.report import ParseError, Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.day_cells import parse_day_cell
from wardblog.text.decoding import decode_table

COLUMNS = ("code", "answer", "channel", "count", "counted")
ME_TOO_FILE = f"{ANSWERS}me-too.csv"
# More answers than any ward can have.
MOST_ANSWERS = 999_999
# Written instead of the key of an answer: all answers that came in one way, and those by e-mail
# that failed the checks of the provider.
_ALL, _UNVERIFIED = "all", "unverified"
_HIDDEN = f"fewer than {FEWEST_ANSWERS}"
_CODE = late_regex(f"[{LETTERS}]{{{LENGTH}}}")
_KEY = late_regex(r"[A-Z0-9]{1,12}")
_ME_TOO = late_regex(r"me[- ]?too", re.IGNORECASE)
_NUMBER = late_regex(r"(?:\d{1,6}|\d{1,3}(?:[,'’ \u00a0\u202f]\d{3}))(?:[.,]0{1,2})?")
_CHANNELS = {way: channel for channel in Channel for way in (channel.value, channel.name.lower())}
_COUNT_AGAIN = "Run `make answers`, which writes this file."
_EXPORT = (
    "If this is a list of single answers, such as a form's export, move it out of {content} now: "
    "make answers FROM=file counts it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCounts:
    """The counts in one or several files; `lines` are as in `Site.count_lines`."""

    answers: Mapping[str, AnswerCounts] = field(default_factory=dict)
    me_too: Mapping[str, int] = field(default_factory=dict)
    lines: Mapping[str, tuple[str, int]] = field(default_factory=dict)


def counts_file(post: Post) -> str:
    """The file with the counts of a question, such as `answers/2026-11-crossing.csv`."""
    name = re.sub(r"[^\w-]+", "-", unquote(lasting_address(post)).strip("/"))
    return f"{ANSWERS}{name}.csv"


def is_counts_file(file: str) -> bool:
    return file.startswith(ANSWERS) and file.lower().endswith(".csv")


def as_published(counts: AnswerCounts, *, is_open: bool) -> AnswerCounts:
    """The counts as far as they may be published: without numbers if they are few."""
    fewest = FEWEST_ANSWERS if is_open else FEWEST_WHEN_CLOSED
    if counts.total >= fewest or (not is_open and not counts.total):
        return replace(counts, is_hidden=False)
    return AnswerCounts(code=counts.code, day=counts.day, is_hidden=True)


def answer_counts_csv(counts: AnswerCounts, keys: Sequence[str]) -> str:
    """The text of a question's file: a row for each of its `keys`, and one for each channel.

    `counts.day` must be set, and the counts be `as_published`.
    """
    if counts.is_hidden:
        return _csv([(counts.code, _ALL, "", _HIDDEN, _day(counts.day))])
    code, day, days = counts.code, _day(counts.day), counts.days
    rows = [(code, key, "", counts.of(key), day) for key in keys]
    rows += [
        (code, _ALL, way.value, counts.by(way), _day(days.get(way, counts.day)))
        for way in Channel
        if counts.by(way)
    ]
    if counts.unverified:
        rows.append((code, _UNVERIFIED, Channel.EMAIL.value, counts.unverified, day))
    return _csv(rows)


def me_too_csv(counts: Mapping[str, int], day: date) -> str:
    """The text of `ME_TOO_FILE`, from all counts by the code of the report; small ones stay out."""
    shown = sorted((code, n) for code, n in counts.items() if n >= FEWEST_ME_TOO)
    return _csv((code, ME_TOO, "", number, _day(day)) for code, number in shown)


def _day(day: date | None) -> str:
    if day is None:
        raise ValueError("counts are only published with the day on which they were counted")
    return day.isoformat()


def _csv(rows: Iterable[tuple[object, ...]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue()


def read_answer_files(content: Path, files: Iterable[str]) -> tuple[PublicCounts, list[Problem]]:
    """The counts in all those of the content's `files` that hold counts."""
    problems: list[Problem] = []
    answers: dict[str, AnswerCounts] = {}
    me_too: dict[str, int] = {}
    lines: dict[str, tuple[str, int]] = {}
    for file in sorted(filter(is_counts_file, files)):
        report = Report(file)
        found = read_answer_counts(decode_table(on_disk(content, file).read_bytes()), report)
        for what, (_, line) in found.lines.items():
            if what in lines:
                before, at = lines[what]
                report.stop(
                    line,
                    f'"{what}" was counted in {{content}}/{before}:{at} already',
                    "Remove one of the two files.",
                )
                break
        answers |= found.answers
        me_too |= found.me_too
        lines |= found.lines
        problems += report.problems
    return PublicCounts(answers=answers, me_too=me_too, lines=lines), problems


def read_answer_counts(text: str, report: Report) -> PublicCounts:
    """The counts in the text of a file; mistakes are reported, and those rows left out."""
    try:
        sheet = read_csv(text)
    except ParseError as error:
        report.parse_error(error)
        return PublicCounts()
    if not _has_columns(sheet.names, report):
        return PublicCounts()
    reader = _Reader(sheet.names, report)
    for row in sheet.rows:
        with report.at(row.line):
            reader.add(row)
    return reader.counts()


def _has_columns(names: Sequence[str], report: Report) -> bool:
    """Whether there are these columns and no others; what is wrong is reported."""
    found = [name.casefold() for name in names if name]
    columns = f"The columns are: {', '.join(COLUMNS)}."
    others = [name for name in found if name not in COLUMNS]
    missing = [name for name in COLUMNS if name not in found]
    if twice := duplicate_name(found):
        report.stop(1, f'there are two columns called "{twice}"', "Remove one of them.")
    elif missing and others:
        message = "this file does not have the columns of counts"
        report.stop(1, message, f"{columns} {_EXPORT}")
    elif others:
        hint = did_you_mean(others[0], COLUMNS, f"Remove it. {columns}")
        report.stop(1, f'there is no column called "{others[0]}" here', hint)
    elif missing:
        message = f'there is no column called "{missing[0]}"' if names else "this file is empty"
        report.stop(1, message, f"{columns} {_COUNT_AGAIN}" if names else _COUNT_AGAIN)
    return sorted(found) == sorted(COLUMNS)


class _Reader:
    """Collects the rows of each code, with their lines."""

    def __init__(self, names: Sequence[str], report: Report) -> None:
        self._names = {name.casefold(): name for name in names}
        self._report = report
        self._answers: dict[str, AnswerCounts] = {}
        self._me_too: dict[str, int] = {}
        self._rows: dict[tuple[str, str, Channel | None], int] = {}
        self._hidden: dict[str, int] = {}

    def add(self, row: Row) -> None:
        """Take a row; raises `ParseError`."""
        cells = {name: " ".join(row.values.get(self._names[name], "").split()) for name in COLUMNS}
        code, what = _code(cells["code"]), _what(cells["answer"])
        channel = _channel_of(what, cells)
        self._is_first(code, what, channel, row.line)
        day = parse_day_cell(cells["counted"])
        if day is None:
            raise ParseError("this line does not say when it was counted", _COUNT_AGAIN)
        if what == ME_TOO:
            self._me_too[code] = _me_too_number(cells["count"])
            return
        before = self._answers.get(code) or AnswerCounts(code=code)
        before = replace(before, day=max(before.day or day, day))
        if what == _ALL and channel is not None:
            before = replace(before, days={**before.days, channel: day})
        self._answers[code] = _with(before, what, channel, cells["count"])
        if what == _ALL and channel is None:
            self._hidden[code] = row.line

    def _is_first(self, code: str, what: str, channel: Channel | None, line: int) -> None:
        first = self._rows.setdefault((code, what, channel), line)
        if first != line:
            by = f" for {channel.value}" if channel else ""
            raise ParseError(
                f'"{code}-{what}" appears twice{by}; the first time on line {first}',
                "Remove one of the two lines.",
            )

    def counts(self) -> PublicCounts:
        for code, line in self._hidden.items():
            one = self._answers[code]
            if one.answers or one.channels or one.unverified:
                self._report.stop(
                    line,
                    f'this line says "{_HIDDEN}", and other lines have the numbers of "{code}"',
                    f"Remove the other lines, or this one. {_COUNT_AGAIN}",
                )
        self._check_sums()
        lines: dict[str, tuple[str, int]] = {}
        for (code, what, _), line in self._rows.items():
            lines.setdefault(f"{code}-{what}", (self._report.file, line))
        return PublicCounts(answers=self._answers, me_too=self._me_too, lines=lines)

    def _check_sums(self) -> None:
        """The answers of all channels are as many as those that chose one of the answers."""
        for (code, what, channel), line in self._rows.items():
            one = self._answers.get(code)
            if what != _ALL or channel is None or one is None:
                continue
            total = sum(one.channels.values())
            if channel is next(iter(one.channels), None) and total != one.total:
                self._report.stop(
                    line,
                    f'the lines of "{code}" with "{_ALL}" have {total:,} answers together, and '
                    f"those of its single answers {one.total:,}",
                    _COUNT_AGAIN,
                )


def _with(counts: AnswerCounts, what: str, channel: Channel | None, written: str) -> AnswerCounts:
    """The counts with one more row; raises `ParseError`."""
    is_hidden = written.casefold() == _HIDDEN
    is_of_all = what == _ALL and channel is None
    if is_of_all or is_hidden:
        if not (is_of_all and is_hidden):
            raise ParseError(
                f'the line of "{what}" cannot have the count "{written}"',
                f'Only a line whose answer is "{_ALL}", and whose channel is empty, has '
                f'"{_HIDDEN}", and it has no number. {_COUNT_AGAIN}',
            )
        return replace(counts, is_hidden=True)
    number = _number(written)
    if what == _UNVERIFIED:
        return replace(counts, unverified=counts.unverified + number)
    if channel is not None:
        return replace(counts, channels={**counts.channels, channel: number})
    return replace(counts, answers={**counts.answers, what: number})


def _code(written: str) -> str:
    code = written.upper()
    if not _CODE.fullmatch(code):
        raise ParseError(
            f'"{written}" is not the code of a question' if written else "this line has no code",
            f"A code has {LENGTH} letters or digits, such as QH4TZ. {_COUNT_AGAIN}",
        )
    return code


def _what(written: str) -> str:
    """The key of an answer, `ME_TOO`, "all" or "unverified"; raises `ParseError`."""
    if written.casefold() in (_ALL, _UNVERIFIED):
        return written.casefold()
    if _ME_TOO.fullmatch(written):
        return ME_TOO
    key = written.upper()
    if not _KEY.fullmatch(key):
        raise ParseError(
            f'"{written}" is not the letter of an answer' if written else "this line has no answer",
            'Write only what is before the bar in the post: "A" for "Answer: A | By the school".',
        )
    return key


def _channel_of(what: str, cells: Mapping[str, str]) -> Channel | None:
    """The channel of a row; None for those that are about all channels. Raises `ParseError`."""
    written = cells["channel"]
    if what == ME_TOO or (what == _ALL and not written):
        return None
    if what in (_ALL, _UNVERIFIED):
        return _channel(written)
    if written:
        raise ParseError(
            f'the line of "{what}" says how the answers came ("{written}"), which can show what '
            "one person chose",
            f'Only lines with "{_ALL}" have a channel. {_COUNT_AGAIN}',
        )
    return None


def _channel(written: str) -> Channel:
    channel = _CHANNELS.get(written.casefold())
    if channel is None:
        ways = [channel.value for channel in Channel]
        raise ParseError(
            f'"{written}" is not how an answer can come',
            did_you_mean(written, ways, f"Write one of: {', '.join(ways)}."),
        )
    return channel


def _me_too_number(written: str) -> int:
    number = _number(written)
    if number < FEWEST_ME_TOO:
        raise ParseError(
            f"{number} is too small to be published: it could be somebody's own report",
            f"Remove this line; numbers are shown from {FEWEST_ME_TOO} on.",
        )
    return number


def _number(written: str) -> int:
    if not _NUMBER.fullmatch(written):
        raise ParseError(
            f'"{written}" cannot be the number of answers', f"Write a whole number. {_COUNT_AGAIN}"
        )
    return int(re.sub(r"\D", "", re.sub(r"[.,]0{1,2}$", "", written)))

"""The lines of all files of a log, in the order of time.

Rotated files follow one another, and those of cloud providers overlap. Lines that are in two files,
such as in `access.log.1` and in `access.log.1.gz`, are given once.
"""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterator, Sequence
from dataclasses import field
from pathlib import Path

from wardblog.office.statistics.formats import recognised
from wardblog.office.statistics.log_files import LogFile
from wardblog.office.statistics.rows import Form, Row
from wardblog.problems import display_path
from wardblog.support.late_dataclass import dataclass
from wardblog.support.visible import escape_controls_in_line

_LAST = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLog:
    """One file whose format is known, with its first good line."""

    file: LogFile
    form: Form
    begin: Row

    @property
    def first(self) -> int:
        """The second of the first line."""
        return self.begin[2]

    def rows(self) -> Iterator[Row]:
        return self.form.rows(self.file.blocks())


def opened(paths: Sequence[Path]) -> tuple[list[OpenedLog], list[str]]:
    """The files in the order of time, and what is to be said about those that are not logs."""
    found, notes = [], []
    for path in paths:
        try:
            file = LogFile(path)
        except OSError as error:
            notes.append(f"{_shown(path)} was left out: it cannot be read: {error.strerror}.")
            continue
        if not file.start.strip():
            if file.fault:
                notes.append(note_on(file))
            continue
        form = recognised(file.first_lines)
        rows = form.rows(iter([file.first_lines])) if form else ()
        begin = next((row for row in rows if row[3]), None)
        if form is None or begin is None:
            notes.append(f"{_shown(path)} was left out: its format is not known.")
        else:
            found.append(OpenedLog(file=file, form=form, begin=begin))
    return sorted(found, key=lambda one: one.first), notes


def note_on(file: LogFile) -> str:
    return f"{_shown(file.path)}: {file.fault}"


def _shown(path: Path) -> str:
    return escape_controls_in_line(display_path(path))


@dataclass(slots=True, kw_only=True)
class _Running:
    """A file that is being read, and the later ones whose lines it has as well."""

    number: int
    rows: Iterator[Row]
    copies: list[OpenedLog] = field(default_factory=list)
    last: int = 0
    at_last: int = 0

    def note(self, second: int) -> None:
        if second > self.last:
            self.last, self.at_last = second, 1
        elif second == self.last:
            self.at_last += 1


class LogRows:
    """Iterates over the lines of files, which are in the order in which they begin."""

    def __init__(self, files: Sequence[OpenedLog]) -> None:
        self._coming = list(reversed(files))
        # The next line of each file that is being read, by its second.
        self._heap: list[tuple[int, int, Row, _Running]] = []
        self._number = 0

    def __iter__(self) -> Iterator[Row]:
        while self._coming or self._heap:
            if not self._heap:
                yield from self._start(self._coming.pop().rows())
                continue
            _, _, row, running = heapq.heappop(self._heap)
            yield from self._go_on(row, running)

    def _start(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Read a file from here; broken lines come at once."""
        self._number += 1
        for row in rows:
            if row[3]:
                running = _Running(number=self._number, rows=rows)
                heapq.heappush(self._heap, (row[2], running.number, row, running))
                return
            yield row

    def _go_on(self, row: Row, running: _Running) -> Iterator[Row]:
        """Give the lines of a file for as long as no other one has an earlier line."""
        while True:
            yield from self._start_others(row, running)
            if self._heap and row[2] > self._heap[0][0]:
                heapq.heappush(self._heap, (row[2], running.number, row, running))
                return
            if running.copies:
                running.note(row[2])
            yield row
            later = yield from self._quickly(running)
            if later is None:
                if running.copies:
                    yield from self._start(_rest(running))
                return
            row = later

    def _start_others(self, row: Row, running: _Running) -> Iterator[Row]:
        """Begin with the files that begin before this line, unless they are copies."""
        while self._coming and row[2] >= self._coming[-1].first:
            if self._coming[-1].begin == row:
                running.copies.append(self._coming.pop())
            elif row[2] == self._coming[-1].first:
                return  # one of the next lines may be the same
            else:
                yield from self._start(self._coming.pop().rows())

    def _quickly(self, running: _Running) -> Generator[Row, None, Row | None]:
        """Give lines up to the second from which other files have to be considered.

        Returns the line at which it stopped, or None at the end of the file.
        """
        limit = self._limit()
        for row in running.rows:
            if row[3]:
                if row[2] >= limit:
                    return row
                if running.copies:
                    running.note(row[2])
            yield row
        return None

    def _limit(self) -> int:
        """The second from which other files have to be considered."""
        coming = self._coming[-1].first if self._coming else _LAST
        return min(coming, self._heap[0][0] if self._heap else _LAST)


def _rest(running: _Running) -> Iterator[Row]:
    """What the copies of a file have after its end."""
    for copy in running.copies:
        for row in _after(copy.rows(), running.last, running.at_last):
            if row[3]:
                running.note(row[2])
            yield row


def _after(rows: Iterator[Row], last: int, at_last: int) -> Iterator[Row]:
    """The lines that come after so many lines of this second."""
    for row in rows:
        if row[3] and row[2] >= last:
            if row[2] > last or at_last == 0:
                yield row
                break
            at_last -= 1
    yield from rows

"""Collects problems: parsers of values raise, readers of files add the file and the line."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import datetime

from wardblog.problems import Problem, Severity


class ParseError(ValueError):
    """A value that cannot be read, with a hint on how to correct it.

    `line` is set only by parsers of whole files.
    """

    def __init__(self, message: str, hint: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.line = line


class UnknownPlaceError(ParseError):
    """A name that may be in a file that the parser does not know."""


class SkippedHourError(ParseError):
    """A time that does not exist, since clocks go forward then; `meant` is an hour later."""

    def __init__(self, message: str, hint: str, meant: datetime) -> None:
        super().__init__(message, hint)
        self.meant = meant


class Report:
    """The problems of one file, collected while it is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def stop(self, line: int | None, message: str, hint: str = "", rule: str = "") -> None:
        self.problems.append(
            Problem(file=self.file, line=line, message=message, hint=hint, rule=rule)
        )

    def warn(self, line: int | None, message: str, hint: str = "") -> None:
        self.problems.append(
            Problem(file=self.file, line=line, message=message, hint=hint, severity=Severity.WARN)
        )

    def note(self, line: int | None, message: str, hint: str = "") -> None:
        self.problems.append(
            Problem(file=self.file, line=line, message=message, hint=hint, severity=Severity.NOTE)
        )

    def forget(self, lines: Container[int | None]) -> None:
        """Discard the problems on these lines, before a better message about them is added."""
        self.problems = [problem for problem in self.problems if problem.line not in lines]

    @contextmanager
    def at(self, line: int | None) -> Iterator[None]:
        """Turn a `ParseError` raised inside into a problem on this line."""
        try:
            yield
        except ParseError as error:
            self.parse_error(error, line)

    def parse_error(self, error: ParseError, line: int | None = None) -> None:
        self.stop(error.line or line, error.message, error.hint)

"""How a reader tells what it could not read: values raise, files add the file and the line."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import datetime

from wardblog.problems import Problem, Severity


class ParseError(ValueError):  # noqa: N818 - it is no error of ours, so it is not called one
    """A value that cannot be what its author meant, with a hint on how to mend it.

    `line` is known only where a whole file is read at once.
    """

    def __init__(self, message: str, hint: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.line = line


class SkippedHourError(ParseError):
    """An hour that no clock shows, since they go forward in it; `meant` is an hour later."""

    def __init__(self, message: str, hint: str, meant: datetime) -> None:
        super().__init__(message, hint)
        self.meant = meant


class Report:
    """The problems of one file, gathered while it is read."""

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
        """Takes back what was said of these lines, of which there is something better to say."""
        self.problems = [one for one in self.problems if one.line not in lines]

    @contextmanager
    def at(self, line: int | None) -> Iterator[None]:
        """Turns an `Unreadable` raised inside into a problem on this line."""
        try:
            yield
        except ParseError as unreadable:
            self.unreadable(unreadable, line)

    def unreadable(self, unreadable: ParseError, line: int | None = None) -> None:
        self.stop(unreadable.line or line, unreadable.message, unreadable.hint)

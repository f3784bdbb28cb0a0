"""Mistakes in templates, with the file, the line, the name at fault and the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from jinja2 import StrictUndefined, TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from jinja2.utils import missing

from wardblog.problems import Problem, did_you_mean


class TemplateFault(Exception):  # noqa: N818 - a mistake of the template's author, not of ours
    """A template cannot be used; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.file}:{problem.line}: {problem.message}")
        self.problem = problem


class UnknownNameError(UndefinedError):
    """A template uses something undefined: a variable, or an attribute of `owner`."""

    def __init__(self, name: str, owner: object, message: str) -> None:
        super().__init__(message)
        self.name, self.owner = name, owner


class Unknown(StrictUndefined):
    """The value of an undefined name in a template; using it is an error."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        if hint is None:
            self._undefined_exception = partial(UnknownNameError, str(name), obj)  # type: ignore[assignment]


def syntax_fault(error: TemplateSyntaxError, file: Path) -> TemplateFault:
    """The fault of a template that Jinja cannot parse."""
    return TemplateFault(
        Problem(
            file=str(file.absolute()),
            line=error.lineno,
            message=f"this template has a mistake: {error.message}",
            hint="Correct that line: https://jinja.palletsprojects.com/templates/",
        )
    )


def unknown_name(
    error: UndefinedError, folder: Path, page: Path, known: Iterable[str]
) -> TemplateFault:
    """The fault of a template that uses an undefined name.

    `folder` has the templates, `page` is the one of the page, and `known` are its variables.
    """
    # late import: see docs/architecture.md
    import traceback

    steps = traceback.extract_tb(error.__traceback__)
    step = next((s for s in reversed(steps) if Path(s.filename).is_relative_to(folder)), None)
    file, line = (Path(step.filename), step.lineno) if step else (page, None)
    message, hint = _words(error, known)
    return TemplateFault(Problem(file=str(file.absolute()), line=line, message=message, hint=hint))


def _words(error: UndefinedError, known: Iterable[str]) -> tuple[str, str]:
    if not isinstance(error, UnknownNameError):
        return f"this template has a mistake: {error.message}", "Correct that line."
    if error.owner is missing:
        return (
            f'there is no variable called "{error.name}" on this page',
            did_you_mean(
                error.name,
                known,
                f'If only some pages have it, ask first: "{{% if {error.name} is defined %}}".',
            ),
        )
    parts = [name for name in dir(error.owner) if not name.startswith("_")]
    kind = type(error.owner).__name__
    return (
        f'there is nothing called "{error.name}" in a {kind}',
        did_you_mean(error.name, parts, f"It has: {', '.join(parts)}."),
    )

"""Problems (what is wrong, where, and how to fix it), and how they are displayed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path

from wardblog.support.late_dataclass import dataclass
from wardblog.support.visible import escape_controls_in_line

_LONGEST = 600
# How many typing errors a long word may have.
_MOST_ERRORS = 2


class Severity(Enum):
    """Whether a problem stops the build, is shown as a warning, or only shown on request.

    A note is about a decision: an answer of the author's, or data left out for a good reason.
    """

    STOP = "stop"
    WARN = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A problem. `file` is relative to the content folder, `line` counts from 1.

    `{content}` in a message is replaced by the path of the content folder. `rule` is the name of
    the rule that found it, or empty for a file that cannot be read, and `answer` is the author's
    answer to it.
    """

    file: str
    line: int | None
    message: str
    hint: str = ""
    severity: Severity = Severity.STOP
    rule: str = ""
    answer: str = ""

    def as_warning(self) -> Problem:
        """Return the problem as a warning, if it stops the build; a note stays a note."""
        return replace(self, severity=Severity.WARN) if self.severity is Severity.STOP else self

    def answered(self, answer: str) -> Problem:
        return replace(self, severity=Severity.NOTE, answer=answer)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that the word was probably meant to be, or None.

    Words of up to five letters may have one typing error, longer ones two (Damerau-Levenshtein
    distance).
    """
    candidates = tuple(candidates)
    if word in candidates:
        return word
    # late import: see docs/architecture.md
    from jellyfish import damerau_levenshtein_distance as edit_distance

    folded = word.casefold()
    if not _is_text(word):
        return None
    # A word that is longer or shorter by more has too many errors, and to count them takes long.
    # File names may not be valid text.
    near = (c for c in candidates if abs(len(c.casefold()) - len(folded)) <= _MOST_ERRORS)
    scored = sorted((edit_distance(folded, c.casefold()), c) for c in near if _is_text(c))
    if not scored:
        return None
    distance, best = scored[0]
    allowed = 1 if min(len(folded), len(best)) <= 5 else _MOST_ERRORS
    return best if distance <= allowed else None


def _is_text(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def did_you_mean(word: str, candidates: Iterable[str], otherwise: str = "") -> str:
    """Return a hint that begins with the nearest candidate, if there is one."""
    best = nearest(word, candidates)
    guess = f'Did you mean "{best}"?' if best else ""
    return f"{guess} {otherwise}".strip()


def display_path(path: Path) -> str:
    """Return a path relative to the working directory if it is below, else as it is."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _rendered(problem: Problem, content: Path) -> str:
    place = escape_controls_in_line(display_path(content / problem.file)) + (
        f":{problem.line}" if problem.line else ""
    )
    word = "" if problem.severity is Severity.STOP else f"{problem.severity.value}: "
    after = f'You answered: "{problem.answer}"' if problem.answer else problem.hint
    message, hint = (displayed(t, content) for t in (problem.message, after))
    return f"{place}: {word}{message}" + (f"\n  {hint}" if hint else "")


def displayed(text: str, content: Path) -> str:
    """Return a message or hint as it is shown, cut in the middle if it is very long."""
    text = escape_controls_in_line(text.replace("{content}", display_path(content)))
    return text if len(text) <= _LONGEST else text[: _LONGEST // 2] + " … " + text[-_LONGEST // 2 :]


def sorted_unique(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once, sorted by file and line."""
    found: list[Problem] = []
    for problem in sorted(problems, key=lambda p: (p.file, p.line or 0, p.message)):
        for before in reversed(found):
            # To compare all parts of all problems would take ten times as long, and the same
            # message on thousands of lines even longer.
            if (before.line or 0) != (problem.line or 0) or (
                before.message != problem.message or before.file != problem.file
            ):
                found.append(problem)
                break
            if before == problem:
                break
        else:
            found.append(problem)
    return found


def merged(by_file: Mapping[str, Sequence[Problem]], others: Iterable[Problem]) -> list[Problem]:
    """Return `sorted_unique` of all; `by_file` has them already sorted, each once, by file."""
    more: dict[str, list[Problem]] = {}
    for problem in others:
        more.setdefault(problem.file, []).append(problem)
    found: list[Problem] = []
    for file in sorted([*by_file, *(file for file in more if file not in by_file)]):
        own = by_file.get(file, ())
        found += sorted_unique([*more[file], *own]) if file in more else own
    return found


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(p.severity is Severity.STOP for p in problems)


NOTHING_WRITTEN = "Nothing was written."
# Imported archives may have thousands, which would hide the problems that stop the build.
MOST_WARNINGS = 25


def render(
    problems: Iterable[Problem],
    content: Path,
    notes: bool = False,
    ending: str = NOTHING_WRITTEN,
    most: int | None = MOST_WARNINGS,
    fresh: Container[str] = frozenset(),
    is_sorted: bool = False,
) -> str:
    """Return the problems as text for a terminal, ending with a line that counts them.

    At most `most` warnings are shown; those in the files `fresh` come first. `is_sorted` says that
    `sorted_unique` made the problems, of which there may be thousands.
    """
    problems = list(problems) if is_sorted else sorted_unique(problems)
    warnings = [p for p in problems if p.severity is Severity.WARN]
    more = 0 if most is None else max(len(warnings) - most, 0)
    if more:
        first = sorted(warnings, key=lambda p: p.file not in fresh) if fresh else warnings
        warnings = first[:most]
    shown = {id(p) for p in warnings}
    displayed_problems = [
        p
        for p in problems
        if (notes if p.severity is Severity.NOTE else p.severity is Severity.STOP or id(p) in shown)
    ]
    blocks = [_rendered(p, content) for p in displayed_problems]
    if more:
        noun = "warning" if more == 1 else "warnings"
        blocks.append(f"\n{more:,} more {noun}: make check lists them all.")
    stopping = sum(p.severity is Severity.STOP for p in displayed_problems)
    if stopping:
        noun = "problem" if stopping == 1 else "problems"
        blocks.append(f"\n{stopping} {noun}. {ending}")
    return "\n".join(blocks)


class ContentError(SystemExit):
    """The content has problems. As a `SystemExit` it ends Pelican with status 1, no traceback."""

    def __init__(
        self, problems: Iterable[Problem], content: Path, ending: str = NOTHING_WRITTEN
    ) -> None:
        super().__init__(1)
        self.ending = ending
        self.problems = list(problems)
        self.content = content

    def __str__(self) -> str:
        return render(self.problems, self.content, ending=self.ending)


class TemplateFault(Exception):  # noqa: N818 - a mistake of the template's author, not of ours
    """A template cannot be used; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.file}:{problem.line}: {problem.message}")
        self.problem = problem


class CommandError(Exception):
    """A command cannot continue, and has changed nothing."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(CommandError):
    """A command was called with wrong arguments."""


def changed_since_shown(what: str = "published") -> CommandError:
    """The error if what would be done is not what was shown; `what` is "published" or "sent"."""
    return CommandError(
        f"Something has changed since this was shown, so nothing was {what}",
        "Look at it once more as it is now, and decide again.",
    )

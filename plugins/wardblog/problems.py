"""What is wrong, where, and how to mend it; and the one way in which that is told."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from wardblog.support.visible import visible_line

_LONGEST = 600


class Severity(Enum):
    """Whether a problem stops everything, is only told, or is told where somebody asks.

    A note is what was decided: an answer of the author's, or what was left out for good reason.
    """

    STOP = "stop"
    WARN = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake. `file` is relative to the content folder, `line` counts from 1.

    A message may name the content folder as `{content}`; it is told as the councillor calls it.
    `rule` is the name of the rule that found it, or empty for what cannot be read at all, and
    `answer` what its author said to it.
    """

    file: str
    line: int | None
    message: str
    hint: str = ""
    severity: Severity = Severity.STOP
    rule: str = ""
    answer: str = ""

    def as_warning(self) -> Problem:
        """The same where it need not stop anything; a note stays one."""
        return replace(self, severity=Severity.WARN) if self.severity is Severity.STOP else self

    def answered(self, answer: str) -> Problem:
        return replace(self, severity=Severity.NOTE, answer=answer)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that the word was probably meant to be, if one is a slip or two away.

    A slip is a letter too many, too few, wrong or swapped with its neighbour (the distance of
    Damerau and Levenshtein). Words of up to five letters may hold one, longer ones two.
    """
    # Here, since most runs look for nothing that is misspelt.
    from jellyfish import damerau_levenshtein_distance as slips

    wanted = word.casefold()
    if not _is_text(word):
        return None
    # What is not text, as a file's name may be, is nobody's slip.
    scored = sorted((slips(wanted, c.casefold()), c) for c in candidates if _is_text(c))
    if not scored:
        return None
    distance, best = scored[0]
    allowed = 1 if min(len(wanted), len(best)) <= 5 else 2
    return best if distance <= allowed else None


def _is_text(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def did_you_mean(word: str, candidates: Iterable[str], otherwise: str = "") -> str:
    """A hint that begins with the nearest candidate, if there is one."""
    best = nearest(word, candidates)
    guess = f'Did you mean "{best}"?' if best else ""
    return f"{guess} {otherwise}".strip()


def shown(path: Path) -> str:
    """A path as a councillor sees it: from the folder that she works in, where it is below."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _told(problem: Problem, content: Path) -> str:
    place = visible_line(shown(content / problem.file)) + (
        f":{problem.line}" if problem.line else ""
    )
    word = "" if problem.severity is Severity.STOP else f"{problem.severity.value}: "
    after = f'You answered: "{problem.answer}"' if problem.answer else problem.hint
    message, hint = (as_told(t, content) for t in (problem.message, after))
    return f"{place}: {word}{message}" + (f"\n  {hint}" if hint else "")


def as_told(text: str, content: Path) -> str:
    """A message or hint as it is shown; a value that was pasted whole is cut."""
    text = visible_line(text.replace("{content}", shown(content)))
    return text if len(text) <= _LONGEST else text[: _LONGEST // 2] + " … " + text[-_LONGEST // 2 :]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file and line."""
    return sorted(set(problems), key=lambda p: (p.file, p.line or 0, p.message))


def stops(problems: Iterable[Problem]) -> bool:
    return any(p.severity is Severity.STOP for p in problems)


NOTHING_WRITTEN = "Nothing was written."
# An archive that is taken over may have thousands; nobody reads them to find what stops.
MOST_WARNINGS = 25


def render(
    problems: Iterable[Problem],
    content: Path,
    notes: bool = False,
    ending: str = NOTHING_WRITTEN,
    most: int | None = MOST_WARNINGS,
    fresh: Container[str] = frozenset(),
) -> str:
    """The problems as text for a terminal, ending with a line that counts them.

    Of the warnings the first `most` are told, before all others those in the files `fresh`.
    """
    told = [p for p in in_order(problems) if notes or p.severity is not Severity.NOTE]
    warnings = [p for p in told if p.severity is Severity.WARN]
    more = 0 if most is None else max(len(warnings) - most, 0)
    if more:
        by_news = sorted(warnings, key=lambda p: p.file not in fresh)
        passed_over = set(by_news[most:])
        told = [p for p in told if p not in passed_over]
    blocks = [_told(p, content) for p in told]
    if more:
        noun = "warning" if more == 1 else "warnings"
        blocks.append(f"\n{more:,} more {noun}: make check tells all of them.")
    stopping = sum(p.severity is Severity.STOP for p in told)
    if stopping:
        noun = "problem" if stopping == 1 else "problems"
        blocks.append(f"\n{stopping} {noun}. {ending}")
    return "\n".join(blocks)


class ContentError(SystemExit):
    """The content has problems. As a `SystemExit` it ends Pelican with status 1 and no fuss."""

    def __init__(
        self, problems: Iterable[Problem], content: Path, ending: str = NOTHING_WRITTEN
    ) -> None:
        super().__init__(1)
        self.ending = ending
        self.problems = list(problems)
        self.content = content

    def __str__(self) -> str:
        return render(self.problems, self.content, ending=self.ending)


class CommandError(Exception):
    """A command cannot go on; what it was to change was not touched."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(CommandError):
    """A command was called in a way that cannot be meant."""

"""What in the casework file is probably a mistake, although it can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from wardblog.office.casework.case import CASEWORK_FILE, SPREADSHEETS, Case
from wardblog.problems import Problem, Severity, did_you_mean
from wardblog.text.slugs import singular_or_plural_of, slugify


def doubts_about(
    cases: Sequence[Case], issues: Sequence[str], private: Path, today: date
) -> list[Problem]:
    """Warnings with their lines: issues that do not exist, dates in the future, a newer workbook.

    `issues` are the names of the site's issues; without any, they are not compared.
    """
    found = [*_newer_workbook(private)]
    slugs = {slugify(name): name for name in issues}
    for case in cases:
        if slugs and case.issue and not _is_known(case.issue, slugs):
            hint = did_you_mean(case.issue, issues, f"Your issues are: {', '.join(issues)}.")
            found.append(_doubt(case.line, f'there is no issue called "{case.issue}"', hint))
        if case.opened and case.opened > today:
            found.append(_doubt(case.line, "this case was opened in the future", "Correct it."))
    return found


def _is_known(issue: str, slugs: dict[str, str]) -> bool:
    slug = slugify(issue)
    return slug in slugs or bool(singular_or_plural_of(slug, slugs))


def _newer_workbook(private: Path) -> Iterator[Problem]:
    """A spreadsheet program saved the cases as a workbook, and later changes go there."""
    path = private / CASEWORK_FILE
    for ending in SPREADSHEETS:
        other = path.with_suffix(ending)
        if path.is_file() and other.is_file() and other.stat().st_mtime > path.stat().st_mtime:
            yield _doubt(
                None,
                f"{other.name} beside this file is newer, and is not read",
                f"If your last changes are in it, open it, choose Save As, and save it as "
                f'{path.name}, of the type "CSV UTF-8". Then delete it.',
            )


def _doubt(line: int | None, message: str, hint: str) -> Problem:
    return Problem(
        file=CASEWORK_FILE, line=line, message=message, hint=hint, severity=Severity.WARN
    )

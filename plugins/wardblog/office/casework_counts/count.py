"""Counts cases by quarter and issue, for `content/casework.csv`.

Three things keep what is hidden hidden, beside `privacy/small_counts.py`. A quarter that was
published stays as it is, so that nothing can be subtracted from what it said before. The quarter in
which the file begins is left out (`beginning.py`), since nobody outside knows then how many cases
were open before: the number of closed cases says nothing about that of opened ones. And no sum of
several quarters is published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from wardblog.model import Issue
from wardblog.model.casework import (
    ALL_CASES,
    OTHER_CASES,
    CaseworkQuarter,
    CaseworkRow,
    Quarter,
)
from wardblog.privacy.small_counts import protected
from wardblog.support.late_dataclass import dataclass
from wardblog.text.slugs import singular_or_plural_of, slugify

# So many quarters are counted the first time; what was earlier helps nobody now.
_FIRST_TIME = 4
_RESERVED = (slugify(OTHER_CASES), slugify(ALL_CASES))


class CountedCase(Protocol):
    """What is counted of a case: when it was opened and closed, and the issue as written."""

    @property
    def opened(self) -> date | None: ...
    @property
    def closed(self) -> date | None: ...
    @property
    def is_closed(self) -> bool: ...
    @property
    def issue(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedQuarters:
    """The quarters that can be published and are not yet, oldest first.

    `without_issue` is the number of cases with an issue that the site does not have,
    `without_opening` is the number of cases that do not say when they were opened, and
    `without_closing` of closed ones that do not say when they were closed: they are not counted
    there. `next_one` is the quarter that can be published next if there is none now, or None.
    """

    quarters: tuple[CaseworkQuarter, ...]
    without_issue: int
    without_opening: int
    without_closing: int
    next_one: Quarter | None = None


def count_new_quarters(
    cases: Sequence[CountedCase],
    issues: Sequence[Issue],
    published: Iterable[CaseworkQuarter],
    start: Quarter,
    today: date,
) -> CountedQuarters:
    """The counts of the quarters that have ended since the last published one, protected.

    `start` is the first that may be counted.
    """
    names = _IssueNames(issues)
    opened: Counter[tuple[Quarter, str]] = Counter()
    closed: Counter[tuple[Quarter, str]] = Counter()
    for case in cases:
        issue = names.of(case.issue)
        if case.opened:
            opened[Quarter.of(case.opened), issue] += 1
        if case.is_closed and case.closed:
            closed[Quarter.of(case.closed), issue] += 1
    wanted, next_one = _wanted(published, start, today) if cases else ([], None)
    found = (_counts(quarter, names.all, opened, closed) for quarter in wanted)
    return CountedQuarters(
        quarters=tuple(counts for counts in found if counts.rows),
        without_issue=sum(names.is_unknown(case.issue) for case in cases),
        without_opening=sum(case.opened is None for case in cases),
        without_closing=sum(case.is_closed and case.closed is None for case in cases),
        next_one=next_one,
    )


def _wanted(
    published: Iterable[CaseworkQuarter], start: Quarter, today: date
) -> tuple[list[Quarter], Quarter | None]:
    """The quarters to count; if there are none, the next one that will be."""
    current = Quarter.of(today)
    known = [counts.quarter for counts in published]
    if known:
        start = max(start, max(known).following)
    found = list(_between(start, current))
    if not known:
        found = found[-_FIRST_TIME:]
    return found, None if found else max(start, current)


def _between(start: Quarter, end: Quarter) -> Iterator[Quarter]:
    """The quarters from `start` until before `end`."""
    while start < end:
        yield start
        start = start.following


def _counts(
    quarter: Quarter,
    names: Sequence[str],
    opened: Mapping[tuple[Quarter, str], int],
    closed: Mapping[tuple[Quarter, str], int],
) -> CaseworkQuarter:
    """The protected counts of a quarter, without the issues about which there was no case."""
    pairs = ((name, opened[quarter, name], closed[quarter, name]) for name in names)
    counted = [pair for pair in pairs if pair[1] or pair[2]]
    own = protected([number for _, number, _ in counted])
    done = protected([number for _, _, number in counted])
    return CaseworkQuarter(
        quarter=quarter,
        rows=tuple(
            CaseworkRow(name, *both)
            for (name, _, _), *both in zip(counted, own.counts, done.counts, strict=True)
        ),
        total=CaseworkRow(ALL_CASES, own.total, done.total),
    )


class _IssueNames:
    """Finds the issue that is meant by what is written in the casework file."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self._names = {i.slug: i.name for i in issues if i.slug not in _RESERVED}
        self.all = (*self._names.values(), OTHER_CASES)
        self._found: dict[str, str] = {}

    def is_unknown(self, written: str) -> bool:
        """Whether an issue is written that is not one of the site's."""
        slug = slugify(written)
        return bool(slug) and slug not in _RESERVED and self.of(written) == OTHER_CASES

    def of(self, written: str) -> str:
        """The name of the issue, whatever its case, hyphens or number; or "Anything else"."""
        if written not in self._found:
            slug = slugify(written)
            known = slug if slug in self._names else singular_or_plural_of(slug, self._names)
            self._found[written] = self._names.get(known or "", OTHER_CASES)
        return self._found[written]

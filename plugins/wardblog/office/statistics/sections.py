"""What a part of the figures is: a table, perhaps a chart, and one sentence on what to do with it.

The page in the preview and the text in the terminal are both made from these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from wardblog.office.statistics.newsletter_list import NewsletterList
from wardblog.office.statistics.subjects import Subjects
from wardblog.office.statistics.summary import Summary, summary
from wardblog.office.statistics.totals import DayTotals
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import short_date

WEEK, MONTH, QUARTER = 7, 28, 84
# How many rows of a table are shown.
MOST_ROWS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A row of a table: what it is about, and its numbers in words, in the order of the columns.

    `days` are the reads of each day, oldest first, None where there is no log; `note` is said
    below the name.
    """

    name: str
    cells: tuple[str, ...]
    days: tuple[int | None, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChart:
    """Columns side by side: their names and numbers, None where there is no log.

    `unit` is what a column is, such as "Day"; `ticks` are the names to write below, by position.
    """

    title: str
    unit: str
    names: tuple[str, ...]
    values: tuple[int | None, ...]
    ticks: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSection:
    """A part of the figures.

    `advice` is the sentence on what to do with it, `about` what one has to know to read the table.
    `columns` are the headings of the numbers, `named` that of the names, and `more` is how many
    rows are left out.
    """

    key: str
    heading: str
    advice: str
    about: str = ""
    named: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[FigureRow, ...] = ()
    more: int = 0
    chart: ColumnChart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the sections are made from.

    `totals` are whole days, `last` is the last of them; `posts` are the paths of posts.
    """

    totals: Mapping[date, DayTotals]
    subjects: Subjects
    newsletter: NewsletterList
    today: date
    last: date
    week: Summary
    month: Summary

    def before(self, length: int) -> Summary:
        """The same number of days before the last ones."""
        return summary(self.totals, self.subjects, self.last - timedelta(days=length), length)

    def period(self, length: int) -> str:
        """`the last 7 days`; `the 7 days up to 20 November` if they ended before yesterday."""
        if (self.today - self.last).days <= 1:
            return f"the last {length} days"
        return f"the {length} days up to {short_date(self.last, self.today)}"

    def days(self, length: int) -> list[date]:
        """The last days, oldest first, with a log or without."""
        return [self.last - timedelta(days=n) for n in range(length - 1, -1, -1)]


def basis_of(
    totals: Mapping[date, DayTotals], subjects: Subjects, newsletter: NewsletterList, today: date
) -> Basis:
    """The periods that end with the last day that was counted; there has to be one."""
    last = max(totals)
    return Basis(
        totals=totals,
        subjects=subjects,
        newsletter=newsletter,
        today=today,
        last=last,
        week=summary(totals, subjects, last, WEEK),
        month=summary(totals, subjects, last, MONTH),
    )


def number(value: int) -> str:
    """`1,234`."""
    return f"{value:,}"


def capital(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def quoted(name: str) -> str:
    """A title in a sentence."""
    return f"“{name}”"


def shown(rows: Sequence[FigureRow]) -> tuple[tuple[FigureRow, ...], int]:
    """The rows that are shown, and how many are left out."""
    return tuple(rows[:MOST_ROWS]), max(len(rows) - MOST_ROWS, 0)

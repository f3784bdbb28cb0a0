"""The casework on the page of figures: how many cases were opened and closed in each quarter."""

from __future__ import annotations

from wardblog.model import Site
from wardblog.model.casework import CaseCount, CaseworkQuarter, CaseworkRow, Quarter
from wardblog.support.late_dataclass import dataclass
from wardblog.text.slugs import slugify
from wardblog.text.words import MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseworkLine:
    """A row of the table; `address` is that of the issue's page, "" if it has none."""

    name: str
    address: str
    opened: str
    closed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterTable:
    """The cases of a quarter; `anchor` is the id of the table."""

    anchor: str
    title: str
    lines: tuple[CaseworkLine, ...]
    total: CaseworkLine | None


def casework_tables(site: Site) -> tuple[QuarterTable, ...]:
    """A table for each quarter, newest first."""
    addresses = {issue.slug: f"issues/{issue.slug}/" for issue in site.issues}
    return tuple(_table(counts, addresses) for counts in site.casework)


def _table(counts: CaseworkQuarter, addresses: dict[str, str]) -> QuarterTable:
    lines = tuple(_line(row, addresses) for row in counts.rows)
    return QuarterTable(
        anchor=casework_anchor(counts.quarter),
        title=months_of(counts.quarter),
        lines=lines,
        total=_line(counts.total, {}) if counts.total else None,
    )


def _line(row: CaseworkRow, addresses: dict[str, str]) -> CaseworkLine:
    return CaseworkLine(
        name=row.issue,
        address=addresses.get(slugify(row.issue), ""),
        opened=count_in_figures(row.opened),
        closed=count_in_figures(row.closed),
    )


def count_in_figures(count: CaseCount) -> str:
    """`1,204`, `fewer than 5` or `not shown`."""
    return f"{count:,}" if isinstance(count, int) else count.value


def casework_anchor(quarter: Quarter) -> str:
    """The id of a quarter's table: `casework-2026-q3`."""
    return f"casework-{quarter.key.lower()}"


def months_of(quarter: Quarter) -> str:
    """`July to September 2026`."""
    first, last = (MONTHS[day.month - 1] for day in (quarter.first_day, quarter.last_day))
    return f"{first} to {last} {quarter.year}"

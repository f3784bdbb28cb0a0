"""Counts of reports by category, street and state, from rows that hold nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from wardblog.content.tables.count_tables import is_label
from wardblog.model import DataSource, Site
from wardblog.model.issues import names_complaints
from wardblog.sources.regular.answer_forms import plain_text
from wardblog.sources.regular.source import FetchedTable
from wardblog.sources.regular.street_finder import ELSEWHERE, StreetFinder

OPEN, CLOSED = "open", "closed"
NO_STATE = "not known"
_OTHER = "Other"
_LONGEST = 60


class CountedReports(NamedTuple):
    """The columns and rows of a table of counts."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class ReportRow(NamedTuple):
    """A report without anything about who made it, or its words.

    `position` is its latitude and longitude in degrees, or None.
    """

    category: str
    state: str
    position: tuple[float, float] | None


def counts(
    rows: Sequence[ReportRow],
    source: DataSource,
    site: Site,
    link_of: Callable[[str], str] | None = None,
) -> CountedReports:
    """Count the reports: a row for each category and street, and a column for each state.

    `link_of` gives the address of all reports of a category, if there is one. The street is left
    out where the issue or the category is a sensitive one.
    """
    issue = next((one for one in site.issues if one.slug == source.issue), None)
    hides_all = issue is not None and issue.is_sensitive
    plain = [(_category(row.category), row) for row in rows]
    shown = [
        number
        for number, (category, row) in enumerate(plain)
        if row.position and not hides_all and not names_complaints(category)
    ]
    finder = StreetFinder(site)
    positions = [position for n in shown if (position := plain[n][1].position)]
    # A street that is called like a person would cost the table its whole column.
    names = [name if is_label(name) else ELSEWHERE for name in finder.streets_of(positions)]
    streets = dict(zip(shown, names, strict=True))
    found = Counter(
        (category, streets.get(n, ""), row.state) for n, (category, row) in enumerate(plain)
    )
    states = (OPEN, CLOSED, *([NO_STATE] if any(r.state == NO_STATE for r in rows) else []))
    pairs = sorted({pair[:2] for pair in found}, key=_order)
    counted = [(*pair, *(str(found[(*pair, state)]) for state in states)) for pair in pairs]
    columns = ("category", "street", *states)
    if link_of is None:
        return CountedReports(columns, tuple(counted))
    rows_with_links = tuple((*row, link_of(row[0])) for row in counted)
    return CountedReports((*columns, "link"), rows_with_links)


def _order(pair: tuple[str, str]) -> tuple[str, str, str]:
    return pair[0].casefold(), pair[1].casefold(), pair[1]


@cache
def _category(written: str) -> str:
    """A category in a few words; anything that reads like more than that is "Other"."""
    # late import: see docs/architecture.md
    from wardblog.sources.regular.public_words import naming_somebody

    text = plain_text(written)
    if not text or len(text) > _LONGEST or not is_label(text) or naming_somebody([text])[0]:
        return _OTHER
    return text[0].upper() + text[1:]


def table_of_counts(
    kind: str,
    title: str,
    source: DataSource,
    counted: CountedReports,
    name: str,
    address: str,
) -> FetchedTable:
    """The data set of such counts; `name` and `address` are those of the website."""
    return FetchedTable(
        stem="-".join(filter(None, (kind, source.issue))),
        title=title,
        columns=counted.columns,
        rows=counted.rows,
        source=name,
        source_url=address,
        attribution=f"Counted from the reports that are public on {name}.",
    )

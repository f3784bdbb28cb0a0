"""Counts of reports by category, street and state, from rows that hold nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from wardblog.content.tables.complaints import is_sensitive
from wardblog.model import DataSource, Site
from wardblog.sources.regular.answer_forms import plain_text
from wardblog.sources.regular.source import FetchedTable
from wardblog.sources.regular.ward_ground import StreetFinder

COLUMNS = ("category", "street", "state", "reports", "link")
OPEN, CLOSED = "open", "closed"
NO_STATE = "not known"
_OTHER = "Other"
_LONGEST, _MOST_WORDS = 60, 9


class ReportRow(NamedTuple):
    """A report without anything about who made it, or its words.

    `position` is its latitude and longitude in degrees, or None.
    """

    category: str
    state: str
    position: tuple[float, float] | None


def counts(
    rows: Sequence[ReportRow], source: DataSource, site: Site, link_of: Callable[[str], str]
) -> tuple[tuple[str, ...], ...]:
    """Return rows of `COLUMNS`; `link_of` gives the address of all reports of a category.

    Where the issue or the category is a sensitive one, the street is left out.
    """
    issue = next((one for one in site.issues if one.slug == source.issue), None)
    hides_all = issue is not None and issue.is_sensitive
    plain = [(_category(row.category), row) for row in rows]
    shown = [
        number
        for number, (category, row) in enumerate(plain)
        if row.position and not hides_all and not is_sensitive(category)
    ]
    finder = StreetFinder(site)
    positions = [position for n in shown if (position := plain[n][1].position)]
    streets = dict(zip(shown, finder.streets_of(positions), strict=True))
    found = Counter(
        (category, streets.get(n, ""), row.state) for n, (category, row) in enumerate(plain)
    )
    return tuple(
        (category, street, state, str(count), link_of(category))
        for (category, street, state), count in sorted(found.items(), key=_order)
    )


def _order(item: tuple[tuple[str, str, str], int]) -> tuple[str, str, str]:
    category, street, state = item[0]
    return category.casefold(), street.casefold(), state


@cache
def _category(written: str) -> str:
    """A category in a few words; anything that reads like more than that is "Other"."""
    # late import: see docs/architecture.md
    from wardblog.privacy import find_personal
    from wardblog.privacy.free_text import is_name_in_any_form, is_sentence

    text = plain_text(written)
    is_short = 0 < len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS
    if not is_short or is_name_in_any_form(text) or is_sentence(text) or find_personal(text):
        return _OTHER
    return text[0].upper() + text[1:]


def table_of_counts(
    kind: str,
    title: str,
    source: DataSource,
    rows: Iterable[tuple[str, ...]],
    name: str,
    address: str,
) -> FetchedTable:
    """The data set of such counts; `name` and `address` are those of the website."""
    return FetchedTable(
        stem="-".join(filter(None, (kind, source.issue))),
        title=title,
        columns=COLUMNS,
        rows=tuple(rows),
        source=name,
        source_url=address,
        attribution=f"Counted from the reports that are public on {name}.",
    )

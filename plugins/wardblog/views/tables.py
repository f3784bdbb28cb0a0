"""Tables of counts, as the page of an issue shows them."""

from __future__ import annotations

from wardblog.model import CountRow, CountTable, Dataset
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import short_host
from wardblog.text.attribution import attribution
from wardblog.text.words import counted, long_date


@dataclass(frozen=True, slots=True, kw_only=True)
class HubRow:
    """A row: its first cell is its heading, which may be a link; `counts` are numbers in words."""

    heading: str
    words: tuple[str, ...]
    counts: tuple[str, ...]
    link: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOnHub:
    """A table with its headings; `first_count` is the number of the first column of counts.

    `totals` are the sums in words, or () without any, and `total_of` is what they are called.
    `more` says which rows are shown, if not all are, and `credit` what the licence asks for.
    """

    slug: str
    title: str
    headings: tuple[str, ...]
    first_count: int
    rows: tuple[HubRow, ...]
    totals: tuple[str, ...]
    total_of: str
    more: str
    as_of: str
    credit: str


def table_on_hub(dataset: Dataset, table: CountTable) -> TableOnHub:
    has_words = bool(table.words)
    return TableOnHub(
        slug=dataset.slug,
        title=dataset.title,
        headings=table.headings,
        first_count=len(table.words),
        rows=tuple(_row(row) for row in table.shown),
        totals=tuple(map(number_in_words, table.totals)) if has_words else (),
        total_of="Total" if not _more(table) else f"Total of all {len(table.rows):,} rows",
        more=_more(table),
        as_of=long_date(dataset.as_of) if dataset.as_of else "",
        credit=attribution(dataset),
    )


def _row(row: CountRow) -> HubRow:
    counts = tuple(map(number_in_words, row.counts))
    if not row.words:
        return HubRow(heading="", words=(), counts=counts)
    host = short_host(row.link)
    heading, *others = (word or "–" for word in row.words)
    return HubRow(heading=heading, words=tuple(others), counts=counts, link=row.link, host=host)


def number_in_words(number: float) -> str:
    """`1,234` or `0.5`."""
    return f"{int(number):,}" if number == int(number) else f"{number:,.2f}".rstrip("0")


def _more(table: CountTable) -> str:
    left = len(table.rows) - len(table.shown)
    if not left:
        return ""
    shown = counted(len(table.shown), "row")
    return (
        f"These are the {shown} with the highest numbers. The download has all {len(table.rows):,}."
    )

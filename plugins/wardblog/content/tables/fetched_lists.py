"""What the lists of `make fetch` say about each place, which other lists do not show.

The words of other lists may be anybody's; these have been cleaned, and are checked again here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from wardblog.content.markdown.cleaning import harm_in
from wardblog.support.late_regex import late_regex
from wardblog.text.words import long_date, sentence

APPLICATIONS = ("reference", "address", "description", "received", "decided", "closes", "state",
                "link", "lat", "lon")  # fmt: skip
AREAS = ("name", "kind", "reference", "since", "link", "lat", "lon")
_Row = Mapping[str, str]
_LINK = late_regex(r"https?://[^\s/?#\"'<>\[\]\\]+[^\s\"'<>\[\]\\]*")


def about_places(names: Sequence[str]) -> Callable[[_Row], tuple[str, str]] | None:
    """What gives the words about a place and its link, each "" if there is none, from its row.

    None for a list with other columns than those that `make fetch` writes.
    """
    write = {APPLICATIONS: _of_application, AREAS: _of_area}.get(tuple(names))
    if write is None:
        return None
    return lambda row: (_safe(" ".join(write(row))), _link(row.get("link", "")))


def _safe(words: str) -> str:
    return "" if harm_in(words) else words


def _link(written: str) -> str:
    return written if _LINK.fullmatch(written) else ""


def _of_application(row: _Row) -> Iterator[str]:
    if description := row.get("description"):
        yield sentence(description)
    if received := _day(row, "received"):
        yield f"Received on {long_date(received)}."
    state, decided, closes = row.get("state", ""), _day(row, "decided"), _day(row, "closes")
    if closes and not decided:
        yield f"Comments until {long_date(closes)}."
    if state:
        yield sentence(f"{state} on {long_date(decided)}" if decided else state)


def _of_area(row: _Row) -> Iterator[str]:
    if since := _day(row, "since"):
        yield f"Since {long_date(since)}."


def _day(row: _Row, key: str) -> date | None:
    try:
        return date.fromisoformat(row.get(key, ""))
    except ValueError:
        return None

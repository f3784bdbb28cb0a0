"""Counts of the reports on FixMyStreet, from a ward's feed or a council's own table.

The feed is explained at https://www.fixmystreet.com/around, under "Get updates": that of a ward is
/rss/reports/Council/Ward, that of a circle /rss/l/latitude,longitude/kilometres. Each has the 20
newest reports. Staff of a council can download a table with all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from wardblog.content.tables.sheets import TableSheet, read_csv
from wardblog.model import DataSource, Site
from wardblog.places.cells import is_missing
from wardblog.places.columns import Row, find_columns, plain_name
from wardblog.places.positions import locate
from wardblog.report import ParseError, Report
from wardblog.sources.ask import Ask
from wardblog.sources.fetch import Fetcher
from wardblog.sources.regular.answer_forms import local_name, parse_xml, plain_text, whole
from wardblog.sources.regular.council_service import fields_of, service_at_url_of
from wardblog.sources.regular.report_counts import (
    CLOSED,
    NO_STATE,
    OPEN,
    ReportRow,
    counts,
    table_of_counts,
)
from wardblog.sources.regular.source import Fetched
from wardblog.sources.regular.ward_area import are_inside, ward_area
from wardblog.support.urls import parts_of
from wardblog.text.decoding import decode_table
from wardblog.text.words import counted

if TYPE_CHECKING:
    from lxml.etree import _Element

# Of these states a feed is asked for, in this order.
_STATES = (("open", OPEN), ("fixed", CLOSED))
_NEWEST = 20
_OF_WARD = re.compile(r"/rss/reports/[^/]+/[^/]+")
_CATEGORIES = ("category", "service", "servicename", "subcategory", "reporttype")
_STATE_COLUMNS = ("status", "state", "problemstate", "currentstatus")
_CLOSED_WORDS = ("fixed", "closed", "resolved", "completed", "not responsible", "duplicate")
# Of a table without a column of states: when these were reached.
_CLOSED_DAYS = ("fixed", "closed")


def fetch(source: DataSource, site: Site, today: date, fetcher: Fetcher) -> tuple[bytes, ...]:  # noqa: ARG001 - all sources have the same form
    """Ask for the open reports, and for those that are fixed, unless the address says which."""
    service, fields = service_at_url_of(source), fields_of(source.url)
    states = [fields] if "state" in fields else [{**fields, "state": s} for s, _ in _STATES]
    return tuple(
        fetcher.fetch(
            Ask(
                service=service,
                path="",
                words="Reports on FixMyStreet",
                read=whole(parse_xml, service.host),
                fields=asked,
            )
        )
        for asked in states
    )


def read(
    answers: Sequence[bytes],
    source: DataSource,
    site: Site,
    today: date,  # noqa: ARG001 - all sources have the same form
) -> Fetched:
    """The counts of the feeds, in the order in which `fetch` asked for them, or of a table.

    Only the category, the state and the position of a report are used. If two feeds have the same
    report, the service has not sorted them by state, so the state is not known.
    """
    if all(answer.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") for answer in answers):
        return _of_feeds([parse_xml(answer) for answer in answers], source, site)
    return _of_tables(answers, source, site)


def _of_feeds(roots: Sequence[_Element], source: DataSource, site: Site) -> Fetched:
    states: dict[str, set[str]] = {}
    rows: dict[str, ReportRow] = {}
    is_full = False
    for root, state in zip(roots, _states_of(source, len(roots)), strict=True):
        items = [e for e in root.iter() if local_name(e) == "item"]
        if local_name(root).casefold() not in ("rss", "rdf"):
            raise ParseError(
                "this is not a feed of FixMyStreet",
                'Its address has "/rss/" in it, such as '
                "https://www.fixmystreet.com/rss/reports/Wandsworth/Shaftesbury. Check it in "
                "ward.toml.",
            )
        is_full = is_full or len(items) >= _NEWEST
        for number, item in enumerate(items):
            key = _child(item, "guid") or _child(item, "link") or f"{state}-{number}"
            states.setdefault(key, set()).add(state)
            rows[key] = ReportRow(_child(item, "category"), state, _position(item))
    known = [
        row if len(states[key]) == 1 else row._replace(state=NO_STATE) for key, row in rows.items()
    ]
    left_out = list[str]()
    if is_full:
        left_out.append(
            f"a feed of FixMyStreet has only the newest {_NEWEST} reports, so these are not all"
        )
    title = f"The newest reports on FixMyStreet, at most {_NEWEST} of each state"
    is_of_ward = bool(_OF_WARD.match(parts_of(source.url).path))
    # A report without a position that is in the ward's own feed is in the ward.
    without = [row for row in known if not row.position and is_of_ward]
    return _fetched("fixmystreet", title, known, without, source, site, left_out)


def _states_of(source: DataSource, count: int) -> tuple[str, ...]:
    written = fields_of(source.url).get("state", "")
    named = dict(_STATES).get(written, CLOSED if written == "closed" else NO_STATE)
    return tuple(state for _, state in _STATES) if count == len(_STATES) else (named,) * count


def _child(item: _Element, name: str) -> str:
    for part in item:
        if local_name(part) == name:
            return plain_text(part.text)
    return ""


def _position(item: _Element) -> tuple[float, float] | None:
    """Latitude and longitude, which `georss:point` has with a space between them."""
    numbers = _child(item, "point").replace(",", " ").split()
    try:
        latitude, longitude = map(float, numbers)
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _fetched(
    stem: str,
    title: str,
    rows: Sequence[ReportRow],
    in_ward: Sequence[ReportRow],
    source: DataSource,
    site: Site,
    left_out: list[str],
) -> Fetched:
    """The counts of the rows that are in the ward by their position, and of those `in_ward`."""
    area = ward_area(site)
    placed = [row for row in rows if row.position]
    inside = are_inside(area, [row.position for row in placed if row.position])
    kept = [row for row, is_in in zip(placed, inside, strict=True) if is_in]
    kept += in_ward
    if outside := len(placed) - sum(inside):
        left_out.append(f"{counted(outside, 'report is', 'reports are')} outside the ward")
    if nowhere := len(rows) - len(placed) - len(in_ward):
        left_out.append(f"{counted(nowhere, 'report has', 'reports have')} no position")
    if not kept:
        return Fetched(left_out=(*left_out, "FixMyStreet has no reports in the ward just now"))
    page = reports_page(source.url)
    table = table_of_counts(
        stem, title, source,
        counts(kept, source, site, lambda category: category_page(page, category)),
        "FixMyStreet", page,
    )  # fmt: skip
    return Fetched(tables=(table,), left_out=tuple(left_out))


def reports_page(feed: str) -> str:
    """The page of all reports that a feed is about, or the front page of its site."""
    parts = parts_of(feed)
    host = f"{parts.scheme}://{parts.netloc}" if parts.netloc else "https://www.fixmystreet.com"
    if match := re.match(r"/rss(/reports/[^?]+?)/?$", parts.path):
        return f"{host}{match[1]}"
    if match := re.match(r"/rss/l/(-?[\d.]+),(-?[\d.]+)(?:/|$)", parts.path):
        return f"{host}/around?{urlencode({'lat': match[1], 'lon': match[2]})}"
    return f"{host}/"


def category_page(page: str, category: str) -> str:
    """The same page with the reports of one category; the front page has no such choice."""
    if parts_of(page).path in ("", "/"):
        return page
    joint = "&" if "?" in page else "?"
    return f"{page}{joint}{urlencode({'filter_category': category})}"


def _of_tables(answers: Sequence[bytes], source: DataSource, site: Site) -> Fetched:
    """The counts of a table for staff; of its columns only three kinds are used."""
    rows: list[ReportRow] = []
    for answer in answers:
        sheet = read_csv(decode_table(answer))
        rows += _rows_of(sheet, site)
    if not rows:
        raise ParseError("this table has no rows", "Download it again.")
    # A data set of its own: it has all reports, and the feed only the newest.
    return _fetched("fixmystreet-all", "Reports on FixMyStreet", rows, [], source, site, [])


def _rows_of(sheet: TableSheet, site: Site) -> Iterator[ReportRow]:
    named = {plain_name(name): name for name in reversed(sheet.names)}
    category = _first(named, _CATEGORIES)
    if not category:
        raise ParseError(
            'this table has no column "Category"',
            "Download the reports as CSV from the dashboard of FixMyStreet.",
        )
    # What cannot be located is counted, not reported line by line.
    quiet = Report("")
    columns = find_columns(sheet.names, sheet.rows, False, quiet)
    if columns is None:
        raise ParseError(
            "this table has no columns with positions, such as Easting and Northing",
            "Download it again with all columns.",
        )
    points = locate(columns, sheet.rows, quiet, None, lambda: site.ward.in_ireland).points
    for row, point in zip(sheet.rows, points, strict=True):
        position = (point.latitude, point.longitude) if point else None
        yield ReportRow(row.values.get(category, ""), _state_in(row, named), position)


def _first(named: dict[str, str], wanted: Sequence[str]) -> str:
    return next((named[name] for name in wanted if name in named), "")


def _state_in(row: Row, named: dict[str, str]) -> str:
    if column := _first(named, _STATE_COLUMNS):
        words = row.values.get(column, "").casefold()
        return CLOSED if any(word in words for word in _CLOSED_WORDS) else OPEN
    days = (row.values.get(named[name], "") for name in _CLOSED_DAYS if name in named)
    return CLOSED if any(day and not is_missing(day) for day in days) else OPEN

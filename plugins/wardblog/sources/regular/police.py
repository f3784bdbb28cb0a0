"""Monthly counts of crimes in the ward, from https://data.police.uk/docs/method/crime-street/.

The police move each crime to a point near it, so only counts are used: no points and no streets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.model import DataSource, Site
from wardblog.places.shapes import flat_parts
from wardblog.report import ParseError
from wardblog.sources.ask import Ask, BusyError
from wardblog.sources.fetch import Fetcher
from wardblog.sources.map_rows import LocalMetres
from wardblog.sources.regular.answer_forms import parse_json, whole
from wardblog.sources.regular.source import Fetched, FetchedTable
from wardblog.sources.regular.ward_area import are_inside, ward_area
from wardblog.sources.services import Service
from wardblog.sources.services import service as service_called

TITLE = "Crimes recorded by the police, by month"
_SITE = "https://data.police.uk/"
_NOTE = (
    "The police give a point near each crime instead of its place, so the counts are approximate "
    "at the edges of the ward."
)
_MONTHS = 12
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
# A request may have 4,094 characters.
_LONGEST_ADDRESS = 4000
# How far the outline is simplified, in metres, and how often a ward is divided if the service
# has too much to send.
_TOLERANCES = (5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0)
_MOST_DIVISIONS = 3
CATEGORIES: Mapping[str, str] = {
    "anti-social-behaviour": "Anti-social behaviour",
    "bicycle-theft": "Bicycle theft",
    "burglary": "Burglary",
    "criminal-damage-arson": "Criminal damage and arson",
    "drugs": "Drugs",
    "other-crime": "Other crime",
    "other-theft": "Other theft",
    "possession-of-weapons": "Possession of weapons",
    "public-order": "Public order",
    "robbery": "Robbery",
    "shoplifting": "Shoplifting",
    "theft-from-the-person": "Theft from the person",
    "vehicle-crime": "Vehicle crime",
    "violent-crime": "Violence and sexual offences",
}


def fetch(source: DataSource, site: Site, today: date, fetcher: Fetcher) -> tuple[bytes, ...]:  # noqa: ARG001 - all sources have the same form
    """Ask which months there are, and for the crimes of the newest twelve."""
    service, area = service_called("police"), ward_area(site)
    dates = fetcher.fetch(
        Ask(
            service=service, path="crimes-street-dates", words="Months of police data",
            read=whole(_months, service.host), fields={},
        )
    )  # fmt: skip
    months = _months(dates)[:_MONTHS]
    crimes = (_month(service, fetcher, month, area, 0) for month in months)
    return (dates, *(answer for answers in crimes for answer in answers))


def _month(
    service: Service, fetcher: Fetcher, month: str, area: BaseGeometry, divisions: int
) -> list[bytes]:
    """The answers for a month: several, if the area has to be divided."""
    hasty = replace(service, tries=1) if divisions < _MOST_DIVISIONS else service
    fields = {"date": month, "poly": polygon_around(area, service)}
    ask = Ask(
        service=hasty, path="crimes-street/all-crime", words=f"Crimes in {month}",
        read=whole(_crimes, service.host), fields=fields,
    )  # fmt: skip
    try:
        return [fetcher.fetch(ask)]
    except BusyError as busy:
        if divisions >= _MOST_DIVISIONS:
            raise
        if busy.seconds:
            return [fetcher.fetch(replace(ask, service=service))]
    # It answers 503 if it is busy, and also if there are more than 10,000 crimes in an area.
    parts = map(partial(_month, service, fetcher, month, divisions=divisions + 1), halves(area))
    return [answer for answers in parts for answer in answers]


def halves(area: BaseGeometry) -> list[BaseGeometry]:
    """The area cut through the middle of its longer side; without empty parts."""
    west, south, east, north = area.bounds
    middle = (west + east) / 2, (south + north) / 2
    if east - west > north - south:
        boxes = (west, south, middle[0], north), (middle[0], south, east, north)
    else:
        boxes = (west, south, east, middle[1]), (west, middle[1], east, north)
    parts = (area.intersection(shapely.box(*box)) for box in boxes)
    return [part for part in parts if part.area > 0]


def polygon_around(area: BaseGeometry, service: Service) -> str:
    """The corners of a polygon that holds the whole area, short enough for one request.

    A part of the ward that lies apart is included with what is between: `read` cuts the answer to
    the real outline.
    """
    plane = LocalMetres(area)
    flat = plane.from_degrees(area)
    room = _LONGEST_ADDRESS - len(f"{service.base}/crimes-street/all-crime?date=2026-01&poly=")
    for shape in _wider(flat):
        ring = plane.to_degrees(shape).exterior.coords[:-1]
        corners = ":".join(f"{latitude:.5f},{longitude:.5f}" for longitude, latitude in ring)
        # In an address a comma and a colon have three characters each.
        if len(corners) + 2 * (corners.count(",") + corners.count(":")) <= room:
            return corners
    raise ParseError(
        "the outline of the ward has too many corners for the police's service",
        "Run make ward, which fetches a simpler one.",
    )


def _wider(area: BaseGeometry) -> Iterator[shapely.Polygon]:
    """Polygons around an area, each simpler than the one before; none cuts a corner off."""
    for tolerance in _TOLERANCES:
        simple = area.buffer(tolerance * 2 + 2, quad_segs=2).simplify(tolerance)
        parts = [part for part in flat_parts(simple) if isinstance(part, shapely.Polygon)]
        if len(parts) == 1:
            yield shapely.Polygon(parts[0].exterior)
    if isinstance(hull := area.buffer(5).convex_hull, shapely.Polygon):
        yield hull
    west, south, east, north = area.bounds
    yield shapely.box(west - 5, south - 5, east + 5, north + 5)


def read(
    answers: Sequence[bytes],
    source: DataSource,
    site: Site,
    today: date,  # noqa: ARG001 - all sources have the same form
) -> Fetched:
    """A row for each category, a column for all months and one for each, the newest first.

    Only the number, category, month and position of a crime are used, and the position only to
    see whether it is in the ward.
    """
    months: set[str] = set()
    crimes: dict[str, tuple[str, str, tuple[float, float]]] = {}
    for number, answer in enumerate(answers):
        rows = _rows(answer)
        if rows and all("date" in row and "category" not in row for row in rows):
            months.update(_months(answer)[:_MONTHS])
            continue
        for place, row in enumerate(rows):
            if crime := _crime(row):
                crimes[str(row.get("id") or f"{number}-{place}")] = crime
    inside = are_inside(ward_area(site), [where for _, _, where in crimes.values()])
    pairs = zip(crimes.values(), inside, strict=True)
    kept = [(category, month) for (category, month, _), is_in in pairs if is_in]
    if not kept:
        raise ParseError(
            "data.police.uk has no crimes in the ward for these months",
            "It covers England, Wales and Northern Ireland, but not Scotland. Check the outline "
            "of the ward.",
        )
    shown = sorted(months | {month for _, month in kept}, reverse=True)[:_MONTHS]
    return Fetched(tables=(_table(Counter(kept), shown, source),))


def _table(
    found: Counter[tuple[str, str]], months: Sequence[str], source: DataSource
) -> FetchedTable:
    rows = []
    for category in sorted({category for category, _ in found}):
        cells = [found[category, month] for month in months]
        rows.append((category, str(sum(cells)), *map(str, cells)))
    return FetchedTable(
        stem="-".join(filter(None, ("police", source.issue))),
        title=TITLE,
        columns=("category", "total", *months),
        rows=tuple(row for row in rows if row[1] != "0"),
        source="data.police.uk",
        source_url=_SITE,
        licence="Open Government Licence v3.0",
        attribution=_NOTE,
    )


def _rows(answer: bytes) -> list[Mapping[str, Any]]:
    data = parse_json(answer)
    if not isinstance(data, list):
        raise ParseError(
            "this is not an answer from data.police.uk",
            "Its form may have changed. Try again later.",
        )
    return [row for row in data if isinstance(row, dict)]


def _months(answer: bytes) -> list[str]:
    """The months that there are, newest first."""
    written = (str(row.get("date") or "") for row in _rows(answer))
    return sorted({month for month in written if _MONTH.fullmatch(month)}, reverse=True)


def _crimes(answer: bytes) -> list[tuple[str, str, tuple[float, float]]]:
    return [crime for row in _rows(answer) if (crime := _crime(row))]


def _crime(row: Mapping[str, Any]) -> tuple[str, str, tuple[float, float]] | None:
    """The category, month and position of a crime; None for one without any of them."""
    month, location = str(row.get("month") or ""), row.get("location")
    if not isinstance(location, dict) or not _MONTH.fullmatch(month):
        return None
    try:
        position = float(location["latitude"]), float(location["longitude"])
    except (KeyError, TypeError, ValueError):
        return None
    if not (abs(position[0]) <= 90 and abs(position[1]) <= 180):
        return None
    return _category(str(row.get("category") or "")), month, position


def _category(written: str) -> str:
    """The plain name of a category; of one that is new, its own words if they are few letters."""
    if known := CATEGORIES.get(written):
        return known
    is_plain = re.fullmatch(r"[a-z]{3,20}(?:-[a-z]{2,20}){0,4}", written)
    return written.replace("-", " ").capitalize() if is_plain else "Other crime"

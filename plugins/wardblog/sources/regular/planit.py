"""PlanIt: the planning applications of most councils, collected by one volunteer.

https://www.planit.org.uk/api/ and, for the fields, https://www.planit.org.uk/dictionary/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from wardblog.model import DataSource, Site
from wardblog.report import ParseError
from wardblog.sources.ask import Ask, FetchError, read_json
from wardblog.sources.fetch import Fetcher
from wardblog.sources.regular.applications import ApplicationRecord, fetched_applications
from wardblog.sources.regular.source import Fetched, FetchedTable
from wardblog.sources.regular.ward_area import ward_area
from wardblog.sources.services import service

# Answers end at about 1 MB, so more would be cut off.
_PAGE_SIZE = 250
_MOST_PAGES = 40
# How far back applications are asked for; large ones take most of a year.
_DAYS = 365
# Its states, in words that residents understand.
_STATES: Mapping[str, str] = {
    "Undecided": "Undecided",
    "Permitted": "Permitted",
    "Conditions": "Permitted with conditions",
    "Rejected": "Refused",
    "Withdrawn": "Withdrawn",
    "Referred": "Referred to another authority",
}
# Where councils' own pages have the last day for comments. `last_advertised_date` is when the
# application was advertised, not when comments close.
_CLOSING = ("consultation_end_date", "comment_date", "neighbour_consultation_end_date")


def fetch(
    source: DataSource,  # noqa: ARG001 - as all sources have it
    site: Site,
    today: date,
    fetcher: Fetcher,
) -> tuple[bytes, ...]:
    """The pages of applications around the ward, received within a year; see `SourceModule`."""
    west, south, east, north = ward_area(site).bounds
    answers: list[bytes] = []
    for page in range(1, _MOST_PAGES + 1):
        ask = Ask(
            service=service("planit"),
            path="api/applics/json",
            words="The planning applications" + (f", page {page}" if page > 1 else ""),
            read=_checked,
            fields={
                "bbox": f"{west:.5f},{south:.5f},{east:.5f},{north:.5f}",
                "start_date": (today - timedelta(days=_DAYS)).isoformat(),
                "pg_sz": str(_PAGE_SIZE),
                "page": str(page),
                "sort": "-start_date",
            },
        )
        answer, count = fetcher.fetch(ask)
        answers.append(answer)
        # The total that it gives is an estimate: only a short page is the last one.
        if count < _PAGE_SIZE:
            return tuple(answers)
    raise FetchError(
        f"PlanIt has more than {_MOST_PAGES * _PAGE_SIZE:,} applications around the ward",
        "Check that the outline in ward.toml is that of your ward.",
    )


def _checked(answer: bytes) -> tuple[bytes, int]:
    return answer, len(records_of(answer))


def records_of(answer: bytes) -> list[Any]:
    """The records of one answer; raises `FetchError` or `ParseError` for anything else."""
    read = read_json(answer, "www.planit.org.uk")
    records = read.get("records") if isinstance(read, dict) else None
    if not isinstance(records, list):
        raise ParseError("the answer has no planning applications in it", _ODD)
    return records


_ODD = "PlanIt may be under repair, or this software needs an update. Try again later."


def read(answers: Sequence[bytes], source: DataSource, site: Site, today: date) -> Fetched:
    """The applications in the ward, and a table of them; see `SourceModule`."""
    records = (
        _record(record)
        for answer in answers
        for record in records_of(answer)
        if isinstance(record, dict)
    )
    council = f"{site.ward.council} Council" if site.ward.council else "the council"
    credit = FetchedTable(
        stem="",
        title="Planning applications",
        columns=(),
        rows=(),
        source=f"the planning register of {council}",
        source_url="https://www.planit.org.uk/",
        attribution="Planning applications collected by PlanIt (www.planit.org.uk)",
    )
    return fetched_applications(records, site, today, f"{source.issue}-applications", credit)


def _record(record: Mapping[str, Any]) -> ApplicationRecord:
    more = record.get("other_fields")
    others = more if isinstance(more, dict) else {}
    state = record.get("app_state")
    lat, lon = _position(record)
    return ApplicationRecord(
        reference=record.get("uid"),
        address=record.get("address"),
        description=record.get("description"),
        state=_STATES.get(state, "") if isinstance(state, str) else "",
        kind=record.get("app_type"),
        received=record.get("start_date"),
        decided=record.get("decided_date"),
        closes=tuple(others.get(key) or record.get(key) for key in _CLOSING),
        link=next(_links(record, others), ""),
        is_large=record.get("app_size") == "Large",
        lat=lat,
        lon=lon,
    )


def _links(record: Mapping[str, Any], others: Mapping[str, Any]) -> Iterator[str]:
    """The page of the application at the council; else that at PlanIt."""
    for value in (record.get("url"), others.get("source_url"), record.get("link")):
        if isinstance(value, str) and value.startswith("http"):
            yield value


def _position(record: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """Latitude and longitude, from any of the fields that hold them."""
    location = record.get("location")
    pair = location.get("coordinates") if isinstance(location, dict) else None
    if isinstance(pair, list) and len(pair) == 2:
        return _number(pair[1]), _number(pair[0])
    for lat, lon in (("lat", "lng"), ("location_y", "location_x")):
        if record.get(lat) is not None and record.get(lon) is not None:
            return _number(record[lat]), _number(record[lon])
    return None, None


def _number(value: object) -> float | None:
    try:
        number = float(value) if isinstance(value, int | float | str) else None
    except (ValueError, OverflowError):
        return None
    return number if number is not None and -180 <= number <= 180 else None

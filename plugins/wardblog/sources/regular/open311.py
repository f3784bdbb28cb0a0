"""Counts of reports from a service in the form of Open311, such as FixMyStreet's.

https://wiki.open311.org/GeoReport_v2/ and https://www.fixmystreet.com/open311. An answer has at
most 1,000 reports, the newest first, and no pages, so each further one is asked for with an earlier
last day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from wardblog.content.header.fields import LONDON
from wardblog.model import DataSource, Site
from wardblog.report import ParseError
from wardblog.sources.ask import Ask
from wardblog.sources.fetch import Fetcher
from wardblog.sources.regular.answer_forms import parse_json, plain_text, whole
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
from wardblog.text.words import counted, long_date

# Whole months are counted, so that the figures do not change from one day to the next by the
# calendar alone.
_MONTHS = 3
_MOST_ANSWERS, _FULL = 20, 1000
_STATES = {"open": OPEN, "closed": CLOSED}
_CHECK = (
    'Check "url" and "jurisdiction" of the source in ward.toml. The address ends in "/open311/v2", '
    "and the jurisdiction is the one that the service names in its help."
)


def _first_day(today: date) -> date:
    """The first day that is counted: the month of today, and those before."""
    # late import: see docs/architecture.md
    from dateutil.relativedelta import relativedelta

    return today.replace(day=1) - relativedelta(months=_MONTHS - 1)


def fetch(source: DataSource, site: Site, today: date, fetcher: Fetcher) -> tuple[bytes, ...]:  # noqa: ARG001 - all sources have the same form
    """Ask for the reports of the last months, from the newest to the oldest."""
    if not source.jurisdiction:
        raise ParseError(
            f'the [[source]] on line {source.line} of ward.toml has no "jurisdiction"',
            'The service requires it. Add a line such as: jurisdiction = "fixmystreet.com"',
        )
    service = service_at_url_of(source)
    first, last = _first_day(today), today + timedelta(days=1)
    answers: list[bytes] = []
    while len(answers) < _MOST_ANSWERS:
        fields = {
            **fields_of(source.url),
            "jurisdiction_id": source.jurisdiction,
            "start_date": first.isoformat(),
            "end_date": last.isoformat(),
        }
        ask = Ask(
            service=service,
            path="requests.json",
            words="Reports from Open311",
            read=whole(_requests, service.host),
            fields=fields,
        )
        answers.append(fetcher.fetch(ask))
        found = _requests(answers[-1])
        days = [day for one in found if (day := _day_of(one)) is not None]
        if len(found) < _FULL or not days:
            break
        # A day may be in two answers; its reports are counted once.
        oldest = min(days) + timedelta(days=1)
        last = oldest if oldest < last else last - timedelta(days=1)
        if last <= first:
            break
    return tuple(answers)


def read(answers: Sequence[bytes], source: DataSource, site: Site, today: date) -> Fetched:
    """The counts of the reports in the ward since the first day of the month before last.

    Only the category, the state, the position, the number and the day of a report are used.
    """
    first = _first_day(today)
    rows: dict[str, ReportRow] = {}
    days: list[date] = []
    for answer in answers:
        for number, one in enumerate(_requests(answer)):
            day = _day_of(one)
            if day is not None and day < first:
                continue
            days += [day] if day else []
            key = str(one.get("service_request_id") or f"{len(rows)}-{number}")
            rows[key] = _row_of(one)
    placed = [(row, row.position) for row in rows.values() if row.position]
    inside = are_inside(ward_area(site), [position for _, position in placed])
    kept = [row for (row, _), is_in in zip(placed, inside, strict=True) if is_in]
    left_out = list(_left_out(rows, placed, answers, days))
    if not kept:
        return Fetched(left_out=(*left_out, f"no reports in the ward since {long_date(first)}"))
    parts = parts_of(source.url)
    page = f"{parts.scheme}://{parts.netloc}/"
    name = "FixMyStreet" if "fixmystreet" in parts.netloc else parts.netloc
    title = "Reports to the council in the last three months"
    made = counts(kept, source, site)
    table = table_of_counts("reports", title, source, made, name, page)
    return Fetched(tables=(table,), left_out=tuple(left_out))


def _left_out(
    rows: Mapping[str, ReportRow],
    placed: Sequence[object],
    answers: Sequence[bytes],
    days: Sequence[date],
) -> Iterator[str]:
    if nowhere := len(rows) - len(placed):
        yield f"{counted(nowhere, 'report has', 'reports have')} no position"
    if len(answers) >= _MOST_ANSWERS and days:
        yield (
            f"the service has too many reports, so those before {long_date(min(days))} are not "
            'counted; add "?agency_responsible=..." with the number of your council to the address'
        )


def _requests(answer: bytes) -> list[Mapping[str, Any]]:
    data = parse_json(answer)
    if isinstance(data, dict):
        data = data.get("service_requests", data.get("requests"))
    if not isinstance(data, list):
        raise ParseError("this is not an answer from Open311", _CHECK)
    return [one for one in data if isinstance(one, dict)]


def _row_of(one: Mapping[str, Any]) -> ReportRow:
    category = plain_text(str(one.get("service_name") or one.get("service_code") or ""))
    state = _STATES.get(str(one.get("status") or "").casefold(), NO_STATE)
    try:
        position = float(one["lat"]), float(one["long"])
    except (KeyError, TypeError, ValueError):
        return ReportRow(category, state, None)
    is_real = abs(position[0]) <= 90 and abs(position[1]) <= 180
    return ReportRow(category, state, position if is_real else None)


def _day_of(one: Mapping[str, Any]) -> date | None:
    """The day on which a report was made, in London."""
    try:
        moment = datetime.fromisoformat(str(one.get("requested_datetime") or ""))
    except ValueError:
        return None
    if not 2000 <= moment.year <= 2200:
        return None
    return (moment.astimezone(LONDON) if moment.tzinfo else moment).date()

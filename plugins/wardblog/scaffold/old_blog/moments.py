"""Dates as the exports of blogs write them, with zones; what means "no date" is None."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from wardblog.model.events import LONDON
from wardblog.support.late_regex import late_regex

# Blogs are younger. Programs write the years 0, -1 and 1970 where there is no date.
_FIRST_YEAR, _LAST_YEAR = 1990, 2200
_QUARTER = timedelta(minutes=15)
_FARTHEST = timedelta(hours=14)
_SPACES = late_regex(r"\s+")


def iso_moment(text: str, zone: tzinfo = UTC) -> datetime | None:
    """`2016-05-03T10:00:00.000+01:00`, `2016-05-03 10:00:00 +0100` or `2016-05-03`."""
    words = _SPACES.sub(" ", text.strip()).replace(" UTC", "Z").replace(" GMT", "Z")
    date_part, _, rest = words.partition(" ")
    joined = f"{date_part}T{rest.replace(' ', '')}" if rest else words
    try:
        return _fit(datetime.fromisoformat(joined), zone)
    except (ValueError, OverflowError):
        return None


def feed_moment(text: str, zone: tzinfo = UTC) -> datetime | None:
    """`Tue, 03 May 2016 10:00:00 +0100` as in RSS, or a date as `iso_moment` reads it."""
    if found := iso_moment(text, zone):
        return found
    try:
        return _fit(parsedate_to_datetime(text.strip().replace(" BST", " +0100")), zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def local_moment(text: str) -> datetime | None:
    """`2016-05-03 10:00:00`, without a zone."""
    moment = iso_moment(text)
    return moment.replace(tzinfo=None) if moment else None


def with_offset(local: datetime | None, utc: datetime | None) -> datetime | None:
    """The moment `utc` as the clock showed it that read `local` then; both have no zone."""
    if utc is None:
        return None
    apart = (local or utc) - utc
    whole = round(apart / _QUARTER) * _QUARTER
    zone = timezone(whole if abs(whole) <= _FARTHEST else timedelta())
    return utc.replace(tzinfo=UTC).astimezone(zone)


def usual_zone(moments: Iterable[datetime]) -> tzinfo:
    """The zone of most moments; that of London if it fits them, or if there are none."""
    offsets = Counter(moment.utcoffset() for moment in moments)
    usual = next((offset for offset, _ in offsets.most_common(1)), None)
    if usual is None or usual in (timedelta(), timedelta(hours=1)):
        return LONDON
    return timezone(usual)


def value_moment(value: object, zone: tzinfo = LONDON) -> datetime | None:
    """The moment of a value in YAML or TOML: a date, a moment, or a text."""
    if isinstance(value, datetime):
        return _fit(value, zone)
    if isinstance(value, date):
        return _fit(datetime(value.year, value.month, value.day), zone)  # noqa: DTZ001 - set by _fit
    return feed_moment(value, zone) if isinstance(value, str) else None


def _fit(moment: datetime, zone: tzinfo) -> datetime | None:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)

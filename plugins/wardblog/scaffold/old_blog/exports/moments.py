"""Dates as the exports of blogs write them, with zones; what means "no date" is None."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from wardblog.model.events import LONDON
from wardblog.support.late_regex import late_regex

# Blogs are younger. Programs write the years 0, -1 and 1970 where there is no date.
_FIRST_YEAR, _LAST_YEAR = 1990, 2200
_QUARTER = timedelta(minutes=15)
_FARTHEST = timedelta(hours=14)
# Programs save a post several times while it is published.
_AT_ONCE = timedelta(minutes=1)
_SPACES = late_regex(r"\s+")
_WRITTEN = late_regex(
    r"""(?P<day>\d{4}-\d{1,2}-\d{1,2})
    (?:[Tt\s]+(?P<clock>\d{1,2}:\d{2})(?::(?P<seconds>\d{2})(?:[.,]\d+)?)?
    \s*(?P<half>[AaPp][Mm])?\s*(?P<offset>Z|UTC|GMT|BST|[+-]\d{1,2}(?::?\d{2})?)?)?""",
    re.VERBOSE,
)


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


def if_changed(updated: datetime | None, published: datetime | None) -> datetime | None:
    """When it was changed; None if that was not after it was published."""
    if updated is None or published is None or updated - published < _AT_ONCE:
        return None
    return updated


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


def written_moment(text: str, zone: tzinfo, in_seconds: tzinfo) -> datetime | None:
    """The moment of a value in YAML or TOML, as a person writes it: `2016-5-3 9:30 +0100`.

    `zone` is for a day or a time without a zone; `in_seconds` for one with seconds, which YAML
    says is in UTC.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        return feed_moment(text, zone)
    day, clock, seconds, offset = found.group("day", "clock", "seconds", "offset")
    year, month, number = map(int, day.split("-"))
    hour, minute = map(int, (clock or "0:0").split(":"))
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"].casefold() == "pm")
    try:
        moment = datetime(year, month, number, hour, minute, int(seconds or 0))  # noqa: DTZ001
    except ValueError:
        return None
    if offset:
        return _fit(moment, _zone_of(offset))
    return _fit(moment, in_seconds if seconds else zone)


def _zone_of(offset: str) -> tzinfo:
    """`Z`, `GMT`, `BST`, `+1`, `+01:00` or `-0700`."""
    if offset[0] not in "+-":
        return timezone(timedelta(hours=offset == "BST"))
    digits = offset[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    apart = timedelta(hours=int(hours), minutes=int(minutes))
    apart = min(apart, _FARTHEST)
    return timezone(-apart if offset[0] == "-" else apart)


def _fit(moment: datetime, zone: tzinfo) -> datetime | None:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)

"""`private/stats/totals.json`: the totals of each day, and which part of which log they are from.

    {"version": 1, "days": {"2026-11-22": [PART, ...]}}

A PART is what one log has of one day, in the form of `DayPart`. How far it goes is the high-water
mark of that log: `stored_parts.py` decides with it what is new in a log that is read again.
`figures.py` says what comes of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from wardblog.model.events import LONDON
from wardblog.office.statistics.totals import HOURS, NOTHING, DayTotals, FeedDay, added
from wardblog.problems import CommandError, display_path
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder, write_private

FOLDER, FILE = "stats", "totals.json"
_VERSION = 1
# No count is larger, and no line is of another time: 1995 to 2200.
_MOST = 10**15
_EARLIEST, _LATEST = 788_918_400, 7_258_118_400


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPart:
    """What one log has of one day.

    `log` is its file's name without folder and number (`access.log`). `first` and `last` are the
    seconds since 1970 of its lines. `at_last` is how many lines that last second has, and `tail`
    how long they are, by which a log that begins in the same second is known. `profile` has the
    number of lines and of bytes in each hour, by which the same log is known under another name.
    `history` is how many lines the log had before this day, by which returning visitors are known,
    and `is_settled` is whether it went on for long enough afterwards.
    """

    log: str
    first: int
    last: int
    at_last: int
    tail: tuple[int, ...]
    profile: tuple[tuple[int, int], ...]
    history: int
    is_settled: bool
    totals: DayTotals


Days = Mapping[date, tuple[DayPart, ...]]


def totals_of(parts: Sequence[DayPart]) -> DayTotals:
    """A day as all logs have it.

    Where parts of one log follow one another, the same readers fetch the feeds.
    """
    totals, ends = NOTHING, dict[str, int]()
    for part in sorted(parts, key=lambda part: part.first):
        totals = added(totals, part.totals, ends.get(part.log, part.last + 1) <= part.first)
        ends[part.log] = max(part.last, ends.get(part.log, 0))
    return totals


def read_parts(private: Path) -> dict[date, tuple[DayPart, ...]]:
    """What is stored; nothing if there is no file. Raises `CommandError` if it is damaged."""
    path = private / FOLDER / FILE
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise CommandError(
            f"{display_path(path)} cannot be read: {error.strerror}",
            "Move whatever has this name, or make it readable for you; then run the command again.",
        ) from None
    try:
        stored = json.loads(data)
        if stored["version"] != _VERSION:
            raise CommandError(
                f"{display_path(path)} was written by a newer version of the software",
                "Upgrade the software, then run the command again.",
            )
        return dict(_day(day, parts) for day, parts in stored["days"].items())
    except (ArithmeticError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise CommandError(
            f"{display_path(path)} is damaged",
            "Bring it back from a backup; or delete it, and count the logs that you have again.",
        ) from None


def write_parts(private: Path, days: Days) -> None:
    """Replace what is stored, at once or not at all; it is left alone if nothing has changed."""
    stored = {
        "version": _VERSION,
        "days": {day.isoformat(): [_as_json(p) for p in parts] for day, parts in days.items()},
    }
    data = json.dumps(stored, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    path = private / FOLDER / FILE
    private_folder(private, path.parent)
    try:
        if path.read_bytes() == data:
            return
    except FileNotFoundError:
        pass
    write_private(path, data)


def _as_json(part: DayPart) -> dict[str, Any]:
    totals = part.totals
    return {
        "log": part.log,
        "first": part.first,
        "last": part.last,
        "at_last": part.at_last,
        "tail": part.tail,
        "profile": part.profile,
        "history": part.history,
        "settled": part.is_settled,
        "reads": totals.reads,
        "hours": totals.hours,
        "campaigns": totals.campaigns,
        "feeds": {
            path: {"readers": feed.readers, "services": feed.services}
            for path, feed in totals.feeds.items()
        },
        "excluded": totals.excluded,
    }


def _day(written: str, parts: list[Any]) -> tuple[date, tuple[DayPart, ...]]:
    """Raises `ValueError` if there is no part, or one that is of another day."""
    day, found = date.fromisoformat(written), tuple(_part(part) for part in parts)
    moments = [second for part in found for second in (part.first, part.last)]
    if not moments or {datetime.fromtimestamp(one, LONDON).date() for one in moments} != {day}:
        raise ValueError("a part has the lines of one day")
    return day, found


def _part(stored: dict[str, Any]) -> DayPart:
    profile = tuple((_number(lines), _number(size)) for lines, size in stored["profile"])
    hours = tuple(_number(hour) for hour in stored["hours"])
    if len(profile) != HOURS or len(hours) != HOURS:
        raise ValueError("a day has 24 hours")
    return DayPart(
        log=str(stored["log"]),
        first=_moment(stored["first"]),
        last=_moment(stored["last"]),
        at_last=_number(stored["at_last"]),
        tail=tuple(_number(length) for length in stored["tail"]),
        profile=profile,
        history=_number(stored["history"]),
        is_settled=bool(stored["settled"]),
        totals=DayTotals(
            reads={path: _numbers(sources) for path, sources in stored["reads"].items()},
            hours=hours,
            campaigns=_numbers(stored["campaigns"]),
            feeds={
                path: FeedDay(_number(feed["readers"]), _numbers(feed["services"]))
                for path, feed in stored["feeds"].items()
            },
            excluded=_numbers(stored["excluded"]),
        ),
    )


def _numbers(stored: dict[str, Any]) -> dict[str, int]:
    return {str(key): _number(number) for key, number in stored.items()}


def _number(stored: Any) -> int:
    return _between(0, int(stored), _MOST)


def _moment(stored: Any) -> int:
    return _between(_EARLIEST, int(stored), _LATEST)


def _between(least: int, number: int, most: int) -> int:
    if not least <= number <= most:
        raise ValueError("no number that can be counted")
    return number

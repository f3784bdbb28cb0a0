"""Lines of logs, written out as servers write them, and what comes of counting them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from support import run_here, write_site
from wardblog.office.statistics.count_logs import Counted, count_logs
from wardblog.office.statistics.counting import Surroundings
from wardblog.office.statistics.stored import read_parts, totals_of
from wardblog.office.statistics.totals import DayTotals

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 29, tzinfo=UTC)
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
FEED, STYLE = "/feeds/all.rss.xml", "/theme/style.0123456789ab.css"
ABOUT = Surroundings(hosts=("ward.example.org",), community=(), now=NOW)


def line(
    path: str,
    after: float = 0,
    address: str = "192.0.2.7",
    agent: str = CHROME,
    status: int = 200,
    referrer: str = "-",
    method: str = "GET",
) -> str:
    """A line in the combined format, so many seconds after noon on Monday, 16 November."""
    moment = NOON + timedelta(seconds=after)
    return (
        f'{address} - - [{moment:%d/%b/%Y:%H:%M:%S} +0000] "{method} {path} HTTP/1.1" {status} '
        f'512 "{referrer}" "{agent}"'
    )


def visit(path: str, after: float = 0, address: str = "192.0.2.7", **other: Any) -> list[str]:
    """A page, and its style, as a browser loads them."""
    return [
        line(path, after, address, **other),
        line(STYLE, after, address, agent=other.get("agent", CHROME)),
    ]


def daily(
    days: Iterable[int],
    address: str,
    agent: str,
    hours: Iterable[float] = range(0, 24, 2),
    feed: str = FEED,
) -> list[str]:
    """Fetches of a feed on these days, counted from 16 November, at these hours."""
    seconds = [(day * 24 + hour - 12) * 3600 for day in days for hour in hours]
    return [line(feed, at, address, agent, 304) for at in seconds]


def in_order(lines: Iterable[str]) -> list[str]:
    """Lines in the combined format in the order of time."""
    return sorted(lines, key=lambda one: datetime.strptime(
        one.split("[")[1].split("]")[0], "%d/%b/%Y:%H:%M:%S %z"
    ))  # fmt: skip


def log_of(folder: Path, lines: Iterable[str | bytes], name: str = "access.log") -> Path:
    """A log with these lines."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = (one.encode() if isinstance(one, str) else one for one in lines)
    path.write_bytes(b"".join(one + b"\n" for one in whole))
    return path


def counted_in(folder: Path, lines: Iterable[str | bytes]) -> Counted:
    return count_logs([log_of(folder, lines)], folder / "private", ABOUT)


def result_of(folder: Path, lines: Iterable[str | bytes]) -> dict[str, dict[str, int]]:
    """The reads, the subscribers and what was excluded."""
    return counted_in(folder, lines).as_json()


def read_totals(private: Path) -> dict[date, DayTotals]:
    """What was counted so far on each day, oldest first."""
    return {day: totals_of(parts) for day, parts in sorted(read_parts(private).items())}


def run_stats(folder: Path, *words: str, **variables: str) -> Any:
    """`make stats` in a folder that has a small site."""
    if not (folder / "content").exists():
        write_site(folder / "content")
    environment = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp())), **variables}
    return run_here("stats", *words, cwd=folder, **environment)


def stats_json(folder: Path, *logs: Path | str) -> dict[str, dict[str, int]]:
    done = run_stats(folder, "--log", " ".join(map(str, logs)), "--format", "json")
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, int]] = json.loads(done.stdout)
    return found

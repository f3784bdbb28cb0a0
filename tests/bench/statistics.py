"""How fast `make stats` counts a log, beside GoAccess on the same file, and its memory."""

from __future__ import annotations

import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from support import ROOT

LINES, YEAR = 1_000_000, 3_000_000
RATIO, MEGABYTES = 1.5, 200
_BEGIN = datetime(2025, 11, 1, tzinfo=UTC).timestamp()
_SECONDS = 365 * 86_400
_BROWSERS = [
    f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 "
    f"Safari/537.36"
    for system in ("Windows NT 10.0; Win64; x64", "Linux; Android 10; K", "X11; Linux x86_64")
    for version in range(120, 142)
]
_CRAWLERS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "curl/8.5.0",
]
_READERS = ["newsboat/2.37 (Linux x86_64)", "NetNewsWire (RSS Reader; https://netnewswire.com/)"]
_PAGES = [f"/2026/{month:02}/post-{n}/" for month in range(1, 12) for n in range(20)] + ["/"]
_PARTS = ("/theme/style.0123456789ab.css", "/theme/find.0123456789ab.js", "/images/one.jpg",
          "/images/two.jpg", "/icon.png")  # fmt: skip


def write_log(path: Path, lines: int) -> None:
    """A year of a small site: readers, crawlers, feed readers and what only pretends."""
    chance = random.Random(11)  # noqa: S311 - the same each time
    homes = [f"{chance.randrange(1, 200)}.{chance.randrange(256)}.{chance.randrange(256)}.{n % 256}"
             for n in range(20_000)]  # fmt: skip
    at, written = _BEGIN, 0
    with path.open("w", encoding="ascii") as file:
        while written < lines:
            at += chance.expovariate(lines / 3.4 / _SECONDS)
            stamp = datetime.fromtimestamp(at, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")
            page, address = chance.choice(_PAGES), chance.choice(homes)
            kind = chance.random()
            agent = chance.choice(_CRAWLERS if kind < 0.2 else _BROWSERS)
            asked = [page]
            if 0.2 <= kind < 0.4:
                asked, agent = ["/feeds/all.rss.xml"], chance.choice(_READERS)
            elif kind > 0.6:
                asked += _PARTS
            for one in asked:
                file.write(f'{address} - - [{stamp}] "GET {one} HTTP/1.1" 200 4096 "-" "{agent}"\n')
            written += len(asked)


def ours(log: Path, folder: Path) -> tuple[float, int]:
    """The whole command in its own process: seconds of the processor, and megabytes."""
    script = (
        "import json, resource, sys\n"
        "from wardblog.cli import main\n"
        "status = main(sys.argv[1:])\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss]), file=sys.stderr)\n"
        "sys.exit(status)\n"
    )
    words = ["stats", "--content", str(ROOT / "content"), "--log", str(log), "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=folder, capture_output=True, text=True,
        check=True, env={"PYTHONPATH": str(ROOT / "plugins"), "PRIVATE": str(folder / "private")},
    )  # fmt: skip
    shutil.rmtree(folder / "private")
    seconds, kilobytes = json.loads(done.stderr.splitlines()[-1])
    return seconds, kilobytes // 1000


def goaccess(log: Path, folder: Path) -> float:
    """The same file, to a report in JSON; seconds of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        ["goaccess", str(log), "--log-format=COMBINED", "--no-global-config", "--no-progress",
         "-o", str(folder / "report.json")],
        check=True, capture_output=True,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(pairs: int) -> None:
    """In pairs, so that whatever else the computer does slows down both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log = folder / "access.log"
        write_log(log, LINES)
        has_peer = bool(shutil.which("goaccess"))
        mine, theirs = [], []
        for _ in range(pairs):
            mine.append(ours(log, folder)[0])
            if has_peer:
                theirs.append(goaccess(log, folder))
        speed = LINES / statistics.median(mine)
        print(
            f"stats, {LINES:,} lines, with all that the command loads: {speed:,.0f} lines a second"
        )
        if has_peer:
            ratio = statistics.median(b / a for a, b in zip(mine, theirs, strict=True))
            print(
                f"  GoAccess: {LINES / statistics.median(theirs):,.0f} lines a second, so ours is "
                f"{ratio:.2f} times as fast (goal: {RATIO:g})"
            )
        else:
            print("  Not compared: install GoAccess (apt install goaccess) to measure it as well.")
        write_log(log, YEAR)
        seconds, megabytes = ours(log, folder)
        print(
            f"  a year, {YEAR:,} lines: {seconds:.1f} s, {megabytes:,} MB at most "
            f"(goal: {MEGABYTES} MB)"
        )

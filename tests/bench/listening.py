"""What `make listen` costs: 50 feeds with 50 items each, from the loopback."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path
from random import Random

import feedparser

from office.listening import FeedServer, feed_server, pairs, rss, site_entry
from support import ROOT, run
from wardblog.office.listening.items import FeedItem

FEEDS, ITEMS = 50, 50
_HEADINGS = ("Update", "News", "Reported", "Seen", "Again", "This week", "From the council", "Ask")


def main(pairs_of_runs: int) -> None:
    """The whole command, in a process of its own; beside it, feedparser alone on the same bytes."""
    with feed_server() as server, tempfile.TemporaryDirectory() as name:
        content = Path(name) / "content"
        bodies = _content(content, server)
        _run(content, Path(name) / "warm")
        seconds = [_run(content, Path(name) / f"private{n}") for n in range(pairs_of_runs)]
        again = [_run(content, Path(name) / "private0") for _ in range(pairs_of_runs)]
        alone = [_feedparser_alone(bodies) for _ in range(pairs_of_runs)]
    whole, peer = statistics.median(seconds), statistics.median(alone)
    print(
        f"listen, {FEEDS} feeds with {ITEMS} items each: {whole:.2f} s; "
        f"again without news {statistics.median(again):.2f} s; "
        f"feedparser alone {peer:.2f} s, so {whole / peer:.1f} times as long"
    )


def _content(content: Path, server: FeedServer) -> list[bytes]:
    """The sample, with feeds of its own; returns their bytes."""
    for path in (ROOT / "content").rglob("*"):
        if path.is_file():
            target = content / path.relative_to(ROOT / "content")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    bodies = [_feed(number) for number in range(FEEDS)]
    entries = [
        site_entry(f"Site {n}", server.put(f"/feed{n}", body)) for n, body in enumerate(bodies)
    ]
    (content / "community.toml").write_text("\n".join(entries), encoding="utf-8")
    return bodies


def _feed(number: int) -> bytes:
    """Items from the labelled pairs, in words that differ, and a tenth of them as other sites."""
    random = Random(number)  # noqa: S311 - the same feeds each time
    items = [one for pair in pairs() for one in (pair.a, pair.b)]
    return rss(*(_entry(number, at, random.choice(items), random) for at in range(ITEMS)))


def _entry(number: int, at: int, item: FeedItem, random: Random) -> str:
    day = (item.published or _AN_HOUR).replace(hour=at % 24, day=15 + at % 10)
    words = item.text.split()
    random.shuffle(words)
    is_shared = random.random() < 0.1
    who = 0 if is_shared else number
    text = item.text if is_shared else " ".join((*words, f"place{number}", f"matter{at}"))
    return (
        f"<title>{_HEADINGS[(who + at) % 8]}: {item.title.replace('&', 'and')}</title>"
        f"<link>https://site{who}.example/{at if not is_shared else abs(hash(item.title)) % 99}</link>"
        f"<guid isPermaLink='false'>{number}-{at}</guid><pubDate>{format_datetime(day)}</pubDate>"
        f"<description><![CDATA[<p>{text}</p>]]></description>"
    )


_AN_HOUR = next(pair.a.published for pair in pairs() if pair.a.published)


def _run(content: Path, private: Path) -> float:
    start = time.perf_counter()
    done = run(
        "listen", "--content", str(content), "--force", cwd=content.parent,
        PRIVATE=str(private), PYTHONHASHSEED="0", SOURCE_DATE_EPOCH="1796040000",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + os.linesep + done.stdout
    return time.perf_counter() - start


def _feedparser_alone(bodies: list[bytes]) -> float:
    start = time.perf_counter()
    for body in bodies:
        feedparser.parse(BytesIO(body))
    return time.perf_counter() - start

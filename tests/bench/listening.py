"""What `make listen` costs: 50 feeds with 50 items each, from the loopback."""

from __future__ import annotations

import os
import re
import statistics
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import NamedTuple

import feedparser

from office.listening import FeedServer, feed_server, pairs, rss, site_entry
from support import ROOT, run

FEEDS, ITEMS = 50, 50
# Every tenth item is that of another site as well.
_SHARED = 10


class Cost(NamedTuple):
    """Elapsed seconds, and those of the processor, with all processes that have ended."""

    elapsed: float
    processor: float

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.elapsed - other.elapsed, self.processor - other.processor)

    def __str__(self) -> str:
        return f"{self.elapsed:.2f} s ({self.processor:.2f} s of the processor's time)"


def main(pairs_of_runs: int) -> None:
    """The whole command, in a process of its own; beside it, feedparser alone on the same bytes."""
    with feed_server() as server, tempfile.TemporaryDirectory() as name:
        content = Path(name) / "content"
        bodies = _content(content, server)
        _run(content, Path(name) / "warm")
        costs, again, alone = [], [], []
        for number in range(pairs_of_runs):  # in turns, since a computer is not always as fast
            private = Path(name) / f"private{number}"
            costs.append(_run(content, private))
            again.append(_run(content, private))
            alone.append(_feedparser_alone(bodies))
    whole, peer = _median(costs), _median(alone)
    print(
        f"listen, {FEEDS} feeds with {ITEMS} items each: {whole}; "
        f"again without news {_median(again)}; feedparser alone {peer}, "
        f"so {whole.elapsed / peer.elapsed:.1f} times as long"
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
    return rss(*(_entry(number, at) for at in range(ITEMS)))


def _entry(number: int, at: int) -> str:
    """An item of its own words; every tenth is the same on two sites, but for its guid."""
    own = number // 2 if at % _SHARED == 0 else number + FEEDS
    random = Random(own * 1000 + at)  # noqa: S311 - the same feeds each time
    place = random.choice(_STREETS)
    title = f"{_words(random, 5)} in {place}".capitalize()
    text = f"{title}. {_words(random, 30)}. {_words(random, 18)}."
    day = format_datetime(datetime(2026, 11, 15 + at % 10, at % 24, tzinfo=UTC))
    return (
        f"<title>{title}</title><link>https://site{own}.example/{at}</link>"
        f"<guid isPermaLink='false'>{number}-{at}</guid><pubDate>{day}</pubDate>"
        f"<description><![CDATA[<p>{text}</p>]]></description>"
    )


def _words(random: Random, count: int) -> str:
    """Words as often as news have them: few of them often, and many of them once."""
    found = (random.choice(_VOCABULARY[: random.choice((40, 200, None))]) for _ in range(count))
    return " ".join(found)


def _vocabulary() -> list[str]:
    """The words of the labelled items, the most frequent first, and many more that are invented."""
    texts = " ".join(f"{pair.a.title} {pair.a.text} {pair.b.text}" for pair in pairs())
    found = Counter(re.findall(r"[A-Za-z]{3,}", texts)).most_common()
    endings = ("a", "ost", "ium", "esk", "ald", "ory", "umb", "ith", "ene", "art")
    rare = [f"{word[::-1]}{ending}".lower() for word, _ in found for ending in endings]
    return [word for word, _ in found] + rare


_VOCABULARY = _vocabulary()
_STREETS = [f"{word} Road" for word in ("Eland", "Dorothy", "Culvert", "Sabine", "Kestrel")]


def _run(content: Path, private: Path) -> Cost:
    """As a councillor runs it again: Python has compiled the program, and the site was read."""
    before = _now()
    done = run(
        "listen", "--content", str(content), "--force", cwd=content.parent,
        PRIVATE=str(private), PYTHONHASHSEED="0", SOURCE_DATE_EPOCH="1796040000",
        PYTHONDONTWRITEBYTECODE="", PYTHONPYCACHEPREFIX=str(content.parent / "compiled"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + os.linesep + done.stdout
    return _now() - before


def _feedparser_alone(bodies: list[bytes]) -> Cost:
    before = _now()
    for body in bodies:
        feedparser.parse(BytesIO(body))
    return _now() - before


def _now() -> Cost:
    times = os.times()
    processor = times.user + times.system + times.children_user + times.children_system
    return Cost(time.perf_counter(), processor)


def _median(costs: list[Cost]) -> Cost:
    return Cost(*map(statistics.median, zip(*costs, strict=True)))

"""What the simulation records: requests, and beside them what people really did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from random import Random
from typing import Final, NamedTuple

# Four weeks in winter, when the time in London is UTC. The first day is a Monday.
START: Final = datetime(2026, 11, 2, tzinfo=UTC).timestamp()
DAY: Final = 86_400.0
DAYS: Final = 28
END: Final = START + DAYS * DAY


class Kind(StrEnum):
    """Who made a request, and what for."""

    PAGE = "person: page"
    ASSET = "person: asset"
    OTHER = "person: other"  # downloads, redirects, pages that do not exist
    FEED_LOOK = "person: looks at a feed"
    PREFETCH = "person: page fetched in advance and never opened"
    PREVIEW = "person: preview of a shared link"
    READER = "feed: individual reader"
    READER_SITE = "feed: reader looks for a name and an icon"
    SERVICE = "feed: service"
    CALENDAR = "feed: calendar"
    FEED_ROBOT = "machine: feed robot"
    SEARCH = "machine: search engine"
    SEO = "machine: SEO crawler"
    AI = "machine: AI crawler"
    ARCHIVE = "machine: archive or validator"
    MONITOR = "machine: uptime monitor"
    LIBRARY = "machine: program or library"
    OWN_CHECK = "machine: check of the site's own"
    EMAIL_CHECK = "machine: e-mail link check"
    BURST = "machine: scraper with a browser's agent, in bursts"
    ONE_PAGE = "machine: scraper with changing addresses, one page each"
    HEADLESS = "machine: headless browser that says so"
    RENDERER = "machine: scraper that loads pages as browsers do"
    SPAM = "machine: referrer spam"
    NONSENSE = "machine: empty or nonsense agent"
    SCANNER = "machine: vulnerability scanner"


class Client(NamedTuple):
    """What a server sees of who asks. An empty agent means that none was sent."""

    address: str
    agent: str
    protocol: str = "HTTP/1.1"


class Hit(NamedTuple):
    """One request: `time` in seconds since 1970, `size` of the answer in bytes.

    `target` is the path with the query string. An empty `method` means that the request was not
    HTTP; `target` then holds its bytes as nginx writes them.
    """

    time: float
    client: Client
    method: str
    target: str
    status: int
    size: int
    referrer: str
    kind: Kind


class Opening(NamedTuple):
    """A person (a number) opened an HTML page (its path, without a query string)."""

    time: float
    person: int
    path: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What is subscribed to a feed from `start` to `end`, both in seconds since 1970.

    `announced` holds the numbers that a service announced, each with its time. It is empty for an
    individual reader, who counts as one.
    """

    feed: str
    name: str
    start: float
    end: float
    announced: tuple[tuple[float, int], ...] = ()


@dataclass(slots=True)
class Record:
    """Collects what happens, and ignores what happens after the end of the log."""

    hits: list[Hit] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    subscriptions: list[Subscription] = field(default_factory=list)

    def add(
        self,
        time: float,
        client: Client,
        target: str,
        kind: Kind,
        *,
        status: int = 200,
        size: int = 0,
        referrer: str = "",
        method: str = "GET",
    ) -> None:
        """Record a request. An answer to HEAD, or with status 304, has no body."""
        if START <= time < END:
            body = 0 if status == 304 or method == "HEAD" else size
            self.hits.append(Hit(time, client, method, target, status, body, referrer, kind))

    def open(self, time: float, person: int, path: str, status: int) -> None:
        """Record that a person opened a page."""
        if START <= time < END:
            self.openings.append(Opening(time, person, path, status))


def random_stream(seed: int, name: str) -> Random:
    """Return a stream of random numbers of its own for each part of the simulation."""
    return Random(f"{seed}:{name}")  # noqa: S311 - the same in every run, not a secret

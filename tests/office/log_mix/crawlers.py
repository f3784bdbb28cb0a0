"""Machines that say what they are: search engines, crawlers, monitors, validators, libraries."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from .addresses import address_in
from .browsers import WINDOWS
from .clock import moment_of_machines
from .hits import DAY, DAYS, START, Client, Kind, Record
from .site import (
    BY_PATH,
    CALENDARS,
    FEEDS,
    ORIGIN,
    PUBLISHED,
    any_page,
    assets_of,
    choose_feed,
    size_of,
)
from .tables import rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawler:
    """A crawler: its share of all lines of crawlers, its network, and how it visits."""

    kind: Kind
    share: float
    agent: str
    network: str
    pages: tuple[int, int] = (1, 3)  # in one visit
    seconds: float = 40.0  # between two pages
    renders: bool = False  # loads the assets of pages too
    asks_again: bool = True  # gets 304 for pages it knows
    reads_feeds: float = 0.05


CRAWLERS: Final = rows_of(Crawler, "crawlers.toml", kind=Kind)


def crawl(record: Record, chance: Random, lines: int) -> None:
    """Record visits of crawlers until there are this number of lines more."""
    enough = len(record.hits) + lines
    shares = [_weight(crawler) for crawler in CRAWLERS]
    while len(record.hits) < enough:
        crawler = chance.choices(CRAWLERS, shares)[0]
        _visit(record, chance, crawler)


def _weight(crawler: Crawler) -> float:
    """Return how often a crawler visits, given that its share is of lines."""
    pages = sum(crawler.pages) / 2
    return crawler.share / (pages * (5 if crawler.renders else 1) + 0.6)


def _visit(record: Record, chance: Random, crawler: Crawler) -> None:
    time = moment_of_machines(chance)
    client = Client(address_in(chance, crawler.network), crawler.agent)
    if chance.random() < 0.3:
        _send(record, client, "/robots.txt", time - 2, crawler.kind)
    if chance.random() < 0.08:
        _send(record, client, "/sitemap.xml", time - 1, crawler.kind)
    if chance.random() < crawler.reads_feeds:
        _send(record, client, choose_feed(chance), time, crawler.kind)
    if "Image" in crawler.agent:
        images = BY_PATH[any_page(chance, time)].images
        for image in images:
            _send(record, client, image, time, crawler.kind)
    for _ in range(chance.randint(*crawler.pages)):
        path = any_page(chance, time)
        if chance.random() < 0.05:  # from http to https, or to the address with a slash
            written = chance.choice((path, path.rstrip("/") or "/"))
            _send(record, client, written, time - 0.3, crawler.kind, status=301)
        is_known = crawler.asks_again and chance.random() < 0.35
        _send(record, client, path, time, crawler.kind, status=304 if is_known else 200)
        if crawler.renders and not is_known:
            _render(record, chance, client, path, time, crawler.kind)
        if chance.random() < 0.02:
            _send(record, client, f"{path}amp/", time + 1, crawler.kind, status=404)
        time += crawler.seconds * chance.uniform(0.4, 2)


def _render(
    record: Record, chance: Random, client: Client, path: str, time: float, kind: Kind
) -> None:
    """Record the assets that a crawler loads, some of which it has already."""
    for asset in assets_of(path, time):
        if chance.random() < 0.6:
            later = time + chance.uniform(0.3, 30)
            _send(record, client, asset, later, kind, referrer=f"{ORIGIN}{path}")


def _send(
    record: Record,
    client: Client,
    path: str,
    time: float,
    kind: Kind,
    *,
    status: int = 200,
    referrer: str = "",
) -> None:
    size = 162 if status in (301, 404) else size_of(path)
    record.add(time, client, path, kind, status=status, size=size, referrer=referrer)


_MONITORS: Final = (
    (
        "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
        "amazon",
        "HEAD",
        10.0,
    ),
    ("Better Stack Better Uptime Bot Mozilla/5.0 (Macintosh)", "hetzner", "GET", 6.0),
    (
        "Mozilla/5.0 (compatible; StatusCake/1.0; +https://www.statuscake.com) Chrome/109.0.0.0",
        "digitalocean",
        "GET",
        3.0,
    ),
    # A monitor that pretends to be a browser, so that no firewall turns it away.
    (
        f"{WINDOWS} Chrome/120.0.0.0 Safari/537.36",
        "ovh",
        "GET",
        1.5,
    ),
)


def monitor(record: Record, chance: Random, lines: int) -> None:
    """Record uptime monitors, which ask for the front page at even intervals."""
    total = sum(share for *_, share in _MONITORS)
    for agent, network, method, share in _MONITORS:
        count = int(lines * share / total)
        addresses = [address_in(chance, network) for _ in range(4)]
        for number in range(count):
            time = START + (number + 0.3) * DAYS * DAY / count + chance.uniform(0, 2)
            client = Client(chance.choice(addresses), agent)
            size = size_of("/")
            record.add(time, client, "/", Kind.MONITOR, size=size, method=method)


_FEED_ROBOTS: Final = (
    ("Superfeedr bot/2.0 http://superfeedr.com - Make your feeds realtime", "amazon"),
    ("Podcastindex.org/1.0 (+https://podcastindex.org; aggregator)", "services"),
    ("Feedspot/1.0 (+https://www.feedspot.com/fs/fetcher; like FeedFetcher-Google)", "amazon"),
    ("FlipboardRSS/1.2 (+http://flipboard.com/browserproxy)", "amazon"),
    ("AppEngine-Google; (+http://code.google.com/appengine; appid: s~hub-websub)", "google"),
    ("python-requests/2.31.0", "digitalocean"),
    ("Mozilla/5.0 (compatible; Google-Read-Aloud; +https://support.google.com/)", "google"),
)


def poll_feeds(record: Record, chance: Random, lines: int) -> None:
    """Record robots that poll feeds for nobody in particular, such as hubs and directories."""
    enough = len(record.hits) + lines
    paths = (*FEEDS, *CALENDARS)
    while len(record.hits) < enough:
        agent, network = chance.choice(_FEED_ROBOTS)
        client = Client(address_in(chance, network), agent)
        time = moment_of_machines(chance)
        path = chance.choice(paths)
        status = chance.choice((200, 304))
        record.add(time, client, path, Kind.FEED_ROBOT, status=status, size=size_of(path))


def check_own_site(record: Record, chance: Random) -> None:
    """Record the program that looks at the live site after each time it is published."""
    client = Client("86.140.12.34", "wardblog/0.2 (check after publishing)")
    for day in PUBLISHED:
        time = START + day * DAY + 30
        for path in ("/", *FEEDS, any_page(chance, time), any_page(chance, time)):
            record.add(time, client, path, Kind.OWN_CHECK, size=size_of(path), method="HEAD")
            record.add(time + 1, client, path, Kind.OWN_CHECK, size=size_of(path))
            time += 2

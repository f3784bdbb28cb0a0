"""Services that fetch feeds for many subscribers, and announce how many in their agent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from .addresses import address_in
from .hits import DAY, END, START, Client, Kind, Record, Subscription
from .site import any_page, choose_feed, size_of, version
from .tables import rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service: its share of feeds, how many it serves at most, and how it asks.

    In `agents`, {n} is the number of subscribers, {s} the ending of a plural, {feed} a number of
    the feed. A service with a `later_agent` changes to that during the log.
    """

    name: str
    share: float
    most: int
    minutes: float
    agents: tuple[str, ...]
    later_agent: str = ""
    page_agents: tuple[str, ...] = ()  # with which it also fetches pages and icons
    addresses: int = 3
    network: str = "services"


SERVICES: Final = rows_of(Service, "services.toml")
_SHARES: Final = tuple(service.share for service in SERVICES)


def fetched_by_services(record: Record, chance: Random, pairs: int) -> None:
    """Record the requests of services for this number of pairs of a service and a feed."""
    chosen: set[tuple[int, str]] = set()
    for _ in range(pairs * 20):  # a pair that is chosen twice counts once
        if len(chosen) == pairs:
            break
        service = chance.choices(range(len(SERVICES)), _SHARES)[0]
        chosen.add((service, choose_feed(chance)))
    for index, feed in sorted(chosen):
        _fetch(record, chance, SERVICES[index], feed)


def _numbers(chance: Random, most: int) -> Iterator[int]:
    """Yield the number of subscribers on each day: it changes slowly, and is at least 1."""
    number = 1 + int(most * chance.random() ** 2)
    while True:
        yield number
        number = max(1, number + chance.choices((-1, 0, 1), (4, 88, 8))[0])


def _filled(agent: str, number: int, feed_number: int) -> str:
    plural = "" if number == 1 else "s"
    return agent.format(n=number, s=plural, feed=feed_number)


def _fetch(record: Record, chance: Random, service: Service, feed: str) -> None:
    addresses = [address_in(chance, service.network) for _ in range(service.addresses)]
    feed_number = chance.randrange(1_000_000, 9_000_000)
    change = START + chance.uniform(6, 22) * DAY
    numbers = _numbers(chance, service.most)
    number, day, seen = next(numbers), 0, -1
    announced: list[tuple[float, int]] = []
    time = START + chance.uniform(0, service.minutes * 60)
    while time < END:
        if int((time - START) // DAY) != day:
            number, day = next(numbers), day + 1
        is_late = service.later_agent and time >= change
        template = service.later_agent if is_late else chance.choice(service.agents)
        client = Client(chance.choice(addresses), _filled(template, number, feed_number))
        now = version(feed, time)
        status = 304 if now == seen and chance.random() < 0.95 else 200
        record.add(time, client, feed, Kind.SERVICE, status=status, size=size_of(feed))
        announced.append((time, number))
        seen = now
        if service.page_agents and chance.random() < 0.03:
            agent = _filled(chance.choice(service.page_agents), number, feed_number)
            path = "/favicon.ico" if "Favicon" in agent else any_page(chance, time)
            client = Client(chance.choice(addresses), agent)
            record.add(time + 1, client, path, Kind.SERVICE, size=size_of(path))
        time += service.minutes * 60 * chance.uniform(0.8, 1.3)
    record.subscriptions.append(
        Subscription(feed=feed, name=service.name, start=START, end=END, announced=tuple(announced))
    )

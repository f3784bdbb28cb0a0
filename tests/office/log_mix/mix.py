"""Puts the visitors together: how many lines each kind of them makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from random import Random
from typing import Final

from . import crawlers, pretenders
from .addresses import Addresses
from .hits import Hit, Opening, Record, Subscription, random_stream
from .people import Crowd
from .readers import Readers
from .services import fetched_by_services
from .truth import Truth, truth_of

MILLION: Final = 1_000_000
_FEWEST: Final = 25_000

# The share of people among all lines. Feeds make about a fifth, and machines the rest.
_PEOPLE: Final = 0.34
# Shares of the lines of machines. Scanners make what is left.
_MACHINES: Final[tuple[tuple[float, Callable[[Record, Random, int], None]], ...]] = (
    (0.43, crawlers.crawl),
    (0.075, crawlers.monitor),
    (0.025, crawlers.poll_feeds),
    (0.12, pretenders.scrape_in_bursts),
    (0.12, pretenders.scrape_one_page_each),
    (0.017, pretenders.browse_headless),
    (0.011, pretenders.browse_like_people),
    (0.004, pretenders.check_links_of_newsletter),
    (0.006, pretenders.spam),
    (0.013, pretenders.talk_nonsense),
)
# In a million lines.
_READERS: Final = 360
_CALENDARS: Final = 60
_SERVICE_FEEDS: Final = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """A simulated log: its requests in order of time, what people did, and the truth."""

    hits: Sequence[Hit]
    openings: Sequence[Opening]
    subscriptions: Sequence[Subscription]
    truth: Truth


def make_mix(lines: int = MILLION, *, addresses: Addresses = Addresses.FIXED, seed: int = 1) -> Mix:
    """Simulate four weeks that leave exactly this number of lines, at least 25,000.

    Equal arguments give equal results. A smaller log has fewer visitors, not fewer days.
    """
    if lines < _FEWEST:
        raise ValueError(f"{lines} lines are too few; ask for at least {_FEWEST}")
    record = Record()
    scale = lines / MILLION
    crowd = Crowd(record=record, chance=random_stream(seed, "people"), scenario=addresses)
    crowd.run(round(lines * _PEOPLE))
    readers = Readers(record=record, chance=random_stream(seed, "readers"), scenario=addresses)
    readers.run(max(10, round(_READERS * scale)))
    readers.run_calendars(max(2, round(_CALENDARS * scale)))
    pairs = max(4, round(_SERVICE_FEEDS * scale))
    fetched_by_services(record, random_stream(seed, "services"), pairs)
    crawlers.check_own_site(record, random_stream(seed, "own check"))
    of_machines = lines - len(record.hits)
    for share, act in _MACHINES:
        act(record, random_stream(seed, act.__name__), round(of_machines * share))
    _fill(record, random_stream(seed, "scanners"), lines)
    record.hits.sort(key=attrgetter("time"))
    return Mix(
        hits=record.hits,
        openings=record.openings,
        subscriptions=record.subscriptions,
        truth=truth_of(record),
    )


def _fill(record: Record, chance: Random, lines: int) -> None:
    """Let scanners make the rest of the lines."""
    while len(record.hits) < lines:  # what they do after the end of the log is not recorded
        pretenders.scan(record, chance, lines - len(record.hits))
    if len(record.hits) > lines:
        raise ValueError(f"the visitors before the scanners made more than {lines} lines")

"""What a perfect count would give: known from the simulation, never from its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .hits import END, Hit, Opening, Record
from .site import FEEDS

HALF_AN_HOUR: Final = 1800.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Reads of each page, subscribers of each feed, and lines of each kind of visitor.

    Paths have no query string. All feeds of the site are there, even without subscribers.
    """

    reads: Mapping[str, int]
    subscribers: Mapping[str, int]
    lines_by_kind: Mapping[str, int]


def truth_of(record: Record) -> Truth:
    """Return the truth of a simulation."""
    return Truth(
        reads=_reads(record.openings),
        subscribers=_subscribers(record),
        lines_by_kind=_kinds(record.hits),
    )


def _reads(openings: list[Opening]) -> Mapping[str, int]:
    """Count openings, but not those within half an hour of the last counted one.

    That is for the same person and page. Only status 200 and 304 count.
    """
    reads: Counter[str] = Counter()
    last: dict[tuple[int, str], float] = {}
    for opening in sorted(openings):
        if opening.status not in (200, 304):
            continue
        before = last.get((opening.person, opening.path))
        if before is None or opening.time - before > HALF_AN_HOUR:
            last[opening.person, opening.path] = opening.time
            reads[opening.path] += 1
    return dict(reads.most_common())


def _subscribers(record: Record) -> Mapping[str, int]:
    """Add up who is subscribed at the end: a person each, or the last number of a service."""
    subscribers = dict.fromkeys(FEEDS, 0)
    for subscription in record.subscriptions:
        if subscription.end >= END:
            announced = subscription.announced
            subscribers[subscription.feed] += announced[-1][1] if announced else 1
    return subscribers


def _kinds(hits: list[Hit]) -> Mapping[str, int]:
    return dict(Counter(str(hit.kind) for hit in hits).most_common())

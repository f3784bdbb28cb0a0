"""Compares the private totals with the published counts, which another computer may have written.

What is published has no answers by channel. They are worked out where only one channel is not
known; those of several stay together.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from wardblog.model import AnswerCounts, Channel
from wardblog.office.answers.totals import CountedPart, Totals
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Published numbers that were counted later than ours; `fallen` has those of ours that fell."""

    code: str
    fallen: Mapping[Channel, tuple[int, int]]


def seen_digest(counts: AnswerCounts | None) -> str:
    """A short name for what is published, which shows whether somebody else changed it."""
    if counts is None:
        return ""
    data = (
        counts.day,
        sorted((key, n) for key, n in counts.answers.items() if n),
        sorted((way.value, n, counts.days.get(way)) for way, n in counts.channels.items() if n),
        counts.unverified,
        counts.is_hidden,
    )
    return hashlib.sha256(repr(data).encode()).hexdigest()[:12]


def public_counts(code: str, totals: Totals, keys: Collection[str]) -> AnswerCounts:
    """The totals of the answers that a question has, without what was chosen in each channel."""
    answers = {key: totals.answers.get(key, 0) for key in keys}
    channels: dict[Channel, int] = {}
    for part in totals.parts:
        if len(part.channels) == 1:
            own = sum(n for key, n in part.answers.items() if key in keys)
            channels |= dict.fromkeys(part.channels, own)
        else:
            channels |= part.channels
    channels = {way: number for way, number in channels.items() if number}
    return AnswerCounts(
        code=code,
        day=max(totals.days.values(), default=None),
        answers=answers,
        channels=channels if sum(channels.values()) == sum(answers.values()) else {},
        days={way: totals.days[way] for way in channels},
        unverified=totals.unverified,
    )


def with_published(
    totals: Totals, published: AnswerCounts | None
) -> tuple[Totals, TakenOver | None]:
    """The totals with those channels that were counted later elsewhere, and what that changed.

    What this computer has published itself changes nothing.
    """
    if published is None or published.is_hidden or seen_digest(published) == totals.seen:
        return totals, None
    public = published.channels or {Channel.EMAIL: published.total}
    days = {way: published.days.get(way) or published.day or date.min for way in public}
    newer = {way for way in public if _is_newer(way, public[way], days[way], totals)}
    if not newer:
        return totals, None
    parts = _merged(totals, published, public, newer, days)
    after = replace(totals, parts=parts)
    if Channel.EMAIL in newer:
        after = replace(after, unverified=published.unverified)
    before, now = totals.channels, after.channels
    fallen = {way: (n, now.get(way, 0)) for way, n in before.items() if n > now.get(way, 0)}
    return after, TakenOver(published.code, fallen) if totals.parts else None


def _is_newer(way: Channel, number: int, day: date, totals: Totals) -> bool:
    """Whether a published number was counted after ours; on the same day, the larger one was."""
    own_day = totals.days.get(way)
    if own_day is None:
        return number > 0
    return day > own_day or (day == own_day and number > totals.channels[way])


def _merged(
    totals: Totals,
    published: AnswerCounts,
    public: Mapping[Channel, int],
    newer: set[Channel],
    days: Mapping[Channel, date],
) -> tuple[CountedPart, ...]:
    """Our own parts, and what is left of the published answers without them."""
    newer = newer.union(*(part.channels for part in totals.parts if newer & part.channels.keys()))
    own = [part for part in totals.parts if not newer & part.channels.keys()]
    both = [part for part in own if part.channels.keys() & public.keys()]
    rest: Counter[str] = Counter(published.answers)
    for part in both:
        rest.subtract(part.answers)
    is_known = all(
        public.get(way, 0) == number for part in both for way, number in part.channels.items()
    )
    if not is_known or min(rest.values(), default=0) < 0:
        newer, rest = set(public), Counter(published.answers)
        own = [part for part in own if part not in both]
    channels = {way: public[way] for way in Channel if way in newer and way in public}
    answers = {key: number for key, number in rest.items() if number}
    day = max(days[way] for way in channels)
    return (*own, CountedPart(channels=channels, answers=answers, day=day))

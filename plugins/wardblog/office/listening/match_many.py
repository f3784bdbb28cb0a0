"""What many items are about, worked out in several processes, each with a limit of time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from wardblog.content.time_limit import TimeLimitError, run_within
from wardblog.office.listening.items import FeedItem
from wardblog.office.listening.match import ItemMatcher
from wardblog.office.listening.quotations import quotation_from
from wardblog.office.listening.topics import ALL_HINTS
from wardblog.support.late_dataclass import dataclass

# Fewer items are not worth a process, and so many processes share all items.
_FEW, _PARTS = 150, 4
_SECONDS = 20.0
# With something for nearly every pattern, so that it is compiled once and not in each process.
_SAMPLE = FeedItem(
    site="",
    title="Film about Sample Road, Sample Street and Sample Hill",
    text=(
        "Mr Sample told us so on Monday. Ring 020 7946 0000 about her asthma at 1 Sample Road. "
        f"All of this was so: {ALL_HINTS}. It was a good day for everybody."
    ),
    link="",
    guid="",
    published=None,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """The slugs of an item's issues and streets, and the sentence of it that is kept."""

    issues: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    quotation: str = ""


def match_many(items: Sequence[FeedItem], matcher: ItemMatcher) -> list[Matches]:
    """The matches of each item; none for items that take too long."""
    _matches(_SAMPLE, matcher)  # loads what all processes need
    size = max(-(-len(items) // _PARTS), _FEW)
    parts = [items[at : at + size] for at in range(0, len(items), size)]
    with ThreadPoolExecutor(min(os.cpu_count() or 1, _PARTS)) as pool:
        return [one for found in pool.map(partial(_apart, matcher=matcher), parts) for one in found]


def _apart(items: Sequence[FeedItem], matcher: ItemMatcher) -> list[Matches]:
    try:
        return run_within(_SECONDS, _matches_of, items, matcher, isolated=True)
    except TimeLimitError:
        return [Matches() for _ in items]


def _matches_of(items: Sequence[FeedItem], matcher: ItemMatcher) -> list[Matches]:
    return [_matches(item, matcher) for item in items]


def _matches(item: FeedItem, matcher: ItemMatcher) -> Matches:
    issues, streets = matcher.issues_of(item), matcher.streets_of(item)

    def mentions(sentence: str) -> int:
        if not (issues or streets):
            return 0
        alone = replace(item, title="", text=sentence)
        return matcher.mentions(alone, issues) + (len(matcher.streets_of(alone)) if streets else 0)

    return Matches(issues=issues, streets=streets, quotation=quotation_from(item, mentions))

"""The digest: what is new, by the ward's issues and streets, with a number for each item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from itertools import count

from wardblog.model import Site
from wardblog.office.listening.grouping import same_items, stories
from wardblog.office.listening.items import FeedItem
from wardblog.office.listening.match import ItemMatcher
from wardblog.office.listening.match_many import Matches, match_many
from wardblog.office.listening.reading import reading_of
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAt:
    """Another place where the same item was found."""

    site: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """An item of the digest. `number` is that for `make new FROM=listen:7`.

    The `text` of `item` is one sentence of it, or "". `issues` and `streets` are slugs, and `about`
    has the names of both.
    """

    number: int
    item: FeedItem
    also: tuple[FoundAt, ...] = ()
    issues: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSection:
    """What is about one issue or street, or everything else; each story is a group of items."""

    heading: str
    stories: tuple[tuple[DigestItem, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All that is new. `notes` are sentences about feeds that could not be read, and the like."""

    made: datetime
    feeds: int
    sections: tuple[DigestSection, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[DigestItem, ...]:
        return tuple(one for part in self.sections for story in part.stories for one in story)


EVERYTHING_ELSE = "Everything else"


def make_digest(items: Sequence[FeedItem], site: Site, made: datetime, feeds: int) -> Digest:
    """Put items in order; `made` is the time at which those without a date count as new."""
    with ThreadPoolExecutor(1) as pool:  # its processes work while items are compared here
        found = pool.submit(match_many, items, ItemMatcher(site))
        same = same_items([reading_of(item) for item in items])
        best = [max(group, key=lambda number: _worth(items[number])) for group in same]
        groups = stories([reading_of(items[number]) for number in best])
        matches = found.result()
    names = {issue.slug: issue.name for issue in site.issues}
    names |= {street.slug: street.name for street in site.gazetteer.streets}
    entries = [
        _entry(items[number], [items[one] for one in group], matches[number], names)
        for number, group in zip(best, same, strict=True)
    ]
    told = [_newest_first((entries[number] for number in group), made) for group in groups]
    told.sort(key=lambda story: _age(story[0], made))
    return Digest(made=made, feeds=feeds, sections=_numbered(_sections(told, site)))


def _worth(item: FeedItem) -> tuple[bool, int, int]:
    """Of items that are the same, the one that says most is shown."""
    return bool(item.link), len(item.text), len(item.title)


def _entry(
    best: FeedItem, same: Sequence[FeedItem], matches: Matches, names: Mapping[str, str]
) -> DigestItem:
    """One item for several that are the same, with one sentence of its text."""
    places = {one.site: FoundAt(site=one.site, link=one.link) for one in same}
    places.pop(best.site, None)
    dates = [one.published for one in same if one.published]
    published = best.published or min(dates, default=None)
    return DigestItem(
        number=0,
        item=replace(best, text=matches.quotation, published=published),
        also=tuple(places.values()),
        issues=matches.issues,
        streets=matches.streets,
        about=tuple(names[slug] for slug in (*matches.issues, *matches.streets)),
    )


def _newest_first(story: Iterable[DigestItem], made: datetime) -> tuple[DigestItem, ...]:
    return tuple(sorted(story, key=lambda one: _age(one, made)))


def _age(entry: DigestItem, made: datetime) -> float:
    """How old it is, in seconds; what has no date, or a later one, has just been found."""
    published = entry.item.published
    return max((made - published).total_seconds(), 0.0) if published else 0.0


def _sections(told: Iterable[tuple[DigestItem, ...]], site: Site) -> list[DigestSection]:
    """A story is where its first issue is; without one, where its first street is."""
    by_issue: dict[str, list[tuple[DigestItem, ...]]] = {}
    by_street: dict[str, list[tuple[DigestItem, ...]]] = {}
    rest: list[tuple[DigestItem, ...]] = []
    for story in told:
        issues = [slug for entry in story for slug in entry.issues]
        streets = [slug for entry in story for slug in entry.streets]
        if issues:
            by_issue.setdefault(issues[0], []).append(story)
        elif streets:
            by_street.setdefault(streets[0], []).append(story)
        else:
            rest.append(story)
    named = [(issue.name, by_issue.get(issue.slug)) for issue in site.issues]
    named += [(street.name, by_street.get(street.slug)) for street in site.gazetteer.streets]
    named.append((EVERYTHING_ELSE, rest))
    return [DigestSection(heading=name, stories=tuple(found)) for name, found in named if found]


def _numbered(sections: Iterable[DigestSection]) -> tuple[DigestSection, ...]:
    """The sections with numbers in the order in which they are read."""
    numbers = count(1)
    return tuple(
        replace(
            section,
            stories=tuple(
                tuple(replace(entry, number=next(numbers)) for entry in story)
                for story in section.stories
            ),
        )
        for section in sections
    )

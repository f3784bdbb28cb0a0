"""Where everything of a site is: the addresses that residents may ask for."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from pathlib import PurePosixPath
from typing import Any, TypeVar
from urllib.parse import quote

from wardblog.model import GENERAL, Dataset, Issue, Post, Site, Visibility

OPML = "feeds.opml"
ICON = "icon.png"
# The feed of the whole blog; no issue and no tag can have its name.
EVERYTHING = "all"
# Fewer posts on a tag are no reason to follow it.
POSTS_FOR_A_FEED = 3
# Longer lists go on, on pages of their own: a phone on a slow line has these in a second.
PLACES_ON_A_PAGE = 250


# A post's own address, as it may be among its old ones.
_POST_ADDRESS = re.compile(r"/\d{4}/\d{2}/[^/]+/")


def lasting_address(post: Post) -> str:
    """The address under which feeds and calendars first told of a post.

    A post that moved keeps it, if `Aliases` name it: readers must not meet the post twice.
    """
    first = next((a for a in post.aliases if _POST_ADDRESS.fullmatch(a)), post.address)
    return quote(first.lstrip("/"))


def card_path(address: str) -> str:
    """The picture for sharing the page at an address."""
    return f"{address}card.png"


def map_picture(address: str) -> str:
    """The still picture of the map of the page at an address."""
    return f"{address}map.svg"


Result = TypeVar("Result")


def once(ask: Callable[[Site], Result]) -> Callable[[Site], Result]:
    """A question to a site that many ask: it is answered once for each, since a site is frozen."""

    @wraps(ask)
    def answered(site: Site) -> Result:
        known: dict[str, Any] = site.__dict__
        name = f"{ask.__module__}.{ask.__qualname__}"
        if name not in known:
            known[name] = ask(site)
        found: Result = known[name]
        return found

    return answered


_HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z]+$")


def hashed_path(path: str, content: bytes) -> str:
    """A path that changes with what the file holds: `map.js` becomes `map.0123456789ab.js`."""
    plain = PurePosixPath(path)
    digest = hashlib.sha256(content).hexdigest()[:12]
    return str(plain.with_name(f"{plain.stem}.{digest}{plain.suffix}"))


def is_hashed(path: str) -> bool:
    """Whether the bytes at a path can never be others, so that browsers may keep them for good."""
    return bool(_HASHED.search(path))


def downloads_of(dataset: Dataset) -> tuple[str, str, str]:
    """Where a data set can be taken away: as a table, as map data, and what the table means."""
    table = f"data/{dataset.slug}.csv"
    # The name that https://www.w3.org/TR/tabular-data-model/ gives to a description of a table.
    return table, f"data/{dataset.slug}.geojson", f"{table}-metadata.json"


def places_page(base: str, number: int) -> str:
    """Where a list of places goes on, from its page 2; `base` is where it begins."""
    return base if number == 1 else f"{base}places/{number}/"


@once
def placed_issues(site: Site) -> tuple[Issue, ...]:
    """The issues that have anything to show on a map."""
    return tuple(
        issue
        for issue in site.issues
        if any(d.shown for d in issue.datasets) or any(p.places for p in site.posts_on(issue))
    )


@once
def has_map(site: Site) -> bool:
    """Whether there is anything to show on the map of everything."""
    return bool(placed_issues(site)) or any(post.places for post in site.published)


def index_of(address: str) -> str:
    """The file that a server sends for an address ending in a slash."""
    return f"{address}index.html" if not address or address.endswith("/") else address


class FeedFormat(Enum):
    """A format of a feed: how its files end, and their media type."""

    RSS = ("rss.xml", "application/rss+xml")
    ATOM = ("atom.xml", "application/atom+xml")
    JSON = ("json", "application/feed+json")

    @property
    def ending(self) -> str:
        return self.value[0]

    @property
    def media_type(self) -> str:
        return self.value[1]

    @property
    def title(self) -> str:
        return {"rss.xml": "RSS", "atom.xml": "Atom", "json": "JSON Feed"}[self.ending]


def feed_path(slug: str, form: FeedFormat = FeedFormat.RSS, archive: int = 0) -> str:
    """Where a feed stands, or the archive of its older entries of this number."""
    name = f"archive/{slug}/{archive}" if archive else slug
    return f"feeds/{name}.{form.ending}"


def follow_page(slug: str) -> str:
    """The page for people about a feed: what is in it, and how to follow it."""
    return f"subscribe/{slug}/"


def calendar_path(issue: Issue | None = None) -> str:
    """The calendar of an issue, or of everything."""
    return f"issues/{issue.slug}/calendar.ics" if issue else "calendar.ics"


def occasion_path(owner: Post | None, name: str) -> str:
    """One event or deadline for a resident's own calendar; without a post it is the ward's."""
    return f"{owner.address if owner else 'calendar/'}{name}.ics"


@once
def followed(site: Site) -> dict[str, str]:
    """Slug and name of what has a feed: everything, the issues as declared, and the larger tags."""
    counts = Counter(tag.slug for post in site.published for tag in post.tags)
    found = {EVERYTHING: "", **{issue.slug: issue.name for issue in site.issues}}
    for slug, name in ordinary_tags(site).items():
        if counts[slug] >= POSTS_FOR_A_FEED:
            found.setdefault(slug, name)
    return found


@once
def ordinary_tags(site: Site) -> dict[str, str]:
    """Slug and name of each tag in use that is no issue, by slug; the newest spelling counts."""
    issues = {issue.slug for issue in site.issues} | {GENERAL}
    names: dict[str, str] = {}
    for post in site.published:
        for tag in post.tags:
            if tag.slug not in issues:
                names.setdefault(tag.slug, tag.name)
    return dict(sorted(names.items()))


@once
def months(site: Site) -> dict[str, tuple[Post, ...]]:
    """The posts of each month by its address, newest first."""
    found: dict[tuple[int, int], list[Post]] = {}
    for post in site.published:
        found.setdefault((post.date.year, post.date.month), []).append(post)
    return {f"{year}/{month:02}/": tuple(posts) for (year, month), posts in found.items()}


def years(site: Site) -> dict[str, tuple[Post, ...]]:
    """The posts of each year by its address, newest first."""
    found: dict[str, tuple[Post, ...]] = {}
    for address, posts in months(site).items():
        found[address[:5]] = (*found.get(address[:5], ()), *posts)
    return found


def shown_pages(site: Site) -> tuple[Post, ...]:
    return tuple(p for p in site.pages if p.visibility is Visibility.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Move:
    """An old address, and what stands where now; addresses are without the slash in front."""

    old: str
    address: str
    title: str


def moves(site: Site) -> Iterator[Move]:
    """The old addresses of posts, pages and issues that lead on."""
    for post in (*site.posts, *site.pages):
        for alias in () if post.visibility.is_waiting else post.aliases:
            yield Move(alias.lstrip("/"), post.address, post.title)
    for issue in site.issues:
        for alias in issue.aliases:
            yield Move(alias.lstrip("/"), f"issues/{issue.slug}/", issue.name)

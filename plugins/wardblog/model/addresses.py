"""The addresses of a site's pages and files, relative to its root."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import wraps
from pathlib import PurePosixPath
from typing import Any, TypeVar
from urllib.parse import quote

from wardblog.model import GENERAL, Dataset, Issue, Post, Site, Visibility
from wardblog.support.late_dataclass import dataclass

OPML = "feeds.opml"
# The other local sites, if community.toml lists any, and the same for feed readers.
COMMUNITY, COMMUNITY_OPML = "community/", "community.opml"
ICON = "icon.png"
# The list of streets, if there is a gazetteer.
STREETS = "streets/"
# The page of counts, if there is a report, or casework is counted in public.
FIGURES = "figures/"
# The list of questions to residents, if there is one; what is done with what residents send, which
# is also on the councillor's own page with this address, if there is one.
QUESTIONS, PRIVACY = "questions/", "privacy/"
# The search, with the files of its index, and the list of all posts for browsers without scripts.
SEARCH, ALL_POSTS = "search/", "all/"
# The feed of the whole blog; no issue and no tag can have its name.
EVERYTHING = "all"
# What Hugo calls the feed of `/tags/winter/`; no file of ours has this name.
HUGO_FEED = "index.xml"
# A tag with fewer posts than this has no feed.
POSTS_FOR_A_FEED = 3
# Longer lists are divided into pages: a phone on a slow connection loads this many in a second.
PLACES_ON_A_PAGE = 250


# An earlier address of a post in its `Aliases`, as opposed to other old addresses.
_POST_ADDRESS = re.compile(r"/\d{4}/\d{2}/[^/]+/")


def lasting_address(post: Post) -> str:
    """The address under which a post first appeared in feeds and calendars.

    A post that moved keeps it if it is in `Aliases`, so that feed readers do not show the post
    twice.
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


def cached_for_site(function: Callable[[Site], Result]) -> Callable[[Site], Result]:
    """Cache a function's result for each site, which is frozen, in the site itself."""

    @wraps(function)
    def cached(site: Site) -> Result:
        results: dict[str, Any] = site.__dict__
        name = f"{function.__module__}.{function.__qualname__}"
        if name not in results:
            results[name] = function(site)
        result: Result = results[name]
        return result

    return cached


_HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z]+$")


def hashed_path(path: str, content: bytes) -> str:
    """A path that changes with the file's content: `map.js` becomes `map.0123456789ab.js`."""
    plain = PurePosixPath(path)
    digest = hashlib.sha256(content).hexdigest()[:12]
    return str(plain.with_name(f"{plain.stem}.{digest}{plain.suffix}"))


def is_hashed(path: str) -> bool:
    """Whether the file at a path never changes, so that browsers may cache it permanently."""
    return bool(_HASHED.search(path))


def downloads_of(dataset: Dataset) -> tuple[str, ...]:
    """The downloads of a data set: as CSV, a description of its columns, and as GeoJSON.

    A table of counts has no places, and so no GeoJSON.
    """
    table = f"data/{dataset.slug}.csv"
    # https://www.w3.org/TR/tabular-data-model/ prescribes the name of the description.
    described = table, f"{table}-metadata.json"
    return described if dataset.table else (*described, f"data/{dataset.slug}.geojson")


def places_page(base: str, number: int) -> str:
    """The address of a page of a list of places; page 1 is at `base`."""
    return base if number == 1 else f"{base}places/{number}/"


def street_page(slug: str) -> str:
    return f"{STREETS}{slug}/"


def street_feed(slug: str) -> str:
    """The slug of a street's feed, which is in a folder of its own: no issue can have the same."""
    return f"{STREETS}{slug}"


@cached_for_site
def placed_issues(site: Site) -> tuple[Issue, ...]:
    """The issues that have places to show on a map."""
    return tuple(
        issue
        for issue in site.issues
        if any(d.shown for d in issue.lists)
        or any(
            p.visibility is Visibility.PUBLISHED and issue.slug in p.issues
            for p in site.index.having("places")
        )
    )


@cached_for_site
def has_map(site: Site) -> bool:
    """Whether there are any places to show on the map of everything."""
    return _any_published(site, "places") or bool(placed_issues(site))


@cached_for_site
def has_figures(site: Site) -> bool:
    """Whether there is a report or a count of casework, and so a page of figures."""
    return bool(site.casework) or _any_published(site, "progress")


@cached_for_site
def has_questions(site: Site) -> bool:
    """Whether a question to residents has been published, and so a list of questions."""
    return _any_published(site, "question")


def _any_published(site: Site, name: str) -> bool:
    """Whether a post that lists show has something in a field."""
    return any(post.visibility is Visibility.PUBLISHED for post in site.index.having(name))


@cached_for_site
def has_privacy_notice(site: Site) -> bool:
    """Whether residents send us e-mails to be counted, or to join the newsletter."""
    if site.has_mail:
        return True
    counted = filter(site.takes_me_too, site.index.having("progress"))
    asking = (*site.index.having("question"), *counted)
    return any(not post.visibility.is_waiting for post in asking)


@cached_for_site
def makes_privacy_page(site: Site) -> bool:
    """Whether that is on a page of its own, since no page of the councillor's has its address."""
    own = (page.address for page in site.pages if not page.visibility.is_waiting)
    return has_privacy_notice(site) and PRIVACY not in own


def index_of(address: str) -> str:
    """The file that a server sends for an address ending in a slash."""
    return f"{address}index.html" if not address or address.endswith("/") else address


class FeedFormat(Enum):
    """A format of feeds, with the ending and the media type of its files."""

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


def feed_formats(slug: str) -> tuple[FeedFormat, ...]:
    """The formats of a feed; those of streets, which are many and small, are RSS only."""
    return (FeedFormat.RSS,) if slug.startswith(STREETS) else tuple(FeedFormat)


def feed_path(slug: str, form: FeedFormat = FeedFormat.RSS, archive: int = 0) -> str:
    """The path of a feed or, if `archive` is not 0, of that archive of its older entries."""
    name = f"archive/{slug}/{archive}" if archive else slug
    return f"feeds/{name}.{form.ending}"


def follow_page(slug: str) -> str:
    """The page that describes a feed and how to subscribe to it."""
    return f"subscribe/{slug}/"


def calendar_path(issue: Issue | None = None) -> str:
    """The calendar of an issue, or of the whole site."""
    return f"issues/{issue.slug}/calendar.ics" if issue else "calendar.ics"


def occasion_path(owner: Post | None, name: str) -> str:
    """The calendar file of one event or deadline; `owner` is None for a surgery in ward.toml."""
    return f"{owner.address if owner else 'calendar/'}{name}.ics"


@cached_for_site
def feed_names(site: Site) -> dict[str, str]:
    """Slug and name of each feed: of everything, of the issues as declared, and of larger tags."""
    counts, _ = _tags(site)
    found = {EVERYTHING: "", **{issue.slug: issue.name for issue in site.issues}}
    for slug, name in ordinary_tags(site).items():
        if counts[slug] >= POSTS_FOR_A_FEED:
            found.setdefault(slug, name)
    return found


@cached_for_site
def ordinary_tags(site: Site) -> dict[str, str]:
    """Slug and newest spelling of each tag in use that is not an issue, sorted by slug."""
    known = {issue.slug for issue in site.issues} | {GENERAL}
    return {slug: name for slug, name in _tags(site)[1].items() if slug not in known}


def _tags(site: Site) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """How many posts have each tag, and its newest spelling, both by slug; the latter sorted."""

    def counted() -> tuple[Mapping[str, int], Mapping[str, str]]:
        tags = [tag for post in site.published for tag in post.tags]
        names = {tag.slug: tag.name for tag in reversed(tags)}
        return Counter([tag.slug for tag in tags]), dict(sorted(names.items()))

    return site.index.value("tags", counted, "tags", "visibility")


@cached_for_site
def months(site: Site) -> dict[str, tuple[Post, ...]]:
    """The posts of each month by the month's address, newest first."""
    found: dict[tuple[int, int], list[Post]] = {}
    for post in site.published:
        found.setdefault((post.date.year, post.date.month), []).append(post)
    return {f"{year}/{month:02}/": tuple(posts) for (year, month), posts in found.items()}


def years(site: Site) -> dict[str, tuple[Post, ...]]:
    """The posts of each year by the year's address, newest first."""
    found: dict[str, tuple[Post, ...]] = {}
    for address, posts in months(site).items():
        found[address[:5]] = (*found.get(address[:5], ()), *posts)
    return found


def shown_pages(site: Site) -> tuple[Post, ...]:
    return tuple(p for p in site.pages if p.visibility is Visibility.PUBLISHED)


# The end of an old address that has a query; without one, a question mark is part of its name.
_QUERY = re.compile(r"\?(\w+=[^/?&=]*(?:&\w+=[^/?&=]*)*)$")


def split_query(old: str) -> tuple[str, str]:
    """The path and the query of an old address such as `/?p=123`; "" without a query."""
    match = _QUERY.search(old)
    return (old[: match.start()], match[1]) if match else (old, "")


@dataclass(frozen=True, slots=True)
class Move:
    """An old address with the new address and title; addresses have no leading slash.

    `part` is the id of the part of the new page that is meant, "" for the whole page.
    """

    old: str
    address: str
    title: str
    part: str = ""

    @property
    def link(self) -> str:
        """The new address with its part, as a link on a page has it."""
        return f"{self.address}#{quote(self.part)}" if self.part else self.address


def moves(site: Site) -> Iterator[Move]:
    """The old addresses of posts, pages and issues that redirect to the new ones."""
    for post in (*site.posts, *site.pages):
        for alias in () if post.visibility.is_waiting else post.aliases:
            yield Move(alias.lstrip("/"), post.address, post.title)
    for issue in site.issues:
        for alias in issue.aliases:
            yield Move(alias.lstrip("/"), f"issues/{issue.slug}/", issue.name)

"""Every way to follow, for people who never followed anything: one page, and one for each feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from wardblog.addresses import (
    EVERYTHING,
    FeedFormat,
    calendar_path,
    feed_path,
    follow_page,
    followed,
    index_of,
)
from wardblog.model import Site
from wardblog.views.feeds.channels import Channel, titled
from wardblog.views.feeds.entries import Entry
from wardblog.views.output import Page
from wardblog.words import long_date

# Common readers, with the address that begins to follow a feed in each; the feed's own goes behind.
_READERS = (
    ("Feedly", "https://feedly.com/i/subscription/feed/"),
    ("Inoreader", "https://www.inoreader.com/?add_feed="),
    ("NewsBlur", "https://www.newsblur.com/?url="),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url="),
)
_LINES = 10


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed in one format, for the head of a page."""

    title: str
    path: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Address:
    """An address outside the pages, with the words for it."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of a feed, as a line of a page."""

    url: str
    title: str
    when: str
    iso: str
    summary: str
    lang: str


@dataclass(frozen=True, slots=True)
class FollowPage:
    """How to follow one feed, and what it brings; `app` opens it in a program of the reader's."""

    name: str
    about: str
    url: str
    addresses: tuple[Address, ...]
    readers: tuple[Address, ...]
    app: str
    calendar: str
    calendar_app: str
    lines: tuple[Line, ...]
    is_issue: bool


def pages(site: Site, found: tuple[Channel, ...]) -> Iterator[Page]:
    ways = tuple(_follow(site, channel) for channel in found)
    yield Page("subscribe/index.html", "subscribe/", "subscribe", {"ways": ways})
    for way, channel in zip(ways, found, strict=True):
        address = follow_page(channel.slug)
        values = {"way": way, "slug": channel.slug}
        yield Page(index_of(address), address, "feed", values)


def _follow(site: Site, channel: Channel) -> FollowPage:
    rss = site.absolute(feed_path(channel.slug))
    has_calendar = channel.slug == EVERYTHING or channel.issue is not None
    calendar = site.absolute(calendar_path(channel.issue)) if has_calendar else ""
    return FollowPage(
        f"{channel.name[:1].upper()}{channel.name[1:]}" or "Everything",
        channel.about,
        f"{site.base_path}/{follow_page(channel.slug)}",
        tuple(
            Address(form.title, site.absolute(feed_path(channel.slug, form))) for form in FeedFormat
        ),
        tuple(Address(name, base + quote(rss, safe="")) for name, base in _READERS),
        f"feed:{rss}",
        calendar,
        f"webcal:{calendar.partition(':')[2]}" if calendar else "",
        tuple(_line(site, entry) for entry in channel.entries[:_LINES]),
        channel.issue is not None,
    )


def _line(site: Site, entry: Entry) -> Line:
    day = entry.published.date()
    url = site.base_path + entry.url.removeprefix(site.url)
    return Line(url, entry.title, long_date(day), day.isoformat(), entry.summary, entry.lang)


def feed_links(site: Site) -> dict[str, tuple[FeedLink, ...]]:
    """Each feed in its formats, by its slug."""
    return {
        slug: tuple(
            FeedLink(
                f"{titled(site, name)} ({form.title})",
                f"{site.base_path}/{feed_path(slug, form)}",
                form.media_type,
            )
            for form in FeedFormat
        )
        for slug, name in followed(site).items()
    }

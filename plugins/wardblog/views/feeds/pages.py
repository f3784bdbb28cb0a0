"""The pages that explain how to subscribe: one for the whole blog, and one for each feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from wardblog.model import Site
from wardblog.model.addresses import (
    EVERYTHING,
    calendar_path,
    feed_formats,
    feed_names,
    feed_path,
    follow_page,
    index_of,
)
from wardblog.model.newsletter import JOIN, STOP
from wardblog.model.outputs import OutputKind
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import long_date
from wardblog.views.feeds.channels import FeedChannel, feed_title
from wardblog.views.feeds.entries import PostItem
from wardblog.views.output import Page, Values, without_posts
from wardblog.views.sharing import calendar_app, mailto, shared_picture

# Common feed readers, with the URL that subscribes to a feed; the feed's address is appended.
_READERS = (
    ("Feedly", "https://feedly.com/i/subscription/feed/"),
    ("Inoreader", "https://www.inoreader.com/?add_feed="),
    ("NewsBlur", "https://www.newsblur.com/?url="),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url="),
)
_LINES = 5
_OFTEN = {"month": "Once a month", "week": "Once a week"}


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed in one format, for a `link` element in the head of a page."""

    title: str
    path: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Address:
    """A link to a feed or to a feed reader, with its text."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPageLine:
    """An entry of a feed, as a line of the feed's page."""

    url: str
    title: str
    when: str
    iso: str
    summary: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowPage:
    """How to subscribe to a feed, and its latest entries.

    `about` is "" where the name says enough. `calendar` is the address of its calendar, and
    `calendar_app` opens that in the program for calendars on the device. There is nothing like it
    for feeds: an iPhone opens addresses that begin with `feed:` in Apple News, which cannot
    subscribe, and other devices know them only if a program for feeds is installed.
    """

    name: str
    about: str
    url: str
    addresses: tuple[Address, ...]
    readers: tuple[Address, ...]
    calendar: str
    calendar_app: str
    lines: tuple[FeedPageLine, ...]
    is_everything: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWay:
    """How to join the newsletter by e-mail: the words to write, and a link that writes them."""

    address: str
    join_link: str
    join: str
    stop: str
    every: str


def pages(site: Site, found: tuple[FeedChannel, ...]) -> Iterator[Page]:
    """One page about all feeds, and one for each feed."""
    own = without_posts(site)
    ways = tuple(follow(site, channel) for channel in found)
    names = tuple(replace(way, lines=()) for way in ways)
    yield Page(
        path="subscribe/index.html",
        kind=OutputKind.LIST,
        site=own,
        extra=names,
        address="subscribe/",
        in_sitemap=True,
        template="subscribe",
        values=lambda part: _values(part, ways=names),
    )
    for way, channel in zip(ways, found, strict=True):
        address = follow_page(channel.slug)
        yield Page(
            path=index_of(address), kind=OutputKind.LIST, site=own, extra=way, address=address,
            template="feed", values=partial(_values, way=way), topics=(channel.slug,),
        )  # fmt: skip


def _values(part: Site, **values: object) -> Values:
    return {**values, "by_mail": by_mail(part), "card": shared_picture(part)}


def by_mail(site: Site) -> MailWay | None:
    """How residents join the newsletter by e-mail; None if they cannot."""
    mailing = site.mailing
    if mailing is None or not site.has_mail:
        return None
    return MailWay(
        address=mailing.address,
        join_link=mailto((mailing.address,), JOIN),
        join=JOIN,
        stop=STOP,
        every=_OFTEN[mailing.every],
    )


def follow(site: Site, channel: FeedChannel) -> FollowPage:
    """How to subscribe to a feed."""
    rss = site.absolute(feed_path(channel.slug))
    has_calendar = channel.slug == EVERYTHING or channel.issue is not None
    calendar = site.absolute(calendar_path(channel.issue)) if has_calendar else ""
    return FollowPage(
        name=f"{channel.name[:1].upper()}{channel.name[1:]}" or "Everything",
        about=_about(channel),
        url=f"{site.base_path}/{follow_page(channel.slug)}",
        addresses=tuple(
            Address(form.title, site.absolute(feed_path(channel.slug, form)))
            for form in feed_formats(channel.slug)
        ),
        readers=tuple(Address(name, base + quote(rss, safe="")) for name, base in _READERS),
        calendar=calendar,
        calendar_app=calendar_app(calendar) if calendar else "",
        lines=tuple(_line(site, entry) for entry in channel.entries[:_LINES]),
        is_everything=channel.slug == EVERYTHING,
    )


def _about(channel: FeedChannel) -> str:
    """What followers get, where its name does not say it."""
    if channel.slug == EVERYTHING:
        return "All our posts"
    return channel.issue.about if channel.issue else ""


def _line(site: Site, item: PostItem) -> FeedPageLine:
    day = item.published.date()
    url = f"{site.base_path}/{item.address}"
    return FeedPageLine(
        url=url,
        title=item.title,
        when=long_date(day),
        iso=day.isoformat(),
        summary=item.summary,
        lang=item.lang,
    )


def feed_links(site: Site) -> dict[str, tuple[FeedLink, ...]]:
    """Each feed in its formats, by its slug."""
    names = feed_names(site)
    if site.gazetteer.streets:
        # late import: see docs/architecture.md
        from wardblog.views.feeds.street_channels import street_feed_names

        names = {**names, **street_feed_names(site)}
    return {
        slug: tuple(
            FeedLink(
                f"{feed_title(site, name)} ({form.title})",
                f"{site.base_path}/{feed_path(slug, form)}",
                form.media_type,
            )
            for form in feed_formats(slug)
        )
        for slug, name in names.items()
    }

"""Feeds of the whole blog, of each issue and of each larger tag, with pages about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from wardblog.model import Site
from wardblog.model.addresses import FeedFormat, feed_formats
from wardblog.model.outputs import OutputKind
from wardblog.views.feeds.channels import ICON_SIZE, FeedChannel, FeedDocument, channels, documents
from wardblog.views.feeds.maker import FeedMaker
from wardblog.views.feeds.opml import feed_list
from wardblog.views.feeds.pages import FeedLink, feed_links, pages
from wardblog.views.links import Links
from wardblog.views.output import File, Files, Page, without_posts
from wardblog.views.places import is_drawn

__all__ = ["ICON_SIZE", "FeedLink", "feed_links", "feeds", "follow_pages"]


def feeds(site: Site) -> Iterator[File | Files]:
    """Each feed with the archives of its older entries (RFC 5005), and the list of all feeds.

    Documents with similar dates are made in succession, since they share most of their entries.
    """
    found, own, links = channels(site), _facts(site), Links(site)
    maker = FeedMaker(own, links, (is_drawn(site, 1), is_drawn(site, 2)))
    made = [document for channel in (*found, *_of_streets(site)) for document in documents(channel)]
    made.sort(key=lambda document: document.updated, reverse=True)
    copies = _copies(site)
    for document in made:
        yield _files(document, own, links, maker, copies)
    yield feed_list(own, found)


def _of_streets(site: Site) -> tuple[FeedChannel, ...]:
    if not site.gazetteer.streets:
        return ()
    # late import: see docs/architecture.md
    from wardblog.views.feeds.street_channels import street_channels

    return street_channels(site)


def _facts(site: Site) -> Site:
    """The parts of the site that every feed shows."""
    return replace(
        without_posts(site), pages=(), issues=(), today=date.min, moment=None, surgeries=(),
        newsletter="", whatsapp="", mailing=None, ward=replace(site.ward, boundary=None),
        map=replace(site.map, base=None),
    )  # fmt: skip


def _copies(site: Site) -> Mapping[str, tuple[str, ...]]:
    """The paths of copies of feeds, at the addresses that they had on an earlier site."""
    if not site.redirects:
        return {}
    # late import: see docs/architecture.md
    from wardblog.views.old_addresses import feed_copies

    return feed_copies(site)


def _files(
    document: FeedDocument,
    own: Site,
    links: Links,
    maker: FeedMaker,
    copies: Mapping[str, tuple[str, ...]],
) -> Files:
    channel, entries = document.channel, document.entries
    posts = tuple({item.post.file: item.post for item in entries}.values())
    formats = feed_formats(channel.slug)
    paths = tuple(document.path_in(form) for form in formats)
    copied = tuple((form, copies.get(path, ())) for form, path in zip(formats, paths, strict=True))
    has_news = any(item.news for item in entries)
    return Files(
        path=paths[0],
        others=(*paths[1:], *(path for _, others in copied for path in others)),
        kind=OutputKind.ARCHIVE if document.archive else OutputKind.FEED,
        site=own,
        texts=posts,
        extra=(
            (channel.title, channel.about, channel.page, channel.issue is not None),
            (document.archive, document.last, document.updated),
            [(item.post.file, item.news) for item in entries] if has_news else (),
            [item.post.file for item in entries if item.asks],
            [links.of(post) for post in posts if post.marks],
            maker.draws,
            copied if copies else (),
        ),
        contents=lambda _: _contents(maker, document, copied),
    )


def _contents(
    maker: FeedMaker, document: FeedDocument, copied: tuple[tuple[FeedFormat, tuple[str, ...]], ...]
) -> tuple[bytes, ...]:
    """The document in each format, then the copies."""
    made = {form: maker.document(document, form) for form, _ in copied}
    return (*made.values(), *(made[form] for form, others in copied for _ in others))


def follow_pages(site: Site) -> Iterator[Page]:
    """The page with all ways to subscribe, and a page for each feed."""
    yield from pages(site, channels(site))

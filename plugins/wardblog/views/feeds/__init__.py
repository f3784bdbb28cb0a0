"""Feeds: the whole blog, each issue and each larger tag, in three formats and as pages."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.addresses import OPML, FeedFormat
from wardblog.model import Site
from wardblog.views.feeds.channels import ICON_SIZE, channels, documents
from wardblog.views.feeds.json_feed import JsonFeeds
from wardblog.views.feeds.opml import opml
from wardblog.views.feeds.pages import FeedLink, feed_links, pages
from wardblog.views.output import File, Page

__all__ = ["ICON_SIZE", "FeedLink", "feed_links", "feeds", "follow_pages"]


def feeds(site: Site) -> Iterator[File]:
    """Each feed with the archives of its older entries (RFC 5005), and the list of all."""
    # Here, since feedgen takes a tenth of a second that `make check` can save.
    from wardblog.views.feeds.xml import XmlFeeds

    found = channels(site)
    xml = XmlFeeds(site)
    for form in FeedFormat:
        make = JsonFeeds(site).document if form is FeedFormat.JSON else xml.document
        for channel in found:
            for document in documents(channel, form):
                yield File(document.path, make(document))
        xml.forget()
    yield File(OPML, opml(site, found))


def follow_pages(site: Site) -> Iterator[Page]:
    """The pages for people: every way to follow, and one for each feed."""
    yield from pages(site, channels(site))

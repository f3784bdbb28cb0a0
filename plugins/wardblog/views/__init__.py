"""The model to outputs. A view is pure: no disk, clock, network or randomness."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.model import Site
from wardblog.views import (
    calendar,
    cards,
    downloads,
    feeds,
    hosting,
    hubs,
    lists,
    machines,
    overview,
    pages,
    posts,
)
from wardblog.views.colour_styles import colour_rules, issue_colours
from wardblog.views.election import election_banner
from wardblog.views.feeds import ICON_SIZE, FeedLink, feed_links
from wardblog.views.hosting import redirects, snippets
from wardblog.views.links import needs_pelican
from wardblog.views.output import CardFile, File, Files, Output, Page, Values, bare, frame
from wardblog.views.policy import content_security_policy

__all__ = [
    "ICON_SIZE",
    "VIEWS",
    "CardFile",
    "FeedLink",
    "File",
    "Files",
    "Output",
    "Page",
    "Values",
    "bare",
    "colour_rules",
    "content_security_policy",
    "election_banner",
    "feed_links",
    "frame",
    "issue_colours",
    "needs_pelican",
    "output_at",
    "outputs",
    "redirects",
    "snippets",
]

VIEWS = (
    lists.home,
    posts.posts,
    posts.pages,
    lists.tags,
    lists.periods,
    hubs.hubs,
    overview.overview,
    pages.own_pages,
    pages.moved,
    feeds.follow_pages,
    feeds.feeds,
    calendar.calendars,
    downloads.downloads,
    cards.cards,
    machines.sitemap,
    machines.robots,
    hosting.for_static_hosts,
)


def output_at(site: Site, path: str) -> Output | None:
    """The output that a file is of, found without making a plan of all."""
    if page := posts.post_at(site, path):
        return page
    for view in VIEWS:
        for output in view(site) if view is not posts.posts else ():
            if output.path == path or (isinstance(output, Files) and path in output.paths):
                return output
    return None


def outputs(site: Site) -> Iterator[Output]:
    """Everything that is made from the site, but for the files of the theme and of the content."""
    for view in VIEWS:
        yield from view(site)

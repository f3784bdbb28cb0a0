"""The model to outputs. A view is pure: no disk, clock, network or randomness."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.figures import Card
from wardblog.model import Site
from wardblog.views import (
    calendar,
    cards,
    downloads,
    feeds,
    hosting,
    hubs,
    machines,
    overview,
    pages,
)
from wardblog.views.cards import SharedPicture, shared_picture
from wardblog.views.colours import colour_rules, issue_colours
from wardblog.views.coming import coming_of
from wardblog.views.feeds import ICON_SIZE, FeedLink, feed_links
from wardblog.views.hosting import redirects, snippets
from wardblog.views.lists import HomePage, Month, by_month, home_page
from wardblog.views.output import File, Page
from wardblog.views.policy import content_security_policy
from wardblog.views.posts import Neighbours, PostPage, post_page

__all__ = [
    "FILES",
    "ICON_SIZE",
    "PAGES",
    "Card",
    "FeedLink",
    "File",
    "HomePage",
    "Month",
    "Neighbours",
    "Page",
    "PostPage",
    "SharedPicture",
    "by_month",
    "colour_rules",
    "coming_of",
    "content_security_policy",
    "feed_links",
    "files",
    "home_page",
    "issue_colours",
    "page_outputs",
    "post_page",
    "redirects",
    "shared_picture",
    "snippets",
]

# What the site has beside what Pelican writes itself (home, posts, pages, tags, months).
PAGES = (
    hubs.hubs,
    overview.overview,
    pages.own_pages,
    pages.moved,
    feeds.follow_pages,
)
FILES = (
    feeds.feeds,
    calendar.calendars,
    downloads.downloads,
    cards.cards,
    machines.sitemap,
    machines.robots,
    hosting.for_static_hosts,
)


def page_outputs(site: Site) -> Iterator[Page]:
    """What a template of the theme makes."""
    for view in PAGES:
        yield from view(site)


def files(site: Site) -> Iterator[File | Card]:
    """What needs no template."""
    for view in FILES:
        yield from view(site)

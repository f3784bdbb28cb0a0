"""The model to outputs. A view is pure: no disk, clock, network or randomness."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.model import Site
from wardblog.views import colours, downloads, feeds, hubs, machines, pages
from wardblog.views.lists import HomePage, Month, by_month, home_page
from wardblog.views.output import File, Output, Page
from wardblog.views.policy import content_security_policy
from wardblog.views.posts import Neighbours, PostPage, post_page

__all__ = [
    "VIEWS",
    "File",
    "HomePage",
    "Month",
    "Neighbours",
    "Output",
    "Page",
    "PostPage",
    "by_month",
    "content_security_policy",
    "home_page",
    "outputs",
    "post_page",
]

# What the site has beside what Pelican writes itself (home, posts, pages, tags, months).
VIEWS = (
    hubs.hubs,
    pages.own_pages,
    pages.moved,
    feeds.feeds,
    downloads.downloads,
    colours.colours,
    machines.sitemap,
    machines.robots,
)


def outputs(site: Site) -> Iterator[Output]:
    for view in VIEWS:
        yield from view(site)

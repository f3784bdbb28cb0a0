"""The pages of the site's own: index of issues, and the page for a lost reader."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.addresses import index_of, moves
from wardblog.model import Site
from wardblog.views.lists import issue_lines
from wardblog.views.output import Page


def own_pages(site: Site) -> Iterator[Page]:
    lines = issue_lines(site)
    yield Page("issues/index.html", "issues/", "issues", {"issues": lines})
    yield Page("404.html", "404.html", "404", {"issues": lines})


def moved(site: Site) -> Iterator[Page]:
    """At each old address a page that leads on at once, for hosts that know no redirects."""
    for move in moves(site):
        yield Page(index_of(move.old), move.address, "moved", {"target": move})

"""Home, the index of issues, tag pages and the archive by month."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from wardblog.addresses import PLACES_ON_A_PAGE
from wardblog.figures import MapFigure
from wardblog.model import Issue, Post, Site
from wardblog.views.coming import Coming, ahead, all_occasions
from wardblog.views.places import PlaceRow, figure, open_dots, rows
from wardblog.words import month_year

_COMING_ON_HOME = 5
_EARLIER_ON_HOME = 12


@dataclass(frozen=True, slots=True)
class IssueLine:
    """An issue in a list, with how many reports are open and how many posts it has."""

    issue: Issue
    open_reports: int
    posts: int
    latest: Post | None


@dataclass(frozen=True, slots=True)
class Month:
    title: str
    address: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    latest: Post | None
    coming: tuple[Coming, ...]
    issues: tuple[IssueLine, ...]
    figure: MapFigure | None
    places: tuple[PlaceRow, ...]
    open_places: int
    earlier: tuple[Month, ...]
    months: tuple[Month, ...]


def issue_lines(site: Site) -> tuple[IssueLine, ...]:
    lines = []
    for issue in site.issues:
        posts = site.posts_on(issue)
        still_open = sum(p.progress is not None and p.progress.is_open for p in posts)
        lines.append(IssueLine(issue, still_open, len(posts), posts[0] if posts else None))
    return tuple(lines)


def by_month(posts: tuple[Post, ...]) -> tuple[Month, ...]:
    """Posts in their order, grouped by the month of their date."""
    groups = groupby(posts, key=lambda p: (p.date.year, p.date.month))
    return tuple(
        Month(month_year(year, month), f"{year}/{month:02}/", tuple(group))
        for (year, month), group in groups
    )


def home_page(site: Site) -> HomePage:
    posts = site.published
    dots = open_dots(site)
    return HomePage(
        posts[0] if posts else None,
        tuple(ahead(site, all_occasions(site))[:_COMING_ON_HOME]),
        issue_lines(site),
        figure(site, "", f"Map of open reports in {site.ward.name} ward", dots, (), ""),
        rows(dots[:PLACES_ON_A_PAGE]),
        len(dots),
        by_month(posts[1 : 1 + _EARLIER_ON_HOME]),
        by_month(posts),
    )

"""The home page, the tag pages, and the archive by year and month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from wardblog.model import Issue, Post, Site, Tag
from wardblog.model.addresses import PLACES_ON_A_PAGE, index_of, months, ordinary_tags, years
from wardblog.model.map_figure import MapFigure
from wardblog.model.outputs import OutputKind
from wardblog.text.words import month_year
from wardblog.views.coming import DateRow, all_occasions, upcoming
from wardblog.views.output import Page, PostLine, Values, without_posts
from wardblog.views.places import PlaceRow, figure, is_drawn, open_dots, rows
from wardblog.views.sharing import shared_picture

_COMING_ON_HOME = 5
_EARLIER_ON_HOME = 12


@dataclass(frozen=True, slots=True)
class IssueLine:
    """An issue in a list, with the numbers of its open reports and of its posts."""

    issue: Issue
    open_reports: int
    posts: int
    latest: PostLine | None


@dataclass(frozen=True, slots=True)
class Month:
    title: str
    address: str
    posts: tuple[PostLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """`standfirst` and `topics` are the latest post's summary and issues."""

    latest: PostLine | None
    standfirst: str
    topics: tuple[Tag, ...]
    coming: tuple[DateRow, ...]
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
        latest = PostLine.of(posts[0]) if posts else None
        lines.append(IssueLine(issue, still_open, len(posts), latest))
    return tuple(lines)


def by_month(posts: Iterable[Post]) -> tuple[Month, ...]:
    """Posts in their order, grouped by the month of their date."""
    groups = groupby(posts, key=lambda p: (p.date.year, p.date.month))
    return tuple(
        Month(month_year(year, month), f"{year}/{month:02}/", tuple(map(PostLine.of, group)))
        for (year, month), group in groups
    )


def home_page(site: Site) -> HomePage:
    posts = site.published
    dots = open_dots(site)
    latest = posts[0] if posts else None
    names = {issue.slug: issue.name for issue in site.issues}
    return HomePage(
        latest=PostLine.of(latest) if latest else None,
        standfirst=latest.summary if latest else "",
        topics=tuple(
            Tag(name, slug) for slug, name in names.items() if latest and slug in latest.issues
        ),
        coming=tuple(upcoming(site, all_occasions(site))[:_COMING_ON_HOME]),
        issues=issue_lines(site),
        figure=figure(site, "", f"Map of open reports in {site.ward.name} ward", dots, (), ""),
        places=rows(dots[:PLACES_ON_A_PAGE]),
        open_places=len(dots),
        earlier=by_month(posts[1 : 1 + _EARLIER_ON_HOME]),
        months=by_month(posts),
    )


def home(site: Site) -> Iterator[Page]:
    def values(part: Site) -> Values:
        return {"home": home_page(part), "card": shared_picture(part)}

    posts = site.published
    yield Page(
        path="index.html", kind=OutputKind.INDEX, site=without_posts(site), posts=posts, address="",
        template="index", values=values, in_sitemap=True,
        changed=posts[0].date.date() if posts else None,
        figure="home" if is_drawn(site, len(open_dots(site))) else "",
    )  # fmt: skip


def periods(site: Site) -> Iterator[Page]:
    """The archive: a page for each year and each month."""

    own = without_posts(site)
    for address, posts in (*years(site).items(), *months(site).items()):
        yield Page(
            path=index_of(address), kind=OutputKind.LIST, site=own, posts=posts, extra=address,
            address=address, template="period_archives", values=partial(_period, address=address),
            in_sitemap=not _is_year(address),
        )  # fmt: skip


def _period(part: Site, address: str) -> Values:
    found = by_month(part.posts)
    title = address[:4] if _is_year(address) else found[0].title
    return {"title": title, "months": found, "card": shared_picture(part)}


def _is_year(address: str) -> bool:
    return address.count("/") == 1


def tags(site: Site) -> Iterator[Page]:
    """A page for each tag that is not an issue."""
    names, found = ordinary_tags(site), dict[str, list[Post]]()
    for post in site.published:
        for tag in post.tags:
            if tag.slug in names:
                found.setdefault(tag.slug, []).append(post)
    own = without_posts(site)
    for slug, name in names.items():
        address = f"tags/{slug}/"
        yield Page(
            path=index_of(address), kind=OutputKind.LIST, site=own, posts=tuple(found[slug]),
            extra=(name, slug), address=address, template="tag",
            values=partial(_tag, tag=Tag(name, slug)), topics=(slug,), in_sitemap=True,
        )  # fmt: skip


def _tag(part: Site, tag: Tag) -> Values:
    posts = tuple(map(PostLine.of, part.posts))
    return {"tag": tag, "tag_name": tag.name, "posts": posts, "card": shared_picture(part)}

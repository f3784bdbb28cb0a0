"""The home page, the tag pages, the archive by year and month, and the list of all posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from wardblog.model import Dataset, Post, Site, Tag
from wardblog.model.addresses import (
    ALL_POSTS,
    PLACES_ON_A_PAGE,
    has_map,
    index_of,
    months,
    ordinary_tags,
    shown_pages,
    street_page,
    years,
)
from wardblog.model.map_figure import Dot, DotShape, MapFigure
from wardblog.model.outputs import OutputKind
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import month_year
from wardblog.views.coming import DateRow, all_occasions, soonest, upcoming
from wardblog.views.dots import open_dots
from wardblog.views.faces import Face, faces_of
from wardblog.views.issue_lines import IssueLine, issue_lines
from wardblog.views.news import FixedLine, recently_fixed
from wardblog.views.output import Page, PostLine, Values, post_lines, without_posts
from wardblog.views.places import PlaceRow, dots_of, figure, is_drawn, rows
from wardblog.views.sharing import calendar_app, shared_picture

if TYPE_CHECKING:
    from wardblog.views.questions import QuestionLine

_COMING_ON_HOME = 5
_EARLIER_ON_HOME = 9


@dataclass(frozen=True, slots=True)
class Month:
    title: str
    address: str
    posts: tuple[PostLine, ...]


@dataclass(frozen=True, slots=True)
class MonthLink:
    """A link to the page of a month, with the number of its posts."""

    title: str
    address: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The home page; `earlier` are the posts before the latest, `questions` are those still open.

    The map shows `count` places: those of open reports, or all if nothing is open; `map_words` says
    which.
    """

    faces: tuple[Face, ...]
    latest: PostLine | None
    questions: tuple[QuestionLine, ...]
    coming: tuple[DateRow, ...]
    calendar: str
    fixed: tuple[FixedLine, ...]
    issues: tuple[IssueLine, ...]
    figure: MapFigure | None
    map_words: str
    places: tuple[PlaceRow, ...]
    count: int
    earlier: tuple[PostLine, ...]
    months: tuple[MonthLink, ...]


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to another page, in words: `Earlier: October 2026`, `Eland Road`."""

    words: str
    address: str


def by_month(site: Site, posts: Iterable[Post]) -> tuple[Month, ...]:
    """Posts in their order, grouped by the month of their date."""
    groups = groupby(posts, key=_month)
    return tuple(
        Month(month_year(*month), _address(*month), post_lines(site, group))
        for month, group in groups
    )


def _month_links(posts: Iterable[Post]) -> Iterator[MonthLink]:
    for month, count in Counter(map(_month, posts)).items():
        yield MonthLink(month_year(*month), _address(*month), count)


def _month(post: Post) -> tuple[int, int]:
    return post.date.year, post.date.month


def _address(year: int, month: int) -> str:
    return f"{year}/{month:02}/"


def home_page(site: Site) -> HomePage:
    posts = site.published
    dots = open_dots(site)
    map_words, datasets = f"Open reports in {site.ward.name} ward", tuple[Dataset, ...]()
    if not dots:
        dots = _all_dots(site)
        map_words, datasets = f"Places in {site.ward.name} ward", _datasets(site)
    return HomePage(
        faces=faces_of(site),
        latest=PostLine.of(posts[0], site) if posts else None,
        questions=open_questions_in(site, site.published),
        coming=tuple(soonest(upcoming(site, all_occasions(site)), _COMING_ON_HOME)),
        calendar=calendar_app(site.absolute("calendar.ics")),
        fixed=recently_fixed(site),
        issues=issue_lines(site),
        figure=figure(site, "", f"Map: {map_words}", dots, datasets, ""),
        map_words=map_words,
        places=rows(dots[:PLACES_ON_A_PAGE]),
        count=len(dots),
        earlier=post_lines(site, posts[1 : 1 + _EARLIER_ON_HOME]),
        months=tuple(_month_links(posts)),
    )


def _all_dots(site: Site) -> tuple[Dot, ...]:
    """What the map of everything shows."""
    if not has_map(site):
        return ()
    # late import: see docs/architecture.md
    from wardblog.views.overview import everything

    return tuple(dot for dot in dots_of(everything(site)) if dot.mark is not DotShape.GONE)


def open_questions_in(site: Site, posts: Iterable[Post]) -> tuple[QuestionLine, ...]:
    """The questions to residents that are still open, the first to close first."""
    asking = [post for post in posts if post.question]
    if not asking:
        return ()
    # late import: see docs/architecture.md
    from wardblog.views.questions import open_questions

    return open_questions(site, asking)


def _datasets(site: Site) -> tuple[Dataset, ...]:
    return tuple(dataset for issue in site.issues for dataset in issue.lists)


def _count_on_map(site: Site) -> int:
    """How many places the map of the home page has, counted without making them all."""
    posts = (place for post in site.published for place in post.places)
    everywhere = sum(len(d.shown) for d in _datasets(site)) + sum(not p.entry for p in posts)
    return len(open_dots(site)) or everywhere


def home(site: Site) -> Iterator[Page]:
    def values(part: Site) -> Values:
        return {"home": home_page(part), "card": shared_picture(part)}

    posts = site.published
    yield Page(
        path="index.html", kind=OutputKind.INDEX, site=without_posts(site), posts=posts, address="",
        template="index", values=values, in_sitemap=True,
        changed=posts[0].date.date() if posts else None,
        figure="home" if is_drawn(site, _count_on_map(site)) else "",
    )  # fmt: skip


def periods(site: Site) -> Iterator[Page]:
    """The archive: a page for each year and each month."""

    own = without_posts(site)
    for found in (years(site), months(site)):
        for address, posts in found.items():
            others = _other_periods(tuple(found), address)
            yield Page(
                path=index_of(address), kind=OutputKind.LIST, site=own, posts=posts, extra=others,
                address=address, template="period_archives",
                values=partial(_period, address=address, others=others),
                in_sitemap=not _is_year(address),
            )  # fmt: skip


def _period(part: Site, address: str, others: tuple[PageLink, ...]) -> Values:
    values = {"title": _title(address), "months": by_month(part, part.posts), "others": others}
    return {**values, "card": shared_picture(part)}


def all_posts(site: Site) -> Iterator[Page]:
    """All posts on one page, with what else there is on the site."""
    streets: tuple[PageLink, ...] = ()
    if site.gazetteer.streets:
        # late import: see docs/architecture.md
        from wardblog.views.street_items import street_items

        streets = tuple(PageLink(i.name, street_page(s)) for s, i in street_items(site).items())
    pages = tuple(PageLink(page.title, page.address) for page in shown_pages(site))
    posts = site.published
    yield Page(
        path=index_of(ALL_POSTS), kind=OutputKind.INDEX, site=without_posts(site), posts=posts,
        extra=(streets, pages), address=ALL_POSTS, template="all",
        values=partial(_all_posts, streets=streets, pages=pages), in_sitemap=True,
        changed=posts[0].date.date() if posts else None,
    )  # fmt: skip


def _all_posts(part: Site, streets: tuple[PageLink, ...], pages: tuple[PageLink, ...]) -> Values:
    # late import: see docs/architecture.md
    from wardblog.views.all_posts import issue_counts, posts_by_year

    values = {"years": posts_by_year(part), "issues": issue_counts(part)}
    return {**values, "streets": streets, "own_pages": pages, "card": shared_picture(part)}


def _other_periods(addresses: tuple[str, ...], address: str) -> tuple[PageLink, ...]:
    """The other years; or the months before and after a month, and its year.

    `addresses` are those of all years, or of all months, newest first.
    """
    if _is_year(address):
        return tuple(PageLink(_title(one), one) for one in addresses if one != address)
    at = addresses.index(address)
    found = [PageLink(f"Earlier: {_title(one)}", one) for one in addresses[at + 1 : at + 2]]
    found += [PageLink(f"Later: {_title(one)}", one) for one in addresses[max(at - 1, 0) : at]]
    return (*found, PageLink(f"All of {address[:4]}", address[:5]))


def _title(address: str) -> str:
    """`2026`, `November 2026`."""
    year, month, *_ = address.split("/")
    return month_year(int(year), int(month)) if month else year


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
    """`issues` are those that all posts with the tag are about."""
    issues = [i for i in part.issues if all(i.slug in post.issues for post in part.posts)]
    values = {"tag": tag, "tag_name": tag.name, "posts": post_lines(part, part.posts)}
    return {**values, "issues": issues, "card": shared_picture(part)}

"""The home page, the tag pages, and the archive by year and month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from wardblog.content.picture_versions import PagePicture, page_picture
from wardblog.model import Councillor, Post, Site, Tag
from wardblog.model.addresses import PLACES_ON_A_PAGE, index_of, months, ordinary_tags, years
from wardblog.model.map_figure import MapFigure
from wardblog.model.outputs import OutputKind
from wardblog.text.words import initials, month_year
from wardblog.views.coming import DateRow, all_occasions, upcoming
from wardblog.views.news import FixedLine, recently_fixed
from wardblog.views.output import Page, PostLine, Values, post_lines, without_posts
from wardblog.views.pages import IssueLine, issue_lines
from wardblog.views.places import PlaceRow, figure, is_drawn, open_dots, rows
from wardblog.views.sharing import shared_picture

_COMING_ON_HOME = 5
_EARLIER_ON_HOME = 12
# The diameter of a portrait, in CSS pixels; the same as in the style sheet.
_PORTRAIT = 96


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
class Face:
    """A councillor with a portrait, or initials in its place, and the ways to reach her.

    The portrait fills a circle; `sizes` is how wide the whole picture is then, for the browser.
    """

    name: str
    party: str
    about: str
    email: str
    phone: str
    picture: PagePicture | None
    sizes: str
    initials: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """`standfirst`, `topics` and `lead` are the latest post's summary, issues and picture."""

    faces: tuple[Face, ...]
    latest: PostLine | None
    lead: PagePicture | None
    standfirst: str
    topics: tuple[Tag, ...]
    coming: tuple[DateRow, ...]
    fixed: tuple[FixedLine, ...]
    issues: tuple[IssueLine, ...]
    figure: MapFigure | None
    places: tuple[PlaceRow, ...]
    open_places: int
    earlier: tuple[Month, ...]
    months: tuple[MonthLink, ...]


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


def face_of(site: Site, councillor: Councillor) -> Face:
    photo = councillor.portrait
    return Face(
        name=councillor.name,
        party=councillor.party,
        about=councillor.about,
        email=councillor.email,
        phone=councillor.phone,
        picture=page_picture(site.base_path, photo) if photo else None,
        sizes=f"{round(_PORTRAIT * max(1, photo.width / photo.height))}px" if photo else "",
        initials=initials(councillor.name),
    )


def home_page(site: Site) -> HomePage:
    posts = site.published
    dots = open_dots(site)
    latest = PostLine.of(posts[0], site) if posts else None
    return HomePage(
        faces=tuple(face_of(site, one) for one in site.councillors),
        latest=latest,
        lead=latest.picture if latest else None,
        standfirst=latest.summary if latest else "",
        topics=latest.issues if latest else (),
        coming=tuple(upcoming(site, all_occasions(site))[:_COMING_ON_HOME]),
        fixed=recently_fixed(site),
        issues=issue_lines(site),
        figure=figure(site, "", f"Map of open reports in {site.ward.name} ward", dots, (), ""),
        places=rows(dots[:PLACES_ON_A_PAGE]),
        open_places=len(dots),
        earlier=by_month(site, posts[1 : 1 + _EARLIER_ON_HOME]),
        months=tuple(_month_links(posts)),
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
    found = by_month(part, part.posts)
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
    posts = post_lines(part, part.posts)
    return {"tag": tag, "tag_name": tag.name, "posts": posts, "card": shared_picture(part)}

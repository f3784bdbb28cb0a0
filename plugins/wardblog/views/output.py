"""The files and pages that views return, each with its kind and the data that it is made from.

An output declares its data before it is made, and receives nothing else. So an output whose data
has not changed since the last build need not be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from wardblog.content.picture_versions import PagePicture, page_picture
from wardblog.model import (
    Imprint,
    MapSettings,
    Post,
    Progress,
    PublishSettings,
    Site,
    Tag,
    Ward,
)
from wardblog.model.addresses import map_picture
from wardblog.model.digests import digest_of
from wardblog.model.gazetteer import NO_GAZETTEER
from wardblog.model.map_figure import Card
from wardblog.model.outputs import OutputKind
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import short_date

# An empty site, for outputs that use nothing of the site.
EMPTY_SITE = Site(
    title="",
    url="",
    description="",
    accent="",
    ward=Ward("", ""),
    councillors=(),
    imprint=Imprint("", "", ""),
    map=MapSettings(),
    publish=PublishSettings(),
    issues=(),
    posts=(),
    pages=(),
    files=frozenset(),
    today=date.min,
)
Values = Mapping[str, object]
Result = TypeVar("Result")


@dataclass(slots=True, kw_only=True)
class Output:
    """One file; `path` is relative to the output folder.

    `site` is the site without its posts. `posts` are the posts that the output lists, `texts` those
    whose text it shows as well, and `extra` is any other data that it is made from. `changed` is
    the day of its last change, for the sitemap.
    """

    path: str
    kind: OutputKind
    site: Site
    posts: tuple[Post, ...] = ()
    texts: tuple[Post, ...] = ()
    extra: object = ()
    in_sitemap: bool = False
    changed: date | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of its files, as far as they are known before it is made."""
        return (self.path,)

    def kinds(self) -> Iterator[tuple[str, OutputKind]]:
        """The path and kind of each of these files."""
        return ((path, self.kind) for path in self.paths)

    @property
    def part(self) -> Site:
        """The site with only the posts that this output is made from."""
        if not self.posts:
            return replace(self.site, posts=self.texts) if self.texts else self.site
        return replace(self.site, posts=(*self.posts, *self.texts))


@dataclass(slots=True, kw_only=True)
class Page(Output):
    """A page made with a template of the theme; `address` is its folder, `""` for home.

    `topics` are the slugs of its issues and tags, to whose feeds it links. `figure` is the name of
    the template value that has its map, `""` if it has no map. The same page is at the paths
    `copies` as well.
    """

    address: str
    template: str
    values: Callable[[Site], Values]
    topics: tuple[str, ...] = ()
    figure: str = ""
    copies: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        picture = (map_picture(self.address),) if self.figure else ()
        return (self.path, *self.copies, *picture)

    def kinds(self) -> Iterator[tuple[str, OutputKind]]:
        yield from ((path, self.kind) for path in (self.path, *self.copies))
        if self.figure:
            yield map_picture(self.address), OutputKind.PICTURE


@dataclass(slots=True, kw_only=True)
class File(Output):
    """A file made without a template; `content` receives the part of the site that it needs."""

    content: Callable[[Site], bytes]


@dataclass(slots=True, kw_only=True)
class Files(Output):
    """Several files made from the same data: the one at `path`, and `others`.

    `contents` returns the bytes of each in this order.
    """

    others: tuple[str, ...]
    contents: Callable[[Site], tuple[bytes, ...]]

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path, *self.others)


@dataclass(slots=True, kw_only=True)
class CardFile(Output):
    """A social card, the picture shown when a page is shared; it is slow to draw."""

    kind: OutputKind = OutputKind.PICTURE
    card: Callable[[Site], Card]


def computed_once(make: Callable[[Site], Result]) -> Callable[[Site], Result]:
    """A function that is called for the first output that needs its result, which others share."""
    kept: list[Result] = []

    def made(part: Site) -> Result:
        if not kept:
            kept.append(make(part))
        return kept[0]

    return made


def small_file(path: str, kind: OutputKind, site: Site, content: bytes) -> File:
    """A small file that is made in every build, since that is quicker than comparing its data."""
    return File(
        path=path, kind=kind, site=site, extra=digest_of(content), content=lambda _: content
    )


def without_posts(site: Site) -> Site:
    """The site without its posts, and without the data that no page shows."""
    return replace(
        site,
        posts=(),
        files=frozenset(),
        publish=PublishSettings(),
        issues_known=True,
        settings_known=True,
        url_line=None,
        pictures={},
        inspected={},
        named_files=frozenset(),
        allow=(),
        election=None,
        gazetteer=NO_GAZETTEER,
        community=(),
        casework=(),
        redirects=(),
        personal_redirects=(),
        answers={},
        me_too={},
        count_lines={},
        lines={},
    )


def frame(site: Site) -> Site:
    """Only the data that every page shows, such as the title and the imprint."""
    return replace(
        without_posts(site),
        pages=(),
        issues=(),
        today=date.min,
        moment=None,
        surgeries=(),
        hub="",
        councillors=tuple(
            replace(one, about="", photo="", portrait=None) for one in site.councillors
        ),
        ward=replace(site.ward, boundary=None),
        map=replace(site.map, base=None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """A post as a line of a list; `issues` are in the site's order, and `picture` decorates.

    `asks` says until when residents can answer its question; "" if it has none, or has closed.
    """

    title: str
    address: str
    date: date
    lang: str
    progress: Progress | None
    waits: str = ""
    summary: str = ""
    issues: tuple[Tag, ...] = ()
    asks: str = ""
    picture: PagePicture | None = None

    @classmethod
    def of(cls, post: Post, site: Site) -> PostLine:
        return cls(
            title=post.title,
            address=post.address,
            date=post.date,
            lang=post.lang,
            progress=post.progress,
            waits=post.waits,
            summary=post.summary,
            asks=_asks(post, site),
            issues=tuple(Tag(i.name, i.slug) for i in site.issues if i.slug in post.issues),
            picture=page_picture(site.base_path, post.lead) if post.lead else None,
        )


def _asks(post: Post, site: Site) -> str:
    closing = post.closing
    if closing is None or closing.ends <= site.now:
        return ""
    return f"Have your say by {short_date(closing.day, site.today)}"


def post_lines(site: Site, posts: Iterable[Post]) -> tuple[PostLine, ...]:
    """Posts as the lines of a list, in their order."""
    return tuple(PostLine.of(post, site) for post in posts)

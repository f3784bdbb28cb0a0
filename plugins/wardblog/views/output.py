"""What a view gives: files and pages, each with all that it is made from and what it is.

An output says what it needs before it is made. It is handed nothing else, so that one whose needs
did not change since the last build is still the same, and need not be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from wardblog.model import Imprint, MapSettings, Post, Progress, PublishSettings, Site, Ward
from wardblog.model.addresses import map_picture
from wardblog.model.digests import digest_of
from wardblog.model.map_figure import Card
from wardblog.model.outputs import OutputKind

# The site, for what is made from nothing of it.
NOTHING = Site(
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
Made = TypeVar("Made")


@dataclass(slots=True, kw_only=True)
class Output:
    """One file, with its `path` from the output folder on.

    `site` is the site without any post; `posts` are those of which the output shows what lists
    show, and `texts` those whose text it shows as well; `extra` is whatever else it is made from.
    `changed` is the day of its last change, for the sitemap.
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
        """All files of it whose names are known before it is made."""
        return (self.path,)

    def kinds(self) -> Iterator[tuple[str, OutputKind]]:
        """Each of these files, and what it is."""
        return ((path, self.kind) for path in self.paths)

    @property
    def part(self) -> Site:
        """The site with the posts that this is made from, and no others."""
        if not self.posts:
            return replace(self.site, posts=self.texts) if self.texts else self.site
        return replace(self.site, posts=(*self.posts, *self.texts))


@dataclass(slots=True, kw_only=True)
class Page(Output):
    """A page by a template of the theme; `address` is its folder, `""` for home.

    `topics` are the slugs of what it is about, whose feeds it names. `figure` is the name of the
    value that has its map, `""` where it shows none.
    """

    address: str
    template: str
    values: Callable[[Site], Values]
    topics: tuple[str, ...] = ()
    figure: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path, map_picture(self.address)) if self.figure else (self.path,)

    def kinds(self) -> Iterator[tuple[str, OutputKind]]:
        yield self.path, self.kind
        yield from ((path, OutputKind.PICTURE) for path in self.paths[1:])


@dataclass(slots=True, kw_only=True)
class File(Output):
    """A file that no template makes. `content` is given the part of the site that it needs."""

    content: Callable[[Site], bytes]


@dataclass(slots=True, kw_only=True)
class Files(Output):
    """Files that are made from the same: its own, and `others` beside it.

    `contents` gives their bytes in this order.
    """

    others: tuple[str, ...]
    contents: Callable[[Site], tuple[bytes, ...]]

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path, *self.others)


@dataclass(slots=True, kw_only=True)
class CardFile(Output):
    """A picture for sharing, which takes long to draw."""

    kind: OutputKind = OutputKind.PICTURE
    card: Callable[[Site], Card]


def made_once(make: Callable[[Site], Made]) -> Callable[[Site], Made]:
    """What several outputs show parts of is made for the first of them, and kept."""
    kept: list[Made] = []

    def made(part: Site) -> Made:
        if not kept:
            kept.append(make(part))
        return kept[0]

    return made


def fixed(path: str, kind: OutputKind, site: Site, content: bytes) -> File:
    """A small file that is made each time, since that is quicker than to ask."""
    return File(
        path=path, kind=kind, site=site, extra=digest_of(content), content=lambda _: content
    )


def bare(site: Site) -> Site:
    """The site without its posts, and without what no page shows."""
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
        lines={},
    )


def frame(site: Site) -> Site:
    """What every page shows, whatever it is about."""
    return replace(
        bare(site),
        pages=(),
        issues=(),
        today=date.min,
        moment=None,
        surgeries=(),
        hub="",
        ward=replace(site.ward, boundary=None),
        map=replace(site.map, streets=None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A post as a line of a list."""

    title: str
    address: str
    date: date
    lang: str
    progress: Progress | None
    waits: str = ""

    @classmethod
    def of(cls, post: Post) -> Headline:
        return cls(
            title=post.title,
            address=post.address,
            date=post.date,
            lang=post.lang,
            progress=post.progress,
            waits=post.waits,
        )

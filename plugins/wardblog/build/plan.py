"""Plans the outputs of a site, each with a digest of everything that it is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from pathlib import Path

from wardblog.build.assets import Assets, ThemeFiles
from wardblog.build.pelican_settings import Choices
from wardblog.build.state import Built
from wardblog.build.templates import Templates
from wardblog.check import PlainPages, Resolver
from wardblog.content.files import on_disk
from wardblog.content.references import published_files
from wardblog.model import Picture, Site
from wardblog.model.addresses import (
    EVERYTHING,
    ICON,
    PRIVACY,
    SEARCH,
    has_figures,
    has_map,
    has_questions,
    hashed_path,
    index_of,
    makes_privacy_page,
    shown_pages,
)
from wardblog.model.digests import Digests
from wardblog.model.outputs import OutputKind
from wardblog.photos import READABLE, PictureVersion, is_picture, versions_of
from wardblog.support.late_dataclass import dataclass
from wardblog.views import (
    ICON_SIZE,
    File,
    Files,
    Output,
    Page,
    content_security_policy,
    election_banner,
    feed_links,
    frame,
    issue_colours,
    output_at,
    outputs,
)
from wardblog.views.output import EMPTY_SITE, small_file


class OverwriteError(RuntimeError):
    """Two outputs have the same path: a bug of ours."""


@dataclass(slots=True, kw_only=True)
class Copy(Output):
    """A content file that is published unchanged, unless it is a drawing, which is cleaned."""

    source: Path


@dataclass(slots=True, kw_only=True)
class Photo(Files):
    """A picture of the content, which is never published as it is."""

    file: str
    source: Path
    picture: Picture
    versions: tuple[PictureVersion, ...]


def photo(file: str, source: Path, picture: Picture, digest: object) -> Photo | None:
    """The published versions of a picture; None for one that cannot be published.

    `digest` is a digest of the bytes of the file `source`.
    """
    if picture.fault or picture.kind not in READABLE:
        return None
    versions = versions_of(file, picture)
    return Photo(
        path=versions[0].path, others=tuple(v.path for v in versions[1:]), kind=OutputKind.FILE,
        site=EMPTY_SITE, extra=(digest, versions), contents=_unmade, file=file, source=source,
        picture=picture, versions=versions,
    )  # fmt: skip


def _unmade(_: Site) -> tuple[bytes, ...]:
    raise NotImplementedError("photographs are made from their files")


@dataclass(frozen=True, slots=True)
class MenuPage:
    """A page as it appears in menus."""

    slug: str
    url: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A site as it was read, with the digests of its values and of its `texts`.

    `file_digest` gives the digest of a file of the folder `content`, as it was when the site was
    read. `rewritten` are the posts whose text is not the one that the checks have seen: another
    plugin has changed it since.
    """

    site: Site
    content: Path
    file_digest: Callable[[str], bytes]
    digests: Digests
    texts: Mapping[str, bytes]
    rewritten: frozenset[str]


class BuildPlan:
    """The outputs of one site, with one theme and one set of settings.

    With the plan of the site `before`, which had the same theme and settings, what did not change
    is not read or digested again.
    """

    def __init__(
        self, source: Source, choices: Choices, built: Built, before: BuildPlan | None = None
    ) -> None:
        self.site, self.digests, self.built = source.site, source.digests, built
        self.templates: Templates = (
            before.templates if before else Templates(choices.theme, choices.jinja, built)
        )
        self._theme: ThemeFiles = (
            before._theme if before else ThemeFiles(choices.theme, choices.static, built)
        )
        self._source = source
        self.rewritten = source.rewritten
        # What the guard already read of other files; each process has its own.
        self.inspected = set[int]()
        self._known_feeds: dict[tuple[str, ...], bytes] = {}
        site = source.site
        datasets = (d for issue in site.issues for d in issue.datasets)
        shared = (site.ward.boundary, site.map.base, site.map, *site.issues, *datasets)
        self.digests.share(shared, before.digests if before else None)
        if before and site.map.base is before.site.map.base:
            self.base_map = before.base_map

    @cached_property
    def assets(self) -> Assets:
        return self._theme.assets(self.site)

    @cached_property
    def base_map(self) -> tuple[str, bytes]:
        """The one base map for all maps: the path of its file, if there is one, and its bytes."""
        base = self.site.map.base
        return (hashed_path("map/base.json", base.coded), base.coded) if base else ("", b"")

    @cached_property
    def ground(self) -> tuple[str, bytes]:
        """The picture of the base map for all maps of the whole ward: path and bytes, or nothing.

        It is drawn once and then remembered, until the base map or the outline changes.
        """
        base, boundary = self.site.map.base, self.site.ward.boundary
        if base is None or boundary is None or not has_map(self.site):
            return "", b""
        source = self.digests.of(base, boundary)
        known: bytes | None = self.built.made("ground", source)
        if known is None:
            # late import: see docs/architecture.md
            from wardblog.maps import shared_ground

            known = shared_ground(base, boundary)
            self.built.keep_made("ground", source, known)
        return hashed_path("map/ground.svg", known), known

    @cached_property
    def context(self) -> dict[str, object]:
        """The template variables that all pages share."""
        site = self.site
        return {
            "SITENAME": site.title,
            "SITEURL": site.base_path,
            "site": frame(site),
            "policy": content_security_policy(site.map),
            "has_map": has_map(site),
            "has_figures": has_figures(site),
            "has_questions": has_questions(site),
            "has_community": bool(site.community),
            "nearby": _nearby(site),
            "banner": election_banner(site),
            "assets": self.assets.paths,
            "pages": tuple(_menu(site)),
        }

    @cached_property
    def frame(self) -> bytes:
        return self.digests.of(self.context, self.base_map[0], self.ground[0])

    @cached_property
    def colours(self) -> dict[str, str]:
        return issue_colours(self.site)

    @cached_property
    def _feeds(self) -> Mapping[str, tuple[object, ...]]:
        return feed_links(self.site)

    def prepare(self) -> None:
        """Compute what all outputs share, before other processes are forked."""
        _ = self.outputs, self.kinds, self.context, self.frame, self.colours, self._feeds
        _ = self.pages

    @cached_property
    def outputs(self) -> dict[str, Output]:
        """All outputs by their paths; an output with several files has the path of its first."""
        found: dict[str, Output] = {}
        for output in (*outputs(self.site), *self._own(), *self._searched.values()):
            if output.path in found:
                raise OverwriteError(f"{output.path} would be written twice")
            found[output.path] = output
        return found

    @cached_property
    def pages(self) -> PlainPages:
        """The parts of pages that the guard already read; each process has its own."""
        if self.built.is_known:  # then too few pages change to be worth it
            return PlainPages()
        texts = (p for p in chain(self.site.posts, self.site.pages) if p.file not in self.rewritten)
        known = ((post.title, post.summary) for post in texts if not post.personal)
        return PlainPages(frozenset(chain.from_iterable(known)))

    @cached_property
    def resolver(self) -> Resolver:
        return Resolver(self.site)

    @cached_property
    def kinds(self) -> Mapping[str, OutputKind]:
        """The kind of each file, except scripts of maps, whose names are not known yet."""
        return dict(pair for output in self.outputs.values() for pair in output.kinds())

    def output_at(self, path: str) -> Output | None:
        """The output that a file belongs to, without planning all outputs."""
        found = output_at(self.site, path)
        if found is None:
            found = self._own_by_path.get(path) or (
                self._searched.get(path) if path.startswith(SEARCH) else None
            )
        folder, slash, name = path.rpartition("/")
        if found is None and name.startswith("map."):  # what stands beside a page with a map
            return output_at(self.site, index_of(folder + slash))
        return found

    @cached_property
    def _own_by_path(self) -> dict[str, Output]:
        return {path: output for output in self._own() for path in output.paths}

    @cached_property
    def _searched(self) -> Mapping[str, Output]:
        """The files of the search. Their index is made for the first one that is asked for."""
        # late import: see docs/architecture.md
        from wardblog.build.search_files import search_files

        files = search_files(self.site, self.digests, self._source.texts, self.built)
        return {file.path: file for file in files}

    def _own(self) -> Iterable[Output]:
        """The files of the theme and of the content."""
        for path, content in self.assets.files.items():
            yield small_file(path, OutputKind.ASSET, EMPTY_SITE, content)
        icon = self.assets.files[self.assets.paths["icon.svg"]].decode()
        yield File(
            path=ICON,
            kind=OutputKind.PICTURE,
            site=EMPTY_SITE,
            extra=icon,
            content=lambda _: _icon(icon),
        )
        for path, content in (self.base_map, self.ground):
            if path:
                yield small_file(path, OutputKind.ASSET, EMPTY_SITE, content)
        for file in sorted(published_files(self.site)):
            if one := self._published(file):
                yield one

    def _published(self, file: str) -> Output | None:
        """A content file: pictures are resized, other files are copied."""
        source, picture = on_disk(self._source.content, file), self.site.pictures.get(file)
        if picture is None and is_picture(file):
            return None  # nobody looked at it, so nobody knows what it tells
        seen = self._source.file_digest(file)
        if picture is not None:
            return photo(file, source, picture, seen)
        return Copy(path=file, kind=OutputKind.FILE, site=EMPTY_SITE, extra=seen, source=source)

    def needs(self, output: Output) -> bytes:
        """The digest of everything that an output is made from."""
        shared, texts = self.digests.shared, self._source.texts
        parts = [shared(output.site), *self.digests.each(output.posts), b"|"]
        for post in output.texts:
            parts += (shared(post), texts[post.file])
        if isinstance(output, Page):
            parts += (self.frame, self.templates.digest(output.template), self.feeds_digest(output))
            return self.digests.joined(parts, output.extra, output.address)
        return self.digests.joined(parts, output.extra)

    def feeds_digest(self, page: Page) -> bytes:
        """Return the digest of the feeds that a page links to."""
        known = self._known_feeds.get(page.topics)
        if known is None:
            known = self._known_feeds[page.topics] = self.digests.of(self.feeds_of(page))
        return known

    def feeds_of(self, page: Page) -> tuple[object, ...]:
        """The feeds of the page's topics, then the feed of all posts."""
        topics = dict.fromkeys((*page.topics, EVERYTHING))
        return tuple(link for slug in topics for link in self._feeds.get(slug, ()))


def _menu(site: Site) -> Iterator[MenuPage]:
    """The councillor's own pages by the names of their files, then the page about privacy."""
    for page in sorted(shown_pages(site), key=lambda page: page.file.rsplit("/", 1)[-1]):
        yield MenuPage(page.slug, page.address, page.title)
    if makes_privacy_page(site):
        # "privacy" is the page about the newsletter as well, if that is sent by e-mail.
        yield MenuPage("privacy" if site.has_mail else "", PRIVACY, "Privacy")


def _nearby(site: Site) -> object:
    """Where a page finds what is near to a resident, if the site has streets."""
    if not site.gazetteer.streets:
        return None
    # late import: see docs/architecture.md
    from wardblog.views.nearby import nearby_files

    return nearby_files(site)


def _icon(svg: str) -> bytes:
    # late import: see docs/architecture.md
    from wardblog.maps.card import icon_png

    return icon_png(svg, ICON_SIZE)

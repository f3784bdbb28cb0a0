"""Makes the outputs of a site: all of them, or only those whose needs changed since the last build.

An output is made again when a digest of its needs changed: of the posts and settings that its view
is handed, of its template, and of what every page shows. Then its values are made, and only if
they changed as well is it rendered or drawn. A file that somebody changed is made again, too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from wardblog.addresses import ICON, has_map, hashed_path, index_of, shown_pages
from wardblog.build.assets import Assets, theme_assets
from wardblog.build.choices import Choices
from wardblog.build.cores import Shared
from wardblog.build.folder import Made, OutputFolder
from wardblog.build.record import DrawnRecord, FileRecord, Record
from wardblog.build.state import Built
from wardblog.build.templates import Templates
from wardblog.digests import Digests
from wardblog.model import Site
from wardblog.progress import Watch, unwatched
from wardblog.read.files import Folder
from wardblog.read.memory import is_settled
from wardblog.views import (
    ICON_SIZE,
    CardFile,
    File,
    Files,
    Output,
    Page,
    content_security_policy,
    feed_links,
    frame,
    issue_colours,
    linked_files,
    output_at,
    outputs,
)
from wardblog.views.output import NOTHING, fixed

# The values of a page that may have a map, as our views and the templates call them.
_WITH_MAPS = ("view", "home", "hub", "area")


class Writer(Protocol):
    """Whatever takes files."""

    written: set[str]

    def write(self, path: str, content: bytes) -> None: ...
    def write_made(self, path: str, source: bytes, make: Callable[[], bytes]) -> None: ...


class Held:
    """Takes files, and keeps them at hand."""

    def __init__(self) -> None:
        self.written: set[str] = set()
        self.files: dict[str, bytes] = {}

    def write(self, path: str, content: bytes) -> None:
        self.files[path] = content

    def write_made(self, path: str, source: bytes, make: Callable[[], bytes]) -> None:
        del source
        self.files[path] = make()


class OverwriteError(RuntimeError):
    """Two outputs at one place: a fault of ours."""


@dataclass(slots=True, kw_only=True)
class Copy(Output):
    """A file of the content that is published as it is."""

    source: Path


@dataclass(frozen=True, slots=True)
class MenuPage:
    """A page as the menus name it."""

    slug: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A record, with which files changed for it, and what costly ones were made from."""

    path: str
    record: Record
    changed: tuple[str, ...] = ()
    made: Mapping[str, Made] | None = None


class Engine:
    """What one site needs and has; `digests` knows those of its posts, `folder` its content."""

    def __init__(
        self,
        site: Site,
        content: Path,
        found: Folder,
        choices: Choices,
        digests: Digests,
        texts: Mapping[str, bytes],
        output: OutputFolder,
        built: Built,
        templates: Templates | None = None,
    ) -> None:
        self.site, self._content, self._found = site, content, found
        self._choices, self._digests, self._texts = choices, digests, texts
        self.output, self.built = output, built
        self._known_feeds: dict[tuple[str, ...], bytes] = {}
        self.templates = templates or Templates(choices.theme, choices.jinja, built)
        for shared in (site.ward.boundary, site.map.streets, site.map, *site.issues):
            self._digests.shared(shared)
        for dataset in (d for issue in site.issues for d in issue.datasets):
            self._digests.shared(dataset)

    @cached_property
    def assets(self) -> Assets:
        return theme_assets(self._choices.theme, self._choices.static, self.site, self.built)

    @cached_property
    def streets(self) -> tuple[str, bytes]:
        """The one file of streets for all maps: its path, if there is one, and its bytes."""
        if (streets := self.site.map.streets) is None:
            return "", b""
        source = self._digests.shared(streets)
        if (known := self.built.made("streets", source)) is not None:
            return str(known[0]), bytes(known[1])
        # Here, since what draws maps takes long to import.
        from wardblog.maps import street_data

        content = street_data(streets)
        made = (hashed_path("map/streets.json", content), content)
        self.built.keep_made("streets", source, made)
        return made

    @cached_property
    def context(self) -> dict[str, object]:
        """What every page is made with."""
        site = self.site
        pages = sorted(shown_pages(site), key=lambda page: page.file.rsplit("/", 1)[-1])
        return {
            "SITENAME": site.title,
            "SITEURL": site.base_path,
            "site": frame(site),
            "policy": content_security_policy(site.map),
            "has_map": has_map(site),
            "assets": self.assets.paths,
            "pages": tuple(MenuPage(p.slug, p.address, p.title) for p in pages),
        }

    @cached_property
    def _frame(self) -> bytes:
        return self._digests.of(self.context, self.streets[0])

    @cached_property
    def _colours(self) -> dict[str, str]:
        return issue_colours(self.site)

    @cached_property
    def _feeds(self) -> Mapping[str, tuple[object, ...]]:
        return feed_links(self.site)

    @cached_property
    def plan(self) -> dict[str, Output]:
        """All outputs by their paths; one of several files by that of the first."""
        found: dict[str, Output] = {}
        for output in (*outputs(self.site), *self._own()):
            if output.path in found:
                raise OverwriteError(f"{output.path} would be written twice")
            found[output.path] = output
        return found

    def output_at(self, path: str) -> Output | None:
        """The output that a file is of, found without making a plan of all."""
        found = output_at(self.site, path)
        if found is None:
            found = next((output for output in self._own() if output.path == path), None)
        folder, slash, name = path.rpartition("/")
        if found is None and name.startswith("map."):  # what stands beside a page with a map
            return output_at(self.site, index_of(folder + slash))
        return found

    def _own(self) -> Iterable[Output]:
        """The files of the theme and of the content."""
        for path, content in self.assets.files.items():
            yield fixed(path, NOTHING, content)
        icon = self.assets.files[self.assets.paths["icon.svg"]].decode()
        yield File(path=ICON, site=NOTHING, extra=icon, content=lambda _: _icon(icon))
        if self.streets[0]:
            path, streets = self.streets
            yield File(path=path, site=NOTHING, extra=path, content=lambda _: streets)
        images = [file for file in self._found.shown if file.startswith("images/")]
        shown = [p for p in (*self.site.posts, *self.site.pages) if not p.visibility.is_waiting]
        linked = [file for post in shown if post.marks for file in linked_files(post)]
        for file in dict.fromkeys((*sorted(images), *sorted(linked))):
            if file in self._found.shown:
                source = self._content / file
                yield Copy(path=file, site=NOTHING, extra=self._seen(file), source=source)

    def _seen(self, file: str) -> object:
        """What stands for the bytes of a file: they are read only while they may still change."""
        signature = self._found.shown[file]
        if is_settled(signature):
            return signature
        return (signature, self._digests.of((self._content / file).read_bytes()))

    def needs(self, output: Output) -> bytes:
        """The digest of all that an output is made from."""
        shared, texts = self._digests.shared, self._texts
        parts = [shared(output.site)]
        parts += [shared(post) for post in output.posts]
        parts.append(b"|")
        for post in output.texts:
            parts += (shared(post), texts[post.file])
        if isinstance(output, Page):
            parts += (self._frame, self.templates.digest(output.template), self._told(output))
            return self._digests.joined(parts, output.extra, output.address)
        return self._digests.joined(parts, output.extra)

    def _told(self, page: Page) -> bytes:
        """The digest of the feeds that a page names."""
        known = self._known_feeds.get(page.topics)
        if known is None:
            known = self._known_feeds[page.topics] = self._digests.of(self._feeds_of(page))
        return known

    def _feeds_of(self, page: Page) -> tuple[object, ...]:
        """The feeds of what a page is about, and then that of everything."""
        wanted = dict.fromkeys((*page.topics, "all"))
        return tuple(link for slug in wanted for link in self._feeds.get(slug, ()))

    def wanted(self) -> tuple[dict[str, Record], list[Output]]:
        """The records that still hold, and the outputs that must be looked at."""
        known = self.built.records
        kept: dict[str, Record] = {}
        changed: list[Output] = []
        for path, output in self.plan.items():
            before = known.get(path)
            if before and before.needs == self.needs(output) and self._is_there(before):
                kept[path] = before
            else:
                changed.append(output)
        return kept, changed

    def _is_there(self, record: Record) -> bool:
        """Whether the files are as they were written."""
        root = f"{self.output.root}/"
        try:
            for file in record.files:
                status = os.stat(root + file.path)  # noqa: PTH116 - asked of each file of the site
                if status.st_size != file.size or status.st_mtime_ns != file.time:
                    return False
        except OSError:
            return False
        return True

    def begin(self, changed: list[Output], watch: Watch = unwatched) -> Shared[Output, Outcome]:
        """Begins to make outputs, in other processes where that is quicker."""
        _ = self._frame, self.plan, self._feeds, self._colours  # once, for all processes
        self.templates.load({page.template for page in changed if isinstance(page, Page)})
        return Shared(self.make, changed, "Making pages", watch)

    def make(self, output: Output) -> Outcome:
        """Makes one output, as far as it differs from what is there."""
        before = self.built.records.get(output.path)
        needs, writer = self.needs(output), self.output.apart()
        made = self._produce(output, before, writer)
        if made is None and before is not None:
            known = self.output.made_before(output.path)
            return Outcome(
                output.path,
                before._replace(needs=needs),
                made={output.path: known} if known else {},
            )
        values, drawn = made or (needs, None)
        files = tuple(self._written(one) for one in sorted(writer.written))
        record = Record(needs, values or needs, files, drawn)
        return Outcome(output.path, record, tuple(sorted(writer.changed)), writer.made)

    def contents(self, output: Output) -> dict[str, bytes]:
        """The files of an output as they would be written."""
        writer = Held()
        self._produce(output, None, writer)
        return writer.files

    def _produce(
        self, output: Output, before: Record | None, writer: Writer
    ) -> tuple[bytes, DrawnRecord | None] | None:
        """Makes an output's files; None where it would be made from the same values as before.

        Gives the digest of these values, where there is one, and what was drawn.
        """
        if isinstance(output, Page):
            return self._make_page(output, before, writer)
        if isinstance(output, CardFile):
            return self._make_card(output, before, writer)
        if isinstance(output, Copy):
            writer.write(output.path, output.source.read_bytes())
        elif isinstance(output, File):
            writer.write(output.path, output.content(output.part))
        elif isinstance(output, Files):
            for path, content in zip(output.paths, output.contents(output.part), strict=True):
                writer.write(path, content)
        return b"", None

    def _make_card(
        self, output: CardFile, before: Record | None, writer: Writer
    ) -> tuple[bytes, None] | None:
        card = output.card(output.part)
        values = self._digests.of(card, self._colours)
        if before and before.values == values and self._is_there(before):
            return None
        # Here, since what draws takes long to import.
        from wardblog.maps.card import card_png, card_svg

        svg = card_svg(card, self._colours)
        writer.write_made(output.path, svg.encode(), lambda: card_png(svg))
        return values, None

    def _make_page(
        self, page: Page, before: Record | None, writer: Writer
    ) -> tuple[bytes, DrawnRecord | None] | None:
        values, feeds = dict(page.values(page.part)), self._feeds_of(page)
        digest = self._digests.of(
            values, feeds, page.address, self._frame, self.templates.digest(page.template)
        )
        if before and before.values == digest and self._is_there(before):
            return None
        drawn = self._draw(values, before, writer)
        context = {**self.context, "address": page.address, "feeds": feeds, **values, "map": drawn}
        writer.write(page.path, self.templates.render(page.template, context))
        return digest, drawn

    def page_values(self, page: Page) -> dict[str, object]:
        """What the template of a page is handed, with its map drawn and written."""
        values = dict(page.values(page.part))
        drawn = self._draw(values, None, self.output)
        feeds = self._feeds_of(page)
        return {**self.context, "address": page.address, "feeds": feeds, **values, "map": drawn}

    def _draw(
        self, values: Mapping[str, Any], before: Record | None, writer: Writer
    ) -> DrawnRecord | None:
        """Draws the map of a page whose values have a figure, and writes its files beside it."""
        shown = next((values[k] for k in _WITH_MAPS if k in values), None)
        figure = getattr(shown, "figure", None)
        if figure is None:
            return None
        site = self.site
        streets = f"{site.base_path}/{self.streets[0]}" if self.streets[0] else ""
        digest = self._digests.of(figure, self._colours, site.imprint, streets)
        if before and before.drawn and before.drawn.figure == digest and self._is_there(before):
            writer.written.update(f.path for f in before.files)
            return before.drawn
        # Here, since importing Folium takes a third of a second.
        from wardblog.maps import draw

        drawn = draw(figure, self._colours, site.imprint.sentence, streets)
        writer.write(drawn.script_path, drawn.script)
        writer.write(drawn.data_path, drawn.data)
        writer.write(drawn.picture_path, drawn.picture)
        return DrawnRecord(digest, drawn.html, drawn.script_path, drawn.data_path)

    def _written(self, path: str) -> FileRecord:
        status = os.stat(self.output.root / path)  # noqa: PTH116
        return FileRecord(path, status.st_size, status.st_mtime_ns)


def _icon(svg: str) -> bytes:
    # Here, since what draws takes long to import.
    from wardblog.maps.card import icon_png

    return icon_png(svg, ICON_SIZE)

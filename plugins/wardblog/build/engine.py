"""Makes the outputs of a site: all of them, or only those whose needs changed since the last build.

An output is made again when a digest of its needs changed: of the posts and settings that its view
is handed, of its template, and of what every page shows. Then its values are made, and only if
they changed as well is it rendered or drawn. A file that somebody changed is made again, too.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wardblog.build.audit import audit_of
from wardblog.build.copies import copied
from wardblog.build.folder import OutputFolder
from wardblog.build.manifest import Made
from wardblog.build.photographs import write_photo
from wardblog.build.plan import BuildPlan, Copy, Photo
from wardblog.build.record import Audit, DrawnRecord, FileRecord, Look, Record
from wardblog.build.state import Built
from wardblog.build.workers import Shared
from wardblog.build.writers import Held, Nowhere, Watched
from wardblog.check import Reference
from wardblog.support.progress_bar import Watch, no_progress
from wardblog.views import CardFile, File, Files, Output, Page
from wardblog.views.output import NOTHING

# The values of a page that may have a map, as our views and the templates call them.
_WITH_MAPS = ("view", "home", "hub", "area")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A record, with which files changed for it, and what costly ones were made from.

    `references` are the theme's links that wait for other pages.
    """

    path: str
    record: Record
    changed: tuple[str, ...] = ()
    made: Mapping[str, Made] | None = None
    references: tuple[Reference, ...] = ()


class Engine:
    """Makes a plan's outputs in a folder, from what the last build left."""

    def __init__(self, plan: BuildPlan, output: OutputFolder, built: Built) -> None:
        self.plan, self.output, self.built = plan, output, built

    def wanted(self) -> tuple[dict[str, Record], list[Output]]:
        """The records that still hold, and the outputs that must be looked at."""
        known = self.built.records
        kept: dict[str, Record] = {}
        changed: list[Output] = []
        for path, output in self.plan.outputs.items():
            before = known.get(path)
            if before and before.needs == self.plan.needs(output) and self._is_there(before):
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

    def begin(self, changed: list[Output], watch: Watch = no_progress) -> Shared[Output, Outcome]:
        """Begins to make outputs, in other processes where that is quicker."""
        self.plan.prepare()
        self.plan.templates.load({page.template for page in changed if isinstance(page, Page)})
        # A photograph takes as long as hundreds of pages: those first, and each by itself.
        changed.sort(key=lambda one: not isinstance(one, Photo))
        if len(changed) > 1 and isinstance(changed[1], Photo):
            return Shared(self.make, changed, "Making pages", watch, few=2, step=1)
        return Shared(self.make, changed, "Making pages", watch)

    def make(self, output: Output) -> Outcome:
        """Makes one output, as far as it differs from what is there."""
        before = self.built.records.get(output.path)
        needs, writer = self.plan.needs(output), self.output.apart()
        watched = Watched(writer)
        made = self._produce(output, before, watched)
        if made is None and before is not None:
            known = self.output.made_before(output.path)
            return Outcome(
                path=output.path,
                record=before._replace(needs=needs),
                made={output.path: known} if known else {},
            )
        values, drawn = made or (needs, None)
        files = tuple(_written(writer, one) for one in sorted(writer.written))
        audit, others = audit_of(self.plan, self.output.root, output, watched)
        record = Record(needs=needs, values=values or needs, files=files, drawn=drawn, audit=audit)
        return Outcome(
            path=output.path,
            record=record,
            changed=tuple(sorted(writer.changed)),
            made=writer.made,
            references=others,
        )

    def look(self, output: Output) -> Look:
        """What the guard finds in an output, without writing anything."""
        watched = Watched(Nowhere())
        if not isinstance(output, Copy | Photo):
            self._produce(output, None, watched)
        audit, others = audit_of(self.plan, self.output.root, output, watched)
        return Look(self.plan.needs(output), audit, others)

    def looked_over(
        self, paths: Iterable[str], others: frozenset[str]
    ) -> tuple[list[Audit], list[Reference]]:
        """What the guard finds in files that are written, whoever made them.

        `others` are the files that are there beside those of the plan.
        """
        audits, references = list[Audit](), list[Reference]()
        for path in paths:
            output = self.plan.outputs.get(path) or File(
                path=path, site=NOTHING, content=lambda _: b""
            )
            if isinstance(output, Copy | CardFile | Photo):
                continue
            contents = {path: (self.output.root / path).read_bytes()}
            watched = Watched(Nowhere(), contents=contents, others=others)
            audit, waiting = audit_of(self.plan, self.output.root, output, watched)
            audits += [audit] if audit else []
            references += waiting
        return audits, references

    def contents(self, output: Output) -> dict[str, bytes]:
        """The files of an output as they would be written."""
        writer = Held()
        self._produce(output, None, Watched(writer))
        return writer.files

    def _produce(
        self, output: Output, before: Record | None, writer: Watched
    ) -> tuple[bytes, DrawnRecord | None] | None:
        """Makes an output's files; None where it would be made from the same values as before.

        Gives the digest of these values, where there is one, and what was drawn.
        """
        if isinstance(output, Page):
            return self._make_page(output, before, writer)
        if isinstance(output, CardFile):
            return self._make_card(output, before, writer)
        if isinstance(output, Copy):
            writer.write(output.path, copied(output.source, output.path))
        elif isinstance(output, Photo):
            write_photo(output, writer)
        elif isinstance(output, File):
            writer.write(output.path, output.content(output.part))
        elif isinstance(output, Files):
            for path, content in zip(output.paths, output.contents(output.part), strict=True):
                writer.write(path, content)
        return b"", None

    def _make_card(
        self, output: CardFile, before: Record | None, writer: Watched
    ) -> tuple[bytes, None] | None:
        card = output.card(output.part)
        values = self.plan.digests.of(card, self.plan.colours)
        if before and before.values == values and self._is_there(before):
            return None
        # Here, since what draws takes long to import.
        from wardblog.maps.card import card_png, card_svg

        writer.credits = card.figure.credits if card.figure else ()
        svg = card_svg(card, self.plan.colours)
        writer.write_made(output.path, svg.encode(), lambda: card_png(svg))
        return values, None

    def _make_page(
        self, page: Page, before: Record | None, writer: Watched
    ) -> tuple[bytes, DrawnRecord | None] | None:
        values, feeds = dict(page.values(page.part)), self.plan.feeds_of(page)
        digest = self.plan.digests.of(
            values, feeds, page.address, self.plan.frame, self.plan.templates.digest(page.template)
        )
        if before and before.values == digest and self._is_there(before):
            return None
        drawn = self._draw(values, before, writer)
        context = {
            **self.plan.context,
            "address": page.address,
            "feeds": feeds,
            **values,
            "map": drawn,
        }
        writer.write(page.path, self.plan.templates.render(page.template, context))
        return digest, drawn

    def page_values(self, page: Page) -> dict[str, object]:
        """What the template of a page is handed, with its map drawn and written."""
        values = dict(page.values(page.part))
        drawn = self._draw(values, None, Watched(self.output))
        feeds = self.plan.feeds_of(page)
        return {
            **self.plan.context,
            "address": page.address,
            "feeds": feeds,
            **values,
            "map": drawn,
        }

    def values_for(self, path: str) -> dict[str, object]:
        """What a page of others can be made with, so that it may extend our templates."""
        address = path.removesuffix("index.html")
        return {**self.plan.context, "address": address, "feeds": (), "map": None, "card": None}

    def _draw(
        self, values: Mapping[str, Any], before: Record | None, writer: Watched
    ) -> DrawnRecord | None:
        """Draws the map of a page whose values have a figure, and writes its files beside it."""
        shown = next((values[k] for k in _WITH_MAPS if k in values), None)
        figure = getattr(shown, "figure", None)
        if figure is None:
            return None
        writer.credits = figure.credits
        site = self.plan.site
        streets = f"{site.base_path}/{self.plan.streets[0]}" if self.plan.streets[0] else ""
        digest = self.plan.digests.of(figure, self.plan.colours, site.imprint, streets)
        if before and before.drawn and before.drawn.figure == digest and self._is_there(before):
            writer.written.update(f.path for f in before.files)
            return before.drawn
        # Here, since importing Folium takes a third of a second.
        from wardblog.maps import draw

        drawn = draw(figure, self.plan.colours, site.imprint.sentence, streets)
        writer.write(drawn.script_path, drawn.script)
        writer.write(drawn.data_path, drawn.data)
        writer.write(drawn.picture_path, drawn.picture)
        return DrawnRecord(digest, drawn.html, drawn.script_path, drawn.data_path)


def _written(folder: OutputFolder, path: str) -> FileRecord:
    status = folder.where(path).stat()
    return FileRecord(path, status.st_size, status.st_mtime_ns)

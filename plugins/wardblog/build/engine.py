"""Makes a site's outputs: all of them, or only those that changed since the last build.

An output is checked when the digest of its needs changed: the posts and settings that its view
receives, its template, and what every page shows. Then its values are computed, and only if they
changed too is it rendered or drawn. A file that somebody else changed is made again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Set
from importlib import import_module
from pathlib import Path
from typing import Any

from wardblog.build.audit import audit_of
from wardblog.build.folder import OutputFolder
from wardblog.build.manifest import Made
from wardblog.build.plan import BuildPlan, Copy, Photo
from wardblog.build.record import DrawnRecord, FileRecord, Look, Record
from wardblog.build.state import Built
from wardblog.build.workers import SharedWork
from wardblog.build.writers import MemoryWriter, NullWriter, RecordingWriter
from wardblog.check import Reference
from wardblog.model.addresses import FeedFormat
from wardblog.model.outputs import OutputKind
from wardblog.problems import TemplateFault
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import Watch, no_progress
from wardblog.views import CardFile, File, Files, Output, Page
from wardblog.views.output import EMPTY_SITE


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeOutput:
    """The record of an output that was made, the files that changed, and the costly ones.

    `references` are the theme's links to other pages, which are checked once those are made.
    """

    path: str
    record: Record
    changed: tuple[str, ...] = ()
    made: Mapping[str, Made] | None = None
    references: tuple[Reference, ...] = ()


class Engine:
    """Makes the outputs of a plan in a folder, reusing those of the last build."""

    def __init__(self, plan: BuildPlan, output: OutputFolder, built: Built) -> None:
        self.plan, self.output, self.built = plan, output, built

    def outdated(self) -> tuple[dict[str, Record], list[Output]]:
        """Return the records that are still valid, and the outputs that may have to be made."""
        known = self.built.records
        valid: dict[str, Record] = {}
        changed: list[Output] = []
        for path, output in self.plan.outputs.items():
            before = known.get(path)
            if before and before.needs == self.plan.needs(output) and self._is_intact(before):
                valid[path] = before
            else:
                changed.append(output)
        return valid, changed

    def _is_intact(self, record: Record) -> bool:
        """Whether the files are unchanged since we wrote them."""
        root = f"{self.output.root}/"
        try:
            for file in record.files:
                status = os.stat(root + file.path)  # noqa: PTH116 - asked of each file of the site
                if status.st_size != file.size or status.st_mtime_ns != file.time:
                    return False
        except OSError:
            return False
        return True

    def begin(
        self, changed: list[Output], watch: Watch = no_progress
    ) -> SharedWork[Output, MadeOutput]:
        """Start making outputs, in other processes where that is quicker."""
        self.plan.prepare()
        self.plan.templates.load({page.template for page in changed if isinstance(page, Page)})
        if not self.built.is_known:
            _import_libraries(changed)
        # A photograph takes as long as hundreds of pages: photographs come first, one at a time.
        changed.sort(key=lambda one: not isinstance(one, Photo))
        if len(changed) > 1 and isinstance(changed[1], Photo):
            return SharedWork(self.make, changed, "Making pages", watch, few=2, step=1)
        return SharedWork(self.make, changed, "Making pages", watch)

    def make(self, output: Output) -> MadeOutput:
        """Make one output, if it differs from the last build's."""
        before = self.built.records.get(output.path)
        needs, writer = self.plan.needs(output), self.output.separate_writer()
        recorder = RecordingWriter(writer=writer)
        produced = self._produce(output, before, recorder)
        if produced is None and before is not None:
            known = self.output.made_before(output.path)
            return MadeOutput(
                path=output.path,
                record=before._replace(needs=needs),
                made={output.path: known} if known else {},
            )
        values, drawn = produced or (needs, None)
        files = tuple(_written(writer, one) for one in sorted(writer.written))
        audit, others = audit_of(self.plan, self.output.root, output, recorder)
        record = Record(needs=needs, values=values or needs, files=files, drawn=drawn, audit=audit)
        return MadeOutput(
            path=output.path,
            record=record,
            changed=tuple(sorted(writer.changed)),
            made=writer.made,
            references=others,
        )

    def inspect(self, output: Output) -> Look:
        """Inspect an output without writing anything."""
        recorder = RecordingWriter(writer=NullWriter())
        if not isinstance(output, Copy | Photo):
            self._produce(output, None, recorder)
        audit, others = audit_of(self.plan, self.output.root, output, recorder)
        return Look(self.plan.needs(output), audit, others)

    def inspect_files(self, paths: Iterable[str], others: Set[str], root: Path) -> Iterator[Look]:
        """Inspect files that are written already, by us or by other plugins.

        `others` are files in the folder that are not of the plan, and `root` is the folder
        that messages name. Files that were inspected when they were made are read again, because
        only these results are kept.
        """
        self.plan.inspected.clear()
        for path in paths:
            unplanned = File(path=path, kind=_foreign(path), site=EMPTY_SITE, content=lambda _: b"")
            output = self.plan.outputs.get(path) or unplanned
            if isinstance(output, Copy | CardFile | Photo):
                continue
            contents = {path: (self.output.root / path).read_bytes()}
            recorder = RecordingWriter(
                writer=NullWriter(), contents=contents, others=frozenset(others)
            )
            audit, references = audit_of(self.plan, root, output, recorder)
            yield Look(b"", audit, references)

    def contents(self, output: Output) -> dict[str, bytes]:
        """Return the files of an output, made in memory; raises `TemplateFault`."""
        writer = MemoryWriter()
        recorder = RecordingWriter(writer=writer)
        self._produce(output, None, recorder)
        if recorder.faults:
            raise TemplateFault(recorder.faults[0])
        return writer.files

    def _produce(
        self, output: Output, before: Record | None, writer: RecordingWriter
    ) -> tuple[bytes, DrawnRecord | None] | None:
        """Make an output's files; return the digest of its values, if any, and its map.

        Return None if the values are the same as before.
        """
        if isinstance(output, Page):
            return self._make_page(output, before, writer)
        if isinstance(output, CardFile):
            return self._make_card(output, before, writer)
        if isinstance(output, Copy):
            # late import: see docs/architecture.md
            from wardblog.build.copies import copied

            writer.write(output.path, copied(output.source, output.path))
        elif isinstance(output, Photo):
            # late import: see docs/architecture.md
            from wardblog.build.photographs import write_photo

            write_photo(output, writer)
        elif isinstance(output, File):
            writer.write(output.path, output.content(output.part))
        elif isinstance(output, Files):
            for path, content in zip(output.paths, output.contents(output.part), strict=True):
                writer.write(path, content)
        return b"", None

    def _make_card(
        self, output: CardFile, before: Record | None, writer: RecordingWriter
    ) -> tuple[bytes, None] | None:
        card = output.card(output.part)
        values = self.plan.digests.of(card, self.plan.colours)
        if before and before.values == values and self._is_intact(before):
            return None
        # late import: see docs/architecture.md
        from wardblog.maps.card import card_png, card_svg

        writer.credits = card.figure.credits if card.figure else ()
        svg = card_svg(card, self.plan.colours)
        writer.write_made(output.path, svg.encode(), lambda: card_png(svg))
        return values, None

    def _make_page(
        self, page: Page, before: Record | None, writer: RecordingWriter
    ) -> tuple[bytes, DrawnRecord | None] | None:
        values, feeds = dict(page.values(page.part)), self.plan.feeds_of(page)
        digest = self.plan.digests.of(
            values,
            self.plan.feeds_digest(page),
            page.address,
            self.plan.frame,
            self.plan.templates.digest(page.template),
        )
        if before and before.values == digest and self._is_intact(before):
            return None
        drawn = self._draw(page, values, before, writer)
        context = {
            **self.plan.context,
            "address": page.address,
            "feeds": feeds,
            **values,
            "map": drawn,
        }
        try:
            made = self.plan.templates.render(page.template, context)
            writer.write(page.path, made)
            for path in page.copies:
                writer.write_copy(path, made)
        except TemplateFault as fault:
            writer.faults.append(fault.problem)
        return digest, drawn

    def page_values(self, page: Page) -> dict[str, object]:
        """Return the values for a page's template; its map is drawn and written."""
        values = dict(page.values(page.part))
        drawn = self._draw(page, values, None, RecordingWriter(writer=self.output))
        feeds = self.plan.feeds_of(page)
        return {
            **self.plan.context,
            "address": page.address,
            "feeds": feeds,
            **values,
            "map": drawn,
        }

    def values_for(self, path: str) -> dict[str, object]:
        """Return the values for a page of another plugin, so that it can extend our templates."""
        address = path.removesuffix("index.html")
        return {**self.plan.context, "address": address, "feeds": (), "map": None, "card": None}

    def _draw(
        self, page: Page, values: Mapping[str, Any], before: Record | None, writer: RecordingWriter
    ) -> DrawnRecord | None:
        """Draw the map of a page that has one, and write its files beside the page."""
        if not page.figure:
            return None
        figure = values[page.figure].figure
        writer.credits = figure.credits
        site = self.plan.site
        base_url, ground_url = (
            f"{site.base_path}/{path}" if path else ""
            for path, _ in (self.plan.base_map, self.plan.ground)
        )
        digest = self.plan.digests.of(figure, self.plan.colours, site.imprint, base_url, ground_url)
        if before and before.drawn and before.drawn.figure == digest and self._is_intact(before):
            writer.written.update(f.path for f in before.files)
            return before.drawn
        # late import: see docs/architecture.md
        from wardblog.maps import draw

        drawn = draw(figure, self.plan.colours, site.imprint.sentence, base_url, ground_url)
        writer.write(drawn.script_path, drawn.script)
        writer.write(drawn.data_path, drawn.data)
        writer.write(drawn.picture_path, drawn.picture)
        return DrawnRecord(digest, drawn.html, drawn.script_path, drawn.data_path)


def _import_libraries(outputs: Iterable[Output]) -> None:
    """Import what maps and feeds are made with, so that other processes need not do so again."""
    # late import: see docs/architecture.md
    if any(isinstance(output, Page) and output.figure for output in outputs):
        import_module("wardblog.maps.ward_map")
    if any(output.kind is OutputKind.FEED for output in outputs):
        import_module("wardblog.views.feeds.xml")


def _foreign(path: str) -> OutputKind:
    """The kind of a file that another plugin made."""
    feeds = (FeedFormat.RSS.ending, FeedFormat.ATOM.ending)
    return OutputKind.FEED if path.endswith(feeds) else OutputKind.FILE


def _written(folder: OutputFolder, path: str) -> FileRecord:
    status = os.stat(folder.where(path))  # noqa: PTH116 - asked of each file of the site
    return FileRecord(path, status.st_size, status.st_mtime_ns)

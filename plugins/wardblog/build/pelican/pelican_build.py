"""Pelican's build: Pelican renders the pages, with other plugins and templates.

It is chosen where our own engine cannot know what they do, and everything is made each time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pelican import Pelican
from pelican.log import console
from pelican.settings import read_settings

from wardblog.build.audit import SiteAudit
from wardblog.build.engine import MadeOutput
from wardblog.build.engine_build import collect
from wardblog.build.folder import OutputFolder
from wardblog.build.paths import full
from wardblog.build.pelican.reader import BUILD
from wardblog.build.record import Look
from wardblog.build.run import Run
from wardblog.build.workers import SharedWork
from wardblog.content.references import pictures_named_in
from wardblog.model import BodyText, Post
from wardblog.problems import ContentError, Problem, has_errors
from wardblog.views import CardFile, Output, Page


class _InspectedFolder(OutputFolder):
    """A folder whose files are only inspected: pictures, which take long, are left empty."""

    def write_made(self, path: str, source: bytes, make: Callable[[], bytes]) -> None:
        del source, make
        self.write(path, b"")


class PelicanBuild:
    """Runs Pelican for a site; its generator and writer, and the signal at the end, call back here.

    `root` is the output folder that messages name.
    """

    def __init__(self, run: Run, config: Path, root: Path | None = None) -> None:
        self.run, self._config = run, config
        self._root = root or run.folder.root
        self._work: SharedWork[Output, MadeOutput] | None = None
        self._cards: list[Look] = []

    def build(self) -> None:
        """Raise `ContentError` for what must not be published; by then it is written."""
        settings: dict[str, Any] = read_settings(
            str(self._config),
            override={
                "PATH": str(full(self.run.content)),
                "OUTPUT_PATH": str(full(self.run.folder.root)),
                BUILD: self,
            },
        )
        before, console.quiet = console.quiet, True
        try:
            Pelican(settings).run()
        finally:
            console.quiet = before
            self.stop()

    def inspect(self) -> list[Problem]:
        """Builds into a temporary folder, which nobody else may open."""
        with TemporaryDirectory() as name:
            run = self.run.into(_InspectedFolder(root=Path(name)))
            try:
                PelicanBuild(run, self._config, self._root).build()
            except ContentError as stopped:
                return stopped.problems
            return run.problems

    def take_texts(self, contents: Mapping[str, Any]) -> None:
        """Takes the HTML of posts from Pelican's own, as other plugins changed it."""
        run = self.run

        def taken(post: Post) -> Post:
            content = contents.get(post.file)
            if content is None:
                return post
            body = BodyText(content.content, post.body.text, post.body.line)
            files = (*post.files, *pictures_named_in(content.content))
            return replace(post, body=body, marks=(), files=tuple(dict.fromkeys(files)))

        posts, pages = (tuple(map(taken, p)) for p in (run.site.posts, run.site.pages))
        run.take(replace(run.site, posts=posts, pages=pages))

    def begin(self) -> None:
        """Start making everything except pages, while Pelican renders those."""
        run = self.run
        run.state.built.forget()
        _, changed = run.engine.outdated()
        others = [output for output in changed if not isinstance(output, Page)]
        self._work = run.engine.begin(others, run.watch)
        run.state.readings.keep(run.reading, run.checked)

    def make(self) -> None:
        """Make the remaining outputs."""
        outcomes = self._work.results() if self._work else []
        self._work = None
        records, outputs = collect(self.run, outcomes), self.run.engine.plan.outputs
        self.run.folder.written.update(f.path for r in records.values() for f in r.files)
        self._cards = [
            Look(b"", outcome.record.audit, outcome.references)
            for outcome in outcomes
            if isinstance(outputs[outcome.path], CardFile)
        ]

    def finish(self) -> None:
        """Removes what is no longer made, and inspects all files; raises `ContentError`."""
        run = self.run
        run.gone = tuple(run.folder.finish())
        files = run.folder.for_residents
        made = [path for path in files if path not in run.folder.kept]
        looks = [*self._cards, *run.engine.inspect_files(made, set(files), self._root)]
        audits = [look.audit for look in looks if look.audit]
        others = [reference for look in looks for reference in look.references]
        problems = list(SiteAudit(run.posts, run.folder.read).problems(audits, others))
        if has_errors(problems):
            raise ContentError([*run.problems, *problems], run.content, "Nothing was published.")
        run.problems += problems

    def stop(self) -> None:
        """Stop work that is no longer needed."""
        if self._work is not None:
            self._work.stop()
            self._work = None
        self.run.folder.close()

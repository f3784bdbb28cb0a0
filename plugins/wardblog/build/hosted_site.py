"""A site in memory that other Pelican plugins or templates take part in, so Pelican builds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from wardblog.build.clock import today
from wardblog.build.pelican_settings import Choices
from wardblog.build.run import check_content
from wardblog.build.site import build_site
from wardblog.build.state import BuildState
from wardblog.content.cache import CachedReading
from wardblog.content.files import Signature, saved_digest, scan, signature_of, with_drafts
from wardblog.model import Post, Site
from wardblog.problems import ContentError, Problem, render


class HostedSite:
    """A site that is built as a whole, and shown from its output folder.

    A draft would have to be saved to be built, so it is only checked: `found` has its problems,
    and its page is shown as it was saved.
    """

    def __init__(self, config: Path, content: Path, output: Path) -> None:
        self._config, self._content, self._output = config, content, output
        self._day = today()
        # What the last build wrote: nothing else that lies in the folder is shown.
        self._files: frozenset[str] = frozenset()
        self._site: Site | None = None
        self._read: Mapping[str, CachedReading] = {}
        self._drafts: dict[str, bytes] = {}
        self._state = BuildState(None, content, None, b"")
        self.problems = self.warnings = self.base_path = ""
        self.found: tuple[Problem, ...] = ()
        self._seen: dict[Path, tuple[Signature | None]] = {}

    def update(
        self, changed: Iterable[Path] | None = None, draft: tuple[str, bytes | None] | None = None
    ) -> None:
        for path in changed or ():
            self._seen[path] = (_signature(path),)
        if draft:
            file, data = draft
            self._drafts.pop(file, None)
            if data is not None:
                self._drafts[file] = data
        if not draft or changed:
            self._build()
        if self._drafts:
            choices = Choices.read(self._config)
            folder = with_drafts(scan(self._content), self._drafts)
            _, problems, _ = check_content(
                self._content, choices, self._state.readings, folder=folder
            )
            self.found = tuple(problems)

    def _build(self) -> None:
        self._day = today()
        try:
            run = build_site(self._config, self._content, self._output)
        except ContentError as stopped:
            self.problems, self.found = str(stopped), tuple(stopped.problems)
            return
        self.problems, self.base_path, self._site = "", run.site.base_path, run.site
        self._read = run.reading.cache.posts
        self._files = frozenset(run.folder.for_residents)
        found = [*run.notes, *run.warnings]
        self.warnings, self.found = render(found, self._content, notes=True), tuple(found)

    def has_read(self, changed: Iterable[Path]) -> bool:
        """Whether all these files are as they were when the last build began."""
        return all(self._seen.get(path) == (_signature(path),) for path in changed)

    def saved_digest(self, file: str) -> bytes | None:
        known = self._read.get(file)
        return saved_digest(self._content, file, known.fingerprint if known else None)

    @property
    def posts(self) -> dict[str, Post | None]:
        site = self._site
        return {post.file: post for post in (*site.posts, *site.pages)} if site else {}

    def shown_site(self) -> Site | None:
        return self._site

    def is_of_today(self) -> bool:
        return self._day == today()

    def get(self, path: str) -> bytes | None:
        with suppress(FileNotFoundError):  # another build is just replacing it
            return (self._output / path).read_bytes() if path in self._files else None
        return None


def _signature(path: Path) -> Signature | None:
    try:
        return signature_of(path.stat())
    except OSError:
        return None

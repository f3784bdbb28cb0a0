"""A site that was read and checked before anything of it is built."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import nullcontext
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from wardblog.build.announced import unnoticed
from wardblog.build.clock import now
from wardblog.build.engine import Engine
from wardblog.build.folder import OutputFolder
from wardblog.build.pelican_needed import needs_pelican
from wardblog.build.pelican_settings import Choices
from wardblog.build.plan import BuildPlan, Source
from wardblog.build.state import BuildState, Readings
from wardblog.build.workers import SharedWork
from wardblog.check import check_post, check_site
from wardblog.check.settings import NO_URL
from wardblog.content import Reading, read_site, time_limit
from wardblog.content.cache import CachedReading
from wardblog.content.files import Folder, on_disk
from wardblog.content.pictures import CachedPicture
from wardblog.model import Post, Site
from wardblog.model.addresses import is_hashed
from wardblog.model.digests import Digests, digest_of, text_digest
from wardblog.model.outputs import OutputKind
from wardblog.problems import (
    ContentError,
    Problem,
    Severity,
    TemplateFault,
    has_errors,
    sorted_unique,
)
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import Watch, no_progress
from wardblog.views import SiteAddresses

# Fewer pictures than this take less time than starting another process.
_FEW_PICTURES = 8


class PostsLostError(RuntimeError):
    """Pelican dropped a post that we read: a bug of ours, or of another plugin."""


@dataclass(kw_only=True)
class Run:
    """A site that passed its checks, with all that is needed to build it.

    `problems` are those that stop nothing. `slower` says why Pelican must build the site; it is
    None where our own engine can.
    """

    site: Site
    content: Path
    problems: list[Problem]
    folder: OutputFolder
    reading: Reading
    checked: dict[str, tuple[Problem, ...]]
    choices: Choices
    state: BuildState
    slower: Problem | None = None
    watch: Watch = no_progress
    gone: tuple[str, ...] = ()

    @property
    def warnings(self) -> list[Problem]:
        return [p for p in sorted_unique(self.problems) if p.severity is Severity.WARN]

    @property
    def notes(self) -> list[Problem]:
        """Notes for the user, although nothing is wrong."""
        return [self.slower] if self.slower else []

    @cached_property
    def posts(self) -> dict[str, Post]:
        return {p.file: p for p in (*self.site.posts, *self.site.pages)}

    @cached_property
    def issue_slugs(self) -> frozenset[str]:
        return frozenset(issue.slug for issue in self.site.issues)

    @cached_property
    def engine(self) -> Engine:
        source = source_of(self.site, self.content, self.reading)
        plan = BuildPlan(source, self.choices, self.state.built)
        return Engine(plan, self.folder, self.state.built)

    def into(self, folder: OutputFolder) -> Run:
        """The same site for another output folder, without any record of a last build."""
        state = BuildState(None, self.content, None, b"")
        return replace(self, folder=folder, state=state, problems=[])

    def take(self, site: Site) -> None:
        """Continue with another version of the site."""
        self.site = site
        for name in ("posts", "engine"):
            self.__dict__.pop(name, None)

    def expect_all(self, files: Set[str]) -> None:
        """Raise `PostsLostError` if Pelican has dropped posts, as it does with unreadable ones."""
        expected = {f for f, p in self.posts.items() if not p.visibility.is_waiting}
        if lost := sorted(expected - files):
            raise PostsLostError(f"Pelican left out {', '.join(lost)}")
        if more := sorted(f for f in files - expected if f.startswith(("posts/", "pages/"))):
            raise PostsLostError(f"Pelican found {', '.join(more)}, which we did not read")

    def rendered(self, path: str) -> bytes | None:
        """A file of the site as it would be built; None if there is no such file."""
        plan = self.engine.plan
        output = plan.outputs.get(path) or plan.output_at(path)
        return self.engine.contents(output).get(path) if output else None

    @property
    def kinds(self) -> dict[str, OutputKind | None]:
        """The published files with the kind of each; None if another plugin made it."""
        known = self.engine.plan.kinds
        return {
            path: known.get(path, OutputKind.ASSET if is_hashed(path) else None)
            for path in self.folder.for_residents
        }


class _Texts(Mapping[str, bytes]):
    """The digests of the texts of posts, by file: those from their reading as far as they hold."""

    def __init__(self, read: Mapping[str, CachedReading], others: Mapping[str, Post]) -> None:
        self._read, self._others = read, others

    def __getitem__(self, file: str) -> bytes:
        other = self._others.get(file)
        return self._read[file].text if other is None else text_digest(other.body)

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)


def source_of(site: Site, content: Path, reading: Reading) -> Source:
    """Return a site with the digests that were computed when its posts were read."""
    read = reading.cache.posts

    def head(post: Post) -> bytes | None:
        known = read.get(post.file)
        return known.head if known and known.post is post else None

    def file_digest(file: str) -> bytes:
        known = reading.cache.pictures.get(file) or reading.cache.checked_files.get(file)
        if known:
            return known.fingerprint.digest
        return digest_of(on_disk(content, file).read_bytes())

    own = set(map(id, (*reading.site.posts, *reading.site.pages)))
    changed = [p for p in (*site.posts, *site.pages) if id(p) not in own]
    others = {post.file: post for post in changed if not _has_its_text(post, read[post.file])}
    return Source(
        site=site,
        content=content,
        file_digest=file_digest,
        digests=Digests(head),
        texts=_Texts(read, others),
        rewritten=frozenset(others),
    )


def _has_its_text(post: Post, known: CachedReading) -> bool:
    """Whether a post has the text that was read, although something else of it differs."""
    return known.post is not None and known.post.body is post.body


def check_content(
    content: Path,
    choices: Choices,
    readings: Readings,
    watch: Watch = no_progress,
    folder: Folder | None = None,
    later: bool = False,
) -> tuple[Reading, list[Problem], dict[str, tuple[Problem, ...]]]:
    """Read and check a folder; return the reading, all problems, and those of each post alone.

    The reading is stored in the cache, unless the caller does that `later`.
    """
    fresh: dict[str, tuple[Problem, ...]] = {}

    def apply(
        read: Callable[[str], CachedReading], files: Sequence[str]
    ) -> Iterator[CachedReading]:
        def work(file: str) -> tuple[CachedReading, tuple[Problem, ...]]:
            is_typed = folder is not None and file in folder.drafts
            with time_limit.hurried() if is_typed else nullcontext():
                one = read(file)
                found = check_post(one.post) if one.post else ()
                if is_typed and time_limit.is_late():
                    one = _to_be_read_again(one)
                return one, found

        results: Iterable[Any] = SharedWork(work, files, "Reading posts", watch).results()
        for file, (one, problems) in zip(files, results, strict=True):
            fresh[file] = problems
            yield one

    def share(look: Callable[[str], CachedPicture], files: Sequence[str]) -> list[CachedPicture]:
        return SharedWork(look, files, "Reading pictures", watch, few=_FEW_PICTURES).results()

    moment = now()
    reading = read_site(
        content,
        moment.date(),
        choices.markdown,
        readings.cache,
        apply,
        folder,
        share,
        choices.named,
        moment,
    )
    checked = readings.checked | fresh
    for gone in checked.keys() - reading.cache.posts.keys():
        del checked[gone]
    if not later:
        readings.keep(reading, checked)
    problems = [*reading.problems]
    if not reading.folder.leaving:  # otherwise what was not read would be reported as missing
        site, found = _with_consents(reading.site)
        problems += (*found, *unnoticed(site))
        problems = check_site(site, SiteAddresses(site), checked, readings.checks, problems)
    else:
        problems = sorted_unique(problems)
    return reading, problems, checked


def _to_be_read_again(one: CachedReading) -> CachedReading:
    """A reading that is not taken for that of the same bytes once they are saved."""
    unlike_any = one.fingerprint._replace(is_settled=False, digest=os.urandom(16))
    return one._replace(fingerprint=unlike_any)


def _with_consents(site: Site) -> tuple[Site, list[Problem]]:
    """The site for the checks, with those who agreed to be named, and what is wrong in that list.

    It is read each time, since it is private: neither the cache nor an output has it.
    """
    if not site.index.having("replies"):
        return site, []
    # late import: see docs/architecture.md
    from wardblog.content.consents import read_consents
    from wardblog.support.private_files import private_side

    consents, problems = read_consents(private_side(), site)
    return replace(site, consents=consents).following(site), problems


def prepare(
    content: Path,
    output: Path,
    choices: Choices,
    state: BuildState | None = None,
    watch: Watch = no_progress,
) -> Run:
    """Read and check a site, and choose its build; raises `ContentError` on a problem."""
    state = state or BuildState(None, content, None, b"")
    reading, problems, checked = check_content(content, choices, state.readings, watch, later=True)
    if choices.publishing:
        problems = [replace(p, severity=Severity.STOP) if p.rule == NO_URL else p for p in problems]
    if has_errors(problems):
        state.readings.keep(reading, checked)
        raise ContentError(problems, content)
    run = Run(
        site=reading.site,
        content=content,
        problems=problems,
        folder=OutputFolder(root=output),
        reading=reading,
        checked=checked,
        choices=choices,
        state=state,
        watch=watch,
    )
    try:
        run.slower = needs_pelican(choices, run.engine.plan.templates, run.site)
    except TemplateFault as fault:
        raise ContentError([*problems, fault.problem], content) from fault
    return run

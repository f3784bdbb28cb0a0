"""One run of the build: what was read, what is made of it, and what is told about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from wardblog.build.announced import unnoticed
from wardblog.build.audit import SiteAudit
from wardblog.build.clock import now
from wardblog.build.engine import Engine, Outcome
from wardblog.build.explain import causes_of, sources_of
from wardblog.build.folder import OutputFolder
from wardblog.build.pelican_settings import Choices
from wardblog.build.plan import BuildPlan, Source
from wardblog.build.record import Audit, Record
from wardblog.build.state import BuildState, Readings
from wardblog.build.templates import Templates
from wardblog.build.workers import Shared
from wardblog.check import check_post, check_site
from wardblog.check.publishing import NO_URL
from wardblog.content import Reading, read_site
from wardblog.content.cache import CachedReading
from wardblog.content.files import Folder
from wardblog.content.pictures import CachedPicture
from wardblog.content.references import pictures_named_in
from wardblog.model import Post, Site, Written
from wardblog.model.digests import Digests, text_digest
from wardblog.problems import ContentError, Problem, Severity, has_errors, sorted_unique
from wardblog.support.progress_bar import Watch, no_progress
from wardblog.views import needs_pelican

# Fewer pictures than this are looked at sooner than another process is begun.
_FEW_PICTURES = 8


class PostsLostError(RuntimeError):
    """Pelican dropped a post that we read: a fault of ours, or of another plugin."""


@dataclass(kw_only=True)
class Run:
    """A site that passed its checks, on its way into a folder.

    `told` is what they found that stops nothing.
    `is_plain` is whether its pages are made from our values alone, whoever asks for them; else
    Pelican renders them, with all that other plugins and templates bring.
    """

    site: Site
    content: Path
    told: list[Problem]
    folder: OutputFolder
    reading: Reading
    checked: dict[str, tuple[Problem, ...]]
    choices: Choices
    state: BuildState
    watch: Watch = no_progress
    gone: tuple[str, ...] = ()
    is_plain: bool = True
    records: dict[str, Record] = field(default_factory=dict)
    _work: Shared[Any, Outcome] | None = None

    @property
    def warnings(self) -> list[Problem]:
        return [p for p in sorted_unique(self.told) if p.severity is Severity.WARN]

    @cached_property
    def posts(self) -> dict[str, Post]:
        return {p.file: p for p in (*self.site.posts, *self.site.pages)}

    @cached_property
    def issue_slugs(self) -> frozenset[str]:
        return frozenset(issue.slug for issue in self.site.issues)

    @cached_property
    def engine(self) -> Engine:
        source = source_of(self.site, self.content, self.reading)
        return Engine(
            BuildPlan(source, self.choices, self.state.built), self.folder, self.state.built
        )

    def expect_all(self, found: set[str]) -> None:
        """Fails if Pelican, which drops what it cannot read, has fewer posts than we do."""
        expected = {f for f, p in self.posts.items() if not p.visibility.is_waiting}
        if lost := sorted(expected - found):
            raise PostsLostError(f"Pelican left out {', '.join(lost)}")
        if more := sorted(f for f in found - expected if f.startswith(("posts/", "pages/"))):
            raise PostsLostError(f"Pelican found {', '.join(more)}, which we did not read")

    def take_texts(self, contents: Mapping[str, Any]) -> None:
        """Takes the HTML of posts from Pelican's own, as other plugins made it."""

        def taken(post: Post) -> Post:
            found = contents.get(post.file)
            if found is None:
                return post
            body = Written(found.content, post.body.text, post.body.line)
            files = (*post.files, *pictures_named_in(found.content))
            return replace(post, body=body, marks=(), files=tuple(dict.fromkeys(files)))

        posts, pages = (tuple(map(taken, p)) for p in (self.site.posts, self.site.pages))
        self.site = replace(self.site, posts=posts, pages=pages)
        for name in ("posts", "engine"):
            self.__dict__.pop(name, None)

    def begin(self, only: Callable[[Any], bool] = lambda _: True) -> None:
        """Begins to make what must be made, beside whatever else this process does."""
        if self.is_plain:
            self.folder.stage()
        self.records, changed = self.engine.wanted()
        self._work = self.engine.begin([one for one in changed if only(one)], self.watch)
        # While others work, if there are any.
        self.state.readings.keep(self.reading, self.checked)

    def make(self) -> None:
        """Makes what is left of it, or all."""
        if self._work is None:
            self.begin()
        outcomes = list(self._work.results()) if self._work else []
        self._work = None
        self.folder.changed.update(path for one in outcomes for path in one.changed)
        self.records.update((one.path, one.record) for one in outcomes)
        for one in outcomes:
            self.folder.made.update(one.made or {})
        self.folder.seen = {f.path for record in self.records.values() for f in record.files}
        for path in self.folder.seen:
            if path not in self.folder.made and (made := self.folder.made_before(path)):
                self.folder.made[path] = made
        if self.folder.is_staging:
            self._judge(outcomes)
            self.folder.commit()
        self.folder.written |= self.folder.seen

    def _judge(self, outcomes: Iterable[Outcome]) -> None:
        """Raises `ContentError`, with everything as it was, if something must not go out."""
        others = (one for outcome in outcomes for one in outcome.references)
        found = list(SiteAudit(self.posts, self._read).problems(self._audits(), others))
        if has_errors(found):
            self.folder.discard()
            raise ContentError([*self.told, *found], self.content)
        self.told += found

    def _audits(self) -> Iterator[Audit]:
        return (record.audit for record in self.records.values() if record.audit)

    def _read(self, path: str) -> bytes | None:
        """A file of the site as it was just made, or before."""
        try:
            return self.folder.where(path).read_bytes()
        except OSError:
            return None

    def look(self) -> list[Problem]:
        """What would be found in all files of the site, were it built now; nothing is written."""
        if not self.is_plain:
            return []  # others have a part in the pages, and only a build asks them
        self.records, changed = self.engine.wanted()
        plan, known = self.engine.plan, self.state.built.looks()
        looks = {
            one.path: known[one.path]
            for one in changed
            if one.path in known and known[one.path].needs == plan.needs(one)
        }
        plan.prepare()
        anew = [one for one in changed if one.path not in looks]
        work = Shared(self.engine.look, anew, "Looking at pages", self.watch)
        looks |= zip((one.path for one in anew), work.results(), strict=True)
        if anew:
            # What is wrong is looked at again: another file may have mended it.
            fine = {p: one for p, one in looks.items() if not (one.audit and one.audit.problems)}
            self.state.built.keep_looks(fine)
        audits = [*self._audits(), *(look.audit for look in looks.values() if look.audit)]
        others = (one for look in looks.values() for one in look.references)
        return list(SiteAudit(self.posts, self._made).problems(audits, others))

    def _made(self, path: str) -> bytes | None:
        """A file of the site as it would be."""
        plan = self.engine.plan
        output = plan.outputs.get(path) or plan.output_at(path)
        return self.engine.contents(output).get(path) if output else None

    def _look_at_pelicans(self) -> None:
        """Looks at what others had a part in; it is written by then, since they need it there."""
        files = self.folder.for_residents
        made = [path for path in files if path not in self.folder.kept]
        audits, others = self.engine.looked_over(made, frozenset(files))
        found = list(SiteAudit(self.posts, self._read).problems(audits, others))
        if has_errors(found):
            raise ContentError([*self.told, *found], self.content, "Nothing was published.")
        self.told += found

    def finish(self) -> None:
        """Takes away what is made no more, and leaves word for the next build."""
        self.gone = tuple(self.folder.finish())
        built = self.state.built
        if not self.is_plain:
            built.forget()
            self._look_at_pelicans()
            return
        sources = sources_of(self)
        changed = {p for p, r in self.records.items() if _changed(r, self.folder.changed)}
        causes = causes_of(self, changed, built.sources, sources) if built.is_known else {}
        built.keep(self.records, sources, causes)

    def stop(self) -> None:
        """Ends work that was begun and is not wanted any more."""
        if self._work is not None:
            self._work.stop()
            self._work = None
        self.folder.close()


def _changed(record: Record, changed: set[str]) -> bool:
    return any(file.path in changed for file in record.files)


def source_of(site: Site, content: Path, reading: Reading) -> Source:
    """A site with the digests that were taken when its posts were read."""
    digests, texts = Digests(), dict[str, bytes]()
    for post in (*site.posts, *site.pages):
        known = reading.cache.posts[post.file]
        if known.post is post:
            digests.remember(post, known.head)
        has_its_text = known.post is not None and known.post.body is post.body
        texts[post.file] = known.text if has_its_text else text_digest(post.body)
    return Source(site=site, content=content, folder=reading.folder, digests=digests, texts=texts)


def check_content(
    content: Path,
    choices: Choices,
    readings: Readings,
    watch: Watch = no_progress,
    folder: Folder | None = None,
    later: bool = False,
) -> tuple[Reading, list[Problem], dict[str, tuple[Problem, ...]]]:
    """Reads and checks a folder; problems and warnings in order.

    What was found in each post alone comes with it. The reading is remembered, unless somebody
    wants to do that `later`.
    """
    fresh: dict[str, tuple[Problem, ...]] = {}

    def apply(
        read: Callable[[str], CachedReading], files: Sequence[str]
    ) -> Iterator[CachedReading]:
        def work(file: str) -> tuple[CachedReading, tuple[Problem, ...]]:
            one = read(file)
            return one, check_post(one.post) if one.post else ()

        results: Iterable[Any] = Shared(work, files, "Reading posts", watch).results()
        for file, (one, problems) in zip(files, results, strict=True):
            fresh[file] = problems
            yield one

    def share(look: Callable[[str], CachedPicture], files: Sequence[str]) -> list[CachedPicture]:
        return Shared(look, files, "Looking at pictures", watch, few=_FEW_PICTURES).results()

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
    checked = {f: fresh.get(f, readings.checked.get(f, ())) for f in reading.cache.posts}
    if not later:
        readings.keep(reading, checked)
    found = [*reading.problems]
    if not reading.folder.leaving:  # else what was not read would be missing everywhere
        found += (*check_site(reading.site, checked), *unnoticed(reading.site))
    problems = sorted_unique(found)
    return reading, problems, checked


def prepare(
    content: Path,
    output: Path,
    choices: Choices,
    state: BuildState | None = None,
    watch: Watch = no_progress,
) -> Run:
    """Reads and checks before anything is written; raises `ContentError` if that must stop."""
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
        told=problems,
        folder=OutputFolder(root=output),
        reading=reading,
        checked=checked,
        choices=choices,
        state=state,
        watch=watch,
    )
    run.is_plain = is_plain(choices, run.engine.plan.templates, run.site)
    return run


def is_plain(choices: Choices, templates: Templates, site: Site | None = None) -> bool:
    """Whether pages are made from our values alone, as far as that can be known."""
    pages = ("article", "page", "index", "tag", "period_archives", "issue", "issues", "map",
             "places", "404", "moved", "subscribe", "feed")  # fmt: skip
    is_known = site is None or not needs_pelican(site)
    return choices.is_plain and is_known and templates.are_ours(frozenset(pages))

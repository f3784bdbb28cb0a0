"""Builds, checks and explains a site for our commands, with a cache and a lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from wardblog.build.choose import choose_build
from wardblog.build.explain import needs_in_words, output_at
from wardblog.build.pelican_settings import Choices
from wardblog.build.record import Cause
from wardblog.build.run import Run, check_content, prepare
from wardblog.build.state import BuildState
from wardblog.build.store import DamagedError, locked
from wardblog.model import BodyText, Site
from wardblog.problems import ContentError, Problem, has_errors, sorted_unique
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder
from wardblog.support.progress_bar import Watch, no_progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What an output is made from, and what last changed it.

    `is_built` is whether it was built, and `is_behind` whether a source changed since then.
    """

    path: str
    needs: list[str]
    cause: Cause | None
    is_built: bool
    is_behind: bool


# The cache, below the folder where the command is run.
WORKPLACE = Path(".wardblog")
CACHE = WORKPLACE / "cache"
LOCK = "lock"


def build_site(
    config: Path,
    content: Path,
    output: Path,
    cache: Path | None = CACHE,
    watch: Watch = no_progress,
) -> Run:
    """Build a content folder into an output folder, as `pelican` with this config would.

    With a `cache`, only what changed since the last build is made again.
    Raises `ContentError` before anything is written, and `PostsLostError` or Pelican's own
    exceptions where the fault is not in the content.
    """
    choices = Choices.read(config)

    def build(state: BuildState) -> Run:
        run = prepare(content, output, choices, state, watch)
        choose_build(run, config).build()
        return run

    return _with_state(cache, content, output, choices, build)


def _with_state(
    cache: Path | None,
    content: Path,
    output: Path | None,
    choices: Choices,
    act: Callable[[BuildState], T],
) -> T:
    """Run with the cache; retry without it if it is damaged."""
    try:
        with _state(cache, content, output, choices) as state:
            return act(state)
    except DamagedError:
        with _state(cache, content, output, choices) as state:
            state.wipe()
        with _state(cache, content, output, choices) as state:
            return act(state)


@contextmanager
def _state(
    cache: Path | None, content: Path, output: Path | None, choices: Choices
) -> Iterator[BuildState]:
    with _alone(cache):
        state = BuildState(cache, content, output, choices.stamp)
        try:
            yield state
        finally:
            state.close()


@contextmanager
def _alone(cache: Path | None) -> Iterator[None]:
    """Wait until no other build uses the same cache, and lock it."""
    if cache is None:
        yield
        return
    private_folder(*((WORKPLACE, CACHE) if cache == CACHE else (cache,)))
    with locked(cache / LOCK):
        yield


def check(
    config: Path,
    content: Path,
    cache: Path | None = CACHE,
    output: Path | None = None,
    watch: Watch = no_progress,
) -> list[Problem]:
    """Return the problems, warnings and notes of a content folder and of the pages built from it.

    With the `output` folder of the last build, only pages that changed since then are inspected.
    """
    choices = Choices.read(config)

    def checked(state: BuildState) -> list[Problem]:
        try:
            run = prepare(content, output or Path(os.devnull), choices, state, watch)
        except ContentError as stopped:
            return stopped.problems
        # late import: see docs/architecture.md
        from wardblog.check.naming import names_of_lists

        run.state.readings.keep(run.reading, run.checked)
        built = choose_build(run, config).inspect()
        return sorted_unique([*run.notes, *run.problems, *names_of_lists(run.site), *built])

    return _with_state(cache, content, output, choices, checked)


def check_pages(
    config: Path,
    content: Path,
    change: Callable[[Site], Site],
    cache: Path | None = CACHE,
    watch: Watch = no_progress,
) -> list[Problem]:
    """Return the problems of the pages that would be built if the site were changed.

    Raises `ContentError` where the content itself has problems.
    """
    choices = Choices.read(config)

    def inspected(state: BuildState) -> list[Problem]:
        run = prepare(content, Path(os.devnull), choices, state, watch)
        changed = run.into(run.folder)
        changed.take(change(run.site))
        return choose_build(changed, config).inspect()

    return _with_state(cache, content, None, choices, inspected)


def read_checked(config: Path, content: Path) -> Site:
    """Read and check the site of a content folder; raises `ContentError`."""
    choices = Choices.read(config)

    def read(state: BuildState) -> Site:
        reading, problems, _ = check_content(content, choices, state.readings)
        if has_errors(problems):
            raise ContentError(problems, content)
        return reading.site

    return _with_state(None, content, None, choices, read)


def use_site(
    config: Path,
    content: Path,
    use: Callable[[Site, list[Problem]], T],
    cache: Path | None = CACHE,
) -> T:
    """Read and check the site through the cache, and return what `use` makes of it.

    `use` is given all problems, and decides which of them matter. The texts of posts stay in the
    cache until they are needed, so the site must not be used after that.
    """
    choices = Choices.read(config)

    def read(state: BuildState) -> T:
        reading, problems, _ = check_content(content, choices, state.readings)
        return use(reading.site, problems)

    return _with_state(cache, content, None, choices, read)


def read_without_texts(config: Path, content: Path, cache: Path | None = CACHE) -> Site:
    """Read and check the site through the cache, for what needs no texts of its posts.

    All these texts are empty. Raises `ContentError`.
    """

    def checked(site: Site, problems: list[Problem]) -> Site:
        if has_errors(problems):
            raise ContentError(problems, content)
        nothing = BodyText("", "", 0)
        posts, pages = (
            tuple(replace(post, body=nothing) for post in some) for some in (site.posts, site.pages)
        )
        return replace(site, posts=posts, pages=pages)

    return use_site(config, content, checked, cache)


def explain(
    config: Path, content: Path, output: Path, address: str, cache: Path | None = CACHE
) -> Explained | None:
    """Explain what a page depends on and what last changed it; None if there is no such page.

    Raises `ContentError` where the content has problems.
    """
    choices = Choices.read(config)

    def explained(state: BuildState) -> Explained | None:
        run = prepare(content, output, choices, state)
        found = output_at(run.engine.plan, address)
        if found is None:
            return None
        cause = state.built.cause(found.path)
        _, changed = run.engine.outdated()
        is_behind = found.path in (one.path for one in changed)
        is_built = found.path in state.built.records
        return Explained(
            path=found.path,
            needs=needs_in_words(run.engine.plan, found),
            cause=cause,
            is_built=is_built,
            is_behind=is_behind,
        )

    return _with_state(cache, content, output, choices, explained)


def addresses(config: Path, content: Path) -> list[str]:
    """Return the addresses of all pages that a build would write."""
    run = prepare(content, Path(os.devnull), Choices.read(config))
    return [path.removesuffix("index.html") for path in run.engine.plan.outputs]

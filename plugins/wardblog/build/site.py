"""Builds, checks and explains a site for our commands, with what the last build left."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from wardblog.build.explain import needs_in_words, output_at
from wardblog.build.pelican_settings import Choices
from wardblog.build.record import Cause
from wardblog.build.run import Run, check_content, prepare
from wardblog.build.state import BuildState
from wardblog.build.store import DamagedError
from wardblog.check.naming import names_of_lists
from wardblog.model import Site
from wardblog.problems import ContentError, Problem, has_errors, sorted_unique
from wardblog.support.private_files import open_private, private_folder
from wardblog.support.progress_bar import Watch, no_progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Why an output is as it is: what it is made from, and what last changed it.

    `is_built` is whether it was built, and `is_behind` whether something changed since then.
    """

    path: str
    needs: list[str]
    cause: Cause | None
    is_built: bool
    is_behind: bool


# Where it is kept what one build leaves for the next, from where the command is run.
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
    """Builds a content folder into an output folder, as `pelican` with this config would.

    Only what changed since the last build is made again, by what that left in the folder `cache`.
    Raises `ContentError` before anything is written, and `PostsLostError` or Pelican's own
    exceptions where the fault is not in the content.
    """
    choices = Choices.read(config)

    def build(state: BuildState) -> Run:
        run = prepare(content, output, choices, state, watch)
        if run.is_plain and state.built.is_known:
            try:
                run.make()
                run.finish()
            finally:
                run.stop()
        else:
            # Here, since importing Pelican takes as long as all the rest after an edit.
            from wardblog.build.pelican.hosted import run_pelican

            run_pelican(config, run)
        return run

    return _with_state(cache, content, output, choices, build)


def _with_state(
    cache: Path | None,
    content: Path,
    output: Path | None,
    choices: Choices,
    act: Callable[[BuildState], T],
) -> T:
    """Does it with what the last build left, or once more without, if that is damaged."""
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
    """Waits until no other build is at work in this workplace."""
    if cache is None:
        yield
        return
    private_folder(*((WORKPLACE, CACHE) if cache == CACHE else (cache,)))
    with open(_lock_file(cache / LOCK)) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # which ends with this process, however that ends
        yield


def _lock_file(path: Path) -> int:
    """A descriptor of the lock; what is in its place and leads elsewhere is removed."""
    try:
        return open_private(path, os.O_RDWR)
    except OSError:
        path.unlink(missing_ok=True)
        return open_private(path, os.O_RDWR)


def check(
    config: Path,
    content: Path,
    cache: Path | None = CACHE,
    output: Path | None = None,
    watch: Watch = no_progress,
) -> list[Problem]:
    """The problems, warnings and notes of a content folder, and of what would be built from it.

    With the folder of the last build, `output`, only what changed since then is made for that.
    """
    choices = Choices.read(config)

    def checked(state: BuildState) -> list[Problem]:
        try:
            run = prepare(content, output or Path(os.devnull), choices, state, watch)
        except ContentError as stopped:
            return stopped.problems
        run.state.readings.keep(run.reading, run.checked)
        return sorted_unique([*run.told, *names_of_lists(run.site), *run.look()])

    return _with_state(cache, content, output, choices, checked)


def read_checked(config: Path, content: Path) -> Site:
    """The site of a content folder, as it would be built; raises `ContentError`."""
    choices = Choices.read(config)

    def read(state: BuildState) -> Site:
        reading, problems, _ = check_content(content, choices, state.readings)
        if has_errors(problems):
            raise ContentError(problems, content)
        return reading.site

    return _with_state(None, content, None, choices, read)


def explain(
    config: Path, content: Path, output: Path, asked: str, cache: Path | None = CACHE
) -> Explained | None:
    """What a page depends on, and why it was last made anew; None for a page that there is not.

    Raises `ContentError` where the content has problems.
    """
    choices = Choices.read(config)

    def explained(state: BuildState) -> Explained | None:
        run = prepare(content, output, choices, state)
        found = output_at(run.engine.plan, asked)
        if found is None:
            return None
        cause = state.built.cause(found.path)
        _, changed = run.engine.wanted()
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
    """The addresses of all pages that a build would write."""
    run = prepare(content, Path(os.devnull), Choices.read(config))
    return [path.removesuffix("index.html") for path in run.engine.plan.outputs]

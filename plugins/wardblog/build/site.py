"""Builds, checks and explains a site for our commands, with what the last build left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from wardblog.build.choices import Choices
from wardblog.build.run import Run, check_content, prepare
from wardblog.build.state import State
from wardblog.build.store import DamagedError
from wardblog.model import Site
from wardblog.problems import ContentStops, Problem, stops
from wardblog.progress import Watch, unwatched

T = TypeVar("T")
# Where it is kept what one build leaves for the next, from where the command is run.
CACHE = Path(".wardblog/cache")


def build_site(
    config: Path,
    content: Path,
    output: Path,
    cache: Path | None = CACHE,
    watch: Watch = unwatched,
) -> Run:
    """Builds a content folder into an output folder, as `pelican` with this config would.

    Only what changed since the last build is made again, by what that left in the folder `cache`.
    Raises `ContentStops` before anything is written, and `PostsLostError` or Pelican's own
    exceptions where the fault is not in the content.
    """
    choices = Choices.read(config)

    def build(state: State) -> Run:
        run = prepare(content, output, choices, state, watch)
        if run.is_plain and state.built.is_known:
            run.make()
            run.finish()
        else:
            # Here, since importing Pelican takes as long as all the rest after an edit.
            from wardblog.build.hosted import run_pelican

            run_pelican(config, run)
        return run

    return _with_state(cache, content, output, choices, build)


def _with_state(
    cache: Path | None,
    content: Path,
    output: Path | None,
    choices: Choices,
    act: Callable[[State], T],
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
) -> Iterator[State]:
    state = State(cache, content, output, choices.stamp)
    try:
        yield state
    finally:
        state.close()


def check(config: Path, content: Path, cache: Path | None = CACHE) -> list[Problem]:
    """The problems and warnings of a content folder."""
    choices = Choices.read(config)
    return _with_state(
        cache, content, None, choices,
        lambda state: check_content(content, choices.markdown, state.readings)[1],
    )  # fmt: skip


def read_checked(config: Path, content: Path) -> Site:
    """The site of a content folder, as it would be built; raises `ContentStops`."""
    choices = Choices.read(config)

    def read(state: State) -> Site:
        reading, problems = check_content(content, choices.markdown, state.readings)
        if stops(problems):
            raise ContentStops(problems, content)
        return reading.site

    return _with_state(None, content, None, choices, read)


def explain() -> None:
    pass

"""Decides once, before anything is made, whether our engine builds a site or Pelican does."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from wardblog.build.engine_build import EngineBuild
from wardblog.build.run import Run
from wardblog.problems import Problem


class SiteBuild(Protocol):
    """One way to build a site that was read and checked."""

    @property
    def run(self) -> Run: ...

    def build(self) -> None:
        """Bring the output folder up to date; raise `ContentError` if something must not go out."""

    def inspect(self) -> list[Problem]:
        """Find the problems of the files that `build` would write, without writing them."""


def choose_build(run: Run, config: Path) -> SiteBuild:
    """Our own build, or Pelican's where other plugins, settings or templates take part."""
    if run.slower is None:
        return EngineBuild(run)
    # late import: see docs/architecture.md
    from wardblog.build.pelican.pelican_build import PelicanBuild

    return PelicanBuild(run, config)

"""Hooks into Pelican, which calls us wherever a site is built by it or by its own command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pelican import Pelican, signals

from wardblog.build.choose import SiteBuild, choose_build
from wardblog.build.engine_build import EngineBuild
from wardblog.build.pelican.generator import EngineGenerator, PelicanGenerator
from wardblog.build.pelican.reader import BUILD
from wardblog.build.pelican.writer import PelicanWriter, SilentWriter
from wardblog.build.pelican_settings import Choices
from wardblog.build.run import prepare
from wardblog.problems import ContentError, UsageError, render

# Our engine makes the archive; Pelican would search all posts for each month.
_NO_ARCHIVE = {"YEAR_ARCHIVE_SAVE_AS": "", "MONTH_ARCHIVE_SAVE_AS": ""}


def connect() -> None:
    """Hooks into Pelican; called once for each `Pelican` object."""
    signals.get_generators.connect(_generator)
    signals.get_writer.connect(_writer)
    signals.finalized.connect(_finish)


def _generator(pelican: Pelican) -> type[EngineGenerator | PelicanGenerator]:
    """Reads and checks the content before Pelican does anything, and stops on a problem."""
    settings = pelican.settings
    build = settings.get(BUILD) or _build_of(settings)
    settings.update({BUILD: build, "SITENAME": build.run.site.title})
    settings["SITEURL"] = build.run.site.base_path
    if isinstance(build, EngineBuild):
        settings.update(_NO_ARCHIVE)
        return EngineGenerator
    return PelicanGenerator


def _build_of(settings: dict[str, Any]) -> SiteBuild:
    """The build for somebody who runs Pelican instead of our commands."""
    content, config = Path(settings["PATH"]), Path("pelicanconf.py").absolute()
    try:
        run = prepare(content, Path(settings["OUTPUT_PATH"]), Choices.of(settings, config))
    except ContentError as stopped:
        sys.stderr.write(f"{stopped}\n")
        raise
    except UsageError as misused:
        sys.stderr.write(f"{misused}.\n  {misused.hint}\n")
        raise SystemExit(2) from None
    if run.slower:
        sys.stderr.write(f"{run.slower.message}.\n")
    if run.warnings:
        sys.stderr.write(f"{render(run.warnings, content)}\n")
    return choose_build(run, config)


def _writer(pelican: Pelican) -> type[PelicanWriter | SilentWriter]:
    is_ours = isinstance(pelican.settings[BUILD], EngineBuild)
    return SilentWriter if is_ours else PelicanWriter


def _finish(pelican: Pelican) -> None:
    pelican.settings[BUILD].finish()

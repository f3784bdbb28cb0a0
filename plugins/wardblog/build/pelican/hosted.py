"""A build in which Pelican is the host: it finds files, owns articles and pages, sends signals."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.log import console
from pelican.settings import read_settings

from wardblog.build.paths import full
from wardblog.build.pelican.generator import WardGenerator
from wardblog.build.pelican.reader import RUN
from wardblog.build.pelican.writer import WardWriter
from wardblog.build.pelican_settings import Choices
from wardblog.build.run import Run, prepare
from wardblog.problems import ContentError, UsageError, render


def connect() -> None:
    """Hooks into Pelican; called once for each `Pelican` object."""
    signals.get_generators.connect(_read_first)
    signals.get_writer.connect(_writer)
    signals.finalized.connect(_finish)


def _read_first(pelican: Pelican) -> type[WardGenerator]:
    """Reads and checks the content before Pelican does anything, and stops on a problem."""
    settings = pelican.settings
    run = settings.get(RUN) or _run_of(settings)
    settings[RUN] = run
    settings.update(SITENAME=run.site.title, SITEURL=run.site.base_path)
    return WardGenerator


def _run_of(settings: dict[str, Any]) -> Run:
    """The run of somebody who called Pelican, and none of our commands."""
    content = Path(settings["PATH"])
    try:
        run = prepare(content, Path(settings["OUTPUT_PATH"]), Choices.of(settings, Path()))
    except ContentError as stopped:
        sys.stderr.write(f"{stopped}\n")
        raise
    except UsageError as misused:
        sys.stderr.write(f"{misused}.\n  {misused.hint}\n")
        raise SystemExit(2) from None
    if run.warnings:
        sys.stderr.write(f"{render(run.warnings, content)}\n")
    return run


def _writer(pelican: Pelican) -> type[WardWriter]:
    del pelican
    return WardWriter


def _finish(pelican: Pelican) -> None:
    pelican.settings[RUN].finish()


def run_pelican(config: Path, run: Run) -> None:
    """Runs Pelican with a file of settings, for a run that was prepared."""
    override: dict[str, Any] = {
        "PATH": str(full(run.content)),
        "OUTPUT_PATH": str(full(run.folder.root)),
        RUN: run,
    }
    if run.is_plain:
        # Our engine makes the archive; Pelican would look through all posts for each month.
        override |= {"YEAR_ARCHIVE_SAVE_AS": "", "MONTH_ARCHIVE_SAVE_AS": ""}
    settings: dict[str, Any] = read_settings(str(config), override=override)
    before, console.quiet = console.quiet, True
    try:
        Pelican(settings).run()
    finally:
        console.quiet = before
        run.stop()

"""The one room that knows Pelican: a plugin of it, and the way to run it from our commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.log import console
from pelican.settings import read_settings

from wardblog.build.generator import WardGenerator
from wardblog.build.reader import RUN, PostReader
from wardblog.build.run import PostsLostError, Run, check_content, prepare
from wardblog.build.writer import WardWriter
from wardblog.model import Site
from wardblog.problems import ContentStops, Problem, render, stops
from wardblog.words import clock, counted, long_date, month_year, weekday_date

__all__ = [
    "JINJA_FILTERS",
    "PostReader",
    "PostsLostError",
    "Run",
    "build_site",
    "check",
    "read_checked",
    "register",
]

# What the templates say dates and counts with.
JINJA_FILTERS = {
    "clock": clock,
    "counted": counted,
    "long_date": long_date,
    "month_year": month_year,
    "weekday_date": weekday_date,
}


def register() -> None:
    """Hooks into Pelican; called once for each `Pelican` object."""
    signals.get_generators.connect(_read_first)
    signals.get_writer.connect(_writer)
    signals.finalized.connect(_finish)


def _read_first(pelican: Pelican) -> type[WardGenerator]:
    """Reads and checks the content before Pelican does anything, and stops on a problem."""
    settings = pelican.settings
    content = Path(settings["PATH"])
    try:
        run = prepare(
            content,
            Path(settings["OUTPUT_PATH"]),
            settings["MARKDOWN"],
            publishing=bool(settings.get("WARDBLOG_PUBLISHING")),
        )
    except ContentStops as stopped:
        if not settings.get("WARDBLOG_QUIET"):
            sys.stderr.write(f"{stopped}\n")
        raise
    if run.warnings and not settings.get("WARDBLOG_QUIET"):
        sys.stderr.write(f"{render(run.warnings, content)}\n")
    settings[RUN] = run
    settings.update(SITENAME=run.site.title, SITEURL=run.site.base_path)
    return WardGenerator


def _writer(pelican: Pelican) -> type[WardWriter]:
    del pelican
    return WardWriter


def _finish(pelican: Pelican) -> None:
    run: Run = pelican.settings[RUN]
    run.gone = tuple(run.folder.finish())


def _settings(config: Path, **overrides: Any) -> dict[str, Any]:
    settings: dict[str, Any] = read_settings(str(config), override=overrides)
    return settings


def build_site(config: Path, content: Path, output: Path) -> Run:
    """Builds a content folder into an output folder, as `pelican` with this config would.

    Raises `ContentStops` before anything is written, and `PostsLostError` or Pelican's own
    exceptions where the fault is not in the content.
    """
    settings = _settings(
        config,
        PATH=str(content.absolute()),
        OUTPUT_PATH=str(output.absolute()),
        WARDBLOG_QUIET=True,
    )
    before, console.quiet = console.quiet, True
    try:
        Pelican(settings).run()
    finally:
        console.quiet = before
    run: Run = settings[RUN]
    return run


def check(config: Path, content: Path) -> list[Problem]:
    """The problems and warnings of a content folder."""
    settings = _settings(config, PATH=str(content.absolute()))
    return check_content(content, settings["MARKDOWN"])[1]


def read_checked(config: Path, content: Path) -> Site:
    """The site of a content folder, as it would be built; raises `ContentStops`."""
    settings = _settings(config, PATH=str(content.absolute()))
    reading, problems = check_content(content, settings["MARKDOWN"])
    if stops(problems):
        raise ContentStops(problems, content)
    return reading.site

"""`make fetch`: bring in what the sources of ward.toml offer."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    CONTENT_PROBLEMS,
    DONE,
    ROOT,
    WORKPLACE,
    ask_to_write,
    content_folder,
    print_error,
    print_line,
    private_folder_of,
)
from wardblog.cli.named_files import words_after_from
from wardblog.problems import display_path
from wardblog.support.progress_bar import progress_bars
from wardblog.text.words import counted, sized

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wardblog.model import DataSource, Site
    from wardblog.sources.regular.chosen import Chosen
    from wardblog.sources.regular.run import SourceOutcome
    from wardblog.sources.regular.update import FetchUpdate

_EXAMPLE = """\
No source is named in {file} yet. Add one, such as:

  [[source]]
  from = "planit"
  issue = "Planning"

docs/casework.md lists all kinds of sources.
"""
# How many lines of a file are shown before it is written.
_MOST_LINES = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="source", default="", help="an issue, a kind of source, or files"
    )
    parser.add_argument("--force", action="store_true", help="write without asking")


def run(arguments: argparse.Namespace) -> int:
    from wardblog.build import read_checked
    from wardblog.content.files import SETTINGS_FILE
    from wardblog.publish import interrupted_by_signals
    from wardblog.sources.regular.chosen import choose
    from wardblog.sources.regular.update import plan_update

    content = content_folder(arguments)
    private = private_folder_of(content)
    with interrupted_by_signals():
        site = read_checked(ROOT / "pelicanconf.py", content)
        sources = _sources(content)
        if not sources:
            print_line(_EXAMPLE.format(file=display_path(content / SETTINGS_FILE)))
            return DONE
        chosen = choose(words_after_from(arguments.source.strip()), sources, site)
        update = plan_update(content, site, private, _collected(chosen, site, private))
        _show(update)
        if update.files and not arguments.force:
            ask_to_write()
        update.write(WORKPLACE)
    _finish(update)
    return CONTENT_PROBLEMS if update.failures else DONE


def _sources(content: Path) -> tuple[DataSource, ...]:
    # late import: see docs/architecture.md
    from wardblog.content import read_settings_of

    settings, _ = read_settings_of(content)
    return settings.sources if settings else ()


def _collected(chosen: Chosen, site: Site, private: Path) -> list[SourceOutcome]:
    from wardblog.sources.regular.run import collect, read_given

    outcomes = read_given(chosen.given, site, private)
    if not chosen.asked:
        return outcomes
    _announce(chosen.asked)
    with progress_bars() as watch:
        return [*outcomes, *collect(chosen.asked, site, private, watch)]


def _announce(sources: Sequence[DataSource]) -> None:
    from wardblog.sources.regular.kinds import KINDS

    services = [KINDS[source.kind].service_of(source) for source in sources]
    lines = dict.fromkeys(f"  {one.name}: {one.host}" for one in services)
    slow = [one.host for one in services if one.pace >= 30]
    print_line(
        "\n".join(
            (
                "This asks, one after the other, for what they publish about the ward:",
                *lines,
                "They learn which ward it is, and see your IP address as any website does.",
                *(
                    f"{host} may be asked once a minute, so this can take some minutes."
                    for host in dict.fromkeys(slow)
                ),
            )
        )
    )


def _show(update: FetchUpdate) -> None:
    for sentence in update.sentences:
        print_line(sentence)
    for failure, remedy in update.failures:
        print_error(f"{failure}\n  {remedy}" if remedy else failure)
    if not update.files:
        print_line("Nothing has changed, so nothing was written.")
        return
    print_line("This would write:")
    for file, new in update.files.items():
        what = "new" if new.before is None else "changed"
        print_line(f"  {display_path(update.content / file)}: {sized(len(new.data))}, {what}")
        lines = update.lines_of(file)
        shown = lines if len(lines) <= _MOST_LINES else lines[: _MOST_LINES - 1]
        for line in shown:
            print_line(f"    {line}")
        if left := len(lines) - len(shown):
            print_line(f"    and {counted(left, 'more line')}")


def _finish(update: FetchUpdate) -> None:
    if update.files:
        words = counted(len(update.files), "file")
        print_line(f'Written: {words}. Run "make serve" to see the result before you publish it.')

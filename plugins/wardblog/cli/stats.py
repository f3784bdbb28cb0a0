"""`make stats`: what was read and how many subscribe, from the logs of the web server."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    DONE,
    ROOT,
    content_folder,
    print_error,
    print_for_programs,
    print_line,
    private_folder_of,
)
from wardblog.problems import UsageError, display_path
from wardblog.text.words import counted, days_between

if TYPE_CHECKING:
    from wardblog.model import Site
    from wardblog.office.statistics.count_logs import Counted
    from wardblog.office.statistics.figures import Figures
    from wardblog.office.statistics.sections import FigureSection
    from wardblog.problems import Problem

# How wide a number is in a table.
_WIDTH = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--log", default="", help='log files, such as "access.log*"')
    parser.add_argument("--format", default="", help="json, to print only the counts of these logs")


def run(arguments: argparse.Namespace) -> int:
    from wardblog.publish import interrupted_by_signals

    content = content_folder(arguments)
    private = private_folder_of(content)
    if arguments.format not in ("", "json"):
        raise UsageError(f"FORMAT={arguments.format} is unknown", "Write FORMAT=json, or nothing.")
    is_json = arguments.format == "json"
    with interrupted_by_signals():
        if not arguments.log.strip():
            if is_json:
                raise UsageError("FORMAT=json counts logs", 'Name them: LOG="access.log*"')
            _show(private, _site(content))
            return DONE
        counted_logs = _count(arguments.log, private, content)
        for note in counted_logs.notes:
            print_error(note)
        if is_json:
            print_for_programs(json.dumps(counted_logs.as_json(), indent=2))
            return DONE
        _report(counted_logs, private)
    _show(private, _site(content))
    return DONE


def _site(content: Path) -> Site:
    """The site as far as it can be read: a mistake in a post does not change what was read."""
    from wardblog.build import use_site

    def use(site: Site, _: list[Problem]) -> Site:
        return site

    return use_site(ROOT / "pelicanconf.py", content, use, None)


def _count(log: str, private: Path, content: Path) -> Counted:
    from wardblog.build.clock import now
    from wardblog.content.base_site import read_base_site
    from wardblog.content.files import scan
    from wardblog.office.statistics.count_logs import count_logs
    from wardblog.office.statistics.counting import Surroundings
    from wardblog.office.statistics.log_names import named_files
    from wardblog.office.statistics.referrers import referring_host

    site = read_base_site(content, scan(content)).site
    about = Surroundings(
        hosts=(referring_host(site.url),),
        community=site.community,
        now=now(),
        base_path=site.base_path,
    )
    return count_logs(named_files(log), private, about)


def _report(found: Counted, private: Path) -> None:
    from wardblog.office.statistics.stored import FILE, FOLDER

    days = sorted(found.days)
    total = found.total
    lines = sum(total.excluded.values()) + total.all_reads
    period = days_between(days[0], days[-1]) if days else "no day"
    print_line(
        f"Counted {counted(lines, 'line')} of {counted(found.files, 'file')}, {period}: "
        f"{counted(total.all_reads, 'read')}."
    )
    if not found.has_agents:
        print_line(
            "These logs name neither the program that asked nor the page that a reader came from. "
            "So crawlers and feed readers are told apart only by what they load, and nobody knows "
            "where readers come from. Use the format called combined."
        )
    print_line(f"The totals of each day are in {display_path(private / FOLDER / FILE)}.")


def _show(private: Path, site: Site) -> None:
    from wardblog.office.statistics.figures import stored_figures

    figures = stored_figures(private, site)
    lines = _figures(figures) if figures.sections else _nothing_yet(figures.summary, site)
    print_line("\n".join(lines))


def _nothing_yet(summary: str, site: Site) -> Iterator[str]:
    from wardblog.office.statistics.no_logs import (
        NO_TRACKER,
        NOTHING_YET,
        WITHOUT,
        first_words,
        hosts_for,
    )

    yield NOTHING_YET
    if summary:
        yield _wrapped(summary)
    yield from ("", f"Where the logs of the web server are. {first_words(site.publish.to)}")
    for host in hosts_for(site.publish.to):
        yield from ("", host.name, _wrapped(host.words, "  "))
        yield from (f"    {command}" for command in host.commands)
    yield from ("", "What is possible without logs:")
    yield from (_wrapped(words, "  ") for words in WITHOUT)
    yield from ("", _wrapped(NO_TRACKER))
    yield "docs/figures.md explains what is counted."


def _figures(figures: Figures) -> Iterator[str]:
    from wardblog.office.statistics.figures import UPDATE

    yield from ("", _wrapped(figures.summary))
    yield from map(_wrapped, figures.current)
    yield f"To bring it up to date: {UPDATE}"
    yield "make serve shows the same with charts."
    for section in figures.sections:
        yield from ("", section.heading, *_table(section))
        yield _wrapped(section.advice, "  ")
        if section.about:
            yield _wrapped(section.about, "  ")


def _table(section: FigureSection) -> Iterator[str]:
    """The numbers before the names, which may be long."""
    if not section.rows:
        return
    columns = zip(section.columns, *(row.cells for row in section.rows), strict=True)
    widths = [max(_WIDTH, *map(len, column)) for column in columns]
    yield f"  {_cells(section.columns, widths)}"
    for row in section.rows:
        yield f"  {_cells(row.cells, widths)}  {row.name}"
        if row.note:
            yield f"  {' ' * (sum(widths) + len(widths) - 1)}  {row.note}"
    if section.more:
        yield f"  and {section.more:,} more"


def _cells(cells: Sequence[str], widths: Sequence[int]) -> str:
    return " ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(text, 100, initial_indent=indent, subsequent_indent=indent)

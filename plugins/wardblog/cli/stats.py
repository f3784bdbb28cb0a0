"""`make stats`: what was read and how many subscribe, from the logs of the web server."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
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
from wardblog.text.words import WEEKDAYS, counted, days_between

if TYPE_CHECKING:
    from datetime import date

    from wardblog.model import Site
    from wardblog.office.statistics.count_logs import Counted
    from wardblog.office.statistics.subjects import Subjects
    from wardblog.office.statistics.summary import Ranked, Summary
    from wardblog.office.statistics.totals import DayTotals
    from wardblog.problems import Problem

_NOTHING_YET = """\
Nothing has been counted yet. Name the logs of the web server:

  make stats LOG="access.log*"

Where they are:
  nginx on your own server     /var/log/nginx/access.log*
  Apache on your own server    /var/log/apache2/access.log*
  Caddy                        the file that "log" names in the Caddyfile
  Shared hosting               "Raw access logs" in the control panel
  Amazon S3, CloudFront        the bucket for logs: copy it to a folder, and name the folder
  GitHub Pages                 there are none: GitHub does not show them to anybody

Without logs you can still see how many people receive the newsletter (make subscribers) and answer
questions (make answers). docs/figures.md explains what is counted, and what else is possible."""
# How many lines of each list the terminal shows.
_MOST_SHOWN = 10
_WEEK, _MONTH = 7, 28


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--log", default="", help='log files, such as "access.log*"')
    parser.add_argument("--format", default="", help="json, to print only the counts of these logs")


def run(arguments: argparse.Namespace) -> int:
    from wardblog.office.statistics.stored import read_totals
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
            return _show_stored(read_totals(private), content)
        counted_logs = _count(arguments.log, private, content)
        for note in counted_logs.notes:
            print_error(note)
        if is_json:
            print_for_programs(json.dumps(counted_logs.as_json(), indent=2))
            return DONE
        _report(counted_logs, private)
        return _show(read_totals(private), content)


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
    from wardblog.office.statistics.referrers import host_of

    site = read_base_site(content, scan(content)).site
    about = Surroundings(hosts=(host_of(site.url),), community=site.community, now=now())
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
            "These logs have neither programs nor referrers, so crawlers and feed readers are told "
            "apart only by what they load, and nobody knows where readers come from. Use the "
            "format called combined."
        )
    print_line(f"The totals of each day are in {display_path(private / FOLDER / FILE)}.")


def _show_stored(totals: Mapping[date, DayTotals], content: Path) -> int:
    if not totals:
        print_line(_NOTHING_YET)
        return DONE
    return _show(totals, content)


def _show(totals: Mapping[date, DayTotals], content: Path) -> int:
    from wardblog.office.statistics.subjects import subjects_of
    from wardblog.office.statistics.summary import summary

    if totals:
        subjects: Subjects = subjects_of(_site(content))
        last = max(totals)
        week = summary(totals, subjects, last, _WEEK)
        month = summary(totals, subjects, last, _MONTH)
        print_line("\n".join(_shown(week, month)))
    return DONE


def _shown(week: Summary, month: Summary) -> list[str]:
    lines = [
        "",
        f"Last 7 days, {days_between(week.first, week.last)}: {counted(week.reads, 'read')}",
        f"Last 28 days: {counted(month.reads, 'read')}"
        + (f", from logs of {counted(month.days, 'day')}" if month.days < _MONTH else ""),
    ]
    for heading, few, many in (
        ("Read most", week.titles, month.titles),
        ("By issue, with the posts about it", week.issues, month.issues),
        ("By street, with the posts about it", week.streets, month.streets),
        ("Where readers came from", week.sources, month.sources),
        ("By the code in the link", week.campaigns, month.campaigns),
        ("Requests that are no reads", week.excluded, month.excluded),
    ):
        lines += _table(heading, few, many)
    lines += _feeds(month)
    lines += _best(month)
    return lines


def _table(heading: str, week: Ranked, month: Ranked) -> list[str]:
    """The largest of the month, with the numbers of the week before it."""
    if not month:
        return []
    in_week = dict(week)
    rows = [f"  {in_week.get(name, 0):>7,} {n:>8,}  {name}" for name, n in month[:_MOST_SHOWN]]
    more = len(month) - _MOST_SHOWN
    return ["", f"{heading} (7 days, 28 days)", *rows, *([f"  and {more:,} more"] * (more > 0))]


def _feeds(month: Summary) -> list[str]:
    if not month.feeds:
        return []
    lines = ["", "Subscribers of feeds"]
    for name, number, services in month.feeds[:_MOST_SHOWN]:
        lines.append(f"  {number:>7,}  {name}")
        if services:
            said = ", ".join(f"{service} {n:,}" for service, n in services[:_MOST_SHOWN])
            lines.append(f"           of which services announced: {said}")
    return lines


def _best(month: Summary) -> list[str]:
    lines = []
    if month.best_weekday is not None:
        lines.append(f"Most reads are on {WEEKDAYS[month.best_weekday]}s")
    if month.best_hour is not None:
        lines.append(f"Most reads are between {month.best_hour}:00 and {month.best_hour + 1}:00")
    return ["", *lines] if lines else []

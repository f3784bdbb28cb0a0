"""`make community`: check the links to other local sites."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from wardblog.cli.common import DONE, WORKPLACE, confirm_or_stop, content_folder, print_line
from wardblog.problems import CommandError, display_path
from wardblog.support.progress_bar import progress_bars
from wardblog.support.urls import parts_of
from wardblog.text.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wardblog.model import CommunitySite
    from wardblog.office.community.inspect_site import SiteReport

_EXAMPLE = """\
Local sites are listed in {file}, one after the other:

  [[site]]
  name = "Shaftesbury Forum"
  url = "https://forum.example.org"
  kind = "forum"
  about = "Neighbours ask each other for plumbers, and find lost cats."
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="do not ask before anything")


def run(arguments: argparse.Namespace) -> int:
    from wardblog.build.clock import today
    from wardblog.content.files import COMMUNITY_FILE
    from wardblog.office.community import update
    from wardblog.publish import interrupted_by_signals

    content = content_folder(arguments)
    file = display_path(content / COMMUNITY_FILE)
    with interrupted_by_signals():
        listed = update.listed_sites(content)
        if not listed.sites:
            print_line(f"There are no local sites to check.\n{_EXAMPLE.format(file=file)}")
            return DONE
        _announce(listed.sites)
        if not arguments.force:
            _ask("to visit them", "Nobody was asked")
        with progress_bars() as watch:
            reports = update.inspect_all(listed.sites, today(), watch)
        print_line(_shown(reports, file))
        data = update.changed_file(listed, reports)
        if data == listed.data:
            print_line("There is nothing to change in the list.")
            return DONE
        print_line(_planned(reports, file))
        if not arguments.force:
            _ask("to write this", "The list was not changed")
        update.write(content, listed, data, WORKPLACE)
    print_line(f"Written to {file}. Run make publish to show it to residents.")
    return DONE


def _announce(sites: Sequence[CommunitySite]) -> None:
    addresses = [url for one in sites for url in (one.url, one.feed) if url]
    hosts = dict.fromkeys(parts_of(url).netloc for url in addresses)
    lines = (
        f"This opens {counted(len(sites), 'local site')} and their feeds, one after the other:",
        *(f"  {host}" for host in hosts),
        "and the addresses to which these lead. They see your IP address, as of any visitor.",
    )
    print_line("\n".join(lines))


def _ask(what: str, otherwise: str) -> None:
    """Ask the person at the terminal; without a terminal, the answer is no."""
    confirm_or_stop(
        what,
        CommandError(
            f"{otherwise}, since there is no terminal to answer on",
            "If this is what you want, run the same command with FORCE=1.",
        ),
        CommandError(otherwise),
    )


def _shown(reports: Sequence[SiteReport], file: str) -> str:
    """What needs attention first, then what could not be checked, then the rest."""
    from wardblog.office.community.inspect_site import Verdict

    rot = [one for one in reports if one.verdict.is_rot]
    unknown = [one for one in reports if one.verdict is Verdict.UNKNOWN]
    fine = [one for one in reports if one.verdict is Verdict.ALIVE]
    lines = []
    for title, found in (("Look at these:", rot), ("Could not be checked:", unknown)):
        lines += ["", title] if found else []
        for one in found:
            lines += _about(one, file)
    lines += ["", f"{counted(len(fine), 'site')} as before:"] if fine else []
    lines += [f"  {one.site.name}" + (f" ({one.words})" if one.words else "") for one in fine]
    return "\n".join((*lines, ""))


def _about(report: SiteReport, file: str) -> list[str]:
    site = report.site
    lines = [
        f"  {file}:{site.line_of('url')}: {site.name}: {report.words}",
        f"    {site.url}",
    ]
    hint = report.hint or _ADVICE.get(report.verdict.name, "")
    return [*lines, *([f"    {hint}"] if hint else [])]


_ADVICE = {
    "DEAD": "Correct the address, or remove the entry.",
    "PARKED": "Remove the entry, or find the site's new address.",
    "CHANGED": "Open it. If it is not what you meant, remove the entry.",
    "SILENT": "It may have ended. Decide whether it still helps residents.",
    "MOVED": "Open the new address before you accept it.",
}


def _planned(reports: Sequence[SiteReport], file: str) -> str:
    from wardblog.office.community.update import change_lines

    lines = [f"This would write to {file}:"]
    for one in reports:
        if changes := change_lines(one):
            lines += [f"  {one.site.name}", *(f"    {line}" for line in changes)]
    return "\n".join(lines)

"""Plans what a check of the local sites changes in community.toml, and then changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from wardblog.content.community import read_community
from wardblog.content.files import COMMUNITY_FILE
from wardblog.content.replace_files import NewFile, read_bytes, replace_files
from wardblog.content.toml.edit import with_entries, written_value
from wardblog.model import CommunitySite
from wardblog.office.community.inspect_site import SiteReport, inspect_site
from wardblog.problems import CommandError, ContentError
from wardblog.report import Report
from wardblog.sources.visit import Visitor
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import Watch, no_progress
from wardblog.text.decoding import text_of

_TABLE = "site"


@dataclass(frozen=True, slots=True)
class ListedSites:
    """The sites of community.toml, and the bytes of that file; None if there is no file."""

    sites: tuple[CommunitySite, ...]
    data: bytes | None


def listed_sites(content: Path) -> ListedSites:
    """Raises `ContentError` if the file has a mistake."""
    data = read_bytes(content, COMMUNITY_FILE)
    if data is None:
        return ListedSites((), None)
    report = Report(COMMUNITY_FILE)
    text = text_of(data, report)
    sites = read_community(text, report) if text is not None else ()
    if report.problems:
        raise ContentError(report.problems, content)
    return ListedSites(sites, data)


def inspect_all(
    sites: Sequence[CommunitySite],
    today: date,
    watch: Watch = no_progress,
    visitor: Visitor | None = None,
    inspect: Callable[[CommunitySite, Visitor, date], SiteReport] = inspect_site,
) -> list[SiteReport]:
    """Look at the sites one after the other.

    Raises `CommandError` if none of several can be found, since then there is no network.
    """
    visitor = visitor or Visitor()
    reports = []
    for number, site in enumerate(sites):
        watch(f"Looking at {site.name}", number, len(sites))
        reports.append(inspect(site, visitor, today))
    watch("Looking at the sites", len(sites), len(sites))
    if len(reports) > 1 and all(one.is_lost for one in reports):
        raise CommandError(
            "None of the sites can be found, so there seems to be no network",
            "Check that this computer is connected to the internet, and run the command again.",
        )
    return reports


def changed_file(listed: ListedSites, reports: Iterable[SiteReport]) -> bytes:
    """The bytes of community.toml with what the reports change; all others stay."""
    numbers = {id(site): number for number, site in enumerate(listed.sites)}
    changes = {
        (numbers[id(report.site)], key): value
        for report in reports
        for key, value in report.changes.items()
        if getattr(report.site, key) != value
    }
    return with_entries(listed.data or b"", _TABLE, changes, COMMUNITY_FILE)


def change_lines(report: SiteReport) -> list[str]:
    """The lines of an entry as they would be."""
    return [
        f"{key} = {written_value(value)}"
        for key, value in report.changes.items()
        if getattr(report.site, key) != value
    ]


def write(content: Path, listed: ListedSites, data: bytes, workplace: Path) -> None:
    """Replace community.toml, if nobody changed it in the meantime.

    Raises `CommandError` and `OSError`; the file is then as before.
    """
    replace_files(content, {COMMUNITY_FILE: NewFile(data, listed.data)}, workplace)

"""The applications that were fetched before: from the last raw answers, or from the data set."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from wardblog.content.replace_files import read_bytes
from wardblog.content.tables.fetched_lists import APPLICATIONS
from wardblog.model import DataSource, Issue, Site
from wardblog.problems import CommandError
from wardblog.report import ParseError
from wardblog.sources.regular import planning_csv
from wardblog.sources.regular.kinds import KINDS, PLANNING
from wardblog.sources.regular.raw_answers import RawAnswers, raw_folder
from wardblog.sources.regular.source import Application


def planning_files(site: Site) -> list[tuple[Issue, str]]:
    """The data sets of planning applications that `make fetch` writes, with their issues."""
    return [
        (issue, dataset.file)
        for issue in site.issues
        for dataset in issue.datasets
        if dataset.file == f"data/{issue.slug}-applications.csv"
    ]


def references_in(content: Path, site: Site) -> Iterator[str]:
    """The references of the applications in the data sets."""
    for _, file in planning_files(site):
        data = (read_bytes(content, file) or b"").decode("utf-8-sig", "replace")
        for row in csv.DictReader(io.StringIO(data)):
            yield row.get(APPLICATIONS[0]) or ""


def known_applications(
    content: Path, site: Site, private: Path, sources: Sequence[DataSource]
) -> Iterator[tuple[str, Application]]:
    """Each application with the slug of its issue; first those of the last answers."""
    for source in sources:
        if source.kind in PLANNING and (raw := RawAnswers(raw_folder(private, source)).last):
            try:
                fetched = KINDS[source.kind].load().read(raw, source, site, site.today)
            except (CommandError, ParseError):
                continue
            yield from ((source.issue, one) for one in fetched.applications)
    for issue, file in planning_files(site):
        source = DataSource(kind="planning-csv", issue=issue.slug)
        try:
            data = read_bytes(content, file) or b""
            fetched = planning_csv.read((data,), source, site, site.today)
        except (CommandError, ParseError, OSError):
            continue
        yield from ((issue.slug, one) for one in fetched.applications)

"""Writes `content/casework.csv`, which has only numbers that may be published.

A copy in the private folder says what was ever published, so that a quarter that somebody removes
from the public file is not counted again: the difference to later numbers could give somebody away.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wardblog.content.casework_counts import COLUMNS, read_casework_counts
from wardblog.content.files import CASEWORK_FILE
from wardblog.content.replace_files import NewFile, read_bytes, replace_files
from wardblog.model.casework import CaseCount, CaseworkQuarter
from wardblog.report import Report
from wardblog.support.private_files import private_folder, write_private
from wardblog.text.decoding import decode_table

PUBLISHED_FILE = "casework-published.csv"


@dataclass(frozen=True, slots=True)
class PublicFolders:
    """Where counts are written: `content` is public, `private` is not.

    `workplace` is for files that are not complete yet.
    """

    content: Path
    private: Path
    workplace: Path


def write_casework(
    folders: PublicFolders,
    published: Sequence[CaseworkQuarter],
    removed: Sequence[CaseworkQuarter],
    new: Sequence[CaseworkQuarter],
) -> None:
    """Add quarters to the public file; those that are there stay as they are.

    `removed` were published once. Raises `CommandError` if another program changed the file in the
    meantime, and `OSError`.
    """
    before = read_bytes(folders.content, CASEWORK_FILE)
    data = casework_csv((*published, *new)).encode()
    replace_files(folders.content, {CASEWORK_FILE: NewFile(data, before)}, folders.workplace)
    private_folder(folders.private)
    copy = casework_csv((*published, *removed, *new)).encode()
    write_private(folders.private / PUBLISHED_FILE, copy)


def removed_quarters(
    private: Path, published: Sequence[CaseworkQuarter], report: Report
) -> tuple[CaseworkQuarter, ...]:
    """The quarters that were published once, and are not in the public file any more."""
    try:
        text = decode_table((private / PUBLISHED_FILE).read_bytes())
    except FileNotFoundError:
        return ()
    known = {counts.quarter for counts in published}
    return tuple(q for q in read_casework_counts(text, (), report) if q.quarter not in known)


def casework_csv(quarters: Iterable[CaseworkQuarter]) -> str:
    """The file's text, oldest quarter first."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(sorted(quarters, key=lambda counts: counts.quarter)))
    return text.getvalue()


def _rows(quarters: Iterable[CaseworkQuarter]) -> Iterator[tuple[str, ...]]:
    for counts in quarters:
        for row in counts.each():
            yield counts.quarter.key, row.issue, _cell(row.opened), _cell(row.closed)


def _cell(count: CaseCount) -> str:
    return str(count) if isinstance(count, int) else count.value

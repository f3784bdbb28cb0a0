"""Writes `content/casework.csv`, which has only numbers that may be published."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from wardblog.content.casework_counts import COLUMNS
from wardblog.content.files import CASEWORK_FILE
from wardblog.content.replace_files import NewFile, read_bytes, replace_files
from wardblog.model.casework import CaseCount, CaseworkQuarter
from wardblog.office.casework_counts.beginning import save_next_quarter
from wardblog.support.late_dataclass import dataclass


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
    new: Sequence[CaseworkQuarter],
) -> None:
    """Add quarters to the public file; those that are there stay as they are.

    That they do not count again is noted first, whatever happens afterwards. Raises `CommandError`
    if another program changed the file in the meantime, and `OSError`.
    """
    before = read_bytes(folders.content, CASEWORK_FILE)
    data = casework_csv((*published, *new)).encode()
    save_next_quarter(folders.private, max(counts.quarter for counts in new).following)
    replace_files(folders.content, {CASEWORK_FILE: NewFile(data, before)}, folders.workplace)


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

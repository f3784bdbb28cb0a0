"""Writes `content/casework.csv`, which has only numbers that may be published."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from wardblog.content.casework_counts import COLUMNS
from wardblog.content.files import CASEWORK_FILE
from wardblog.content.replace_files import NewFile, read_bytes, replace_files
from wardblog.model.casework import CaseCount, CaseworkQuarter


def write_casework(
    content: Path, published: Iterable[CaseworkQuarter], new: Iterable[CaseworkQuarter],
    workplace: Path,
) -> None:  # fmt: skip
    """Add quarters to the file; those that were published stay as they are.

    Raises `CommandError` if another program changed the file in the meantime, and `OSError`.
    """
    before = read_bytes(content, CASEWORK_FILE)
    data = casework_csv((*published, *new)).encode()
    replace_files(content, {CASEWORK_FILE: NewFile(data, before)}, workplace)


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

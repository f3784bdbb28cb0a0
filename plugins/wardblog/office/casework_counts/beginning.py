"""Remembers which quarter of casework may be counted next, in the private folder.

The dates in the casework file cannot tell: they may be mistyped, or from before the file was kept.
A quarter counts only if the file was there from its first day to its last, so the first one begins
after the software saw the file for the first time. One that was published never counts again, even
if it is removed from the public file: the difference to later numbers could give somebody away.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from wardblog.content.casework_counts import parse_quarter
from wardblog.model.casework import Quarter
from wardblog.report import ParseError
from wardblog.support.private_files import private_folder, write_private

NEXT_QUARTER_FILE = "casework-next-quarter.txt"


def next_quarter(private: Path, today: date) -> Quarter:
    """The first quarter that may be counted; without a readable file, the one after today's.

    Remembers it from now on. Raises `OSError`.
    """
    latest = Quarter.of(today).following
    known = None
    with suppress(FileNotFoundError, ParseError, UnicodeDecodeError):
        known = parse_quarter((private / NEXT_QUARTER_FILE).read_text(encoding="utf-8"))
    if known is None or known > latest:
        save_next_quarter(private, latest)
    return min(known or latest, latest)


def save_next_quarter(private: Path, quarter: Quarter) -> None:
    """Raises `OSError`."""
    private_folder(private)
    write_private(private / NEXT_QUARTER_FILE, f"{quarter.key}\n".encode())

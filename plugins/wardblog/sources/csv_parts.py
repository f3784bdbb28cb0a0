"""Opens the tables of Ordnance Survey's open data, which come as many files in a zip."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from wardblog.report import ParseError

Wanted = Callable[[str], bool]


def csv_parts(path: Path, wanted: Wanted) -> Iterator[tuple[str, IO[str]]]:
    """Give the CSV files in a zip or folder, or the one file, each with its name without `.csv`.

    `wanted` decides by that name whether to open a file in a zip or folder. Raises `ParseError`.
    """
    if path.is_dir():
        found = [file for file in sorted(path.rglob("*")) if file.suffix.casefold() == ".csv"]
        if not found:
            raise ParseError("there is no .csv file in this folder", "Unpack the download again.")
        for file in found:
            if wanted(file.stem):
                yield file.stem, _text(file.open("rb"))
    elif path.suffix.casefold() == ".zip":
        yield from _in_zip(path, wanted)
    else:
        yield path.stem, _text(path.open("rb"))


def _in_zip(path: Path, wanted: Wanted) -> Iterator[tuple[str, IO[str]]]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(n for n in archive.namelist() if n.casefold().endswith(".csv"))
            if not names:
                raise ParseError("there is no .csv file in this zip", "Download the CSV version.")
            for name in names:
                if wanted(stem := PurePosixPath(name).stem):
                    yield stem, _text(archive.open(name))
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError):
        raise ParseError("this zip is damaged or cut off", "Download the file again.") from None


def _text(file: IO[bytes]) -> IO[str]:
    """A byte that is not UTF-8 spoils its own name, not the whole table."""
    return io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")

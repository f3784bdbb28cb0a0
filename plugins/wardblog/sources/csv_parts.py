"""Opens the tables of Ordnance Survey's open data, which come as many files in a zip."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from wardblog.report import ParseError

Wanted = Callable[[str], bool]

# What `zipfile` raises for a zip that is cut off, damaged, or locked by a password.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)


def csv_parts(path: Path, wanted: Wanted) -> Iterator[tuple[str, io.StringIO]]:
    """Give the CSV files in a zip or folder, or the one file, each with its name without `.csv`.

    `wanted` decides by that name whether a file in a zip or folder is read. One file at a time is
    in memory; the largest has about 20 MB. Raises `ParseError`.
    """
    if path.is_dir():
        found = [file for file in sorted(path.rglob("*")) if file.suffix.casefold() == ".csv"]
        if not found:
            raise ParseError("there is no .csv file in this folder", "Unpack the download again.")
        for file in found:
            if wanted(file.stem):
                yield file.stem, _text(file.read_bytes())
    elif path.suffix.casefold() == ".zip":
        yield from _in_zip(path, wanted)
    else:
        yield path.stem, _text(path.read_bytes())


def _in_zip(path: Path, wanted: Wanted) -> Iterator[tuple[str, io.StringIO]]:
    for name in _names(path):
        if wanted(stem := PurePosixPath(name).stem):
            try:
                with zipfile.ZipFile(path) as archive:
                    data = archive.read(name)
            except _DAMAGED:
                raise _damaged() from None
            yield stem, _text(data)


def _names(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(n for n in archive.namelist() if n.casefold().endswith(".csv"))
    except _DAMAGED:
        raise _damaged() from None
    if not names:
        raise ParseError("there is no .csv file in this zip", "Download the CSV version.")
    return names


def _damaged() -> ParseError:
    return ParseError("this zip is damaged or cut off", "Download the file again.")


def _text(data: bytes) -> io.StringIO:
    """A byte that is not UTF-8 spoils its own name, not the whole table."""
    return io.StringIO(data.decode("utf-8-sig", errors="replace"), newline="")

"""Finds and reads the list files that are named in the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from wardblog.content import time_limit
from wardblog.content.files import ISSUES_FILE as FILE
from wardblog.content.files import nearest_file, on_disk
from wardblog.content.markdown.html_links import resolve
from wardblog.content.tables.count_tables import read_counts
from wardblog.content.tables.sheets import TableSheet, read_csv
from wardblog.content.tables.tables import ListOptions, PlaceTable, read_geojson, read_places
from wardblog.content.toml.table import Table
from wardblog.model import CountTable
from wardblog.places import northern_ireland
from wardblog.problems import Problem
from wardblog.report import ParseError, Report
from wardblog.text.decoding import decode_table, decode_utf8, refuse_other_formats, without_controls
from wardblog.text.mojibake import repair_mojibake

_EMPTY = ParseError("this file is empty", "Put the council's list in it, one place on each line.")


def _table(data: bytes, own: Report) -> TableSheet:
    refuse_other_formats(data, "Save the sheet as CSV from the program that it comes from.")
    return read_csv(_repaired(decode_table(data), own))


def _map_data(data: bytes, own: Report) -> TableSheet:
    refuse_other_formats(data, "Save the list as GeoJSON from your map program.")
    return read_geojson(_repaired(decode_utf8(data), own))


def _workbook(data: bytes, own: Report) -> TableSheet | None:
    # late import: see docs/architecture.md
    from wardblog.content.tables.workbooks import limit_memory, read_workbook

    def work(report: Report) -> TableSheet:
        limit_memory()
        return read_workbook(data, report)

    # In a process of its own, since a timer cannot interrupt a library that is not Python.
    limit = time_limit.LIST_SECONDS
    return time_limit.run_reported(own, limit, time_limit.SHORTEN_LIST, work, isolated=True)


def _repaired(text: str, own: Report) -> str:
    if not text.strip():
        raise _EMPTY
    return without_controls(repair_mojibake(text, own), own)


# What reads the files with each ending into rows; any of them may raise `ParseError`.
_READERS: Mapping[str, Callable[[bytes, Report], TableSheet | None]] = MappingProxyType(
    {".csv": _table, ".tsv": _table, ".txt": _table, ".geojson": _map_data, ".json": _map_data,
     ".xlsx": _workbook, ".ods": _workbook}
)  # fmt: skip


LIST_ENDINGS = tuple(_READERS)


def read_sheet(file: str, data: bytes, report: Report) -> TableSheet | None:
    """The rows of a list with this name; None, with the problem reported, if it cannot be read."""
    try:
        return _READERS[_ending(file)](data, report)
    except ParseError as error:
        report.parse_error(error)
        return None


class CouncilLists:
    """Reads the lists of one site. `in_ireland` is whether its ward is in Northern Ireland."""

    def __init__(
        self,
        content: Path,
        files: frozenset[str],
        in_ireland: bool | None,
        written: Sequence[str],
    ) -> None:
        self._content = content
        self._files = files
        self._in_ireland = in_ireland
        self._all = tuple(dict.fromkeys(resolve(one, FILE) for one in written if one))

    def read(
        self, table: Table, key: str, name_column: str, options: ListOptions, report: Report
    ) -> tuple[PlaceTable | None, list[Problem]]:
        """The places of the file that a key of the table names, and the problems in that file."""
        written = table.text(key)
        file = resolve(written, FILE) if written else ""
        if not written or not self._may_be_read(file, written, table.line(key), report):
            return None, []
        options = replace(options, in_ireland=lambda: self._home_of(file))
        own = Report(file)
        # A column's name may change from one year to the next.
        is_bound = key != "previous"
        work = partial(self._places, file, name_column, is_bound, options)
        limit = time_limit.LIST_SECONDS
        return time_limit.run_reported(own, limit, time_limit.SHORTEN_LIST, work), own.problems

    def read_counts(
        self, table: Table, is_sensitive: bool, report: Report
    ) -> tuple[CountTable | None, list[Problem]]:
        """The table of counts that is named by `file`, and the problems in that file."""
        written = table.text("file")
        file = resolve(written, FILE) if written else ""
        if not written or not self._may_be_read(file, written, table.line("file"), report):
            return None, []
        own = Report(file)

        def work(reading: Report) -> CountTable | None:
            sheet = self._sheet(file, reading)
            return read_counts(sheet, is_sensitive, reading) if sheet else None

        limit = time_limit.LIST_SECONDS
        return time_limit.run_reported(own, limit, time_limit.SHORTEN_LIST, work), own.problems

    def _places(
        self, file: str, name_column: str, is_bound: bool, options: ListOptions, own: Report
    ) -> PlaceTable | None:
        """The places of a file; without `is_bound` another column may name them."""
        sheet = self._sheet(file, own)
        if sheet is None:
            return None
        if name_column and not is_bound:
            trial = Report(file)
            table = read_places(sheet, name_column, trial, options)
            if table is not None:
                own.problems += trial.problems
                return table
            name_column = ""
        return read_places(sheet, name_column, own, options)

    def _may_be_read(self, file: str, written: str, line: int, report: Report) -> bool:
        if _ending(file) not in _READERS:
            report.stop(
                line,
                f'"{written}" is neither a spreadsheet nor GeoJSON',
                "Save the list as .xlsx, .ods or CSV from your spreadsheet program, and write the "
                "name of that file here.",
            )
            return False
        if file not in self._files:
            best = nearest_file(file, self._files)
            report.stop(
                line,
                f'there is no file called "{written}"',
                f'Did you mean "{best}"?' if best else "Put it in the folder {content}/data.",
            )
            return False
        if file.startswith("images/"):
            report.stop(
                line,
                "files in the images folder are published unchanged, with all their columns",
                "Move the list to {content}/data.",
            )
        return True

    def _sheet(self, file: str, own: Report) -> TableSheet | None:
        return read_sheet(file, on_disk(self._content, file).read_bytes(), own)

    def _home_of(self, file: str) -> bool | None:
        """Whether the ward is in Northern Ireland, if need be by where its other lists are."""
        if self._in_ireland is not None:
            return self._in_ireland
        for other in self._all:
            if other != file and (home := self._home_by(other)) is not None:
                return home
        return None

    def _home_by(self, file: str) -> bool | None:
        """Where the places of another list are, if that leaves no doubt."""
        if file not in self._files or _ending(file) not in _READERS:
            return None
        quiet = Report(file)
        sheet = self._sheet(file, quiet)
        table = read_places(sheet, "", quiet) if sheet else None
        if table is None or table.is_guess:
            return None
        return northern_ireland.by_points(place.point for place in table.places)


def _ending(file: str) -> str:
    return PurePosixPath(file).suffix.lower()

"""Finds what is hidden in an .ods, and how its numbers are shown (ISO/IEC 26300)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from wardblog.content.tables.workbook_layout import Layout, events_of, local_name, number_or

# No sheet is longer; a higher number is not a row's.
_LAST_ROW = 1_048_576
_HIDDEN = ("collapse", "filter")


def ods_layouts(files: Mapping[str, bytes]) -> dict[str, Layout]:
    """Return the layout of each sheet by its name; raises `ParseError`."""
    layouts: dict[str, Layout] = {}
    reader = _OdsReader(Layout())
    tags = ["{*}table", "{*}table-column", "{*}table-row", "{*}table-column-group",
            "{*}table-row-group"]  # fmt: skip
    for event, element in events_of(files["content.xml"], tags=tags):
        kind = local_name(element)
        if event == "start" and kind == "table":
            reader = _OdsReader(layouts.setdefault(_attribute(element, "name"), Layout()))
        elif kind.endswith(("row-group", "column-group")):
            is_hidden = _attribute(element, "display") == "false"
            reader.hidden_groups += is_hidden if event == "start" else -is_hidden
        elif event == "end" and kind == "table-column":
            reader.add_column(element)
        elif event == "end" and kind == "table-row":
            reader.add_row(element)
            element.clear()
    return layouts


class _OdsReader:
    """Follows the columns and rows of a sheet, some of which are repeated."""

    def __init__(self, layout: Layout) -> None:
        self.hidden_groups = 0
        self._layout = layout
        self._row = self._column = 0

    def add_column(self, element: Any) -> None:
        times = _times(element, "columns")
        if self._is_hidden(element):
            self._layout.hidden_columns.update(range(self._column, self._column + times))
        self._column += times

    def add_row(self, element: Any) -> None:
        times = _times(element, "rows")
        column = 0
        has_cells = False
        for cell in element.iterchildren("{*}table-cell", "{*}covered-table-cell"):
            width = _times(cell, "columns")
            if _attribute(cell, "value-type"):
                has_cells = True
                self._layout.extend(self._row + times - 1, column + width - 1)
                self._add_cell(cell, column, times, width)
            elif _attribute(cell, "formula"):
                self._layout.without_value += 1
            column += width
        if has_cells and self._is_hidden(element):
            self._layout.hidden_rows.update(range(self._row, self._row + times))
        self._row += times

    def _add_cell(self, cell: Any, column: int, height: int, width: int) -> None:
        spanned = number_or(_attribute(cell, "number-rows-spanned"), 1)
        if spanned > 1:
            self._layout.merged.append((self._row, self._row + spanned - 1, column))
        kind = _attribute(cell, "value-type")
        paragraphs = ["".join(p.itertext()) for p in cell.iterchildren("{*}p")]
        words = "\n".join(paragraphs)
        # One with an empty paragraph has a format that hides its value.
        is_own = (
            kind in ("percentage", "date", "time")
            or re.fullmatch(r"[^\d\s]*0\d+", words)
            or (paragraphs and not words)
        )
        if kind == "string" or not is_own or height * width > 10_000:
            return
        for row in range(self._row, self._row + height):
            for number in range(column, column + width):
                self._layout.shown[row, number] = words

    def _is_hidden(self, element: Any) -> bool:
        return self.hidden_groups > 0 or _attribute(element, "visibility") in _HIDDEN


def _times(element: Any, what: str) -> int:
    times = number_or(_attribute(element, f"number-{what}-repeated"), 1)
    return max(1, min(times, _LAST_ROW))


def _attribute(element: Any, name: str) -> str:
    return next((v for n, v in element.items() if n.rpartition("}")[2] == name), "")

"""Finds what is hidden in a spreadsheet, and how cells look that are not shown as their values.

The formats are ECMA-376 (.xlsx) and ISO/IEC 26300 (.ods).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any

from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex

DAMAGED = "this is not a spreadsheet, or it is damaged"
SAVE_AGAIN = "Open it, check that nothing is missing, and save it again, or save the list as CSV."
# Built-in number formats that show a percentage.
_PERCENT = {"9": "0%", "10": "0.00%"}
_PERCENT_CODE = late_regex(r"[#,]*0(?:\.(0+))?%")
_PADDED_CODE = late_regex(r'(?:"([^"]*)")?(0{2,})')
# No sheet is longer; a higher number is not a row's.
_LAST_ROW = 1_048_576
_HIDDEN = ("collapse", "filter")


@dataclass(slots=True, kw_only=True)
class Layout:
    """What a sheet's cells do not say; rows and columns count from 0.

    `shown` has the words of cells that do not look like their values, `merged` the first and last
    row and the column of cells that are merged over several rows. `height` and `width` are those
    of the area with cells that are not empty, and `without_value` counts the formulas that were
    never calculated.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    height: int = 0
    width: int = 0
    without_value: int = 0

    def extend(self, row: int, column: int) -> None:
        self.height, self.width = max(self.height, row + 1), max(self.width, column + 1)


def xlsx_layouts(files: Mapping[str, bytes]) -> dict[str, Layout]:
    """Return the layout of each worksheet by its name; raises `ParseError`."""
    book = next((t for t, kind in _links(files, "").values() if kind == "officeDocument"), "")
    links = _links(files, book)
    styles = next((target for target, kind in links.values() if kind == "styles"), "")
    codes = _number_formats(files.get(styles, b""))
    layouts = {}
    for sheet in _root(files.get(book, b"")).iter("{*}sheet"):
        number = next((v for n, v in sheet.items() if n.endswith("}id")), "")
        path, _ = links.get(number, ("", ""))
        if path in files:
            layouts[sheet.get("name", "")] = _xlsx_layout(files[path], codes)
    return layouts


def _links(files: Mapping[str, bytes], path: str) -> dict[str, tuple[str, str]]:
    """Return the parts that a part refers to, by identifier: the path and kind of each."""
    folder, _, name = path.rpartition("/")
    beside = f"{folder}/" if folder else ""
    return {
        link.get("Id", ""): (
            (target if target.startswith("/") else f"/{beside}{target}").lstrip("/"),
            link.get("Type", "").rpartition("/")[2],
        )
        for link in _root(files.get(f"{beside}_rels/{name}.rels", b"")).iter("{*}Relationship")
        if (target := link.get("Target", ""))
    }


def _number_formats(styles: bytes) -> list[str]:
    """Return the code of the number format of each style that a cell can have."""
    if not styles:
        return []
    root = _root(styles)
    codes = {f.get("numFmtId"): f.get("formatCode", "") for f in root.iter("{*}numFmt")}
    cells = root.find("{*}cellXfs")
    numbers = [style.get("numFmtId", "") for style in cells] if cells is not None else []
    return [codes.get(number) or _PERCENT.get(number, "") for number in numbers]


def _xlsx_layout(data: bytes, codes: list[str]) -> Layout:
    layout = Layout()
    row = -1
    for element in _elements(data, ("row", "col", "mergeCell")):
        kind = _local(element)
        if kind == "row":
            row = _number(element.get("r"), row + 2) - 1
            _add_row(layout, element, row, codes)
        elif kind == "col" and _is_hidden(element, "width"):
            first, last = _number(element.get("min"), 1), _number(element.get("max"), 1)
            layout.hidden_columns.update(range(first - 1, min(last, 16_384)))
        elif kind == "mergeCell":
            first_cell, _, last_cell = element.get("ref", "").partition(":")
            column = _column(first_cell)
            top, bottom = (_number(cell.lstrip("$ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 1) - 1
                           for cell in (first_cell, last_cell or first_cell))  # fmt: skip
            if top < bottom and column is not None:
                layout.merged.append((top, bottom, column))
    return layout


def _add_row(layout: Layout, element: Any, row: int, codes: list[str]) -> None:
    column = last = -1
    for cell in element:
        found = _column(cell.get("r", ""))
        column = column + 1 if found is None else found
        parts = {part.tag.rpartition("}")[2]: part.text for part in cell}
        value, kind = parts.get("v"), cell.get("t", "n")
        if not value:
            # A formula whose result is an empty text has "str" for its kind.
            layout.without_value += "f" in parts and kind != "str"
            if "is" not in parts:
                continue
        last = max(last, column)
        style = _number(cell.get("s"), 0)
        code = codes[style] if kind == "n" and style < len(codes) else ""
        if value and code and (words := _in_format(value, code)):
            layout.shown[row, column] = words
    if last >= 0:
        layout.extend(row, last)
        if _is_hidden(element, "ht"):
            layout.hidden_rows.add(row)


def _is_hidden(element: Any, size: str) -> bool:
    is_flagged = element.get("hidden", "") in ("1", "true")
    return is_flagged or re.fullmatch(r"0(\.0*)?", element.get(size, "")) is not None


def _in_format(value: str, code: str) -> str:
    """Return a number as a percentage or with leading zeros; "" for other formats."""
    code = code.split(";")[0]
    try:
        number = float(value)
        if found := _PERCENT_CODE.fullmatch(code):
            return f"{number * 100:.{len(found[1] or '')}f}%"
        if (found := _PADDED_CODE.fullmatch(code)) and number >= 0:
            return f"{found[1] or ''}{number:0{len(found[2])}.0f}"
    except (OverflowError, ValueError):
        pass
    return ""


def ods_layouts(files: Mapping[str, bytes]) -> dict[str, Layout]:
    """Return the layout of each sheet by its name; raises `ParseError`."""
    layouts: dict[str, Layout] = {}
    reader = _OdsReader(Layout())
    tags = ["{*}table", "{*}table-column", "{*}table-row", "{*}table-column-group",
            "{*}table-row-group"]  # fmt: skip
    for event, element in _events(files["content.xml"], tags=tags):
        kind = _local(element)
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
        spanned = _number(_attribute(cell, "number-rows-spanned"), 1)
        if spanned > 1:
            self._layout.merged.append((self._row, self._row + spanned - 1, column))
        kind = _attribute(cell, "value-type")
        words = "\n".join("".join(p.itertext()) for p in cell.iterchildren("{*}p"))
        is_own = kind in ("percentage", "date", "time") or re.fullmatch(r"[^\d\s]*0\d+", words)
        if kind == "string" or not is_own or height * width > 10_000:
            return
        for row in range(self._row, self._row + height):
            for number in range(column, column + width):
                self._layout.shown[row, number] = words

    def _is_hidden(self, element: Any) -> bool:
        return self.hidden_groups > 0 or _attribute(element, "visibility") in _HIDDEN


def _times(element: Any, what: str) -> int:
    times = _number(_attribute(element, f"number-{what}-repeated"), 1)
    return max(1, min(times, _LAST_ROW))


def _attribute(element: Any, name: str) -> str:
    return next((v for n, v in element.items() if n.rpartition("}")[2] == name), "")


def _number(written: str | None, otherwise: int) -> int:
    is_number = written is not None and written.isdecimal() and len(written) < 9
    return int(written) if written is not None and is_number else otherwise


def _column(reference: str) -> int | None:
    """Return the column, from 0, of a reference such as "C7"; None if there is none."""
    letters = reference.rstrip("0123456789").strip("$")
    return _number_of(letters) if letters else None


@cache
def _number_of(letters: str) -> int:
    number = 0
    for letter in letters[:3]:
        number = number * 26 + ord(letter) - 64
    return max(number - 1, 0)


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _elements(data: bytes, names: tuple[str, ...]) -> Iterator[Any]:
    """The elements with these names, each when it is complete; it is emptied afterwards."""
    for _, element in _events(data, ("end",), [f"{{*}}{name}" for name in names]):
        yield element
        element.clear()


def _events(
    data: bytes, events: tuple[str, ...] = ("start", "end"), tags: list[str] | None = None
) -> Iterator[tuple[str, Any]]:
    # late import: see docs/architecture.md
    from lxml import etree

    try:
        yield from etree.iterparse(
            BytesIO(data), events=events, tag=tags, resolve_entities=False, no_network=True,
            load_dtd=False, huge_tree=False,
        )  # fmt: skip
    except etree.XMLSyntaxError:
        raise ParseError(DAMAGED, SAVE_AGAIN) from None


def _root(data: bytes) -> Any:
    root = None
    for event, element in _events(data):
        if event == "start" and root is None:
            root = element
    if root is None:
        raise ParseError(DAMAGED, SAVE_AGAIN)
    return root

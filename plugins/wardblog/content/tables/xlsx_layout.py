"""Finds what is hidden in an .xlsx, and how its numbers are shown (ECMA-376)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from wardblog.content.tables.workbook_layout import (
    Layout,
    elements,
    local_name,
    number_or,
    root_of,
)
from wardblog.support.late_regex import late_regex

# Built-in number formats that show a percentage.
_PERCENT = {"9": "0%", "10": "0.00%"}
_PERCENT_CODE = late_regex(r"[#,]*0(?:\.(0+))?%")
_PADDED_CODE = late_regex(r'(?:"([^"]*)")?(0{2,})')


def xlsx_layouts(files: Mapping[str, bytes]) -> dict[str, Layout]:
    """Return the layout of each worksheet by its name; raises `ParseError`."""
    book = next((t for t, kind in _links(files, "").values() if kind == "officeDocument"), "")
    links = _links(files, book)
    styles = next((target for target, kind in links.values() if kind == "styles"), "")
    codes = _number_formats(files.get(styles, b""))
    layouts = {}
    for sheet in root_of(files.get(book, b"")).iter("{*}sheet"):
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
        for link in root_of(files.get(f"{beside}_rels/{name}.rels", b"")).iter("{*}Relationship")
        if (target := link.get("Target", ""))
    }


def _number_formats(styles: bytes) -> list[str]:
    """Return the code of the number format of each style that a cell can have."""
    if not styles:
        return []
    root = root_of(styles)
    codes = {f.get("numFmtId"): f.get("formatCode", "") for f in root.iter("{*}numFmt")}
    cells = root.find("{*}cellXfs")
    numbers = [style.get("numFmtId", "") for style in cells] if cells is not None else []
    return [codes.get(number) or _PERCENT.get(number, "") for number in numbers]


def _xlsx_layout(data: bytes, codes: list[str]) -> Layout:
    layout = Layout()
    row = -1
    for element in elements(data, ("row", "col", "mergeCell")):
        kind = local_name(element)
        if kind == "row":
            row = number_or(element.get("r"), row + 2) - 1
            _add_row(layout, element, row, codes)
        elif kind == "col" and _is_hidden(element, "width"):
            first, last = number_or(element.get("min"), 1), number_or(element.get("max"), 1)
            layout.hidden_columns.update(range(first - 1, min(last, 16_384)))
        elif kind == "mergeCell":
            first_cell, _, last_cell = element.get("ref", "").partition(":")
            column = _column(first_cell)
            top, bottom = (number_or(cell.lstrip("$ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 1) - 1
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
        style = number_or(cell.get("s"), 0)
        code = codes[style] if style < len(codes) else ""
        if code and (words := _in_format(value or "", code, kind)) is not None:
            layout.shown[row, column] = words
    if last >= 0:
        layout.extend(row, last)
        if _is_hidden(element, "ht"):
            layout.hidden_rows.add(row)


def _is_hidden(element: Any, size: str) -> bool:
    is_flagged = element.get("hidden", "") in ("1", "true")
    return is_flagged or re.fullmatch(r"0(\.0*)?", element.get(size, "")) is not None


def _in_format(value: str, code: str, kind: str) -> str | None:
    """Return the words of a cell whose number format matters, else None.

    It matters for percentages and leading zeros; an empty one (";;;") hides whatever is there.
    """
    code = code.replace(" ", "")
    if code.startswith(";;"):
        return ""
    code = code.split(";")[0]
    try:
        number = float(value) if kind == "n" else -1.0
    except ValueError:
        return None
    if found := _PERCENT_CODE.fullmatch(code):
        return f"{number * 100:.{len(found[1] or '')}f}%" if kind == "n" else None
    if (found := _PADDED_CODE.fullmatch(code)) and number >= 0:
        return f"{found[1] or ''}{number:0{len(found[2])}.0f}"
    return None


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

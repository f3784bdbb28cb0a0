"""Inspects Word, Excel, PowerPoint and OpenDocument files, with comments, notes and hidden sheets.

The formats are ECMA-376 (Microsoft) and ISO/IEC 26300 (OpenDocument).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wardblog.content.inspection.archives import (
    Archive,
    Inspect,
    inspect_member,
    loose_words,
    open_archive,
)
from wardblog.content.inspection.findings import FileToInspect, Findings, InspectionError
from wardblog.content.inspection.people import People
from wardblog.support.late_regex import late_regex

# Elements that end a line, and elements that are followed by a space.
_LINES = frozenset(("p", "h", "si", "row", "tr", "table-row", "comment", "br", "line-break", "cr"))
_GAPS = frozenset(("tab", "s", "c", "tc", "table-cell", "ptab"))
# Attributes with text that people wrote.
_WORDS = frozenset(
    ("author", "creator", "descr", "description", "displayName", "href", "initials", "name",
     "lastModifiedBy", "prompt", "promptTitle", "string-value", "Target", "title", "tooltip",
     "userId", "userName", "v", "val", "value")
)  # fmt: skip
_ADDRESS = late_regex(r"^(?:mailto|tel|https?):", re.IGNORECASE)
_XML = (".xml", ".rels", ".vml", ".rdf")
# Parts without text, and drawings with text in them.
_PASSED_OVER = ("mimetype", "layout-cache", ".odttf", ".fntdata", ".ttf", ".otf")
_DRAWN = (".emf", ".wmf", ".svm")
_PRINTER = late_regex(r"xl/printerSettings/|docProps/thumbnail|customXml/item\d+\.bin")
# A mobile number that was stored as a number, without its leading zero.
_MOBILE = late_regex(r"7[1-9]\d{8}")


def inspect_office(source: FileToInspect, findings: Findings, inspect: Inspect) -> None:
    """Inspect a document.

    Raises `InspectionError` if it is damaged, encrypted, or contains macros or embedded data.
    """
    with open_archive(source, findings) as archive:
        names = list(archive.members())
        if not {"[Content_Types].xml", "content.xml"} & set(names):
            raise InspectionError("is not an office document, although its name says so")
        shared = _shared(archive, names)
        for name in names:
            if name.lower().endswith(_XML):
                _inspect_part(_parsed(archive.read(name)), shared, findings)
            elif name.lower().endswith(_DRAWN) or _PRINTER.search(name):
                findings.add(loose_words(archive.read(name)))
            elif not name.lower().endswith(_PASSED_OVER):
                inspect_member(archive, name, source, findings, inspect)


def _shared(archive: Archive, names: list[str]) -> list[str]:
    """Return the shared strings of a workbook, which its cells refer to by index."""
    name = "xl/sharedStrings.xml"
    root = _parsed(archive.read(name)) if name in names else None
    return [] if root is None else ["".join(_runs(one)).strip() for one in root]


def _parsed(data: bytes) -> Any:
    """Return a part as a tree; None if it is empty."""
    if not data.strip():
        return None
    # late import: see docs/architecture.md
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise InspectionError("is damaged, so it cannot be inspected") from None


def _inspect_part(root: Any, shared: list[str], findings: Findings) -> None:
    if root is None:
        return
    is_sheet = _local(root) == "worksheet"
    text = "\n\n".join(_rows(root, shared)) if is_sheet else "".join(_runs(root))
    findings.add(text)
    findings.add("\n".join(_attribute_text(root)))
    for table in (root,) if is_sheet else root.iter("{*}tbl", "{*}table"):
        people = People()
        for row in _table(table, shared):
            people.add(row)
        findings.add_table(people)


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _runs(root: Any) -> Iterator[str]:
    """The text of a part; words that are split into several runs are joined."""
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event != "end":
            yield element.text or ""
        if event == "start":
            continue
        if event == "end":
            name = _local(element)
            if name == "si":
                yield "\n\n"  # each shared string belongs to a different cell
            elif name in _LINES or (len(element) == 0 and _is_property(element)):
                yield "\n"
            elif name in _GAPS:
                yield " "
        yield element.tail or ""


def _is_property(element: Any) -> bool:
    """Whether an element is a property of the document, such as its author."""
    parent = element.getparent()
    return parent is not None and _local(parent) in ("coreProperties", "Properties", "meta")


def _rows(sheet: Any, shared: list[str]) -> Iterator[str]:
    """The rows of a worksheet as lines of text, then its other parts."""
    for row in sheet.iter("{*}row"):
        cells = (_cell(cell, shared) for cell in row.iter("{*}c"))
        yield ", ".join(filter(None, cells))
    for part in sheet:
        if _local(part) != "sheetData":
            yield "".join(_runs(part))


def _table(table: Any, shared: list[str]) -> Iterator[list[str]]:
    """The rows of a worksheet, or of a table in a document, each cell in its column."""
    for row in table.iter("{*}row", "{*}table-row", "{*}tr"):
        cells: list[str] = []
        for cell in row.iterchildren("{*}c", "{*}tc", "{*}table-cell"):
            cells += [""] * (_column(cell.get("r", "")) - len(cells))
            is_sheet = _local(cell) == "c"
            words = _cell(cell, shared) if is_sheet else " ".join("".join(_runs(cell)).split())
            cells += [words] * _times(cell)
        yield cells


def _times(cell: Any) -> int:
    """How often an OpenDocument cell is repeated, at most 100: rows end in very many empty ones."""
    times = next((v for n, v in cell.items() if n.endswith("number-columns-repeated")), "1")
    return min(int(times), 100) if times.isdecimal() else 1


def _column(reference: str) -> int:
    """Return the column index, from 0, of a reference such as "C7"; 0 if there is none."""
    number = 0
    for letter in reference.rstrip("0123456789").upper()[:3]:
        number = number * 26 + ord(letter) - 64
    return max(number - 1, 0)


def _cell(cell: Any, shared: list[str]) -> str:
    kind, value = cell.get("t", "n"), cell.findtext("{*}v") or ""
    if kind == "s" and value.isdecimal() and int(value) < len(shared):
        return shared[int(value)]
    if kind == "inlineStr":
        return "".join(_runs(cell)).strip()
    formula = cell.findtext("{*}f") or ""
    words = f"0{value}" if kind == "n" and _MOBILE.fullmatch(value) else value
    return f"{words} {formula}".strip()


def _attribute_text(root: Any) -> Iterator[str]:
    """Text and links in attributes: authors, descriptions of pictures, targets of links."""
    for element in root.iter("*"):
        for name, value in element.attrib.items():
            local = name.rpartition("}")[2]
            if "@" in value or _ADDRESS.match(value) or local in _WORDS:
                yield value

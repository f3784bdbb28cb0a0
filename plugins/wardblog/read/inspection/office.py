"""Documents of word processors, spreadsheet and presentation programs: all their words.

That is the text of each part, comments, notes and hidden sheets included, and who wrote it
(ECMA-376 for Microsoft's, ISO/IEC 26300 for OpenDocument).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wardblog.read.inspection.gathered import Gathered, Given, Unread
from wardblog.read.inspection.packed import Archive, Inspect, inspect_member, opened

# After these a new line begins, and after those there is at least a space.
_LINES = frozenset(("p", "h", "si", "row", "tr", "table-row", "comment", "br", "line-break", "cr"))
_GAPS = frozenset(("tab", "s", "c", "tc", "table-cell", "ptab"))
# Attributes that hold words of people.
_WORDS = frozenset(
    ("author", "creator", "descr", "description", "displayName", "href", "initials", "name",
     "lastModifiedBy", "Target", "title", "tooltip", "userId", "userName")
)  # fmt: skip
_ADDRESS = re.compile(r"^(?:mailto|tel|https?):", re.IGNORECASE)
_XML = (".xml", ".rels", ".vml", ".rdf")
# What programs keep for themselves, and what only draws.
_PASSED_OVER = (
    "mimetype",
    "layout-cache",
    ".emf",
    ".wmf",
    ".svm",
    ".odttf",
    ".fntdata",
    ".ttf",
    ".otf",
)
_PRINTER = re.compile(r"xl/printerSettings/|docProps/thumbnail|customXml/item\d+\.bin")
# A mobile number that was kept as a figure, without its nought.
_MOBILE = re.compile(r"7[1-9]\d{8}")


def inspect_office(given: Given, gathered: Gathered, inspect: Inspect) -> None:
    """Raises `Unread` for what is damaged, locked, or has macros or other programs' data in it."""
    with opened(given, gathered) as archive:
        names = list(archive.members())
        if not {"[Content_Types].xml", "content.xml"} & set(names):
            raise Unread("is not the document that its name says it is")
        shared = _shared(archive, names)
        for name in names:
            if name.lower().endswith(_XML):
                _inspect_part(_parsed(archive.read(name)), shared, gathered)
            elif not (name.lower().endswith(_PASSED_OVER) or _PRINTER.search(name)):
                inspect_member(archive, name, given, gathered, inspect)


def _shared(archive: Archive, names: list[str]) -> list[str]:
    """The words that the cells of a workbook name by their number."""
    name = "xl/sharedStrings.xml"
    root = _parsed(archive.read(name)) if name in names else None
    return [] if root is None else ["".join(_runs(one)).strip() for one in root]


def _parsed(data: bytes) -> Any:
    """The part as a tree; None for one without anything in it."""
    if not data.strip():
        return None
    # late import: most runs find all documents as they were
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unread("is damaged, so it cannot be inspected") from None


def _inspect_part(root: Any, shared: list[str], gathered: Gathered) -> None:
    if root is None:
        return
    is_sheet = _local(root) == "worksheet"
    text = "\n".join(_rows(root, shared)) if is_sheet else "".join(_runs(root))
    gathered.add(text)
    gathered.add("\n".join(_said(root)))


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _runs(root: Any) -> Iterator[str]:
    """The text of a part; words that a program cut into pieces are whole again."""
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event != "end":
            yield element.text or ""
        if event == "start":
            continue
        if event == "end":
            name = _local(element)
            if name in _LINES or (len(element) == 0 and _is_property(element)):
                yield "\n"
            elif name in _GAPS:
                yield " "
        yield element.tail or ""


def _is_property(element: Any) -> bool:
    """Whether an element is one of the properties of the document, such as its author."""
    parent = element.getparent()
    return parent is not None and _local(parent) in ("coreProperties", "Properties", "meta")


def _rows(sheet: Any, shared: list[str]) -> Iterator[str]:
    """The rows of a worksheet, as they would be in a CSV file."""
    for row in sheet.iter("{*}row"):
        cells = (_cell(cell, shared) for cell in row.iter("{*}c"))
        yield ", ".join(filter(None, cells))
    for part in sheet:
        if _local(part) != "sheetData":
            yield "".join(_runs(part))


def _cell(cell: Any, shared: list[str]) -> str:
    kind, value = cell.get("t", "n"), cell.findtext("{*}v") or ""
    if kind == "s" and value.isdecimal() and int(value) < len(shared):
        return shared[int(value)]
    if kind == "inlineStr":
        return "".join(_runs(cell)).strip()
    formula = cell.findtext("{*}f") or ""
    words = f"0{value}" if kind == "n" and _MOBILE.fullmatch(value) else value
    return f"{words} {formula}".strip()


def _said(root: Any) -> Iterator[str]:
    """Words and addresses in attributes: authors, descriptions of pictures, where links lead."""
    for element in root.iter("*"):
        for name, value in element.attrib.items():
            local = name.rpartition("}")[2]
            if "@" in value or _ADDRESS.match(value) or (local in _WORDS and " " in value):
                yield value

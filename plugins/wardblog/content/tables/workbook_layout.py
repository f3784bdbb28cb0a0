"""What a spreadsheet's cells do not say: what is hidden, and how some are shown; reads its XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from io import BytesIO
from typing import Any

from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass

DAMAGED = "this is not a spreadsheet, or it is damaged"
SAVE_AGAIN = "Open it, check that nothing is missing, and save it again, or save the list as CSV."


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


def number_or(written: str | None, otherwise: int) -> int:
    is_number = written is not None and written.isdecimal() and len(written) < 9
    return int(written) if written is not None and is_number else otherwise


def local_name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def elements(data: bytes, names: tuple[str, ...]) -> Iterator[Any]:
    """The elements with these names, each when it is complete; it is emptied afterwards."""
    for _, element in events_of(data, ("end",), [f"{{*}}{name}" for name in names]):
        yield element
        element.clear()


def events_of(
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


def root_of(data: bytes) -> Any:
    root = None
    for event, element in events_of(data):
        if event == "start" and root is None:
            root = element
    if root is None:
        raise ParseError(DAMAGED, SAVE_AGAIN)
    return root

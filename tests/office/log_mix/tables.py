"""Reads the tables of programs beside this module, which are too long to be code."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Row = TypeVar("Row")


def rows_of(row: type[Row], name: str, **read: Callable[[str], object]) -> tuple[Row, ...]:
    """Return the rows of the only table in a TOML file, as values of a dataclass.

    Lists become tuples. `read` says for a field what to make of its text, or of each in a list.
    """
    (table,) = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8")).values()
    return tuple(
        row(**{field: _value(value, read.get(field)) for field, value in fields.items()})
        for fields in table
    )


def _value(value: object, read: Callable[[str], object] | None) -> object:
    if isinstance(value, list):
        return tuple(_value(item, read) for item in value)
    return read(str(value)) if read else value

"""What is asked about a ward, and what was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import TypeVar

from wardblog.problems import CommandError, display_path
from wardblog.report import ParseError
from wardblog.sources.map_rows import MapRow, NamedPlace
from wardblog.sources.ward_outline import WardOutline, ward_outline
from wardblog.support.late_dataclass import dataclass

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True, kw_only=True)
class WardRequest:
    """Which ward: a postcode, a code or a name as written; or `outline`, the file there is.

    `code`, `name` and `council` choose a ward in that file. `year` is today's, for the
    attributions.
    """

    year: int
    postcode: str = ""
    code: str = ""
    name: str = ""
    council: str = ""
    outline: str = ""


@dataclass(slots=True, kw_only=True)
class WardData:
    """What was found. A part that was not looked for is empty.

    `kinds` are those of the gazetteer that were looked for, and `notes` are for the councillor.
    """

    outline: WardOutline
    rows: list[MapRow] = field(default_factory=list)
    places: list[NamedPlace] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    map_credits: tuple[str, ...] = ()
    name_credits: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)


def outline_of(request: WardRequest) -> WardOutline:
    """Read the ward in the file of the request; raises `ParseError`."""
    return ward_outline(request.outline, request.code, request.name, request.council)


def plainly(read: Callable[[], _Read], path: Path | None = None) -> _Read:
    """Read something; a `ParseError` becomes a `CommandError`, with the name of the file."""
    try:
        return read()
    except ParseError as error:
        line = f":{error.line}" if error.line else ""
        where = f"{display_path(path)}{line}: " if path else ""
        message = f"{where}{error.message}"
        raise CommandError(
            f"{message[0].upper()}{message[1:]}" if not path else message, error.hint
        ) from None

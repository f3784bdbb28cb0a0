"""What a source gives: tables for data sets, meetings for a page, and applications for drafts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from wardblog.model import DataSource, Event, Site
from wardblog.sources.fetch import Fetcher
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedTable:
    """A data set: the same columns and rows always give the same file, byte for byte.

    It becomes `content/data/<stem>.csv`. `columns` are our own names, `rows` have as many plain
    values each, in an order that does not depend on that of the answer. `has_places` is whether the
    columns `lat` and `lon` hold positions (WGS84, degrees); a table without is shown as a table.
    `attribution` is what the licence asks for, word for word.
    """

    stem: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str
    source_url: str
    licence: str = ""
    attribution: str = ""
    has_places: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A planning application, with nothing about any person.

    `link` is its page at the council, `closes` the last day for comments if the source says so,
    `is_large` whether the source calls it large, and `lat` and `lon` are in degrees (WGS84).
    """

    reference: str
    address: str
    description: str
    state: str
    kind: str = ""
    received: date | None = None
    decided: date | None = None
    closes: date | None = None
    link: str = ""
    is_large: bool = False
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What one source gave, cut to the ward. `left_out` are sentences about what was dropped."""

    tables: tuple[FetchedTable, ...] = ()
    meetings: tuple[Event, ...] = ()
    applications: tuple[Application, ...] = ()
    left_out: tuple[str, ...] = ()


class SourceModule(Protocol):
    """The two functions of a module of this room; `kinds.py` lists them."""

    def fetch(
        self, source: DataSource, site: Site, today: date, fetcher: Fetcher
    ) -> tuple[bytes, ...]:
        """Ask the service; return its raw answers. Raises `FetchError` with a plain sentence."""
        ...

    def read(
        self, answers: Sequence[bytes], source: DataSource, site: Site, today: date
    ) -> Fetched:
        """Turn raw answers into rows; pure. Raises `ParseError` for anything else."""
        ...

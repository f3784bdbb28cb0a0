"""The sources of data about the ward, and how casework is kept, as set in ward.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSource:
    """One [[source]] of ward.toml.

    `kind` is what is written after `from`, such as `planit`. `issue` is the slug of the issue that
    its data belongs to, or "" for meetings without one. `url` is the address of the council's
    service, feed or file, where the kind needs one. `committees` are the names of the committees
    whose meetings are wanted; all of them if there are none. `lines` are the lines of its keys, and
    `line` is that of its heading.
    """

    kind: str
    issue: str = ""
    url: str = ""
    committees: tuple[str, ...] = ()
    jurisdiction: str = ""
    line: int = 1
    lines: Mapping[str, int] = field(default_factory=dict, hash=False)

    def line_of(self, key: str) -> int:
        """The line of a key, or that of the heading."""
        return self.lines.get(key, self.line)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseworkSettings:
    """[casework] in ward.toml.

    `answer_within` is the number of working days in which a new case is due, `silent_after` the
    number of days after which a case without news is listed, and `keep_months` for how many months
    closed cases are kept; 0 is for ever. `nation` is the part of the United Kingdom whose bank
    holidays count: ENG, WLS, SCT or NIR.
    """

    answer_within: int = 10
    silent_after: int = 14
    keep_months: int = 0
    nation: str = "ENG"

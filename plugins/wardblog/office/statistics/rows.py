"""What the readers of all formats give of a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from wardblog.support.late_dataclass import dataclass

# The length of the line, the address of the visitor, the second since 1970, the method, what was
# asked for with its query, the status, the referrer and the User-Agent. All but the two numbers are
# bytes as in the log. In a line that is broken, the method is empty and the second -1. The
# User-Agent is empty if the format has none, and `-` if the visitor sent none.
Row = tuple[int, bytes, int, bytes, bytes, bytes, bytes, bytes]
NOT_SENT = b"-"
Blocks = Iterable[list[bytes]]


def broken(length: int) -> Row:
    return (length, b"", -1, b"", b"", b"", b"", b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the lines of one file are read.

    `is_in_order` says that lines are written when they happen; stores of cloud providers write
    some of them hours later. `has_agents` is whether there are referrers and User-Agents.
    """

    name: str
    rows: Callable[[Blocks], Iterator[Row]]
    is_in_order: bool = True
    has_agents: bool = True

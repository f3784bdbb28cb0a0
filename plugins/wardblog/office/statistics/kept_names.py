"""Names that anybody can make up, of which only so many are kept."""

from __future__ import annotations

from collections.abc import Iterable

OTHER = "(other)"


class KeptNames:
    """The names that are kept: those that came first. All others are together one."""

    def __init__(self, most: int, known: Iterable[str] = ()) -> None:
        """`known` are kept in any case."""
        self._most = most
        self._names = {*known} - {OTHER}

    def kept(self, name: str, most: int | None = None) -> str:
        """The name, or `OTHER` if there are too many; a smaller `most` leaves room for better."""
        if name not in self._names:
            if len(self._names) >= (self._most if most is None else most):
                return OTHER
            self._names.add(name)
        return name

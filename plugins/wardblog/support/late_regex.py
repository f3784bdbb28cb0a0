"""Regular expressions that are compiled when they are first used, since most runs use only some."""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast

_METHODS = (
    "finditer",
    "findall",
    "flags",
    "fullmatch",
    "groupindex",
    "groups",
    "match",
    "scanner",
    "search",
    "split",
    "sub",
    "subn",
)


def late_regex(pattern: AnyStr, flags: re.RegexFlag | int = 0) -> re.Pattern[AnyStr]:
    """Return what behaves as `re.compile(pattern, flags)` does, but is compiled at its first use.

    An error in the pattern is raised then; a test compiles all patterns of the project.
    """
    return cast("re.Pattern[AnyStr]", _LateRegex(pattern, flags))


class _LateRegex(Generic[AnyStr]):
    """The methods of a compiled pattern, each in a slot that is empty until one of them is used."""

    __slots__ = ("_flags", "pattern", *_METHODS)

    def __init__(self, pattern: AnyStr, flags: re.RegexFlag | int) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern and fill the slots; later uses find the methods there."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)

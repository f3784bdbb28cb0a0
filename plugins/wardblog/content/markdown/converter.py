"""Markdown that starts quickly, and does nothing that a text has no sign of.

It imports no more of its extensions than a text needs. Some of the library's patterns begin with a
look-behind or an alternative, so Python's `re` tries them at each character. A search for the sign
that each match must have takes a fraction of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.extra import extensions as of_extra

from wardblog.content.markdown.lenient.typed import SIGN, SIGNS_OF_AN_ADDRESS

_OWN = "markdown.extensions."
# These import Pygments, and with it the metadata of all installed packages.
_FOR_CODE = frozenset((f"{_OWN}codehilite", f"{_OWN}fenced_code"))
# Without any of these a text has no block of code.
_SIGNS_OF_CODE = ("```", "~~~", "    ", "\t", "<pre", "<code")
# Patterns as the library writes them, with signs of which every match has at least one. A pattern
# that a later version writes in another way is used as it is.
SIGNS: Mapping[str, tuple[str, ...]] = {
    r"(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)`)": ("`",),
    r"(?<!\!)\[": ("[",),
    r"(^|\n)[ ]{0,3}>[ ]?(.*)": (">",),
    r"(^|\n)[ ]{0,3}:[ ]{1,3}(.*?)(\n|$)": (": ",),
    r"(?:^|\n)(?P<level>#{1,6})(?P<header>(?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)": ("#",),
    r"^.*?\n(?:=+|-+)[ ]*(\n|$)": ("\n=", "\n-"),
    SIGN: SIGNS_OF_AN_ADDRESS,
}


def may_have_code(text: str) -> bool:
    return any(sign in text for sign in _SIGNS_OF_CODE)


class Converter(Markdown):
    """The library's converter, without its search for extensions of other packages."""

    def build_extension(self, ext_name: str, configs: Mapping[str, Any]) -> Extension:
        """Import an extension that is named by its module; the library looks for any other."""
        name = _full(ext_name)
        if not name.startswith(_OWN) or ":" in name:
            return super().build_extension(ext_name, configs)
        extension: Extension = import_module(name).makeExtension(**configs)
        return extension


class ConverterWithoutCode(Converter):
    """The same for texts without blocks of code: it leaves out what only these need."""

    def build_extension(self, ext_name: str, configs: Mapping[str, Any]) -> Extension:
        if _full(ext_name) in _FOR_CODE:
            return _NoExtension()
        return super().build_extension(ext_name, configs)


class _NoExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's own name
        """Leave the converter as it is."""


def _full(name: str) -> str:
    return f"{_OWN}{name}" if name in of_extra else name


class QuickPattern:
    """A compiled pattern that is only tried on texts with one of its signs."""

    def __init__(self, pattern: re.Pattern[str], signs: tuple[str, ...]) -> None:
        self._pattern, self._signs = pattern, signs

    def _may_match(self, text: str) -> bool:
        return any(sign in text for sign in self._signs)

    def search(self, text: str) -> re.Match[str] | None:
        return self._pattern.search(text) if self._may_match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self._pattern.match(text) if self._may_match(text) else None

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        return self._pattern.finditer(text, start) if self._may_match(text) else iter(())


def quicken(converter: Markdown) -> None:
    """Put the sign before each of a converter's patterns that has one."""
    for inline in converter.inlinePatterns:
        _quicken(inline, "compiled_re", getattr(inline, "pattern", ""))
    for block in converter.parser.blockprocessors:
        expression = getattr(block, "RE", None)
        if isinstance(expression, re.Pattern):
            _quicken(block, "RE", expression.pattern)


def _quicken(processor: Any, name: str, written: str) -> None:
    if signs := SIGNS.get(written):
        setattr(processor, name, QuickPattern(getattr(processor, name), signs))

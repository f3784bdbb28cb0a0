"""Markdown that imports no more of its extensions than a text needs, so that it starts quickly."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.extra import extensions as of_extra

_OWN = "markdown.extensions."
# These import Pygments, and with it the metadata of all installed packages.
_FOR_CODE = frozenset((f"{_OWN}codehilite", f"{_OWN}fenced_code"))
# Without any of these a text has no block of code.
_SIGNS_OF_CODE = ("```", "~~~", "    ", "\t", "<pre", "<code")


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

"""What a view gives: files as bytes, and pages as a template with its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """A finished file; `path` is from the output folder on."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """A page for a template of the theme; `address` is its folder, `""` for home."""

    path: str
    address: str
    template: str
    values: Mapping[str, object]

"""What a view gives: files as bytes, pages as a template with its values, cards to draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardblog.figures import Card


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


Output = File | Page | Card

"""Reads the ward's boundary, base map and gazetteer, each from a file named in the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from wardblog.content import time_limit
from wardblog.content.files import SETTINGS_FILE as FILE
from wardblog.content.files import nearest_file, on_disk
from wardblog.content.markdown.html_links import resolve
from wardblog.content.settings import Settings
from wardblog.model import BaseMap, Gazetteer
from wardblog.model.gazetteer import NO_GAZETTEER
from wardblog.places import northern_ireland
from wardblog.places.base_map import read_base_map
from wardblog.places.boundary import Outline, UnknownWardError, read_outline
from wardblog.places.gazetteer import read_gazetteer
from wardblog.problems import Problem
from wardblog.report import ParseError, Report
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import read_utf8

_Read = TypeVar("_Read")
# Shorter outlines are quick to repair, however often they cross themselves.
_LARGE = 20_000
# A file of this many characters may take twice as long as a short one.
_VERY_LONG = 20_000_000


@dataclass(frozen=True, slots=True)
class BaseLayers:
    """What the settings name; `in_ireland` is whether the ward is in Northern Ireland, if known."""

    outline: Outline | None
    base: BaseMap | None
    gazetteer: Gazetteer
    in_ireland: bool | None


def read_base_layers(
    content: Path, settings: Settings, files: frozenset[str]
) -> tuple[BaseLayers, list[Problem]]:
    """Read the boundary, the base map and the gazetteer, and return them with their problems."""
    ward = Report(FILE)
    in_ireland = northern_ireland.by_code(settings.code)
    if in_ireland is None:
        in_ireland = northern_ireland.by_council(settings.council)
    code_line = settings.code_line if settings.code else settings.boundary_line
    outline, found = _read(
        content, files, settings.boundary, settings.boundary_line, ward, code_line,
        lambda text, _: _credited(_outline(text, settings, in_ireland), settings),
    )  # fmt: skip
    if outline:
        in_ireland = northern_ireland.by_boundary(outline.boundary)
    base, more = _read(
        content, files, settings.base, settings.base_line, ward, settings.base_line,
        lambda text, own: read_base_map(text, outline, settings.base_attribution, own, in_ireland),
    )  # fmt: skip
    gazetteer, others = _read(
        content, files, settings.gazetteer, settings.gazetteer_line, ward, settings.gazetteer_line,
        lambda text, own: read_gazetteer(text, settings.gazetteer_attribution, own),
    )  # fmt: skip
    layers = BaseLayers(outline, base, gazetteer or NO_GAZETTEER, in_ireland)
    return layers, [*found, *more, *others, *ward.problems]


def _outline(text: str, settings: Settings, in_ireland: bool | None) -> Outline:
    return read_outline(text, settings.code, settings.ward_name, in_ireland, settings.council)


def _credited(outline: Outline, settings: Settings) -> Outline:
    """Return the outline with the attribution from the settings, if there is one."""
    if not settings.boundary_attribution:
        return outline
    words = settings.boundary_attribution
    return replace(outline, boundary=replace(outline.boundary, attribution=words))


def _read(
    content: Path,
    files: frozenset[str],
    written: str,
    line: int,
    ward: Report,
    code_line: int,
    read: Callable[[str, Report], _Read],
) -> tuple[_Read | None, list[Problem]]:
    """Read with `read` the file that is named on this line of ward.toml."""
    if not written:
        return None, []
    file = resolve(written, FILE)
    if file not in files:
        best = nearest_file(file, files)
        guess = f'Did you mean "{best}"?' if best else "Put it in the folder {content}/data."
        ward.stop(line, f'there is no file called "{written}"', guess)
        return None, []
    own = Report(file)
    text = read_utf8(on_disk(content, file), own)
    if text is None:
        return None, own.problems
    # All wards of the country, with their detail, are a hundred million characters.
    seconds = time_limit.LIST_SECONDS * (1 + len(text) / _VERY_LONG)
    hint, is_large = time_limit.SHORTEN_SHAPE, len(text) > _LARGE
    try:
        found = time_limit.run_reported(own, seconds, hint, partial(read, text), isolated=is_large)
        return found, own.problems
    except UnknownWardError as unknown:
        ward.stop(code_line, unknown.message, unknown.hint)
    except ParseError as error:
        own.parse_error(error)
    return None, own.problems

"""Copies files of the content to the site; drawings are cleaned on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from wardblog.check import check_files
from wardblog.content.files import DRAWING
from wardblog.content.pictures import has_picture_bytes
from wardblog.model import Site
from wardblog.photos import is_picture
from wardblog.problems import CommandError, Problem


def copied(source: Path, path: str) -> bytes:
    """Return the bytes to publish; raises `CommandError` if a drawing changed since the check."""
    data = source.read_bytes()
    if not path.lower().endswith(DRAWING):
        return data
    # late import: see docs/architecture.md
    from wardblog.content.drawings import read_drawing
    from wardblog.report import ParseError

    try:
        drawing = read_drawing(data)
    except ParseError as error:
        raise CommandError(f"The drawing {path} cannot be published", error.hint) from error
    return drawing.data


def problems_of(files: Iterable[str], content: Path, site: Site) -> list[Problem]:
    """Return the problems of files that Pelican would publish besides ours."""
    new = [f for f in files if f not in site.inspected and f not in site.pictures]
    new = [f for f in new if not is_picture(f) and not has_picture_bytes(content / f)]
    if not new:
        return []
    # late import: see docs/architecture.md
    from wardblog.content.inspection import inspect_file

    inspected = {file: inspect_file(content / file, file) for file in new}
    more = replace(
        site,
        named_files=site.named_files | inspected.keys(),
        inspected={**site.inspected, **inspected},
    )
    return [p for p in check_files(more) if p.file in inspected]

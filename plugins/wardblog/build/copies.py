"""The bytes that a file of the content is published with: its own, or a cleaned drawing's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from wardblog.check import check_files
from wardblog.content.files import DRAWING
from wardblog.content.pictures import is_one
from wardblog.model import Site
from wardblog.photos import is_picture
from wardblog.problems import CommandError, Problem


def copied(source: Path, path: str) -> bytes:
    """Raises `CommandError` where a drawing is no longer what it was when it was checked."""
    data = source.read_bytes()
    if not path.lower().endswith(DRAWING):
        return data
    # late import: most builds find all drawings made
    from wardblog.content.drawings import read_drawing
    from wardblog.report import Unreadable

    try:
        drawing = read_drawing(data)
    except Unreadable as unreadable:
        raise CommandError(
            f"The drawing {path} cannot be published", unreadable.hint
        ) from unreadable
    return drawing.data


def problems_of(files: Iterable[str], content: Path, site: Site) -> list[Problem]:
    """What must not go out of files that Pelican would publish besides ours."""
    new = [f for f in files if f not in site.inspected and f not in site.pictures]
    new = [f for f in new if not is_picture(f) and not is_one(content / f)]
    if not new:
        return []
    # late import: only where other plugins or settings have a part in the site
    from wardblog.content.inspection import inspected

    found = {file: inspected(content / file, file) for file in new}
    more = replace(
        site,
        named_files=site.named_files | found.keys(),
        inspected={**site.inspected, **found},
    )
    return [p for p in check_files(more) if p.file in found]

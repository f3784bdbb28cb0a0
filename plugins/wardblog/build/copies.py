"""The bytes that a file of the content is published with: its own, or a cleaned drawing's."""

from __future__ import annotations

from pathlib import Path

from wardblog.problems import Refused
from wardblog.read.files import DRAWING


def copied(source: Path, path: str) -> bytes:
    """Raises `Refused` where a drawing is no longer what it was when it was checked."""
    data = source.read_bytes()
    if not path.lower().endswith(DRAWING):
        return data
    # late import: most builds find all drawings made
    from wardblog.read.drawings import read_drawing
    from wardblog.read.report import Unreadable

    try:
        drawing = read_drawing(data)
    except Unreadable as unreadable:
        raise Refused(f"The drawing {path} cannot be published", unreadable.hint) from unreadable
    return drawing.data

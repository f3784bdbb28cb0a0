"""Files that are published as they are: what is in them is read before, or they are not published.

The kinds that can be read are a list; whatever is not on it is for its author to answer for.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from wardblog.content.files import DRAWING
from wardblog.content.inspection.gathered import (
    MOST_BYTES,
    TOO_LARGE,
    FileToInspect,
    Findings,
    InspectionError,
)
from wardblog.content.inspection.packed import Inspect, inspect_zip
from wardblog.content.inspection.texts import TEXTS, inspect_text
from wardblog.model import InspectionResult
from wardblog.photos import READABLE, is_picture
from wardblog.photos.inspect import inspect_picture
from wardblog.report import ParseError

__all__ = ["inspected"]

_MOST_DEPTH = 3
_SAVE = "Save it as PDF or CSV, and link to that."
_LEAVE_OUT = "Leave that column out, and save it again."


def inspected(path: Path, file: str) -> InspectionResult:
    """What is found in a file, whose path in the content is `file`; raises `OSError`."""
    gathered = Findings()
    with path.open("rb") as opened:
        given = FileToInspect(file, opened)
        try:
            if given.ending == DRAWING:
                return _drawing(given, gathered)
            _inspect(given, gathered)
        except InspectionError as unread:
            return InspectionResult(
                personal=gathered.personal, unread=unread.reason, remedy=unread.remedy
            )
    return InspectionResult(
        personal=gathered.personal,
        unread=gathered.people,
        remedy=_LEAVE_OUT if gathered.people else "",
        doubt=gathered.doubt,
    )


def _inspect(given: FileToInspect, gathered: Findings) -> None:
    if given.depth > _MOST_DEPTH:
        raise InspectionError("is packed too many times to be inspected")
    if given.ending in TEXTS:
        inspect_text(given, gathered)
    elif is_picture(given.name):
        _picture(given, gathered)
    elif (inspect_kind := _KINDS.get(given.ending)) is not None:
        inspect_kind(given, gathered)
    else:
        raise InspectionError("is of a kind that cannot be inspected", _SAVE)


def _drawing(given: FileToInspect, gathered: Findings) -> InspectionResult:
    # late import: see docs/architecture.md
    from wardblog.content.drawings import LARGEST, read_drawing

    try:
        drawing = read_drawing(given.whole(LARGEST))
    except ParseError as unreadable:
        return InspectionResult(unread=_said(unreadable), remedy=unreadable.hint)
    for words in drawing.words:
        gathered.add(words)
    return InspectionResult(personal=gathered.personal, harm=drawing.harm, harm_line=drawing.line)


def _said(unreadable: ParseError) -> str:
    """The message as the end of a sentence that begins with the file."""
    return unreadable.message.removeprefix("this drawing ").removeprefix("this file ")


def _inner_drawing(given: FileToInspect, gathered: Findings) -> None:
    """A drawing inside of something else goes out as it is, so it must be harmless as it is."""
    found = _drawing(given, gathered)
    if found.unread:
        raise InspectionError(found.unread, found.remedy)
    if found.harm:
        raise InspectionError(f'has "{found.harm}" in it, which can run or fetch something')


def _picture(given: FileToInspect, gathered: Findings) -> None:
    """A picture inside of something else, which keeps what its camera wrote into it."""
    picture = inspect_picture(given.whole())
    if picture.kind not in READABLE or picture.fault:
        raise InspectionError("is not a picture that can be inspected")
    gathered.add("\n".join(picture.texts))
    if picture.is_located:
        raise InspectionError("says where it was taken", "Take the location out of the photograph.")


def _zip(given: FileToInspect, gathered: Findings) -> None:
    inspect_zip(given, gathered, _inspect)


def _gzip(given: FileToInspect, gathered: Findings) -> None:
    try:
        given.file.seek(0)
        with gzip.open(given.file) as opened:
            data = opened.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise InspectionError("is damaged, so it cannot be inspected") from None
    if len(data) > MOST_BYTES:
        raise InspectionError(TOO_LARGE)
    _inspect(
        FileToInspect(given.name[: -len(given.ending)], BytesIO(data), given.depth + 1), gathered
    )


def _office(given: FileToInspect, gathered: Findings) -> None:
    from wardblog.content.inspection.office import inspect_office

    inspect_office(given, gathered, _inspect)


def _pdf(given: FileToInspect, gathered: Findings) -> None:
    from wardblog.content.inspection.pdf import inspect_pdf

    inspect_pdf(given, gathered, _inspect)


def _film(given: FileToInspect, gathered: Findings) -> None:
    from wardblog.content.inspection.recordings import inspect_film

    inspect_film(given, gathered)


def _sound(given: FileToInspect, gathered: Findings) -> None:
    from wardblog.content.inspection.recordings import inspect_sound

    inspect_sound(given, gathered)


_KINDS: Mapping[str, Inspect] = MappingProxyType(
    {
        **dict.fromkeys((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".odg"), _office),
        **dict.fromkeys((".mp4", ".m4v", ".mov", ".3gp", ".m4a"), _film),
        **dict.fromkeys((".mp3", ".ogg", ".oga", ".opus", ".flac"), _sound),
        DRAWING: _inner_drawing,
        ".gz": _gzip,
        ".pdf": _pdf,
        ".zip": _zip,
        ".kmz": _zip,
    }
)

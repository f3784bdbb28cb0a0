"""Inspects files that are published unchanged, such as PDFs, for personal data and secrets.

Only the listed kinds can be inspected; for any other the author has to take responsibility.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from wardblog.content.files import DRAWING
from wardblog.content.inspection.archives import Inspect, inspect_zip
from wardblog.content.inspection.findings import (
    MOST_BYTES,
    TOO_LARGE,
    FileToInspect,
    Findings,
    InspectionError,
    UnsafeFileError,
)
from wardblog.content.inspection.markup import XML, inspect_xml, refuse_page
from wardblog.content.inspection.texts import TEXTS, inspect_text
from wardblog.model import InspectionResult
from wardblog.photos import READABLE, is_picture
from wardblog.photos.inspect import inspect_picture
from wardblog.report import ParseError
from wardblog.support.private_files import open_ordinary

__all__ = ["inspect_file", "may_run"]

_MOST_DEPTH = 3
_SAVE = "Save it as PDF or CSV, and link to that."
_LEAVE_OUT = "Leave that column out, and save it again."


def inspect_file(path: Path, file: str) -> InspectionResult:
    """Inspect a file; `file` is its path from the content folder. Raises `OSError`."""
    findings = Findings()
    with open_ordinary(path) as opened:
        source = FileToInspect(file, opened)
        try:
            if source.ending == DRAWING:
                return _drawing(source, findings)
            _inspect(source, findings)
        except InspectionError as error:
            return InspectionResult(
                personal=findings.personal,
                problem=error.reason,
                remedy=error.remedy,
                is_unsafe=isinstance(error, UnsafeFileError),
            )
    return InspectionResult(
        personal=findings.personal,
        problem=findings.people,
        remedy=_LEAVE_OUT if findings.people else "",
        doubt=findings.doubt,
    )


def may_run(path: Path, file: str) -> bool:
    """Whether a browser might run what is in a file, which is not searched for anything else."""
    with path.open("rb") as opened:
        source = FileToInspect(file, opened)
        if source.ending not in XML:
            return not (XML | {DRAWING}).isdisjoint(PurePosixPath(file.lower()).suffixes)
        try:
            inspect_xml(source, None)
        except InspectionError:
            return True
    return False


def _inspect(source: FileToInspect, findings: Findings) -> None:
    if source.depth > _MOST_DEPTH:
        raise InspectionError("is packed too many times to be inspected")
    if source.ending in XML:
        inspect_xml(source, findings)
    elif source.ending in TEXTS:
        refuse_page(source)
        inspect_text(source, findings)
    elif is_picture(source.name):
        _picture(source, findings)
    elif (inspect_kind := _KINDS.get(source.ending)) is not None:
        inspect_kind(source, findings)
    else:
        refuse_page(source)
        raise InspectionError("is of a kind that cannot be inspected", _SAVE)


def _drawing(source: FileToInspect, findings: Findings) -> InspectionResult:
    # late import: see docs/architecture.md
    from wardblog.content.drawings import LARGEST, read_drawing

    try:
        drawing = read_drawing(source.whole(LARGEST))
    except ParseError as error:
        return InspectionResult(problem=_without_subject(error), remedy=error.hint)
    for words in drawing.words:
        findings.add(words)
    return InspectionResult(personal=findings.personal, harm=drawing.harm, harm_line=drawing.line)


def _without_subject(error: ParseError) -> str:
    """Return the message as the end of a sentence that begins with the file."""
    return error.message.removeprefix("this drawing ").removeprefix("this file ")


def _inner_drawing(source: FileToInspect, findings: Findings) -> None:
    """A drawing inside another file is published unchanged, so it must not need cleaning."""
    found = _drawing(source, findings)
    if found.problem:
        raise UnsafeFileError(found.problem, found.remedy)
    if found.harm:
        raise UnsafeFileError(f'contains "{found.harm}", which can run code or load something')


def _picture(source: FileToInspect, findings: Findings) -> None:
    """A picture inside another file is published with its metadata."""
    picture = inspect_picture(source.whole())
    if picture.kind not in READABLE or picture.fault:
        raise InspectionError("is not a picture that can be inspected")
    findings.add("\n".join(picture.texts))
    if picture.is_located:
        raise InspectionError("says where it was taken", "Remove the location from the photograph.")


def _zip(source: FileToInspect, findings: Findings) -> None:
    inspect_zip(source, findings, _inspect)


def _gzip(source: FileToInspect, findings: Findings) -> None:
    try:
        source.file.seek(0)
        with gzip.open(source.file) as opened:
            data = opened.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise InspectionError("is damaged, so it cannot be inspected") from None
    if len(data) > MOST_BYTES:
        raise InspectionError(TOO_LARGE)
    _inspect(
        FileToInspect(source.name[: -len(source.ending)], BytesIO(data), source.depth + 1), findings
    )


def _office(source: FileToInspect, findings: Findings) -> None:
    from wardblog.content.inspection.office import inspect_office

    inspect_office(source, findings, _inspect)


def _pdf(source: FileToInspect, findings: Findings) -> None:
    from wardblog.content.inspection.pdf import inspect_pdf

    inspect_pdf(source, findings, _inspect)


def _film(source: FileToInspect, findings: Findings) -> None:
    from wardblog.content.inspection.recordings import inspect_film

    inspect_film(source, findings)


def _sound(source: FileToInspect, findings: Findings) -> None:
    from wardblog.content.inspection.recordings import inspect_sound

    inspect_sound(source, findings)


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

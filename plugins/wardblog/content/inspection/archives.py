"""Inspects the members of ZIP archives one by one, within limits that stop zip bombs."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from wardblog.content.inspection.findings import (
    MOST_BYTES,
    TOO_LARGE,
    FileToInspect,
    Findings,
    InspectionError,
)
from wardblog.support.late_regex import late_regex

_MOST_MEMBERS = 5_000
_BROKEN = (BadZipFile, LargeZipFile, zlib.error, EOFError, NotImplementedError, OSError,
           RuntimeError, ValueError)  # fmt: skip
# Metadata that macOS adds to every archive.
_OF_MACS = late_regex(r"(?:^|/)(?:__MACOSX/(?:.*/)?\._[^/]*|\.DS_Store)$")
_NARROW, _WIDE = late_regex(rb"[ -~]{6,}"), late_regex(rb"(?:[ -~]\0){6,}|(?:\0[ -~]){6,}")
# Inspects a file of any kind.
Inspect = Callable[[FileToInspect, Findings], None]


class Archive:
    """An archive whose members are read with a limit, whatever size their headers claim."""

    def __init__(self, archive: ZipFile, findings: Findings) -> None:
        self._archive, self._findings = archive, findings

    def members(self) -> Iterator[str]:
        for info in self._infos():
            if not info.is_dir():
                yield info.filename

    def remarks(self) -> Iterator[str]:
        """The comments of the archive and of its members."""
        infos = self._archive.infolist()
        for remark in (self._archive.comment, *(info.comment for info in infos)):
            if remark:
                yield remark.decode("utf-8", "replace")

    def _infos(self) -> list[ZipInfo]:
        infos = self._archive.infolist()
        if len(infos) > _MOST_MEMBERS or sum(info.file_size for info in infos) > MOST_BYTES * 4:
            raise InspectionError(TOO_LARGE)
        if min((info.header_offset for info in infos), default=0) > 0:
            raise InspectionError("has data before its first file, which cannot be inspected")
        if any(info.flag_bits & 1 for info in infos):
            raise InspectionError("is locked with a password, so it cannot be inspected")
        if len({info.filename for info in infos}) < len(infos):
            raise InspectionError("is damaged, so it cannot be inspected")
        return infos

    def read(self, name: str, is_counted: bool = True) -> bytes:
        with self._archive.open(name) as member:
            data = member.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise InspectionError(TOO_LARGE)
        if is_counted:
            self._findings.count(len(data))
        return data


@contextmanager
def open_archive(source: FileToInspect, findings: Findings) -> Iterator[Archive]:
    """Open an archive; raises `InspectionError` if it is damaged, encrypted or too large."""
    try:
        source.file.seek(0)
        with ZipFile(source.file) as archive:
            yield Archive(archive, findings)
    except _BROKEN:
        raise InspectionError("is damaged, so it cannot be inspected") from None


def inspect_zip(source: FileToInspect, findings: Findings, inspect: Inspect) -> None:
    """Inspect each member of a ZIP file by the same rules as a file that is published alone."""
    with open_archive(source, findings) as archive:
        names = list(archive.members())
        findings.add("\n".join((*names, *archive.remarks())))
        for name in names:
            if _OF_MACS.search(name):
                findings.add(loose_words(archive.read(name)))
            else:
                inspect_member(archive, name, source, findings, inspect)


def loose_words(data: bytes) -> str:
    """Return the ASCII strings in binary data of an unknown format, one or two bytes a letter."""
    wide = (match[0].replace(b"\0", b"") for match in _WIDE.finditer(data))
    narrow = (match[0] for match in _NARROW.finditer(data))
    return "\n\n".join(words.decode("ascii") for words in (*narrow, *wide))


def inspect_member(
    archive: Archive, name: str, source: FileToInspect, findings: Findings, inspect: Inspect
) -> None:
    inside = FileToInspect(name, BytesIO(archive.read(name)), source.depth + 1)
    try:
        inspect(inside, findings)
    except InspectionError as error:
        if error.reason == TOO_LARGE:
            raise
        short = name.rsplit("/", 1)[-1]
        raise InspectionError(f'contains "{short}", which {error.reason}', error.remedy) from None

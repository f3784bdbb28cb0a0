"""Archives, and documents that are archives: each member by itself, and never more than is sane."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from wardblog.content.inspection.gathered import (
    MOST_BYTES,
    TOO_LARGE,
    FileToInspect,
    Findings,
    InspectionError,
)

_MOST_MEMBERS = 5_000
_BROKEN = (BadZipFile, LargeZipFile, zlib.error, EOFError, NotImplementedError, OSError,
           RuntimeError, ValueError)  # fmt: skip
# What Macs put into every archive beside the files.
_OF_MACS = re.compile(r"(?:^|/)(?:__MACOSX/(?:.*/)?\._[^/]*|\.DS_Store)$")
_NARROW, _WIDE = re.compile(rb"[ -~]{6,}"), re.compile(rb"(?:[ -~]\0){6,}|(?:\0[ -~]){6,}")
# How a file of any kind is inspected.
Inspect = Callable[[FileToInspect, Findings], None]


class Archive:
    """The members of an archive, read with a limit that no header can lift."""

    def __init__(self, archive: ZipFile, gathered: Findings) -> None:
        self._archive, self._findings = archive, gathered

    def members(self) -> Iterator[str]:
        for info in self._infos():
            if not info.is_dir():
                yield info.filename

    def remarks(self) -> Iterator[str]:
        """What people and programs wrote beside the members."""
        infos = self._archive.infolist()
        for remark in (self._archive.comment, *(info.comment for info in infos)):
            if remark:
                yield remark.decode("utf-8", "replace")

    def _infos(self) -> list[ZipInfo]:
        infos = self._archive.infolist()
        if len(infos) > _MOST_MEMBERS or sum(info.file_size for info in infos) > MOST_BYTES * 4:
            raise InspectionError(TOO_LARGE)
        if min((info.header_offset for info in infos), default=0) > 0:
            raise InspectionError(
                "has something in front of its first file that cannot be inspected"
            )
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
def opened(given: FileToInspect, gathered: Findings) -> Iterator[Archive]:
    """The archive; raises `Unread` for one that is damaged, locked or too large."""
    try:
        given.file.seek(0)
        with ZipFile(given.file) as archive:
            yield Archive(archive, gathered)
    except _BROKEN:
        raise InspectionError("is damaged, so it cannot be inspected") from None


def inspect_zip(given: FileToInspect, gathered: Findings, inspect: Inspect) -> None:
    """Inspects each member of a zip by the same rules as a file that is published alone."""
    with opened(given, gathered) as archive:
        names = list(archive.members())
        gathered.add("\n".join((*names, *archive.remarks())))
        for name in names:
            if _OF_MACS.search(name):
                gathered.add(loose_words(archive.read(name)))
            else:
                inspect_member(archive, name, given, gathered, inspect)


def loose_words(data: bytes) -> str:
    """The words in bytes of which only programs know the form, in letters of one byte or two."""
    wide = (found[0].replace(b"\0", b"") for found in _WIDE.finditer(data))
    narrow = (found[0] for found in _NARROW.finditer(data))
    return "\n\n".join(words.decode("ascii") for words in (*narrow, *wide))


def inspect_member(
    archive: Archive, name: str, given: FileToInspect, gathered: Findings, inspect: Inspect
) -> None:
    inside = FileToInspect(name, BytesIO(archive.read(name)), given.depth + 1)
    try:
        inspect(inside, gathered)
    except InspectionError as unread:
        if unread.reason == TOO_LARGE:
            raise
        short = name.rsplit("/", 1)[-1]
        raise InspectionError(f'holds "{short}", which {unread.reason}', unread.remedy) from None

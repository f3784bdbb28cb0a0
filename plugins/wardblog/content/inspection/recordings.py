"""Films and sound: what is said of them, and whether they say where they were recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from wardblog.content.inspection.gathered import FileToInspect, Findings, InspectionError
from wardblog.content.inspection.packed import loose_words

LOCATED = "says where it was recorded"
TAKE_OUT = "Take the location out with the program that you cut films with, or record it without."
_NO_SUBTITLES = "Save it without them, and put them beside it as a file that ends in .vtt."
# Boxes of the ISO base media file format (ISO/IEC 14496-12) that have others in them.
_HOLDERS = frozenset((b"moov", b"udta", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"ilst"))
_FIRST = frozenset((b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"))
# Boxes with times, sizes and the like, in which there is room for nobody.
_TECHNICAL = frozenset(
    b"co64 cslg ctts dinf dref edts elst ftyp gmhd gmin iods mdat mdhd mehd mfra mfro mvex "
    b"mvhd nmhd pnot prft sbgp sdtp sgpd sidx smhd stco stps stsc stsh stss stsz stts stz2 "
    b"styp tapt tfdt tfhd tfra tkhd tref trex trun vmhd wide".split()
)
# Kinds of tracks with words in them, such as subtitles.
_WORDS = (b"text", b"sbtl", b"subt", b"clcp", b"subp")
# Fewer bytes have no room for anything that is said.
_LEAST = 16
_MOST_BOX, _MOST_BOXES = 20_000_000, 100_000
# ISO 6709, as cameras and telephones write it, and tracks of positions.
_POSITION = re.compile(
    rb"[+-]\d{2,3}(?:\.\d+)?[+-]\d{3}(?:\.\d+)?(?:[+-]\d+(?:\.\d+)?)?(?:CRS\w+)?/"
)
_TRACKS = (b"gpmd", b"camm", b"GPSLatitude")
_TEXT = re.compile(r"[^\x00-\x1f\x7f\ufffd]{4,}")


class _Atom(NamedTuple):
    kind: bytes
    start: int
    end: int


def inspect_film(given: FileToInspect, gathered: Findings) -> None:
    """MP4 and QuickTime; raises `Unread` for what is neither, or says where it was recorded."""
    size = given.file.seek(0, 2)
    if size < _LEAST:
        return
    boxes = list(_boxes(given.file, 0, size, top=True))
    if not boxes or boxes[0].kind not in _FIRST or all(b.kind != b"moov" for b in boxes):
        raise InspectionError("is not the film or recording that its name says it is")
    for box in boxes:
        content = _content(given.file, box)
        if box.kind in (b"loci", b"cmov") or (box.kind.startswith(b"\xa9xyz")):
            raise InspectionError(LOCATED, TAKE_OUT)
        if _POSITION.search(content) or any(track in content for track in _TRACKS):
            raise InspectionError(LOCATED, TAKE_OUT)
        if box.kind == b"hdlr" and content[8:12] in _WORDS:
            raise InspectionError("has subtitles that cannot be inspected", _NO_SUBTITLES)
        gathered.add("\n\n".join(_TEXT.findall(content.decode("utf-8", "replace"))))
        if content.count(0) > len(content) // 4:
            gathered.add(loose_words(content))


def _boxes(file: BinaryIO, start: int, end: int, top: bool = False) -> Iterator[_Atom]:
    """Each box, before those that are in it; one with a size that cannot be ends the list."""
    count = 0
    while start + 8 <= end and count < _MOST_BOXES:
        file.seek(start)
        head = file.read(16)
        length, kind, header = int.from_bytes(head[:4], "big"), head[4:8], 8
        if length == 1:
            length, header = int.from_bytes(head[8:16], "big"), 16
        length = length or end - start
        if length < header or start + length > end:
            if top and start == 0:
                return
            break
        box = _Atom(kind, start + header, start + length)
        yield box
        if kind in _HOLDERS:
            yield from _boxes(file, box.start, box.end)
        start, count = start + length, count + 1


def _content(file: BinaryIO, box: _Atom) -> bytes:
    """The bytes of a box that may say something; of others none."""
    if box.kind in _TECHNICAL or box.kind in _HOLDERS:
        return b""
    if box.end - box.start > _MOST_BOX:
        raise InspectionError("says more of itself than can be inspected")
    file.seek(box.start)
    return file.read(box.end - box.start)


def inspect_sound(given: FileToInspect, gathered: Findings) -> None:
    """What a recording says of itself, by mutagen; raises `Unread` where it cannot tell."""
    # late import: see docs/architecture.md
    import mutagen

    if given.file.seek(0, 2) < _LEAST:
        return
    given.file.seek(0)
    try:
        found = mutagen.File(path=given.file)
    except (mutagen.MutagenError, ValueError, EOFError, IndexError):
        found = None
    if found is None:
        raise InspectionError("is not the recording that its name says it is")
    if found.tags is not None:
        gathered.add("\n".join(str(line) for line in found.tags.pprint().splitlines()))
    given.file.seek(0, 2)
    given.file.seek(max(given.file.tell() - 65_536, 0))
    tail = given.file.read()
    if b"APETAGEX" in tail or b"TAG" in tail[-128:-120]:
        gathered.add("\n".join(_TEXT.findall(tail.decode("utf-8", "ignore"))))

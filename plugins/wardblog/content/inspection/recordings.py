"""Inspects the metadata of films and recordings, for locations above all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from wardblog.content.inspection.archives import loose_words
from wardblog.content.inspection.findings import FileToInspect, Findings, InspectionError
from wardblog.support.late_regex import late_regex

LOCATED = "says where it was recorded"
TAKE_OUT = "Remove the location with your video-editing program, or record it without."
_NO_SUBTITLES = "Save it without them, and publish them as a file that ends in .vtt."
# Boxes of the ISO base media file format (ISO/IEC 14496-12) that contain others.
_HOLDERS = frozenset((b"moov", b"udta", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"ilst"))
_FIRST = frozenset((b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"))
# Boxes with times, sizes and other technical data.
_TECHNICAL = frozenset(
    b"co64 cslg ctts dinf dref edts elst ftyp gmhd gmin iods mdat mdhd mehd mfra mfro mvex "
    b"mvhd nmhd pnot prft sbgp sdtp sgpd sidx smhd stco stps stsc stsh stss stsz stts stz2 "
    b"styp tapt tfdt tfhd tfra tkhd tref trex trun vmhd wide".split()
)
# Tracks of text, such as subtitles.
_WORDS = (b"text", b"sbtl", b"subt", b"clcp", b"subp")
# A smaller file has no room for metadata.
_LEAST = 16
_MOST_BOX, _MOST_BOXES = 20_000_000, 100_000
# A position (ISO 6709) as cameras and telephones write it, and marks of GPS tracks.
_POSITION = late_regex(
    rb"[+-]\d{2,3}(?:\.\d+)?[+-]\d{3}(?:\.\d+)?(?:[+-]\d+(?:\.\d+)?)?(?:CRS\w+)?/"
)
_TRACKS = (b"gpmd", b"camm", b"GPSLatitude")
_TEXT = late_regex(r"[^\x00-\x1f\x7f\ufffd]{4,}")


class _Atom(NamedTuple):
    kind: bytes
    start: int
    end: int


def inspect_film(source: FileToInspect, findings: Findings) -> None:
    """Inspect MP4 or QuickTime; raises `InspectionError` for another format, or for a location."""
    size = source.file.seek(0, 2)
    if size < _LEAST:
        return
    boxes = list(_boxes(source.file, 0, size, top=True))
    if not boxes or boxes[0].kind not in _FIRST or all(b.kind != b"moov" for b in boxes):
        raise InspectionError("is not a video or recording, although its name says so")
    for box in boxes:
        content = _content(source.file, box)
        if box.kind in (b"loci", b"cmov") or (box.kind.startswith(b"\xa9xyz")):
            raise InspectionError(LOCATED, TAKE_OUT)
        if _POSITION.search(content) or any(track in content for track in _TRACKS):
            raise InspectionError(LOCATED, TAKE_OUT)
        if box.kind == b"hdlr" and content[8:12] in _WORDS:
            raise InspectionError("has subtitles that cannot be inspected", _NO_SUBTITLES)
        findings.add("\n\n".join(_TEXT.findall(content.decode("utf-8", "replace"))))
        if content.count(0) > len(content) // 4:
            findings.add(loose_words(content))


def _boxes(file: BinaryIO, start: int, end: int, top: bool = False) -> Iterator[_Atom]:
    """Each box, before those inside it; a box with an impossible size ends the list."""
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
    """Return the bytes of a box that may contain text; b"" for a technical one."""
    if box.kind in _TECHNICAL or box.kind in _HOLDERS:
        return b""
    if box.end - box.start > _MOST_BOX:
        raise InspectionError("has too much metadata to be inspected")
    file.seek(box.start)
    return file.read(box.end - box.start)


def inspect_sound(source: FileToInspect, findings: Findings) -> None:
    """Inspect the tags of a recording; raises `InspectionError` if mutagen cannot read it."""
    # late import: see docs/architecture.md
    import mutagen

    if source.file.seek(0, 2) < _LEAST:
        return
    source.file.seek(0)
    try:
        recording = mutagen.File(source.file)
    except (mutagen.MutagenError, ValueError, EOFError, IndexError):
        recording = None
    if recording is None:
        raise InspectionError("is not a recording, although its name says so")
    if recording.tags is not None:
        findings.add("\n".join(str(line) for line in recording.tags.pprint().splitlines()))
    source.file.seek(0, 2)
    source.file.seek(max(source.file.tell() - 65_536, 0))
    tail = source.file.read()
    if b"APETAGEX" in tail or b"TAG" in tail[-128:-120]:
        findings.add("\n".join(_TEXT.findall(tail.decode("utf-8", "ignore"))))

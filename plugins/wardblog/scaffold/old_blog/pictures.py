"""Finds the pictures and documents of an old blog in a folder of uploads, and copies them."""

from __future__ import annotations

import filecmp
import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from wardblog.content.files import DRAWING, target_outside
from wardblog.photos import READABLE, has_matching_name, is_picture, kind_of
from wardblog.photos.kinds import START, usual_ending
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.replacing import put_in_place
from wardblog.support.urls import parts_of
from wardblog.text.slugs import slugify

_IMAGES, _FILES = "images", "files"
# What a post may have for residents to read, to hear or to enter in a calendar.
_DOCUMENTS = frozenset(
    (".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx",
     ".odp", ".txt", ".mp3", ".m4a", ".mp4", ".ics", ".kml", ".geojson", ".json")
)  # fmt: skip
# What WordPress adds to the name of a smaller or edited copy: `bin-300x200.jpg`.
_COPY = late_regex(r"(?:-\d{2,5}x\d{2,5}|-scaled|-e\d{10,}|-rotated)+$")
_SIZE = late_regex(r"-(\d{2,5})x(\d{2,5})$")
_MONTH = late_regex(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/[^/]+$")
_YEAR = late_regex(r"/((?:19|20)\d\d)/")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the old blog: where it is on this computer, and its path in the content folder."""

    source: Path
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFiles:
    """The files of an old blog by their old URL, and the URLs of those that are missing.

    `new` are those that are not in the content folder yet.
    """

    files: Mapping[str, str]
    new: tuple[FoundFile, ...] = ()
    missing: tuple[str, ...] = ()


def is_upload(url: str) -> bool:
    """Whether a URL is that of a picture or of a document, by its ending."""
    name = _name(url)
    return is_picture(name) or PurePosixPath(name).suffix.lower() in {DRAWING, *_DOCUMENTS}


def _path(url: str) -> str:
    return unquote(parts_of(url).path.replace("+", "%20"))


def _name(url: str) -> str:
    return _path(url).rsplit("/", 1)[-1]


@dataclass(slots=True)
class Uploads:
    """The files in the folders of uploads, by the ends of their paths, whatever their case."""

    folders: Sequence[Path]
    _by_name: dict[str, list[tuple[str, Path]]] = field(default_factory=dict)
    _copies: dict[str, list[tuple[str, Path]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for folder in self.folders:
            for above, names, files in os.walk(folder):
                names[:] = sorted(name for name in names if not name.startswith("."))
                for name in sorted(files):
                    self._add(folder, Path(above, name))

    def _add(self, folder: Path, path: Path) -> None:
        if not is_upload(path.name) or path.is_symlink():
            return
        below = path.relative_to(folder).as_posix().casefold()
        self._by_name.setdefault(path.name.casefold(), []).append((below, path))
        self._copies.setdefault(_original(path.name), []).append((below, path))

    def find(self, url: str) -> Path | None:
        """The file of a URL in its full size, or else its largest copy; None if it is not there."""
        path = _path(url).casefold().lstrip("/")
        name = path.rsplit("/", 1)[-1]
        if found := _best(path, self._by_name.get(name, ())):
            return found
        largest = sorted(self._copies.get(_original(name), ()), key=_width, reverse=True)
        return _best(path, largest)


def _original(name: str) -> str:
    """The name of a picture without what its copies have, in small letters."""
    stem, dot, ending = name.casefold().rpartition(".")
    return f"{_COPY.sub('', stem)}{dot}{ending}"


def _width(found: tuple[str, Path]) -> int:
    size = _SIZE.search(found[1].stem)
    return int(size[1]) if size else 1 << 30


def _best(path: str, candidates: Iterable[tuple[str, Path]]) -> Path | None:
    """The file whose folders are most like those of the path.

    Of two that have nothing but the name in common with it, neither is meant for certain.
    """
    above = path.split("/")[-2::-1]
    scored = [(_shared(above, below.split("/")[-2::-1]), found) for below, found in candidates]
    if not scored:
        return None
    most, best = max(scored, key=lambda one: one[0])
    is_sure = most > 0 or len({found.parent for _, found in scored}) == 1
    return best if is_sure else None


def _shared(one: Sequence[str], two: Sequence[str]) -> int:
    """How many folders are the same, counted from the file upwards."""
    count = 0
    for first, second in zip(one, two, strict=False):
        if first != second:
            break
        count += 1
    return count


def find_files(
    content: Path, urls: Iterable[str], known: Mapping[str, str], sources: Mapping[str, Path]
) -> FoundFiles:
    """Give each URL a file of the content folder.

    `known` are the files that an earlier run wrote, and `sources` those that are on this computer.
    """
    files: dict[str, str] = {}
    new: list[FoundFile] = []
    missing: list[str] = []
    taken: dict[str, Path] = {}
    for url in sorted(dict.fromkeys(urls)):
        if url in known and (content / known[url]).is_file():
            files[url] = known[url]
        elif source := sources.get(url):
            file = _free(content, url, source, taken)
            files[url] = file
            if file not in taken and not (content / file).exists():
                new.append(FoundFile(source, file))
            taken[file] = source
        else:
            missing.append(url)
    return FoundFiles(files=files, new=tuple(new), missing=tuple(missing))


def _free(content: Path, url: str, source: Path, taken: Mapping[str, Path]) -> str:
    """The path for a file: that of another one only if both have the same bytes."""
    folder, stem, ending = _place(url, source)
    number = 1
    while True:
        file = f"{folder}/{stem}{f'-{number}' if number > 1 else ''}{ending}"
        other = taken.get(file, content / file)
        if not other.exists() or filecmp.cmp(other, source, shallow=False):
            return file
        number += 1


def _place(url: str, source: Path) -> tuple[str, str, str]:
    """The folder, name and ending: `images/2014/03`, `grit-bin`, `.jpg`."""
    path = _path(url)
    name = _name(url)
    if not is_upload(name):
        name = source.name
    written, _, _ = name.rpartition(".")
    stem = slugify(written.replace("_", "-")).strip("-")[:_LONGEST_NAME].rstrip("-") or "picture"
    ending = PurePosixPath(name).suffix.lower()
    is_shown = is_picture(name) or ending == DRAWING
    if is_picture(name):
        with source.open("rb") as file:
            kind = kind_of(file.read(START))
        if kind in READABLE and not has_matching_name(f"{stem}{ending}", kind):
            ending = usual_ending(kind)
    folder = _IMAGES if is_shown else _FILES
    if dated := _MONTH.search(path):
        folder = f"{folder}/{dated[1]}/{dated[2]}"
    elif dated := _YEAR.search(path):
        folder = f"{folder}/{dated[1]}"
    return folder, stem, ending


def copy_files(content: Path, found: Sequence[FoundFile]) -> None:
    """Copy files into the content folder; one that is there in part is never seen by its name.

    Raises `CommandError` for a folder that leads out of the content, and `OSError`.
    """
    for one in found:
        target = content / one.file
        if target_outside(content, one.file):
            raise CommandError(
                f"{one.file} is behind a link to a place outside {content}",
                "Replace the link with an ordinary folder, and run the command again.",
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        # Always the same name, so that the next run replaces what a run left that was cut off.
        beside = target.with_name(f".{hashlib.blake2b(target.name.encode()).hexdigest()[:16]}.tmp")
        beside.unlink(missing_ok=True)
        try:
            shutil.copyfile(one.source, beside)
            put_in_place(beside, target)
        finally:
            beside.unlink(missing_ok=True)


def same_site(url: str, other: str) -> bool:
    """Whether two URLs have the same host, with or without "www."."""
    one, two = (host_and_port(address).casefold().removeprefix("www.") for address in (url, other))
    return one == two != ""


def host_and_port(url: str) -> str:
    """The host of a URL with its port, without the name and password that may be before it."""
    return parts_of(url).netloc.rpartition("@")[2]

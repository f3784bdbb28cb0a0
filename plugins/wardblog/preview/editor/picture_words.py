"""What the editor says about a chosen picture, and the name that its file gets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from wardblog.check.pictures import NO_WORDS, SAY_WHAT, useless_words
from wardblog.content.pictures import IMAGES
from wardblog.photos.findings import FileFinding
from wardblog.photos.received import ReceivedPicture
from wardblog.text.slugs import NO_FOLDERS, slugify

# How long a description may be, in characters, and the name that is made from it.
MOST_DESCRIPTION, _LONGEST_NAME = 300, 50
_SAID = {
    FileFinding.PLACE: "It says where it was taken.",
    FileFinding.TIME: "It says when it was taken or changed.",
    FileFinding.DEVICE: "It says which camera, phone or program it comes from.",
    FileFinding.WORDS: "There are names or other words in it that nobody sees.",
    FileFinding.COPY: "There is another copy of the picture in it, which may show more.",
    FileFinding.FILM: "There is a short video in it, perhaps with sound.",
    FileFinding.OTHER: "There are details in it that nobody sees.",
}
_BARS = re.compile(r"\s*[|¦]\s*")
_NO_NAME = re.compile(r"[^a-z0-9]+")


def finding_sentences(findings: Sequence[FileFinding]) -> list[str]:
    """What was found in a file besides the picture, each as a sentence."""
    return [_SAID[one] for one in findings]


def notes_about(received: ReceivedPicture) -> Iterator[str]:
    """What else the councillor should know before the picture is used."""
    if received.picture.frames > 1:
        yield "This picture moves. It stays as it is, and cannot be turned or cropped here."
    if received.pages > 1:
        yield f"This file has {received.pages} pages. Only the first is used."


def plain_description(words: str) -> str:
    """A description on one line, without bars, which end it in a header line."""
    return " ".join(_BARS.sub(", ", "".join(map(_printable, words))).split())


def description_problem(name: str, words: str) -> tuple[str, str] | None:
    """What the checks would say about a description, and what to do; None if it is fine.

    `name` is that of the file that was chosen.
    """
    found = (NO_WORDS.format(name=name), SAY_WHAT) if not words else useless_words(name, words)
    return (f"{found[0][:1].upper()}{found[0][1:]}", found[1]) if found else None


def file_name(words: str, ending: str, taken: Collection[str]) -> str:
    """A path in the folder of images that no file has, made from the words of a description.

    `taken` are the paths of all files of the content. Two names that differ only in capitals or in
    what follows the first full stop count as the same.
    """
    stem = _NO_NAME.sub("-", slugify(words)).strip("-")
    if len(stem) > _LONGEST_NAME:
        stem = stem[: _LONGEST_NAME + 1].rpartition("-")[0] or stem[:_LONGEST_NAME]
    if not stem or stem in NO_FOLDERS:
        stem = f"picture-{stem}".strip("-")
    stems = {file.casefold().split(".", 1)[0] for file in taken}
    number, name = 1, stem
    while f"{IMAGES}{name}" in stems:
        number += 1
        name = f"{stem}-{number}"
    return f"{IMAGES}{name}{ending}"


def _printable(sign: str) -> str:
    return sign if sign.isprintable() else " "

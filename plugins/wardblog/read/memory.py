"""What an earlier run read, so that a file that says the same is not read again.

A reading is kept with all that it was made from: the file, the answers that it got from the rest
of the content (is there such a file, such an issue?), and the days on which it holds.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wardblog.digests import digest_of
from wardblog.model import Issue, Personal, Picture, Post, Site
from wardblog.problems import Problem
from wardblog.read.files import Folder, Signature

if TYPE_CHECKING:
    from wardblog.read.pictures import Pictures

# Clocks of file systems tick this rarely at most (FAT: two seconds): a file as young as this may
# change again without another signature.
_YOUNG_NS = 2_100_000_000

# What was asked, of which thing, and the answer.
Answer = tuple[str, str, object]


# What is kept by the ten thousand is a named tuple: it is read back ten times as quickly.
class Print(NamedTuple):
    """The fingerprint of a file. `is_settled` is whether its signature alone can be believed."""

    signature: Signature
    is_settled: bool
    digest: bytes


def print_of(path: Path, signature: Signature) -> Print:
    """Reads a file for its fingerprint; raises `OSError`."""
    return Print(signature, is_settled(signature), digest_of(path.read_bytes()))


def is_settled(signature: Signature) -> bool:
    return max(signature[1], signature[2]) < time.time_ns() - _YOUNG_NS


def same_print(before: Print, content: Path, file: str, signature: Signature) -> Print | None:
    """The fingerprint of a file below `content` that still has the same bytes, else None."""
    if before.signature == signature and before.is_settled:
        return before
    if before.signature[0] != signature[0]:
        return None
    try:
        now = print_of(content / file, signature)
    except OSError:
        return None
    return now if now.digest == before.digest else None


class Remembered(NamedTuple):
    """A post's reading. It holds from `since` until before `until`, in seconds since 1970.

    `head` is the digest of what lists show of it, `text` that of its text.
    """

    print: Print
    since: int
    until: int
    answers: tuple[Answer, ...]
    post: Post | None
    problems: tuple[Problem, ...]
    head: bytes = b""
    text: bytes = b""


@dataclass(frozen=True, slots=True)
class Foundation:
    """All but the posts and pages, with the fingerprints of the files that it was read from."""

    prints: Mapping[str, Print]
    names: frozenset[str]
    site: Site
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a file found that is neither a post nor a page.

    `problems` are passwords in it, and `personal` is what a drawing gives away of anybody.
    """

    print: Print
    problems: tuple[Problem, ...]
    personal: tuple[Personal, ...] = ()


class Seen(NamedTuple):
    """What a look at a picture found."""

    print: Print
    picture: Picture


@dataclass(slots=True)
class Memory:
    """All that an earlier run read; `environment` stands for what every reading depends on."""

    environment: bytes = b""
    posts: dict[str, Remembered] = field(default_factory=dict)
    foundation: Foundation | None = None
    looked: dict[str, Looked] = field(default_factory=dict)
    pictures: dict[str, Seen] = field(default_factory=dict)


class Surroundings:
    """The rest of the content, as far as a post's reading may ask about it."""

    def __init__(self, folder: Folder, issues: tuple[Issue, ...], pictures: Pictures) -> None:
        self.files = folder.shown
        self._pictures = pictures
        self._issues = {issue.slug: issue.name for issue in issues}
        self._downloads = {d.file: d.download for i in issues for d in i.datasets}

    def answer(self, what: str, key: str) -> object:
        if what == "issue":
            return self._issues.get(key)
        if what == "file":
            return key in self.files
        if what == "download":
            return self._downloads.get(key)
        if what == "picture":
            return self._pictures.shape(key)
        return self.files[key][0] if key in self.files else 0

    def still(self, answers: tuple[Answer, ...]) -> bool:
        """Whether all would be answered in the same way today."""
        return all(self.answer(what, key) == answer for what, key, answer in answers)


class Asking:
    """The surroundings for one reading, which notes each question with its answer.

    `in` asks for a file of the content.
    """

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._asked: dict[tuple[str, str], object] = {}

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple((what, key, answer) for (what, key), answer in self._asked.items())

    def __contains__(self, file: object) -> bool:
        return bool(self._ask("file", str(file)))

    def issue(self, slug: str) -> str | None:
        """The name of the issue with this slug, as declared."""
        found = self._ask("issue", slug)
        return None if found is None else str(found)

    def download(self, file: str) -> str | None:
        """The address of the cleaned list, if the file is a data set's."""
        found = self._ask("download", file)
        return None if found is None else str(found)

    def picture(self, file: str) -> Picture | None:
        """The kind, size and frames of a picture that can be published; else None."""
        found = self._ask("picture", file)
        return Picture(*found) if isinstance(found, tuple) else None

    def size(self, file: str) -> int:
        """In bytes; 0 for a file that is not there."""
        found = self._ask("size", file)
        return found if isinstance(found, int) else 0

    def _ask(self, what: str, key: str) -> object:
        if (what, key) not in self._asked:
            self._asked[what, key] = self._surroundings.answer(what, key)
        return self._asked[what, key]

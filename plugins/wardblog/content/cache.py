"""What an earlier run read, so that a file that says the same is not read again.

A reading is kept with all that it was made from: the file, the answers that it got from the rest
of the content (is there such a file, such an issue?), and the days on which it holds.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wardblog.content.files import Folder, Signature, on_disk
from wardblog.model import InspectionResult, Issue, Picture, Post, Site
from wardblog.problems import Problem
from wardblog.text.slugs import singular_or_plural_of

if TYPE_CHECKING:
    from wardblog.content.pictures import Pictures

# Clocks of file systems tick this rarely at most (FAT: two seconds): a file as young as this may
# change again without another signature.
_YOUNG_NS = 2_100_000_000

# What was asked, of which thing, and the answer.
Answer = tuple[str, str, object]


# What is kept by the ten thousand is a named tuple: it is read back ten times as quickly.
class FileFingerprint(NamedTuple):
    """The fingerprint of a file. `is_settled` is whether its signature alone can be believed."""

    signature: Signature
    is_settled: bool
    digest: bytes


def fingerprint_of(path: Path, signature: Signature) -> FileFingerprint:
    """Reads a file for its fingerprint; raises `OSError`."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, partial(hashlib.blake2b, digest_size=16)).digest()
    return FileFingerprint(signature, is_settled(signature), digest)


def is_settled(signature: Signature) -> bool:
    return max(signature[1], signature[2]) < time.time_ns() - _YOUNG_NS


def unchanged_fingerprint(
    before: FileFingerprint, content: Path, file: str, signature: Signature
) -> FileFingerprint | None:
    """The fingerprint of a file below `content` that still has the same bytes, else None."""
    if before.signature == signature and before.is_settled:
        return before
    if before.signature[0] != signature[0]:
        return None
    try:
        now = fingerprint_of(on_disk(content, file), signature)
    except OSError:
        return None
    return now if now.digest == before.digest else None


class CachedReading(NamedTuple):
    """A post's reading. It holds from `since` until before `until`, in seconds since 1970.

    `head` is the digest of what lists show of it, `text` that of its text.
    """

    print: FileFingerprint
    since: int
    until: int
    answers: tuple[Answer, ...]
    post: Post | None
    problems: tuple[Problem, ...]
    head: bytes = b""
    text: bytes = b""


@dataclass(frozen=True, slots=True)
class BaseSite:
    """All but the posts and pages, with the fingerprints of the files that it was read from."""

    prints: Mapping[str, FileFingerprint]
    names: frozenset[str]
    site: Site
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a look at a file found that is neither a post nor a page.

    `problems` are passwords in it. Only what may be published as it is was `inspected`.
    """

    print: FileFingerprint
    problems: tuple[Problem, ...]
    inspected: InspectionResult | None = None


class CachedPicture(NamedTuple):
    """What a look at a picture found."""

    print: FileFingerprint
    picture: Picture


@dataclass(slots=True, kw_only=True)
class Memory:
    """All that an earlier run read; `environment` stands for what every reading depends on."""

    environment: bytes = b""
    posts: dict[str, CachedReading] = field(default_factory=dict)
    base_site: BaseSite | None = None
    looked: dict[str, CheckedFile] = field(default_factory=dict)
    pictures: dict[str, CachedPicture] = field(default_factory=dict)


class ContentIndex:
    """The rest of the content, as far as a post's reading may ask about it."""

    def __init__(self, folder: Folder, issues: tuple[Issue, ...], pictures: Pictures) -> None:
        self.files = folder.shown
        self._pictures = pictures
        self._issues = {issue.slug: issue.name for issue in issues}
        self._asked: dict[str, str | None] = {}
        self._still: set[Answer] = set()
        self._downloads = {d.file: d.download for i in issues for d in i.datasets}

    def answer(self, what: str, key: str) -> object:
        if what == "issue":
            return self._issue(key)
        if what == "file":
            return key in self.files
        if what == "download":
            return self._downloads.get(key)
        if what == "picture":
            return self._pictures.shape(key)
        return self.files[key][0] if key in self.files else 0

    def _issue(self, slug: str) -> str | None:
        """The issue with this slug, or with its singular or plural."""
        if slug not in self._asked:
            declared = slug if slug in self._issues else singular_or_plural_of(slug, self._issues)
            self._asked[slug] = self._issues[declared] if declared else None
        return self._asked[slug]

    def still(self, answers: tuple[Answer, ...]) -> bool:
        """Whether all would be answered in the same way today; posts have many in common."""
        for one in answers:
            if one not in self._still:
                what, key, answer = one
                if self.answer(what, key) != answer:
                    return False
                self._still.add(one)
        return True


class TrackedIndex:
    """The surroundings for one reading, which notes each question with its answer.

    `in` asks for a file of the content.
    """

    def __init__(self, content_index: ContentIndex) -> None:
        self._content_index = content_index
        self._asked: dict[tuple[str, str], object] = {}

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple((what, key, answer) for (what, key), answer in self._asked.items())

    def __contains__(self, file: object) -> bool:
        return bool(self._ask("file", str(file)))

    def issue(self, slug: str) -> str | None:
        """The name, as declared, of the issue with this slug or with its singular or plural."""
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
            self._asked[what, key] = self._content_index.answer(what, key)
        return self._asked[what, key]

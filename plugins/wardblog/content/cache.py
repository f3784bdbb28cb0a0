"""Caches what an earlier run read, so that unchanged files are not read again.

A reading is stored with everything that it depends on: the file, the answers to its questions
about the rest of the content (is there such a file, such an issue?), and its period of validity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, cast

from wardblog.content.files import FileFingerprint, Folder, Signature
from wardblog.content.pictures import CachedPicture, Pictures
from wardblog.model import (
    GazetteerEntry,
    InspectionResult,
    ListMeaning,
    NameMeaning,
    Picture,
    Point,
    Post,
    Site,
)
from wardblog.problems import Problem
from wardblog.support.late_dataclass import dataclass
from wardblog.text.slugs import singular_or_plural_of

if TYPE_CHECKING:
    from wardblog.places.list_entries import ListIndex
    from wardblog.places.place_names import PlaceNames

# The kind of question, its subject, and the answer.
Answer = tuple[str, str, object]


# Named tuples, since there are thousands of them: they unpickle ten times as fast as dataclasses.
class CachedReading(NamedTuple):
    """The reading of a post, valid from `since` until before `until` (Unix time).

    `head` is the digest of what lists show of the post, `text` that of its text.
    """

    fingerprint: FileFingerprint
    since: int
    until: int
    answers: tuple[Answer, ...]
    post: Post | None
    problems: tuple[Problem, ...]
    head: bytes = b""
    text: bytes = b""


class ReadPosts(Mapping[str, Post | None]):
    """Posts and pages by file, as they were read; None for one that could not be."""

    def __init__(self, read: Mapping[str, CachedReading]) -> None:
        self._read = read

    def __getitem__(self, file: str) -> Post | None:
        return self._read[file].post

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)


@dataclass(frozen=True, slots=True)
class BaseSite:
    """The site without posts and pages, with the fingerprints of the files it was read from.

    `names` are all files that could belong to it, so that a new one invalidates it.
    """

    fingerprints: Mapping[str, FileFingerprint]
    names: frozenset[str]
    site: Site
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The checks of a file that is neither a post nor a page.

    `problems` are passwords found in it. `inspected` is set only if it may be published unchanged.
    """

    fingerprint: FileFingerprint
    problems: tuple[Problem, ...]
    inspected: InspectionResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeReading:
    """What holds of all posts and pages together, so that an update need not ask each of them.

    It stays in memory. `shown` are the files of the folder with their signatures, and `files` are
    their names. `asked` are the questions of all posts that these names do not answer, with their
    answers, which hold from `since` until before `until`. `unsettled` may have changed without
    another signature. `site` has the posts in their order.
    """

    shown: Mapping[str, Signature]
    files: frozenset[str]
    asked: frozenset[Answer]
    since: int
    until: int
    unsettled: frozenset[str]
    site: Site

    def has_files_of(self, folder: Folder) -> bool:
        """Whether the folder has the same files, although some may have changed."""
        return self.shown.keys() == folder.shown.keys()

    def holds(self, content_index: ContentIndex, moment: datetime) -> bool:
        """Whether all questions of all posts still have the same answers."""
        is_valid = self.since <= moment.timestamp() < self.until
        return is_valid and content_index.still(self.asked)


@dataclass(slots=True, kw_only=True)
class ContentCache:
    """All that an earlier run read; `environment` is a digest of what every post depends on."""

    environment: bytes = b""
    posts: dict[str, CachedReading] = field(default_factory=dict)
    base_site: BaseSite | None = None
    checked_files: dict[str, CheckedFile] = field(default_factory=dict)
    pictures: dict[str, CachedPicture] = field(default_factory=dict)
    whole: WholeReading | None = None


class ContentIndex:
    """Answers what a post needs to know about the rest of the content."""

    def __init__(self, folder: Folder, site: Site, pictures: Pictures) -> None:
        self.files, self.drafts = folder.shown, folder.drafts
        self._site = site
        self._pictures = pictures
        self._issues = {issue.slug: issue.name for issue in site.issues}
        self._asked: dict[str, str | None] = {}
        self._still: set[Answer] = set()
        self._downloads = {d.file: d.download for i in site.issues for d in i.datasets}

    def answer(self, what: str, key: str) -> object:
        if what == "issue":
            return self._issue(key)
        if what == "file":
            return key in self.files
        if what == "download":
            return self._downloads.get(key)
        if what == "picture":
            return self._pictures.shape(key)
        if what == "size":
            return self.files[key][0] if key in self.files else 0
        return self._place(what, key)

    def _place(self, what: str, key: str) -> object:
        """What a post needs to know about names of places."""
        if what == "name":
            return self._names.meaning(key)
        if what == "postcode":
            return self._names.postcode(key)
        if what == "entry":
            return self._lists.meaning(key)
        if what == "guesses":
            return self._names.guesses(key)
        if what == "postcodes":
            return self._names.has_postcodes
        return self._names.middle if what == "middle" else self._names.has_any

    @cached_property
    def _names(self) -> PlaceNames:
        # late import: see docs/architecture.md
        from wardblog.places.place_names import PlaceNames

        ward = self._site.ward
        return PlaceNames(self._site.gazetteer, ward.boundary, (ward.name, ward.council))

    @cached_property
    def _lists(self) -> ListIndex:
        # late import: see docs/architecture.md
        from wardblog.places.list_entries import ListIndex

        return ListIndex(self._site.issues)

    def _issue(self, slug: str) -> str | None:
        """Return the name of the issue with this slug, or its singular or plural."""
        if slug not in self._asked:
            declared = slug if slug in self._issues else singular_or_plural_of(slug, self._issues)
            self._asked[slug] = self._issues[declared] if declared else None
        return self._asked[slug]

    def still(self, answers: Iterable[Answer]) -> bool:
        """Whether all these answers are still the same; posts have many in common."""
        for one in answers:
            if one not in self._still:
                what, key, answer = one
                if self.answer(what, key) != answer:
                    return False
                self._still.add(one)
        return True


class TrackedIndex:
    """The content index for one reading: it records each question with its answer.

    `in` asks whether there is such a file.
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
        """Return the declared name of the issue with this slug, or its singular or plural."""
        answer = self._ask("issue", slug)
        return None if answer is None else str(answer)

    def download(self, file: str) -> str | None:
        """Return the address of the cleaned download, if the file is a data set's."""
        answer = self._ask("download", file)
        return None if answer is None else str(answer)

    def picture(self, file: str) -> Picture | None:
        """Return kind, size and frames of a picture that can be published, else None."""
        answer = self._ask("picture", file)
        return Picture(*answer) if isinstance(answer, tuple) else None

    def size(self, file: str) -> int:
        """Return the size of a file in bytes; 0 if there is no such file."""
        answer = self._ask("size", file)
        return answer if isinstance(answer, int) else 0

    def meaning(self, written: str) -> NameMeaning:
        """Return the streets or places of the gazetteer that a name can mean."""
        return cast("NameMeaning", self._ask("name", written))

    def postcode(self, written: str) -> GazetteerEntry | None:
        """Return a postcode of the gazetteer, with its position."""
        return cast("GazetteerEntry | None", self._ask("postcode", written))

    def entry(self, written: str) -> ListMeaning:
        """Return the entries of lists that a name can mean."""
        return cast("ListMeaning", self._ask("entry", written))

    def guesses(self, written: str) -> tuple[str, ...]:
        """Return names of the gazetteer that are almost the same."""
        return cast("tuple[str, ...]", self._ask("guesses", written))

    @property
    def middle(self) -> Point | None:
        """The middle of the ward, in WGS84 degrees."""
        return cast("Point | None", self._ask("middle", ""))

    @property
    def has_gazetteer(self) -> bool:
        """Whether there is a gazetteer with streets or places."""
        return bool(self._ask("gazetteer", ""))

    @property
    def has_postcodes(self) -> bool:
        return bool(self._ask("postcodes", ""))

    def _ask(self, what: str, key: str) -> object:
        if (what, key) not in self._asked:
            self._asked[what, key] = self._content_index.answer(what, key)
        return self._asked[what, key]

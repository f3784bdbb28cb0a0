"""The cache that one build leaves for the next: the content as read, and the outputs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from wardblog.build.record import Cause, Look, Record
from wardblog.build.serialise import left_out, packed, unpacked
from wardblog.build.store import CacheStore, DamagedError
from wardblog.check import kept_checks
from wardblog.content import ContentCache, Reading
from wardblog.content.cache import BaseSite, CachedReading
from wardblog.model import Body, BodyText
from wardblog.model.digests import digest_of
from wardblog.problems import Problem

T = TypeVar("T")

# Records are stored in this many bundles, so that a change rewrites only a few of them.
_BUNDLES = 128
# How many pairs of content and output folders have a cache in one cache folder.
_MOST_FILES = 8
_Read = tuple[CachedReading, tuple[Problem, ...]]


class StoredBody:
    """A post's text that stays in the store until it is needed."""

    __slots__ = ("_file", "_known", "_store")

    def __init__(self) -> None:
        self._store: CacheStore | None = None
        self._file = ""
        self._known: BodyText | None = None

    def __reduce__(self) -> tuple[Callable[[], Body], tuple[()]]:
        """Pickled as a placeholder, since the text is stored separately."""
        return left_out, ()

    def lies_in(self, store: CacheStore, file: str) -> None:
        self._store, self._file = store, file

    def _written(self) -> BodyText:
        if self._known is None:
            data = self._store.get("body", self._file) if self._store else None
            found: tuple[Any, ...] = _unpacked_or(data, ())
            if tuple(map(type, found)) != (str, str, int, str):
                raise DamagedError(self._file)
            self._known = BodyText(*found)
        return self._known

    @property
    def html(self) -> str:
        return self._written().html

    @property
    def text(self) -> str:
        return self._written().text

    @property
    def line(self) -> int:
        return self._written().line

    @property
    def raw(self) -> str:
        return self._written().raw


@lru_cache(maxsize=100_000)
def _bundle(name: str) -> str:
    return str(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=1).digest()[0]
               % _BUNDLES)  # fmt: skip


def _unpacked_or(data: bytes | None, otherwise: T, text: Callable[[], Body] | None = None) -> T:
    """The unpacked value; `otherwise` if there is none, or it has another type."""
    value = _unpacked(data, type(otherwise), text)
    return otherwise if value is None else value


def _unpacked(
    data: bytes | None, kind: type[T], text: Callable[[], Body] | None = None
) -> T | None:
    """The unpacked value; None if there is none, or it has another type."""
    if data is None:
        return None
    try:
        value = unpacked(data, text) if text else unpacked(data)
    except Exception:  # noqa: BLE001 - damaged bytes can raise almost anything
        return None
    return value if isinstance(value, kind) else None


class Readings:
    """The content as last read, with the problems of each single post."""

    def __init__(self, path: Path | None, stamp: bytes) -> None:
        self._store = CacheStore(path, stamp)
        self.checked: dict[str, tuple[Problem, ...]] = {}
        # What the checks of the site found, for the next time; it stays in memory.
        self.checks = kept_checks()
        # The posts whose reading in memory is that of a draft.
        self._drafts: frozenset[str] = frozenset()
        self.cache = self._load()

    def _load(self) -> ContentCache:
        posts: dict[str, CachedReading] = {}
        for data in self._store.all("posts").values():
            bundle: dict[str, _Read] = _unpacked_or(data, {}, StoredBody)
            for file, (remembered, checked) in bundle.items():
                posts[file] = remembered
                self.checked[file] = checked
                if remembered.post and isinstance(remembered.post.body, StoredBody):
                    remembered.post.body.lies_in(self._store, file)
        base_site = _unpacked(self._store.get("rest", "foundation"), BaseSite)
        checked_files = _unpacked_or(self._store.get("rest", "looked"), dict[str, Any]())
        pictures = _unpacked_or(self._store.get("rest", "pictures"), dict[str, Any]())
        environment = self._store.get("rest", "environment") or b""
        return ContentCache(
            environment=environment,
            posts=posts,
            base_site=base_site,
            checked_files=checked_files,
            pictures=pictures,
        )

    def keep(self, reading: Reading, checked: dict[str, tuple[Problem, ...]]) -> None:
        """Replace the stored reading by this one; drafts are kept in memory only."""
        before, now, drafts = self.cache, reading.cache, reading.folder.drafts.keys()
        gone = before.posts.keys() - now.posts.keys()
        changed = (reading.read | reading.renewed) & now.posts.keys() - drafts
        touched = {_bundle(file) for file in (*gone, *changed)}
        bundles: dict[str, dict[str, _Read]] = {name: {} for name in touched}
        for file, one in now.posts.items() if touched else ():
            if (name := _bundle(file)) in bundles and file not in drafts:
                bundles[name][file] = (one, checked[file])
        new = {("posts", name): packed(b) for name, b in bundles.items()}
        for file in (reading.read | self._drafts) & now.posts.keys() - drafts:
            post = now.posts[file].post
            if post is not None:
                body = post.body
                new["body", file] = packed((body.html, body.text, body.line, body.raw))
        if now.base_site != before.base_site:
            new["rest", "foundation"] = packed(now.base_site)
        if now.checked_files != before.checked_files:
            new["rest", "looked"] = packed(now.checked_files)
        if now.pictures != before.pictures:
            new["rest", "pictures"] = packed(now.pictures)
        if now.environment != before.environment:
            new["rest", "environment"] = now.environment
        if new or gone:
            self._store.put(new, [("body", file) for file in gone])
        self.cache = now
        self.checked = checked
        self._drafts = frozenset(drafts)

    def wipe(self) -> None:
        self._store.wipe()

    def close(self) -> None:
        self._store.close()


class Built:
    """The outputs of the last build. `is_known` is false if there is no record of them."""

    def __init__(self, path: Path | None, stamp: bytes) -> None:
        self._store = CacheStore(path, stamp)
        self._at_hand: dict[str, tuple[bytes, object]] = {}
        self.records: dict[str, Record] = {}
        for data in self._store.all("outputs").values():
            self.records.update(_unpacked_or(data, dict[str, Record]()))
        self.sources: dict[str, bytes] = _unpacked_or(self._store.get("rest", "sources"), {})

    @property
    def is_known(self) -> bool:
        return bool(self.records)

    def keep(
        self,
        records: Mapping[str, Record],
        sources: Mapping[str, bytes],
        causes: Mapping[str, Cause],
    ) -> None:
        """Replace the stored outputs by these."""
        before = self.records
        gone = before.keys() - records.keys()
        changed = {p for p, record in records.items() if before.get(p) is not record}
        touched = {_bundle(path) for path in (*gone, *changed)}
        bundles: dict[str, dict[str, Record]] = {name: {} for name in touched}
        for path, record in records.items():
            if (name := _bundle(path)) in bundles:
                bundles[name][path] = record
        new = {("outputs", name): packed(bundle) for name, bundle in bundles.items()}
        new |= {("cause", path): packed(cause) for path, cause in causes.items()}
        if sources != self.sources:
            new["rest", "sources"] = packed(dict(sources))
        if new or gone:
            self._store.put(new, [("cause", path) for path in gone])
        self.records, self.sources = dict(records), dict(sources)

    def cause(self, path: str) -> Cause | None:
        """Why an output was last rebuilt."""
        return _unpacked(self._store.get("cause", path), Cause)

    def made(self, name: str, source: bytes) -> Any:
        """A stored value that takes long to compute, if it is from this source, or None."""
        found = self._at_hand.get(name) or _unpacked_or(self._store.get("made", name), ())
        return found[1] if len(found) == 2 and found[0] == source else None

    def keep_made(self, name: str, source: bytes, value: object) -> None:
        self._at_hand[name] = (source, value)
        self._store.put({("made", name): packed((source, value))})

    def looks(self) -> dict[str, Look]:
        """The inspections of outputs that were not written, by path."""
        return _unpacked_or(self._store.get("rest", "looks"), dict[str, Look]())

    def keep_looks(self, looks: Mapping[str, Look]) -> None:
        self._store.put({("rest", "looks"): packed(dict(looks))})

    def bytes_of(self, kind: str, name: str) -> bytes | None:
        return self._store.get(kind, name)

    def keep_bytes(self, kind: str, name: str, data: bytes) -> None:
        self._store.put({(kind, name): data})

    def replace(
        self,
        new: Mapping[tuple[str, str], bytes],
        gone: Iterable[tuple[str, str]] = (),
        wiped: Iterable[str] = (),
    ) -> None:
        """Delete kinds and items and store others, by kind and name: all of this or nothing."""
        self._store.put(new, gone, wiped)

    def forget(self) -> None:
        """Make the next build start from nothing."""
        self._store.put({}, wiped=("outputs", "rest", "cause"))
        self.records, self.sources = {}, {}

    def wipe(self) -> None:
        self._store.wipe()

    def close(self) -> None:
        self._store.close()


class BuildState:
    """The readings and outputs of one content folder and one output folder."""

    def __init__(
        self, folder: Path | None, content: Path, output: Path | None, stamp: bytes
    ) -> None:
        self.readings = Readings(_file(folder, "read", content), stamp)
        self.built = Built(_file(folder, "built", output), stamp)

    def wipe(self) -> None:
        self.readings.wipe()
        self.built.wipe()

    def close(self) -> None:
        self.readings.close()
        self.built.close()


def _file(folder: Path | None, kind: str, about: Path | None) -> Path | None:
    """The path of a folder's cache file; the oldest files are deleted if there are too many."""
    if folder is None or about is None:
        return None
    name = digest_of(str(about.resolve()).encode("utf-8", "surrogateescape")).hex()
    path = folder / f"{kind}-{name}.sqlite"
    _tidy(f for f in folder.glob(f"{kind}-*.sqlite") if f != path)
    return path


def _tidy(others: Iterable[Path]) -> None:
    dated: list[tuple[float, Path]] = []
    for path in others:
        with suppress(OSError):
            dated.append((path.stat().st_mtime, path))
    for _, path in sorted(dated, reverse=True)[_MOST_FILES - 1 :]:
        CacheStore(path, b"").wipe()

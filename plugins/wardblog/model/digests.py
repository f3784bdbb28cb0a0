"""Digests of plain values, by which a build recognises what has changed since the last build.

Two values have the same digest if, and only if, they are equal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from operator import attrgetter, itemgetter
from typing import Any

from wardblog.model import Body, Dataset, Post, PreviousList, Redirect

# Fields that are left out of a digest: a post's text, which has a digest of its own, and fields
# that only the checks use.
_LEFT_OUT: Mapping[type, frozenset[str]] = {
    Post: frozenset(
        (
            "body",
            "commitments",
            "emblems",
            "files",
            "inward",
            "lines",
            "links",
            "mailboxes",
            "marks",
            "personal",
            "pictures",
        )
    ),
    Dataset: frozenset(("disclosure",)),
    PreviousList: frozenset(("disclosure",)),
    Redirect: frozenset(("line",)),
}
_PLAIN = frozenset((str, int, float, bool, bytes, type(None)))


def digest_of(data: bytes) -> bytes:
    """A digest of 16 bytes (BLAKE2, RFC 7693)."""
    return hashlib.blake2b(data, digest_size=16).digest()


def text_digest(body: Body) -> bytes:
    """The digest of a post's text as HTML."""
    return digest_of(body.html.encode("utf-8", "surrogatepass"))


class Digests:
    """Computes digests, and remembers those of objects that many values share.

    The digest of a post covers what lists show of it; `text_digest` covers its text.
    """

    def __init__(self, head: Callable[[Post], bytes | None] = lambda _: None) -> None:
        """`head` gives the digest of a post that is known from when it was read."""
        self._head = head
        self._known: dict[int, tuple[object, bytes]] = {}
        self._parts_by_kind: dict[type, Callable[[Any], object]] = {}

    def shared(self, value: object) -> bytes:
        """The digest of an object that is needed many times."""
        if found := self._known.get(id(value)):
            return found[1]
        known = self._head(value) if isinstance(value, Post) else None
        digest = known or self._digest(self._parts(value))
        self._known[id(value)] = (value, digest)
        return digest

    def share(self, values: Iterable[object], before: Digests | None) -> None:
        """Remember the digests of objects that many values share; `before` may have some."""
        known = before._known if before else {}
        for value in values:
            if id(value) in known:  # which keeps it alive, so it is the same
                self._known[id(value)] = known[id(value)]
            else:
                self.shared(value)

    def each(self, values: Iterable[object]) -> list[bytes]:
        """The digests of objects that are needed many times."""
        known, shared = self._known, self.shared
        return [entry[1] if (entry := known.get(id(v))) else shared(v) for v in values]

    def of(self, *values: object) -> bytes:
        return self._digest([self._plain(value) for value in values])

    def joined(self, parts: list[bytes], *values: object) -> bytes:
        """The combined digest of several digests and other values."""
        if values:
            parts.append(_written([self._plain(value) for value in values]))
        return digest_of(b"".join(parts))

    @staticmethod
    def _digest(parts: object) -> bytes:
        return digest_of(_written(parts))

    def _plain(self, value: Any) -> object:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is tuple or kind is list:
            return [self._plain(item) for item in value]
        if kind is Post or id(value) in self._known:
            return self.shared(value)
        return self._parts(value)

    def _parts(self, value: Any) -> object:
        kind = type(value)
        parts = self._parts_by_kind.get(kind)
        if parts is None:
            parts = self._parts_by_kind[kind] = self._parts_of(kind)
        return parts(value)

    def _parts_of(self, kind: type) -> Callable[[Any], object]:
        """What takes a value of this class apart; asked once for each class."""
        if issubclass(kind, Enum):
            return lambda value: (kind.__name__, value.name)
        if is_dataclass(kind):
            return self._fields_of(kind)
        if issubclass(kind, Mapping):
            return lambda value: [
                "of",
                *sorted(((repr(k), self._plain(v)) for k, v in value.items()), key=itemgetter(0)),
            ]
        if issubclass(kind, frozenset | set):
            return lambda value: ["all", *sorted(map(repr, map(self._plain, value)))]
        if issubclass(kind, Iterable) and not issubclass(kind, str):
            return lambda value: [self._plain(item) for item in value]
        return repr

    def _fields_of(self, kind: type) -> Callable[[Any], object]:
        left_out = _LEFT_OUT.get(kind, frozenset())
        names = [field.name for field in fields(kind) if field.name not in left_out]
        get = attrgetter(*names, names[0])  # with two names or more it gives a tuple
        name = kind.__name__
        plain = self._plain
        # Most fields are plain already.
        return lambda value: (name, *[v if type(v) in _PLAIN else plain(v) for v in get(value)])


def _written(parts: object) -> bytes:
    return repr(parts).encode("utf-8", "surrogatepass")

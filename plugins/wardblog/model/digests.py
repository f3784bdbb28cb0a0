"""Digests of plain values: two values have the same one if, and only if, they are equal.

By them a build tells what changed since the last, whatever the order in which it was made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from wardblog.model import Body, Dataset, Post, PreviousList

# What of a post is its text, and is told apart from all that lists show of it; and what only the
# guard looks at.
_LEFT_OUT: Mapping[type, frozenset[str]] = {
    Post: frozenset(
        (
            "body",
            "commitments",
            "emblems",
            "files",
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
}
_PLAIN = frozenset((str, int, float, bool, bytes, type(None)))


def digest_of(data: bytes) -> bytes:
    """Sixteen bytes that stand for these (BLAKE2, RFC 7693)."""
    return hashlib.blake2b(data, digest_size=16).digest()


def text_digest(body: Body) -> bytes:
    """The digest of a post's text as it is shown."""
    return digest_of(body.html.encode("utf-8", "surrogatepass"))


class Digests:
    """Takes digests, and remembers those of objects that many values share.

    A post stands for what lists show of it; its text is told by `text_digest`.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}
        self._fields: dict[type, Callable[[Any], tuple[object, ...]]] = {}

    def remember(self, value: object, digest: bytes) -> None:
        """Gives the digest of a value that is known from an earlier run."""
        self._known[id(value)] = (value, digest)

    def shared(self, value: object) -> bytes:
        """The digest of one object that is asked for again and again."""
        if found := self._known.get(id(value)):
            return found[1]
        digest = self._digest(self._parts(value))
        self.remember(value, digest)
        return digest

    def each(self, values: Iterable[object]) -> list[bytes]:
        """The digests of objects that are asked for again and again."""
        known, shared = self._known, self.shared
        return [found[1] if (found := known.get(id(v))) else shared(v) for v in values]

    def of(self, *values: object) -> bytes:
        return self._digest([self._plain(value) for value in values])

    def joined(self, parts: list[bytes], *values: object) -> bytes:
        """The digest of digests, and of whatever else."""
        if values:
            parts.append(self.of(*values))
        return digest_of(b"".join(parts))

    @staticmethod
    def _digest(parts: object) -> bytes:
        return digest_of(repr(parts).encode("utf-8", "surrogatepass"))

    def _plain(self, value: Any) -> object:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is tuple or kind is list:
            return [self._plain(one) for one in value]
        if kind is Post or id(value) in self._known:
            return self.shared(value)
        return self._parts(value)

    def _parts(self, value: Any) -> object:
        kind = type(value)
        if kind is dict or kind is MappingProxyType:
            return self._pairs(value)
        if isinstance(value, Enum):
            return (kind.__name__, value.name)
        if is_dataclass(value):
            return (kind.__name__, *map(self._plain, self._getter(kind)(value)))
        if isinstance(value, Mapping):
            return self._pairs(value)
        if isinstance(value, frozenset | set):
            return ["all", *sorted(map(repr, map(self._plain, value)))]
        if isinstance(value, Iterable) and not isinstance(value, str):
            return [self._plain(one) for one in value]
        return repr(value)

    def _pairs(self, value: Mapping[Any, Any]) -> list[str]:
        return ["of", *sorted([repr((k, self._plain(v))) for k, v in value.items()])]

    def _getter(self, kind: type) -> Callable[[Any], tuple[object, ...]]:
        if kind not in self._fields:
            left_out = _LEFT_OUT.get(kind, frozenset())
            names = [field.name for field in fields(kind) if field.name not in left_out]
            get = attrgetter(*names, names[0])  # with two names or more it gives a tuple
            self._fields[kind] = get
        return self._fields[kind]

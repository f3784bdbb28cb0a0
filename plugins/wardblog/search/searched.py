"""All that the search knows of a site, before any word of it is read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from wardblog.model.digests import digest_of
from wardblog.search.documents import ROWS, WELSH, Numbered
from wardblog.search.files import NewestFile
from wardblog.search.schedule import NEWEST, IndexLayout, layout
from wardblog.support.late_dataclass import dataclass

# The bytes of a document's number, with which its facts begin.
_NUMBER = 4


def fact(number: int, *digests: bytes) -> bytes:
    """What is known of a document: two with the same number and the same digests are the same."""
    return number.to_bytes(_NUMBER, "big") + b"".join(digests)


def number_in(known: bytes) -> int:
    """The number of the document that a fact is about."""
    return int.from_bytes(known[:_NUMBER], "big")


@dataclass(frozen=True, kw_only=True)
class Searched:
    """All that is searched: pages and posts, each by their numbers.

    `facts` has a `fact` of each by its file, in the same order. `issues` and `streets` are those of
    the newest file, and `now` is the moment up to which residents can read what happened.
    """

    pages: tuple[Numbered, ...]
    posts: tuple[Numbered, ...]
    facts: dict[str, bytes]
    issues: tuple[tuple[str, str], ...]
    streets: tuple[tuple[str, str], ...]
    now: datetime

    @cached_property
    def layout(self) -> IndexLayout:
        return layout(len(self.posts))

    @cached_property
    def all(self) -> dict[str, Numbered]:
        return {one.post.file: one for one in (*self.pages, *self.posts)}

    @cached_property
    def before(self) -> int:
        """The first file of rows that is still open, because it has one of the newest posts."""
        if len(self.posts) <= NEWEST:
            return 0
        return self.posts[len(self.posts) - NEWEST].number // ROWS

    @cached_property
    def rows(self) -> dict[int, list[Numbered]]:
        """The posts of each file of rows, also of the open ones."""
        found: dict[int, list[Numbered]] = defaultdict(list)
        for one in self.posts:
            found[one.number // ROWS].append(one)
        return found

    @cached_property
    def newest(self) -> NewestFile:
        still = [one for number, some in self.rows.items() if number >= self.before for one in some]
        return NewestFile(
            documents=len(self.all),
            starts=self.layout.starts,
            lists=self.layout.letters,
            before=self.before,
            issues=self.issues,
            streets=self.streets,
            has_welsh=any(one.post.lang == WELSH for one in self.all.values()),
            rows=(*self.pages, *still),
        )

    @cached_property
    def newest_key(self) -> bytes:
        """A digest of what the newest file is made from, except its words."""
        newest = self.newest
        rows = [self.facts[one.post.file] for one in newest.rows]
        return digest_of(repr((replace(newest, rows=()), rows)).encode("utf-8", "surrogatepass"))

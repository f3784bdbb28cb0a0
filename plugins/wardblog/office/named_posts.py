"""Finds posts by what the councillor calls them: a title, slug, file or address."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.model import Post, Site, Visibility
from wardblog.problems import UsageError, did_you_mean
from wardblog.text.slugs import slugify

# Shorter words are in many titles.
_SHORTEST_PART = 4


class PostNames:
    """The posts of a site by all their names."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._index: dict[str, list[Post]] = {}
        for post in site.posts:
            for name in {_plain(name) for name in _names(post)} - {""}:
                self._index.setdefault(name, []).append(post)

    def called(self, written: str) -> Post | None:
        """The post of this name; None if there is none.

        One that residents can read comes before others. Raises `UsageError` if several have the
        name.
        """
        found = self._index.get(_plain(written)) or self._index.get(slugify(written)) or []
        found = [p for p in found if p.visibility is Visibility.PUBLISHED] or found
        if len(found) > 1:
            files = ", ".join(post.file for post in found)
            raise UsageError(
                f'There are {len(found)} posts called "{written.strip()}"', f"Name one of: {files}."
            )
        return found[0] if found else None

    def find(self, written: str) -> Post | None:
        """The post of this name, or else the only one with these words in its title or slug."""
        if post := self.called(written):
            return post
        plain = _plain(written)
        partly = [p for p in self._site.posts if plain in _plain(p.title) or plain in p.slug]
        return partly[0] if len(partly) == 1 and len(plain) >= _SHORTEST_PART else None

    def unknown(self, written: str, otherwise: str) -> UsageError:
        """The error for a name that no post has, with the nearest one, or else a hint."""
        names = [name for post in self._site.posts for name in (post.slug, post.title) if name]
        guess = did_you_mean(written.strip(), names, otherwise)
        return UsageError(f'There is no post called "{written.strip()}"', guess)


def _names(post: Post) -> Iterator[str]:
    name = post.file.rpartition("/")[2]
    yield from (post.file, name, name.rpartition(".")[0])
    yield from (post.slug, post.address, post.title, slugify(post.title))


def _plain(words: str) -> str:
    """What was written, without what leads to the file or the page of a post."""
    words = " ".join(words.split()).casefold().replace("\\", "/")
    if "://" in words:
        words = words.partition("://")[2].partition("/")[2]
    at = words.find("posts/")
    return words[at:] if at >= 0 and words.endswith((".md", ".txt")) else words.strip("/")

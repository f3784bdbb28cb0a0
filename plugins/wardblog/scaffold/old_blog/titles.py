"""Titles and addresses for posts whose old ones are missing, very long or taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import unquote

from wardblog.model.events import LONDON
from wardblog.scaffold.old_blog.model import OldPost
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import clean_name
from wardblog.text.slugs import LONGEST, slugify
from wardblog.text.words import long_date

UNTITLED = "Without a title"
# A post without a title is called by its first words, up to so many letters.
_LONGEST_WORDS = 60
_MARKS = late_regex(r"!?\[([^\]]*)\]\([^)]*\)|<[^>]*>|[*_`#>|~]|^\s*(?:[-+]|\d+\.)\s", re.MULTILINE)


def title_of(post: OldPost, words: str, text: str) -> str:
    """The title in one line: `words`, or the first words of the Markdown `text`, or the day."""
    if title := clean_name(words):
        return title
    if start := clean_name(_MARKS.sub(r"\1", text[:1000])):
        return _beginning(start)
    moment = london(post.moment or post.modified)
    return f"{UNTITLED}, {long_date(moment.date())}" if moment else UNTITLED


def _beginning(words: str) -> str:
    """The first sentence, or as many words as a title may have."""
    sentence = re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0].rstrip(".")
    if len(sentence) <= _LONGEST_WORDS:
        return sentence
    return f"{sentence[: _LONGEST_WORDS + 1].rpartition(' ')[0] or sentence[:_LONGEST_WORDS]}…"


def london(moment: datetime | None) -> datetime | None:
    """A moment as the clocks of the ward showed it."""
    try:
        return moment.astimezone(LONDON) if moment else None
    except (OverflowError, ValueError):
        return None


def wanted_slug(post: OldPost, title: str) -> str:
    """The last part of the old address if there is one, else one made from the title."""
    own = slugify(unquote(post.slug)).strip("-_")
    return _shortened(own or slugify(title).strip("-_")) or "post"


def _shortened(slug: str) -> str:
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]


class FreeNames:
    """Gives slugs that no other post has, in its address or in the name of its file.

    `addresses` are those that are taken, and `stems` files without their endings, in any case.
    """

    def __init__(self, addresses: Iterable[str], stems: Iterable[str]) -> None:
        self._addresses = {address.casefold() for address in addresses}
        self._stems = {stem.casefold() for stem in stems}
        self._last: dict[tuple[str, str, str], int] = {}

    def take(self, wanted: str, start: str, name: str) -> str:
        """The slug, with a number if it is taken; it is then taken as well.

        `start` and `name` are what is before it in the address and in the name of the file, such
        as `2014/03/` and `posts/2014-03-07-`.
        """
        number = self._last.get((wanted, start, name), 1)
        slug = _numbered(wanted, number)
        while (address := f"{start}{slug}/".casefold()) in self._addresses or (
            f"{name}{slug}".casefold() in self._stems
        ):
            number += 1
            slug = _numbered(wanted, number)
        self._last[wanted, start, name] = number
        self._addresses.add(address)
        self._stems.add(f"{name}{slug}".casefold())
        return slug


def _numbered(wanted: str, number: int) -> str:
    if number == 1:
        return wanted
    end = f"-{number}"
    return f"{wanted[: LONGEST - len(end)].rstrip('-')}{end}"

"""The keys of a post's header lines, and how to recognise one however it was typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from wardblog.problems import did_you_mean

SINGLE_KEYS = (
    "Title", "Date", "Tags", "Summary", "Precision", "Progress", "Reference", "Slug", "Modified",
    "Author", "Status", "Lang", "Image", "Card", "Position",
)  # fmt: skip
REPEATABLE_KEYS = ("Places", "Deadline", "Event", "Updated", "Aliases", "Allow")
KEYS = SINGLE_KEYS + REPEATABLE_KEYS

_CANONICAL = {key.casefold(): key for key in KEYS}
# What other programs call a status, each with the status that "true" and "false" stand for.
_SWITCHES = {
    "draft": ("draft", "published"),
    "hidden": ("hidden", "published"),
    "published": ("published", "draft"),
    "publish": ("published", "draft"),
    "private": ("draft", "published"),
    "unpublished": ("draft", "published"),
    "unlisted": ("hidden", "published"),
}
_TRUE, _FALSE = ("true", "yes", "on", "1", "y", "t"), ("false", "no", "off", "0", "n", "f")
# What other programs call a status that has words for its values.
_STATUSES = ("visibility", "post_status", "post-status")
_HIDING = ("draft", "hidden", "private", "unlisted", "unpublished")
# What other programs call our keys: too different for the nearest match to find.
_FOREIGN = {
    "authors": "Author", "by": "Author", "categories": "Tags", "category": "Tags",
    "cover": "Image", "description": "Summary", "excerpt": "Summary", "featured_image": "Image",
    "keywords": "Tags", "language": "Lang", "lastmod": "Modified", "last_modified_at": "Modified",
    "locale": "Lang", "permalink": "Slug", "publishdate": "Date", "redirect_from": "Aliases",
    "tag": "Tags", "thumbnail": "Image", "visibility": "Status",
}  # fmt: skip
# Characters that take no room, which copied text brings along.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
# Colons of other scripts and keyboards.
COLONS = ":：∶﹕꞉ː︓"
# One sign that is no letter, an HTML tag, or an entity; each text is matched in one way only.
_GAP = r"(?:[^\w\n<&]|_|<[^<>\n]{1,40}>|<(?![^<>\n]{1,40}>)|&\#?\w{1,8};|&(?!\#?\w{1,8};))"
_LOOSE = re.compile(
    rf"(?P<lead>{_GAP}{{0,20}}(?:\d{{1,2}}[.)]{_GAP}{{1,5}})?)"
    rf"(?P<key>[^\W\d_][\w{INVISIBLE}-]{{2,20}}?)"
    rf"(?P<gap>{_GAP}{{0,8}}?[{COLONS}]{_GAP}{{0,20}})(?P<value>\S.*|)$"
)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A line with a known key. `lead` is what stood before the key, such as a bullet or stars."""

    key: str
    value: str
    lead: str


def is_blank(line: str) -> bool:
    return not line or line.isspace() or not (line.isascii() or trimmed(line))


def trimmed(value: str) -> str:
    """A value without spaces and invisible characters at its ends."""
    value = value.strip()
    return value if value.isascii() else value.strip(INVISIBLE + " \t\u00a0").strip()


def canonical(written: str) -> str | None:
    """The key as the README writes it, or None for an unknown one."""
    return _CANONICAL.get(written.casefold())


def as_status(written: str, value: str) -> str | None:
    """The value of `Status` that a line such as `draft: true` stands for, if it is one."""
    meanings = _SWITCHES.get(written.casefold())
    word = trimmed(value).casefold()
    if meanings is None or word not in (*_TRUE, *_FALSE):
        return None
    return meanings[0] if word in _TRUE else meanings[1]


def key_hint(written: str, value: str = "") -> str:
    """What to write instead of an unknown key."""
    word = written.casefold()
    if word in _SWITCHES and value:
        return 'Write "Status: draft", "Status: hidden" or "Status: published".'
    if word in _FOREIGN:
        return f'Here it is called "{_FOREIGN[word]}". The keys are listed in the README.'
    return did_you_mean(written, KEYS, "The keys are listed in the README.")


def loose_key_line(line: str) -> KeyLine | None:
    """A known key and its value behind bullets, bold marks, odd colons or invisible characters."""
    match = _LOOSE.match(line)
    if match is None:
        return None
    written = unicodedata.normalize("NFKC", match["key"].translate(_WITHOUT_INVISIBLE))
    lead, value = match["lead"], trimmed(match["value"])
    for mark in ("*", "_", "`", "~"):
        if mark in lead:
            value = value.strip(mark)
    if "<" in lead:
        value = re.sub(r"(?:</?\w{1,10}/?>)+$", "", value)
    status = as_status(written, value)
    if written.casefold() in _STATUSES and value.casefold() in _HIDING:
        status = value
    key = "Status" if status else canonical(written)
    return KeyLine(key, status or trimmed(value), lead) if key else None

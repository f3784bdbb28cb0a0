"""Header lines recognised however they were typed, and hints for those that are not known."""

from __future__ import annotations

import re
import unicodedata

from wardblog.content.keys import KEYS, key_called, key_called_elsewhere
from wardblog.problems import did_you_mean
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

LINES_LISTED = "The lines are listed in docs/guide.md."
# Switches of other programs, each with the status that "true" and "false" stand for.
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
_HIDING = ("draft", "hidden", "private", "unlisted", "unpublished")
# Invisible characters that copied text brings along.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
# Colons as other scripts and keyboards have them.
COLONS = ":：∶﹕꞉ː︓"
# A character that is not a letter, an HTML tag or an entity. No text matches in two ways, so that
# matching is fast.
_GAP = r"(?:[^\w\n<&]|_|<[^<>\n]{1,40}>|<(?![^<>\n]{1,40}>)|&\#?\w{1,8};|&(?!\#?\w{1,8};))"
_LOOSE = late_regex(
    rf"(?P<lead>{_GAP}{{0,20}}(?:\d{{1,2}}[.)]{_GAP}{{1,5}})?)"
    rf"(?P<key>[^\W\d_][\w{INVISIBLE}-]{{2,20}}?)"
    rf"(?P<gap>{_GAP}{{0,8}}?[{COLONS}]{_GAP}{{0,20}})(?P<value>\S.*|)$"
)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A line with a known key. `lead` is what comes before the key, such as a bullet or stars."""

    key: str
    value: str
    lead: str


def is_blank(line: str) -> bool:
    """Whether a line has no visible characters."""
    return not line or line.isspace() or not (line.isascii() or trimmed(line))


def trimmed(value: str) -> str:
    """A value without spaces and invisible characters at its ends."""
    value = value.strip()
    return value if value.isascii() else value.strip(INVISIBLE + " \t\u00a0").strip()


def as_status(written: str, value: str) -> str | None:
    """The value of `Status` that a line such as `draft: true` means; None for any other line."""
    meanings = _SWITCHES.get(written.casefold())
    word = trimmed(value).casefold()
    if meanings is None or word not in (*_TRUE, *_FALSE):
        return None
    return meanings[0] if word in _TRUE else meanings[1]


def key_hint(written: str, value: str = "") -> str:
    """What to write instead of an unknown key."""
    if written.casefold() in _SWITCHES and value:
        return 'Write "Status: draft", "Status: hidden" or "Status: published".'
    if key := key_called_elsewhere(written):
        return f'Here it is called "{key.name}". {LINES_LISTED}'
    return did_you_mean(written, KEYS, LINES_LISTED)


def loose_key_line(line: str) -> KeyLine | None:
    """A known key and its value, despite bullets, bold marks, odd colons or hidden characters."""
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
    elsewhere = key_called_elsewhere(written)
    if elsewhere and elsewhere.name == "Status" and value.casefold() in _HIDING:
        status = value
    key = KEYS["Status"] if status else key_called(written)
    return KeyLine(key.name, status or trimmed(value), lead) if key else None

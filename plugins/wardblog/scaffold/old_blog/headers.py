"""The header lines of an old post, in the order of the table of header lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from wardblog.content.keys import KEYS, TABLE
from wardblog.content.markdown.cleaning import harm_in
from wardblog.content.write import post_bytes
from wardblog.model import GENERAL
from wardblog.problems import CommandError
from wardblog.scaffold.old_blog.post_targets import PostTarget
from wardblog.scaffold.old_blog.titles import UNTITLED, london
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import clean_name

_ORDER = {key.name: number for number, key in enumerate(TABLE)}
# What no header line and no reader of one ever takes for anything else.
_PLAIN = re.compile(r"[^\w\s.,;!?'’“”()/£%+-]")
_NEEDED = ("Title", "Date", "Tags", "Slug", "Author", "Status", "Guid", "Aliases", "Allow")
# What cannot be read as anything else, whatever the old blog had.
_LEAST = ("Title", "Date", "Tags", "Slug", "Status")
_LONGEST_SUMMARY = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the header of a post says, apart from what its target has."""

    tags: tuple[str, ...] = (GENERAL,)
    summary: str = ""
    image: str = ""
    image_alt: str = ""
    author: str = ""
    aliases: tuple[str, ...] = ()
    allowances: tuple[tuple[str, str], ...] = ()
    is_draft: bool = True


def header_lines(target: PostTarget, header: Header) -> list[tuple[str, str]]:
    """The lines with their values; those without a value are left out."""
    old = target.old
    moment = london(old.moment or old.modified)
    is_page = old.kind == "page"
    between = "; " if any("," in tag for tag in header.tags) else ", "
    is_english = old.lang.casefold().partition("-")[0] in ("", "en")
    image = header.image
    if image and (words := clean_name(header.image_alt.replace("|", ",").replace("¦", ","))):
        image = f"{image} | {words}"
    lines = [
        ("Title", target.title),
        ("Date", _date(moment) if moment and not is_page else ""),
        ("Tags", "" if is_page else between.join(header.tags)),
        ("Slug", target.slug),
        ("Summary", _summary(header.summary)),
        ("Image", image),
        ("Author", header.author),
        ("Lang", "" if is_english or not KEYS["Lang"].accepts(old.lang) else old.lang),
        ("Status", "draft" if header.is_draft else ""),
        ("Guid", target.guid if KEYS["Guid"].accepts(target.guid) else ""),
        *(("Aliases", alias) for alias in header.aliases),
        *(("Allow", f"{rule} because {reason}") for rule, reason in header.allowances),
    ]
    lines = [
        (key, _plain(key, value) if harm_in(value) else value) for key, value in lines if value
    ]
    return sorted(lines, key=lambda line: _ORDER[line[0]])


def _date(moment: datetime) -> str:
    """A day with its time, or without one if it was written without."""
    is_day = (moment.hour, moment.minute) == (0, 0)
    return f"{moment:%Y-%m-%d}" if is_day else f"{moment:%Y-%m-%d %H:%M}"


def _summary(words: str) -> str:
    words = clean_name(words)
    if len(words) <= _LONGEST_SUMMARY:
        return words
    return f"{words[:_LONGEST_SUMMARY].rpartition(' ')[0].rstrip('.,;:')}…"


def post_data(lines: Sequence[tuple[str, str]], text: str) -> bytes:
    """The bytes of a post; a value that would be read as something else loses odd characters."""
    plain = [(key, _plain(key, value)) for key, value in lines]
    needed = [line for line in plain if line[0] in _NEEDED]
    for attempt in (lines, plain, needed):
        try:
            return post_bytes(attempt, text)
        except CommandError:
            continue
    untitled = {"Title": UNTITLED, "Tags": GENERAL}
    least = [(key, untitled.get(key, value)) for key, value in needed if key in _LEAST]
    return post_bytes(least, text)


def _plain(key: str, value: str) -> str:
    if key not in ("Title", "Summary", "Tags", "Author", "Image"):
        return value
    keeps = value.partition(" | ")[0] if key == "Image" else ""
    words = value.removeprefix(keeps)
    plain = clean_name(_PLAIN.sub(" ", words))
    return f"{keeps} | {plain}" if keeps and plain else keeps or plain or UNTITLED

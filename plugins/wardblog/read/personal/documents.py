"""What a post or page gives away: in each line on top, and in its text as residents get it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from wardblog.model import Personal
from wardblog.read.front_matter import Document, Entry
from wardblog.read.personal import find_personal
from wardblog.read.personal.lines import WrittenLines
from wardblog.read.personal.links import with_addresses_read, words_of_path
from wardblog.read.personal.shown import shown_in

# Answers to checks are not published, and have a rule of their own.
_UNPUBLISHED = frozenset(("Allow",))
# WrittenLines whose values are addresses or the names of files.
_PATHS = frozenset(("Slug", "Aliases", "Image"))


def personal_in(document: Document, html: str, summary: str) -> tuple[Personal, ...]:
    """Each find once, where it stands first.

    `html` is the text as it will be shown, and `summary` the line of that name as plain words.
    """
    found = [*_in_lines([e for e in document.entries if e.key not in _UNPUBLISHED], summary)]
    shown, lines = shown_in(html), WrittenLines(document.body, document.body_line)
    found += [_placed(one, shown, lines) for one in find_personal(shown)]
    return tuple({(one.kind, one.value): one for one in reversed(found)}.values())[::-1]


def _placed(found: Personal, shown: str, lines: WrittenLines) -> Personal:
    """A find in the text that is shown, on the lines where it was written."""
    line = lines.of(found.words)
    if not found.last:
        return replace(found, line=line)
    written = [words for words in shown.split("\n")[: found.last] if words.strip()]
    return replace(found, line=line, last=max(line, lines.of(written[-1], last=True)))


def _in_lines(entries: list[Entry], summary: str) -> Iterator[Personal]:
    """What the lines on top give away; all are read at once, which is quicker than one by one."""
    # A blank line keeps each apart from the next: so a find on line 2n + 1 is in entry n.
    words = (" ".join(_words(entry, summary).split("\n")) for entry in entries)
    for one in find_personal("\n\n".join(words)):
        line = entries[(one.line - 1) // 2].line
        yield replace(one, line=line, last=line if one.last else 0)


def _words(entry: Entry, summary: str) -> str:
    if entry.key == "Summary":
        return summary
    if entry.key in _PATHS:
        return words_of_path(entry.value)
    return with_addresses_read(unescape(entry.value))

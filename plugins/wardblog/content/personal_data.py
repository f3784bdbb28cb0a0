"""Finds personal data in a post or page: in its header lines and in its text as published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from wardblog.content.header.fields import parts_of
from wardblog.content.header.front_matter import HeaderLine, PostFile
from wardblog.content.keys import KEYS, ShownAs
from wardblog.model import PersonalData, PersonalKind
from wardblog.privacy import find_personal
from wardblog.privacy.lines import MarkdownLines
from wardblog.privacy.links import expand_links, words_of_path
from wardblog.privacy.shown import visible_text
from wardblog.support.late_regex import late_regex

# Pubs and statues are called so.
_AS_PUBS = late_regex(r"(?:King|Queen|Prince|Princess|Duke|Duchess|Lord|Lady|Sir|Dame|Admiral)\b")
_OWNED = late_regex(
    r"(?:(?:Outside|Opposite|Near|At|By) )?(?P<owner>[^|]{2,40}?)['’]s?"
    r" (?:old |new |front |back )?(?:house|home|flat|door|bungalow|cottage|drive|driveway|gate)\b"
)

_HOME_OF = late_regex(r"\b[Hh]ome of (?P<owner>[^|]{2,40})")


def personal_in(document: PostFile, html: str, summary: str) -> tuple[PersonalData, ...]:
    """Each match once, where it comes first.

    `html` is the text as it will be shown, and `summary` the line of that name as plain words.
    """
    entries = [entry for entry in document.entries if KEYS[entry.key].shown is not ShownAs.NOWHERE]
    matches = [*_in_lines(entries, summary)]
    matches += _owners(entries, matches)
    shown, lines = visible_text(html), MarkdownLines(document.body, document.body_line)
    matches += [_placed(match, shown, lines) for match in find_personal(shown)]
    return tuple({(match.kind, match.value): match for match in reversed(matches)}.values())[::-1]


def _placed(match: PersonalData, shown: str, lines: MarkdownLines) -> PersonalData:
    """A find in the text that is shown, on the lines where it was written."""
    line = lines.line_of(match.words)
    if not match.last:
        return replace(match, line=line)
    written = [words for words in shown.split("\n")[: match.last] if words.strip()]
    return replace(match, line=line, last=max(line, lines.line_of(written[-1], last=True)))


def _in_lines(entries: list[HeaderLine], summary: str) -> Iterator[PersonalData]:
    """The personal data in header lines; all are searched at once, which is quicker."""
    # A blank line keeps each apart from the next: so a find on line 2n + 1 is in entry n.
    words = (" ".join(_words(entry, summary).split("\n")) for entry in entries)
    for match in find_personal("\n\n".join(words)):
        line = entries[(match.line - 1) // 2].line
        yield replace(match, line=line, last=line if match.last else 0)


def _words(entry: HeaderLine, summary: str) -> str:
    if entry.key == "Summary":
        return summary
    if KEYS[entry.key].shown is ShownAs.ADDRESS:
        path, *words = parts_of(entry.value)
        return " | ".join((words_of_path(path), *map(unescape, words)))
    return expand_links(unescape(entry.value))


def _owners(entries: list[HeaderLine], matches: list[PersonalData]) -> Iterator[PersonalData]:
    """Places on the map named after the people who live there, unless more was found there."""
    taken = {match.line for match in matches}
    for entry in entries:
        if entry.key == "Places" and entry.line not in taken and is_of_somebody(entry.value):
            name = entry.value.split("|")[0].strip()
            yield PersonalData(
                kind=PersonalKind.ADDRESS, words=name, value=name.casefold(), line=entry.line
            )


def is_of_somebody(place: str) -> bool:
    """Whether a place on the map is named after the person who lives there: "Mrs Khan's house"."""
    name = " ".join(place.split("|")[0].split())
    if not name[:1].isupper() or _AS_PUBS.match(name):
        return False
    # late import: see docs/architecture.md
    from wardblog.privacy.free_text import is_name_in_any_form
    from wardblog.privacy.names import find_persons

    owned = _OWNED.match(name) or _HOME_OF.search(name)
    owners = find_persons(owned["owner"], True) if owned else ()
    return is_name_in_any_form(name) or any(not person.is_public for person in owners)

"""What a leaflet or poster shows, as the plain values that its template receives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Any

from wardblog.model import Event, Post, Site
from wardblog.office.leaflet.nodes import Node, printable, short_address, with_headings
from wardblog.office.leaflet.papers import BLEED, Level, Paper
from wardblog.office.leaflet.pictures import PictureFiles, alternative_of
from wardblog.office.leaflet.question import question_values
from wardblog.support.colours import LIGHT, readable
from wardblog.support.late_dataclass import dataclass
from wardblog.text.directions import direction, language_in, with_whole_numbers
from wardblog.text.words import MONTHS, WEEKDAYS, initials
from wardblog.views.coming import hours_of, repeat_words, when_of
from wardblog.views.sharing import first_issue
from wardblog.views.source_links import paper_source, with_source

# The diameter of a portrait, in millimetres.
PORTRAIT = 17.0
_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafletSection:
    """A part of a leaflet that is ready to be set; `line` is that of its heading in the file."""

    title: str
    nodes: list[Node]
    line: int
    post: Post | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafletWords:
    """What the councillor decided about a leaflet or a poster.

    `file` is its path below the private folder, `address` where the code of the call to action
    leads, and `sides` None if it may have as many as it needs. `lines` are those of the file.
    """

    file: str
    title: str
    subtitle: str = ""
    action: str = ""
    address: str = ""
    sides: int | None = None
    has_pictures: bool = True
    has_codes: bool = True
    has_map: bool = True
    has_questions: bool = True
    sections: tuple[LeafletSection, ...] = ()
    lines: dict[str, int] = field(default_factory=dict, hash=False)

    @property
    def posts(self) -> tuple[Post, ...]:
        return tuple(section.post for section in self.sections if section.post)


def frame_of(
    site: Site, words: LeafletWords, paper: Paper, files: PictureFiles, kind: str
) -> dict[str, Any]:
    """What leaflets and posters have in common; `kind` is "leaflet" or "poster"."""
    where = f"{site.ward.name} ward" if site.ward.name else site.title
    return {
        "title": printable(words.title),
        "subtitle": printable(words.subtitle),
        "where": printable(where),
        "accent": readable(site.accent, LIGHT),
        "width": paper.width,
        "height": paper.height,
        "margin": paper.margin,
        "columns": paper.columns,
        "bleed": BLEED,
        "action": {
            "words": printable(words.action),
            **_code(site, words.address, paper_source(kind, site.today), files),
        },
        "people": list(_people(site, files)),
        "imprint": printable(imprint_of(site)),
    }


def imprint_of(site: Site) -> str:
    """Who printed it and who promoted it, in one line each."""
    return f"Printed by {site.printer.rstrip('.')}. {site.imprint.sentence}"


def level_values(level: Level) -> dict[str, Any]:
    return {
        "body": level.body,
        "picture": level.picture,
        "above": level.is_above,
        "map": level.map,
        "gap": level.gap,
    }


def _code(site: Site, url: str, source: str, files: PictureFiles) -> dict[str, Any]:
    """The QR code of an address, which says where it was scanned, and the address in letters."""
    code = files.code(with_source(site, url, source))
    return {"code": code, "address": printable(short_address(url))}


def _people(site: Site, files: PictureFiles) -> Iterator[dict[str, Any]]:
    for one in site.councillors:
        yield {
            "name": printable(one.name),
            "party": printable(one.party),
            "email": printable(one.email),
            "phone": printable(with_whole_numbers(one.phone)),
            "initials": initials(one.name),
            "photo": files.photo(one.portrait, PORTRAIT, PORTRAIT) if one.portrait else "",
        }


def surgeries_of(site: Site) -> list[dict[str, str]]:
    """The next date of each surgery, with how it repeats."""
    found = [(next_one, event) for event in site.surgeries
             if not event.is_cancelled and (next_one := event.not_over(site.now))]  # fmt: skip
    found.sort(key=lambda one: one[0].start)
    return [
        {
            "words": printable(event.words),
            "when": _with_whole_hours(when_of(next_one)),
            "where": printable(event.where),
            "note": printable(_repeats(event)),
        }
        for next_one, event in found
    ]


def _with_whole_hours(when: str) -> str:
    """A date and hours, between which a line may be broken, but not within the hours."""
    day, comma, hours = when.partition(", ")
    return f"{day}{comma}{hours.replace(' ', _NO_BREAK)}"


def _repeats(event: Event) -> str:
    words = repeat_words(event.repeat) if event.repeat else ""
    return f"{words[:1].upper()}{words[1:]}" if words else ""


def sections_for(
    site: Site, words: LeafletWords, files: PictureFiles, *, has_numbers: bool
) -> list[dict[str, Any]]:
    """Each section with its picture, code, issue, and the numbers of its places on the map."""
    number, found = 0, []
    for section in words.sections:
        count = len(section.post.places) if section.post else 0
        numbers = list(range(number + 1, number + count + 1)) if has_numbers else []
        number += count
        found.append(_section(site, words, section, files, numbers))
    return found


def _section(
    site: Site,
    words: LeafletWords,
    section: LeafletSection,
    files: PictureFiles,
    numbers: Sequence[int],
) -> dict[str, Any]:
    post = section.post
    issue = first_issue(site, post) if post else None
    lang = language_in(section.title, post.lang, post.title) if post else "en"
    made: dict[str, Any] = {
        "title": printable(section.title),
        "nodes": with_headings(section.nodes, 3 if section.title else 2),
        "lang": lang.split("-")[0].lower(),
        "dir": direction(lang),
        "issue": printable(issue.name) if issue else "",
        "colour": readable(issue.colour if issue else site.accent, LIGHT),
        "places": _numbered(numbers),
    }
    if post and words.has_codes:
        source = paper_source("leaflet", site.today)
        made |= _code(site, site.absolute(post.address), source, files)
    if post and words.has_questions:
        made["question"] = question_values(site, post, files, has_codes=words.has_codes)
    return made


def _numbered(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    between = {1: "", 2: " and "}.get(len(numbers), " to ")
    return f"{numbers[0]}{between}{numbers[-1] if between else ''} on the map"


def photos_for(words: LeafletWords, paper: Paper, level: Level, files: PictureFiles) -> list[Any]:
    """The picture of each section for its box in millimetres; None where there is none."""
    width = (paper.inner - 8 * (paper.columns - 1)) / paper.columns
    found: list[dict[str, str] | None] = []
    for section in words.sections:
        post = section.post
        if not words.has_pictures or post is None or post.lead is None:
            found.append(None)
            continue
        box = (width, level.picture) if level.is_above else (level.picture, level.picture * 0.75)
        found.append({"file": files.photo(post.lead, *box), "alt": alternative_of(post)})
    return found


def has_photos(words: LeafletWords) -> list[bool]:
    return [
        bool(words.has_pictures and section.post and section.post.lead)
        for section in words.sections
    ]


def day_of(event: Event) -> dict[str, str]:
    """The date, hours and place of an event, for a poster."""
    start, last = event.start, event.last
    is_long = last != start.date()
    until = f"to {WEEKDAYS[last.weekday()]} {last.day} {MONTHS[last.month - 1]}" if is_long else ""
    note = repeat_words(event.repeat) if event.repeat else ""
    return {
        "weekday": WEEKDAYS[start.weekday()],
        "day": f"{start.day} {MONTHS[start.month - 1]}",
        "year": str(start.year),
        "until": until,
        "hours": "" if is_long else hours_of(event).replace(" ", _NO_BREAK),
        "where": printable(event.where),
        "note": printable(f"Held on the {note}" if note else ""),
    }


def written_in(words: LeafletWords) -> str:
    """All words of the councillor's in it, to see which letters they need."""
    heads = (words.title, words.subtitle, words.action)
    asked = [(post.question, post.answers, post.decides) for post in words.posts]
    return repr((heads, [(section.title, section.nodes) for section in words.sections], asked))

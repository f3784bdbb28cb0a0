"""What names a place in a post: a street, an entry of a list, another place, or a postcode."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from wardblog.model import EntryMatch, GazetteerEntry, Point, Progress
from wardblog.model.gazetteer import WITHOUT_GAZETTEER
from wardblog.places.place_names import choose, direction_of
from wardblog.places.street_names import plain_street
from wardblog.problems import did_you_mean, nearest
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.postcodes import ANY_POSTCODE

if TYPE_CHECKING:
    from wardblog.content.cache import TrackedIndex

_POSITION = "51.46671, -0.15602"
_WITH_POSTCODE = late_regex(rf"^(.*[^\s,])[\s,]+({ANY_POSTCODE.pattern})$", re.IGNORECASE)
# "12 Eland Road", "Flat 2, 14a Eland Road", "Outside 12-14 Eland Road".
_HOUSE_NUMBER = late_regex(
    r"^(?:.*[\s,])?\d+\s?[a-z]?(?:\s*[-–/&]\s*\d+[a-z]?)?,?\s+(\D.*)$", re.IGNORECASE
)
# A postcode is in the street of a name if the street's middle is no farther away than this.
_METRES_TO_STREET = 2000
_MOST_LISTED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSpot:
    """Where a name is, in WGS84; `street` is the slug of the street, `match` the list's entry."""

    name: str
    point: Point
    street: str = ""
    match: EntryMatch | None = None


def spot_named(name: str, where: str, content: TrackedIndex, issues: tuple[str, ...]) -> NamedSpot:
    """Return where a place is that was given by a name or a postcode.

    `name` is what the author calls it, or "" if that is `where` as well. `issues` are the slugs of
    the post's issues, to whose lists it may refer. Raises `ParseError` for what is unknown, and for
    what can mean several places, with the ways to choose.
    """
    if ANY_POSTCODE.fullmatch(where):
        return _at_postcode(name, where, content)
    if name:
        chosen = _chosen(name, where, content)
        return chosen or replace(_meant(name, where, content, issues), name=name)
    return _meant(where, where, content, issues)


def _meant(name: str, text: str, content: TrackedIndex, issues: tuple[str, ...]) -> NamedSpot:
    """A street, or else an entry of a list, or else another place; `name` is for messages."""
    meaning = content.meaning(text)
    is_street = bool(meaning.entries and meaning.entries[0].slug)
    if not is_street and (match := _entry(text, content, issues)):
        return NamedSpot(name=match.place.name, point=match.place.point, match=match)
    if len(meaning.entries) == 1:
        return _of_gazetteer(meaning.entries[0])
    if meaning.entries:
        raise _several(meaning.entries, meaning.choices)
    if address := _WITH_POSTCODE.match(text):
        return _at_postcode(address[1], address[2], content)
    head, comma, tail = text.rpartition(",")
    if comma and (chosen := _chosen(head.strip(), tail.strip(), content)):
        return chosen
    raise _unknown(name, text, content)


def _of_gazetteer(entry: GazetteerEntry) -> NamedSpot:
    return NamedSpot(name=entry.name, point=entry.point, street=entry.slug)


def _chosen(name: str, where: str, content: TrackedIndex) -> NamedSpot | None:
    """The one of several streets with this name that a place or a direction chooses."""
    entries = content.meaning(name).entries
    found = choose(entries, where, content) if len(entries) > 1 else None
    return _of_gazetteer(found) if found else None


def _at_postcode(name: str, written: str, content: TrackedIndex) -> NamedSpot:
    """A name with a postcode: of streets with that name, the nearest is meant."""
    found = content.postcode(written)
    if found is None:
        raise _unknown_postcode(name, written, content)
    streets = [entry for entry in content.meaning(name).entries if entry.slug] if name else []
    near = min(streets, key=lambda street: street.point.metres_to(found.point), default=None)
    if near is None or near.point.metres_to(found.point) > _METRES_TO_STREET:
        return NamedSpot(name=name or found.name, point=found.point)
    return NamedSpot(name=near.name, point=found.point, street=near.slug)


def _unknown_postcode(name: str, written: str, content: TrackedIndex) -> ParseError:
    instead = f'write where it is: "{name or "The depot"} | {_POSITION}", or a link to a map'
    if not content.has_gazetteer:
        return ParseError(
            f'cannot find "{written}": {WITHOUT_GAZETTEER} of postcodes',
            f"Run make ward, which fetches the postcodes of your ward, or {instead}.",
        )
    if not content.has_postcodes:
        return ParseError(
            f'cannot find "{written}": the gazetteer has no postcodes',
            f"Write the name of its street after a bar, or {instead}. In Great "
            "Britain, make ward fetches the postcodes of your ward.",
        )
    return ParseError(
        f'"{written}" is not among the postcodes of the gazetteer',
        f"Check it. If it is right, {instead}.",
    )


def _several(entries: tuple[GazetteerEntry, ...], choices: tuple[str, ...]) -> ParseError:
    ways = []
    for entry, choice in zip(entries, choices, strict=True):
        direction = direction_of(entry, entries)
        which = f" for the one to the {direction}" if direction and direction != choice else ""
        ways.append(f'"{entry.name} | {choice}"{which}')
    kind = "streets" if entries[0].slug else "places"
    return ParseError(
        f'there are {len(entries)} {kind} called "{entries[0].name}"', f"Write {_listed(ways)}."
    )


def _listed(ways: list[str]) -> str:
    """`"A", "B" or "C"`, or the first of many."""
    if len(ways) > _MOST_LISTED:
        return f"{', '.join(ways[:_MOST_LISTED])}, and so on"
    return " or ".join(part for part in (", ".join(ways[:-1]), ways[-1]) if part)


def _entry(text: str, content: TrackedIndex, issues: tuple[str, ...]) -> EntryMatch | None:
    """The entry of a list of the post's issues; None if no list has it, or else the gazetteer.

    Raises `ParseError` for several entries, and for a list of another issue.
    """
    meaning = content.entry(text)
    own = [match for match in meaning.matches if match.issue in issues]
    if len(own) == 1:
        return own[0]
    if own:
        raise _several_entries(text, own)
    if content.meaning(text).entries:
        return None
    if meaning.matches:
        first = meaning.matches[0]
        raise ParseError(
            f'"{text}" is in the list "{first.title}", but this post is not about '
            f'"{first.issue_name}"',
            f'Add "{first.issue_name}" to Tags, or write where it is: '
            f'"{first.place.name} | {_POSITION}".',
        )
    if meaning.without:
        example = f', such as "{meaning.example}"' if meaning.example else ""
        raise ParseError(
            f'the list "{meaning.without}" has no entry that "{text}" could be',
            f"Write the number or the name as in the list{example}. A row without a position does "
            "not count.",
        )
    return None


def _several_entries(text: str, matches: list[EntryMatch]) -> ParseError:
    ways = [f'"{match.reference}"' for match in matches if match.reference]
    hint = f'Write where it is: "{text} | {_POSITION}".'
    if len(ways) == len(matches):
        hint = f"Write {_listed(ways)}."
    return ParseError(f'"{text}" can be {len(matches)} entries of "{matches[0].title}"', hint)


def _unknown(name: str, text: str, content: TrackedIndex) -> ParseError:
    house = _HOUSE_NUMBER.match(text)
    if house and (streets := content.meaning(house[1].strip()).entries):
        return ParseError(
            f'"{text}" has the number of a house, which would show whose home it is',
            f'Write "{streets[0].name}". For a public building, write its name, a bar and its '
            "postcode.",
        )
    message = f'cannot find "{text}"'
    instead = f'write its position after a bar ("{name} | {_POSITION}"), or a link to a map'
    if not content.has_gazetteer:
        return ParseError(
            f"{message}: {WITHOUT_GAZETTEER} of streets",
            f"Run make ward, which fetches the streets of your ward, or {instead}.",
        )
    message += ": the gazetteer has no street or place of that name"
    guesses = list(content.guesses(text))
    if name == text and guesses and _is_in(guesses[0], text):
        hint = f'Write its street after a bar: "{text} | {guesses[0]}".'
        if len(guesses) > 1 and _is_in(guesses[1], text):
            hint += " For two places, write each on a line of its own."
        return ParseError(message, hint)
    if name != text and not guesses and len(content.meaning(name).entries) == 1:
        words = [progress.value for progress in Progress]
        return ParseError(
            f'"{text}" is neither a place that the gazetteer has nor a progress',
            did_you_mean(text, words, f"Progress is one of: {', '.join(words)}."),
        )
    if word := nearest(text.casefold(), [progress.value for progress in Progress]):
        guesses.append(word)
    if not guesses:
        return ParseError(message, f"{instead[0].upper()}{instead[1:]}.")
    guess = _listed([f'"{one}"' for one in guesses])
    return ParseError(message, f"Did you mean {guess}? If not, {instead}.")


def _is_in(street: str, text: str) -> bool:
    """Whether a text has a street's name in it, and more."""
    inner, outer = (" ".join(plain_street(words)) for words in (street, text))
    return f" {inner} " in f" {outer} " and inner != outer

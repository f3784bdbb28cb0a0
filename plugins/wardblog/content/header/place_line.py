"""Reads a place of a post: a name, where it is, and its progress, with bars between them.

Where it is may be a position in any notation, a link to a map, a postcode, or a name: of a street,
of a place, or of an entry of a list. A name may also be alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from wardblog.content.header.fields import HeaderContext, parse_progress, parts_of
from wardblog.model import Place, Point, Precision, Progress
from wardblog.places.coordinates import parse_point, rounded_to_precision, validated_point
from wardblog.report import ParseError, UnknownPlaceError
from wardblog.support.late_regex import late_regex
from wardblog.text.postcodes import ANY_POSTCODE

if TYPE_CHECKING:
    from wardblog.content.header.place_by_name import NamedSpot

HOW_TO = (
    'Write a name, a bar and where it is: "Heathwall Street | 51.46671, -0.15602". Instead of '
    "latitude and longitude you can write an OS grid reference, a postcode, or a link to a map."
)
_THREE_WORDS = late_regex(
    r"^(?:(?:what3words|what 3 words|w3w)\W{0,3})?/{0,3}[^\W\d_]+[.。][^\W\d_]+[.。][^\W\d_]+$",
    re.IGNORECASE,
)
# The first half of a postcode, or a square of ten kilometres; perhaps with the next figure.
_DISTRICT = late_regex(r"^[A-Z]{1,2}\d[A-Z\d]?(?: \d)?$", re.IGNORECASE)
_ROAD_NUMBER = late_regex(r"^[ABM]\d{1,4}(?: ?\(M\))?$", re.IGNORECASE)
# Marks that are not seen, which come along when figures are copied.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff"
                                 "\u202a\u202b\u202c\u202d\u202e"))  # fmt: skip
# How positions begin: with a figure, a letter of the compass, the letters of a grid, or a word.
_BEGINNING = late_regex(r"^(?:[\W_]*\d|[A-Z]{1,2}[\s:]*\d[\d\s,]*$|[NSEW]\W*\d)", re.IGNORECASE)
_POSITION_WORD = late_regex(
    r"\b(?:lat(?:itude)?|lon(?:g(?:itude)?)?|lng|deg(?:rees?)?|min(?:utes?)?|sec(?:onds?)?|north"
    r"|south|east|west|(?:irish\s+|os\s+)?grid|ref(?:erence)?|NGR)\b[\s.:=]*",
    re.IGNORECASE,
)
_LONG_WORD = late_regex(r"[^\W\d_]{3}")
_NAME_AND_POSITION = late_regex(
    r"^(.{0,200}[^\s,:;(–-])[\s,:;(–-]{1,5}([-−]?\d{1,3}\.\d+,?\s{0,3}[-−]?\d{1,3}\.\d+)\)?$"
)
_LONGEST, _LONGEST_NAME = 6000, 200
_SMALL_WORDS = frozenset(("and", "of", "the", "y", "yr", "&"))


def parse_place(written: str, context: HeaderContext) -> Place:
    """Return the place that a line names; its progress is its own, or None if it has none.

    Raises `ParseError`. Without `context.content` no name has a meaning.
    """
    parts = parts_of(written.translate(_UNSEEN))
    name, rest = parts[0], [part for part in parts[1:] if part]
    if not name or len(rest) > 2 or len(written) > _LONGEST:
        raise ParseError(f'cannot read the place "{written.strip()}"', HOW_TO)
    own = None
    if rest and (own := _progress(rest[-1])):
        del rest[-1]
    elif len(rest) == 2 and _progress(rest[0]):
        raise ParseError(
            f'the progress "{rest[0]}" is not at the end',
            f'Write "{name} | {rest[1]} | {rest[0]}".',
        )
    elif len(rest) == 2:
        own = parse_progress(rest[1])
    place = _where(name, rest[0], context) if rest else _alone(name, context)
    return replace(place, progress=own)


def _exact(name: str, point: Point, context: HeaderContext) -> Place:
    """A place whose position was given, shown as the post's precision says."""
    shown = rounded_to_precision(point, context.precision)
    return Place(name=name, point=shown, precision=context.precision)


def _by_name(spot: NamedSpot, context: HeaderContext) -> Place:
    """A place that was given by a name or a postcode, which is never shown exactly.

    An entry of a list is shown as its list shows it.
    """
    match = spot.match
    if match is None:
        precision = context.precision
        if precision is Precision.EXACT:
            precision = Precision.STREET
        return Place(
            name=spot.name,
            point=rounded_to_precision(spot.point, precision),
            precision=precision,
            street=spot.street,
        )
    place = match.place
    if context.precision.radius > place.precision.radius:
        raise ParseError(
            f'"{spot.name}" is shown as exactly as in its list, "{match.title}", '
            f'but this post says "Precision: {context.precision.value}"',
            "Write the name of its street instead, or remove the line with the precision.",
        )
    return replace(place, name=spot.name, entry=match.key if match.is_shown else None)


def _progress(written: str) -> Progress | None:
    try:
        return parse_progress(written)
    except ParseError:
        return None


def _alone(text: str, context: HeaderContext) -> Place:
    """A place without anything after the bar: its name says where it is, or there is a link."""
    if link := _link_in(text):
        name = text.replace(link, "").strip(" \t<>()[]-–—:,;")
        if not name:
            raise ParseError(
                "this place has a link, but no name",
                f'Write a name and a bar before the link: "The depot | {link}".',
            )
        return _exact(name, _point_of_link(link, context), context)
    if (_is_position(text) or _is_plus_code(text)) and not _DISTRICT.match(text):
        raise ParseError(
            f'the place at "{text}" has no name',
            f'Write a name and a bar before it: "Heathwall Street | {text}".',
        )
    if together := _NAME_AND_POSITION.match(text):
        raise ParseError(
            f'there is no bar between name and position in "{text}"',
            f'Write "{together[1]} | {together[2]}".',
        )
    return _named("", text, context)


def _where(name: str, where: str, context: HeaderContext) -> Place:
    """A place whose name is followed by where it is."""
    if link := _link_in(where):
        return _exact(name, _point_of_link(link, context), context)
    if _is_plus_code(where):
        # late import: see docs/architecture.md
        from wardblog.places.plus_codes import plus_code_point

        point = plus_code_point(where, context.content.middle if context.content else None)
        return _exact(name, validated_point(point.latitude, point.longitude), context)
    if _is_position(where) and not _DISTRICT.match(where):
        return _exact(name, parse_point(where, context.in_ireland), context)
    return _named(name, where, context)


def _named(name: str, where: str, context: HeaderContext) -> Place:
    """A place whose position is that of a name or a postcode; the name is "" if it is the same."""
    if len(where) > _LONGEST_NAME:
        raise ParseError("the name of this place is too long", HOW_TO)
    if _DISTRICT.match(where) and not _is_road(where, context):
        raise ParseError(
            f'"{where}" is a whole district, not one place',
            'Write a full postcode ("SW11 5JY"), the name of a street, or where it is on a map.',
        )
    if _THREE_WORDS.match(where):
        # late import: see docs/architecture.md
        from wardblog.places.map_links import three_words

        raise three_words()
    if context.content is None:
        is_likely = name or ANY_POSTCODE.search(where) or _is_like_a_name(where)
        raise (UnknownPlaceError if is_likely else ParseError)(f'cannot find "{where}"', HOW_TO)
    # late import: see docs/architecture.md
    from wardblog.content.header.place_by_name import spot_named

    return _by_name(spot_named(name, where, context.content, context.issues), context)


def _is_road(text: str, context: HeaderContext) -> bool:
    """Whether it is a road of the gazetteer, such as the A3, and no district."""
    return bool(context.content and context.content.meaning(text).entries)


def _is_like_a_name(text: str) -> bool:
    """Whether it may be the name of a street: "Eland Road", but not "we went down the road"."""
    words = text.split()
    return len(words) <= 6 and all(
        word in _SMALL_WORDS or word[0].isupper() or word[0].isdigit() for word in words
    )


def _is_position(text: str) -> bool:
    """Whether it can only be the figures of a position."""
    if ANY_POSTCODE.fullmatch(text) or _ROAD_NUMBER.match(text):
        return False
    rest = _POSITION_WORD.sub("", text)
    return bool(_BEGINNING.match(rest)) and not _LONG_WORD.search(rest)


def _is_plus_code(text: str) -> bool:
    if "+" not in text[2:9]:
        return False
    # late import: see docs/architecture.md
    from wardblog.places.plus_codes import is_plus_code

    return is_plus_code(text)


def _link_in(text: str) -> str:
    if not any(sign in text for sign in ("/", "?", ":", "www.")):
        return ""
    # late import: see docs/architecture.md
    from wardblog.places.map_links import link_in

    return link_in(text)


def _point_of_link(link: str, context: HeaderContext) -> Point:
    # late import: see docs/architecture.md
    from wardblog.places.map_links import position_in_link

    return parse_point(position_in_link(link), context.in_ireland)

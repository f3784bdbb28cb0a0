"""The `Places:` lines that put a pin on the map, each read back before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from wardblog.check import RULES, SiteRule, with_answers_applied
from wardblog.content.cache import ContentIndex, TrackedIndex
from wardblog.content.files import Folder
from wardblog.content.header.fields import HeaderContext, parse_precision
from wardblog.content.header.front_matter import split
from wardblog.content.header.place_line import parse_place
from wardblog.content.header.values import fields_of, read_tags, report_harm
from wardblog.content.personal_data import personal_in
from wardblog.content.pictures import Pictures
from wardblog.model import BodyText, Place, Point, Post, Precision, Site
from wardblog.model.events import LONDON
from wardblog.places.coordinates import rounded_to_precision
from wardblog.places.names_on_map import NamesOnMap
from wardblog.places.street_names import plain_street
from wardblog.problems import Problem
from wardblog.report import ParseError, Report

# The rules that look at places; their words are those that would stop the post.
_RULES = ("exact-pin", "far-away", "personal-data", "street-or-entry")
_FILE = "posts/place.md"
# A position to a metre: a pin on a map says no more.
_DECIMALS, _METRES = 5, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLines:
    """The header lines of a post that a place depends on, as written, without the place itself."""

    tags: str = ""
    precision: str = ""
    others: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()

    @property
    def shown(self) -> Precision:
        """How exactly the post shows its places now."""
        try:
            return parse_precision(self.precision) if self.precision.strip() else Precision.EXACT
        except ParseError:
            return Precision.EXACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a pin is, and what it is called.

    `where` is what it was found by, as it is written after a bar: a street, a postcode, or an
    entry of a list. It is empty for a pin that was put on the map.
    """

    point: Point
    name: str
    where: str = ""
    progress: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One of the three ways to show a place.

    `value` is for the `Places` line and `precision` for the `Precision` line, which is "" if the
    post needs none; `place` is what the reader makes of them. Without a place, `problems` say why
    there is no such way.
    """

    choice: Precision
    value: str = ""
    precision: str = ""
    place: Place | None = None
    problems: tuple[Problem, ...] = ()


class PlaceLines:
    """Writes and reads the places of a post on a site. The tables are made when first needed."""

    def __init__(self, site: Site) -> None:
        self._site = replace(site, posts=(), pages=())

    @cached_property
    def names(self) -> NamesOnMap:
        return NamesOnMap(self._site.map.base, self._site.gazetteer)

    @cached_property
    def _index(self) -> ContentIndex:
        nothing = Folder()
        return ContentIndex(nothing, self._site, Pictures(Path(), nothing, {}))

    @property
    def asked(self) -> TrackedIndex:
        """What answers questions about streets, postcodes and lists."""
        return TrackedIndex(self._index)

    def read(self, value: str, lines: PostLines, precision: Precision | None = None) -> Place:
        """Read a value of a `Places` line, as the post shows it; raises `ParseError`."""
        asked = self.asked
        document = split(_header(replace(lines, others=())), Report(_FILE))
        issues = tuple(t.slug for t in read_tags(document, asked, Report(_FILE))
                       if asked.issue(t.slug))  # fmt: skip
        context = HeaderContext(
            precision=precision or lines.shown,
            in_ireland=self._site.ward.in_ireland,
            issues=issues,
            content=asked,
        )
        return parse_place(value, context)

    def is_position(self, where: str) -> bool:
        """Whether it says where something is by itself: figures, a grid reference or a link."""
        context = HeaderContext(in_ireland=self._site.ward.in_ireland)
        try:
            parse_place(f"Here | {where}", context)
        except ParseError:
            return "+" in where and self._is_plus_code(where)
        return True

    def _is_plus_code(self, where: str) -> bool:
        try:
            return self.read(f"Here | {where}", PostLines()).precision is Precision.EXACT
        except ParseError:
            return False

    def ways(self, spot: Spot, lines: PostLines) -> tuple[Way, ...]:
        """Return the ways to show a spot, from the most exact; for an entry of a list only one."""
        if spot.where and (entry := self._entry(spot, lines)):
            return (entry,)
        return tuple(self._way(spot, choice, lines) for choice in Precision)

    def _entry(self, spot: Spot, lines: PostLines) -> Way | None:
        """The way that an entry of a list is shown, which its list decides."""
        value = _value(spot, spot.where)
        for precision in (lines.precision, ""):
            after = replace(lines, precision=precision)
            try:
                place = self.read(value, after)
            except ParseError:
                continue
            if not (place.entry or place.identifier) or place.street:
                return None
            problems = self.problems(value, after, lines.precision)
            return Way(
                choice=place.precision,
                value=value,
                precision=precision,
                place=place,
                problems=problems,
            )
        return None

    def _way(self, spot: Spot, choice: Precision, lines: PostLines) -> Way:
        failure = ParseError("this place has no name", "Write what people call it.")
        for value, after in self._candidates(spot, choice, lines):
            try:
                place = self.read(value, after)
            except ParseError as error:
                failure = error
                continue
            if _is_meant(place, spot, choice):
                return Way(
                    choice=choice,
                    value=value,
                    precision=after.precision,
                    place=place,
                    problems=self.problems(value, after, lines.precision),
                )
        problem = Problem(file=_FILE, line=None, message=failure.message, hint=failure.hint)
        return Way(choice=choice, problems=(problem,))

    def _candidates(
        self, spot: Spot, choice: Precision, lines: PostLines
    ) -> Iterator[tuple[str, PostLines]]:
        """The values that may show a spot so, the best first, with the other lines of the post."""
        if not spot.name.strip():
            return
        same = replace(lines, precision=lines.precision if lines.shown is choice else choice.value)
        if choice is not Precision.EXACT:
            # What is given by a name is not shown exactly, whatever the post says.
            is_so = choice is Precision.STREET and lines.shown is Precision.EXACT
            for where in self._names_for(spot):
                yield _value(spot, where), lines if is_so else same
        point = rounded_to_precision(spot.point, choice)
        yield _value(spot, f"{_degrees(point.latitude)}, {_degrees(point.longitude)}"), same

    def _names_for(self, spot: Spot) -> Iterator[str]:
        """What can be written in place of a position: what it was found by, or its street."""
        if spot.where:
            yield spot.where
            return
        name = self.names.nearest(spot.point)
        meaning = self.asked.meaning(name)
        yield from (name, *meaning.choices) if meaning.entries else ()

    def problems(self, value: str, lines: PostLines, before: str) -> tuple[Problem, ...]:
        """Return what the guard would say to a place with the other lines of its post.

        `before` is the `Precision` line as it is now.
        """
        report = Report(_FILE)
        # If nothing changes for the other places, there is nothing to say about them.
        others = () if lines.precision == before else lines.others
        document = split(_header(replace(lines, others=others), value), report)
        report_harm(document, report)
        asked = self.asked
        tags = read_tags(document, asked, report)
        context = HeaderContext(
            precision=lines.shown,
            in_ireland=self._site.ward.in_ireland,
            issues=(issues := tuple(tag.slug for tag in tags if asked.issue(tag.slug))),
            content=asked,
        )
        found = fields_of(document, context, ("date", "tags", "title", "precision"), report)
        post = Post(
            file=_FILE,
            title="",
            slug="",
            address="",
            date=datetime.min.replace(tzinfo=LONDON),
            body=BodyText(""),
            tags=tags,
            issues=issues,
            precision=lines.shown,
            personal=personal_in(document, "", ""),
            lines=document.all_lines(),
            **found,
        )
        return tuple((*report.problems, *_by_rules(replace(self._site, posts=(post,)))))


def _by_rules(site: Site) -> Iterator[Problem]:
    """The problems of the one post of a site."""
    rules = [rule for rule in RULES if isinstance(rule, SiteRule) and rule.name in _RULES]
    found = [p for rule in rules for p in rule.labelled(rule.check(site)) if p.file == _FILE]
    yield from with_answers_applied(found, {post.file: post for post in site.posts})


def _is_meant(place: Place, spot: Spot, choice: Precision) -> bool:
    """Whether a place that was read is shown as chosen, and around the spot."""
    if place.precision is not choice or place.entry:
        return False
    if plain_street(place.name) != plain_street(spot.name):
        return False
    if place.point == rounded_to_precision(spot.point, choice):
        return True
    return place.point.metres_to(spot.point) <= max(choice.radius, _METRES)


def _value(spot: Spot, where: str) -> str:
    """The value of a line: a name, where it is unless the name says so, and its progress."""
    name = one_line(spot.name)
    is_same = plain_street(name) == plain_street(where)
    parts = (where,) if is_same else (name, where)
    return " | ".join(part for part in (*parts, spot.progress) if part)


def one_line(words: str) -> str:
    """Words on one line, without the bars that divide a value."""
    return " ".join(words.replace("|", " ").replace("¦", " ").split())


def _header(lines: PostLines, value: str = "") -> str:
    """The header lines of a post with this place first."""
    places = [one for one in (value, *lines.others) if one.strip()]
    written: Sequence[tuple[str, str]] = (
        ("Title", "Place"),
        ("Tags", lines.tags),
        ("Precision", lines.precision),
        *(("Places", one) for one in places),
        *(("Allow", one) for one in lines.allow),
    )
    return "".join(f"{key}: {' '.join(words.split())}\n" for key, words in written if words.strip())


def _degrees(degrees: float) -> str:
    return f"{degrees:.{_DECIMALS}f}".rstrip("0").rstrip(".")

"""Reads a place as a post would, and asks the guard about it, before it is in any file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from wardblog.check import RULES, SiteRule, with_answers_applied
from wardblog.content.cache import ContentIndex, TrackedIndex
from wardblog.content.files import Folder
from wardblog.content.header.fields import (
    HeaderContext,
    parse_precision,
    parse_progress,
    parts_of,
)
from wardblog.content.header.front_matter import PostFile, split
from wardblog.content.header.place_line import parse_place
from wardblog.content.header.values import fields_of, read_tags, report_harm
from wardblog.content.personal_data import personal_in
from wardblog.content.pictures import Pictures
from wardblog.model import BodyText, Place, Post, Precision, Site
from wardblog.model.events import LONDON
from wardblog.model.gazetteer import NO_GAZETTEER
from wardblog.problems import Problem
from wardblog.report import ParseError, Report
from wardblog.support.late_dataclass import dataclass

# The rules that look at places; their words are those that would stop the post.
_PERSONAL = "personal-data"
_RULES = ("exact-pin", "far-away", _PERSONAL, "street-or-entry")
# The file that a place is in until it is in one.
_FILE = "posts/place.md"
_SOME_DAY = datetime(2000, 1, 1, tzinfo=LONDON)
# What `Post` needs besides, which no rule about places looks at.
_OWN = ("title", "date", "tags", "precision")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLines:
    """The header lines of a post that a place depends on, as written, without the place itself."""

    tags: str = ""
    precision: str = ""
    others: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()

    @property
    def shown(self) -> Precision:
        """How exactly the post shows its places."""
        try:
            return parse_precision(self.precision) if self.precision.strip() else Precision.EXACT
        except ParseError:
            return Precision.EXACT


class PlaceReader:
    """Reads places on a site, whose posts do not matter. The tables are made when first needed."""

    def __init__(self, site: Site) -> None:
        self.site = replace(site, posts=(), pages=())

    @cached_property
    def _index(self) -> ContentIndex:
        nothing = Folder()
        return ContentIndex(nothing, self.site, Pictures(Path(), nothing, {}))

    @property
    def asked(self) -> TrackedIndex:
        """What answers questions about streets, postcodes and lists."""
        return TrackedIndex(self._index)

    def issues(self, post: PostLines) -> tuple[str, ...]:
        """The slugs of the issues that a post is about."""
        asked = self.asked
        tags = read_tags(_document(post), asked, Report(_FILE))
        return tuple(tag.slug for tag in tags if asked.issue(tag.slug))

    def read(self, value: str, post: PostLines, precision: Precision | None = None) -> Place:
        """Read a value of a `Places` line as its post shows it; raises `ParseError`.

        With `precision`, as if the post said that.
        """
        return parse_place(value, self._context(post, precision))

    def _context(self, post: PostLines, precision: Precision | None = None) -> HeaderContext:
        return HeaderContext(
            precision=precision or post.shown,
            in_ireland=self.site.ward.in_ireland,
            issues=self.issues(post),
            content=self.asked,
        )

    def where_in(self, value: str) -> str:
        """Return what a value finds its place by: a name or a postcode; "" for a position."""
        parts = [part for part in parts_of(value) if part]
        if len(parts) > 1 and _is_progress(parts[-1]):
            del parts[-1]
        return "" if not parts or self._is_position(parts[-1]) else parts[-1]

    def _is_position(self, where: str) -> bool:
        """Whether it says where something is by itself: figures, a grid reference or a link."""
        try:
            place = self.read(f"Here | {where}", PostLines())
        except ParseError:
            return False
        return place.precision is Precision.EXACT and not (place.entry or place.identifier)

    def problems(self, value: str, post: PostLines) -> tuple[Problem, ...]:
        """Return what the guard would say to a post with this place and the others."""
        report, asked = Report(_FILE), self.asked
        document = _document(post, value)
        report_harm(document, report)
        read = Post(
            file=_FILE,
            title="",
            slug="",
            address="",
            date=_SOME_DAY,
            body=BodyText(""),
            tags=read_tags(document, asked, report),
            issues=self.issues(post),
            precision=post.shown,
            personal=personal_in(document, "", ""),
            lines=document.all_lines(),
            **fields_of(document, self._context(post), _OWN, report),
        )
        return (*report.problems, *self._by_rules(read))

    def _by_rules(self, post: Post) -> Iterator[Problem]:
        """The problems that the guard finds in a post."""
        rules = [rule for rule in RULES if isinstance(rule, SiteRule) and rule.name in _RULES]
        found = [
            problem
            for rule in rules
            for problem in rule.labelled(
                rule.check(replace(self._without_names(rule), posts=(post,)))
            )
            if problem.file == _FILE
        ]
        yield from with_answers_applied(found, {_FILE: post})

    def _without_names(self, rule: SiteRule) -> Site:
        """The site as a rule needs it: to look for people on its map takes long, and is done."""
        return self._nameless if rule.name == _PERSONAL else self.site

    @cached_property
    def _nameless(self) -> Site:
        site = self.site
        ward, maps = replace(site.ward, boundary=None), replace(site.map, base=None)
        return replace(site, ward=ward, map=maps, gazetteer=NO_GAZETTEER)


def problem_of(error: ParseError) -> Problem:
    """The problem of a place that cannot be read."""
    return Problem(file=_FILE, line=None, message=error.message, hint=error.hint)


def _is_progress(words: str) -> bool:
    try:
        parse_progress(words)
    except ParseError:
        return False
    return True


def _document(post: PostLines, value: str = "") -> PostFile:
    """The header of a post with this place before its others; each value is on one line."""
    written = (
        ("Title", "Place"),
        ("Tags", post.tags),
        ("Precision", post.precision),
        *(("Places", place) for place in (value, *post.others)),
        *(("Allow", one) for one in post.allow),
    )
    lines = [f"{key}: {' '.join(words.split())}\n" for key, words in written if words.strip()]
    return split("".join(lines), Report(_FILE))

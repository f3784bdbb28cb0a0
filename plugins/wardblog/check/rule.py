"""Defines a rule: a name, a check, its reason, and whether an author may answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import wraps
from itertools import islice

from wardblog.check.built.file import BuiltFile
from wardblog.model import Post, Site
from wardblog.model.outputs import Addresses
from wardblog.problems import Problem, Severity
from wardblog.support.late_dataclass import dataclass

# How many problems a rule reports for one post at a time.
MOST_REPORTED = 5


def limited(check: Callable[[Post], Iterable[Problem]]) -> Callable[[Post], Iterable[Problem]]:
    """A check of a post that stops after the first problems."""

    @wraps(check)
    def limited_check(post: Post) -> Iterable[Problem]:
        return islice(check(post), MOST_REPORTED)

    return limited_check


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the table of rules.

    `reason` says in one line why the rule exists, and `source` where to read more: a URL, or a
    section of docs/. An `answerable` rule can be silenced in a post with `Allow: name because ...`;
    `former` is a name by which older posts may call it.
    """

    name: str
    severity: Severity
    reason: str
    source: str
    answerable: bool = False
    former: str = ""

    def labelled(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems with the name and severity of this rule."""
        return (replace(p, rule=self.name, severity=self.severity) for p in problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRule(Rule):
    """A check of the whole site.

    A rule that `needs_settings` is skipped if ward.toml has a mistake, since its problems could be
    a consequence of that mistake.
    """

    check: Callable[[Site], Iterable[Problem]] = lambda _: ()
    needs_settings: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRule(Rule):
    """A check of the whole site and its addresses.

    `check_file` asks the same of each file as it would be published.
    """

    check: Callable[[Site, Addresses], Iterable[Problem]] = lambda _, __: ()
    check_file: Callable[[BuiltFile], Iterable[Problem]] = lambda _: ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRule(Rule):
    """A check of a single post or page, whose result is cached until the post changes."""

    check: Callable[[Post], Iterable[Problem]] = lambda _: ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltRule(Rule):
    """A check of one file as it would be published."""

    check: Callable[[BuiltFile], Iterable[Problem]] = lambda _: ()
